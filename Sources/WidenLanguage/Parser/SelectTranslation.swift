/// A `SELECT` as SQL has it, said in widen; nil for what goes beyond one table and its groups.
///
///     select band, count(*) from staff where sex = 'Female' group by band order by 2 desc
///     from staff | where sex = "Female" | count by band | sort n desc
struct SelectTranslation {
  /// The query in widen.
  let query: String

  private static let clauseWords = ["select", "from", "where", "group", "having", "order", "limit"]

  /// Reads the tokens of one statement that starts with `select`.
  init?(_ tokens: [Token]) {
    guard let clauses = SelectTranslation.clauses(tokens), let source = clauses["from"],
      source.count == 1, source[0].isName, var items = clauses["select"]
    else { return nil }
    let isDistinct = items.first?.keyword == "distinct"
    if isDistinct { items.removeFirst() }
    let columns = split(items).map(Item.init)
    let keys = clauses["group"].map { split($0).map(written) } ?? []
    guard !columns.isEmpty, !columns.contains(where: \.isBeyond) else { return nil }
    var steps = ["from \(print(Expression.path(Path([Name(source[0].text)]))))"]
    if let condition = clauses["where"] { steps.append("where \(written(condition))") }
    let aggregates = columns.filter(\.isAggregate)
    let by = keys.isEmpty ? "" : " by " + keys.joined(separator: ", ")
    if aggregates.isEmpty, !keys.isEmpty || isDistinct {
      let names = keys.isEmpty ? columns.map(\.text) : keys
      steps.append("distinct" + (names == ["*"] ? "" : " " + names.joined(separator: ", ")))
    } else if aggregates.count == 1, aggregates[0].text == "count" {
      steps.append("count" + (aggregates[0].name.map { " as \($0)" } ?? "") + by)
    } else if !aggregates.isEmpty {
      let shown = aggregates.map { $0.text + ($0.name.map { " as \($0)" } ?? "") }
      steps.append("summarise \(shown.joined(separator: ", "))\(by)")
    } else if columns.map(\.text) != ["*"] {
      steps.append("select " + columns.map(\.text).joined(separator: ", "))
    }
    // What an aggregate is called in the result, for the clauses that come after the counting.
    func named(_ tokens: [Token]) -> String {
      let item = Item(tokens)
      guard item.isAggregate else {
        let place = tokens.count == 1 ? Int(tokens[0].text) : nil
        return place.flatMap { columns.indices.contains($0 - 1) ? columns[$0 - 1].result : nil }
          ?? written(tokens)
      }
      return aggregates.first { $0.text == item.text }?.result ?? item.result
    }
    if let condition = clauses["having"] {
      guard let sign = condition.firstIndex(where: { comparisons.contains($0.keyword) }) else {
        return nil
      }
      let left = named(Array(condition[..<sign]))
      steps.append("where \(left) \(written(Array(condition[sign...])))")
    }
    if let order = clauses["order"] {
      let orders = split(order).map { part in
        let isDescending = part.last?.keyword == "desc"
        let words = ["desc", "asc"].contains(part.last?.keyword) ? part.dropLast() : part[...]
        return named(Array(words)) + (isDescending ? " desc" : "")
      }
      steps.append("sort " + orders.joined(separator: ", "))
    }
    if let limit = clauses["limit"] {
      guard limit.count == 1, limit[0].kind == .number else { return nil }
      steps.append("take \(limit[0].text)")
    }
    query = steps.joined(separator: " | ")
  }

  /// The tokens of each clause, by its first word; nil when one comes twice or there are others.
  private static func clauses(_ tokens: [Token]) -> [String: [Token]]? {
    var found: [String: [Token]] = [:]
    var current: String?
    var depth = 0
    var rest = tokens[...]
    while let token = rest.popFirst() {
      if token.keyword == "(" { depth += 1 }
      if token.keyword == ")" { depth -= 1 }
      if ["join", "union", "case", "select"].contains(token.keyword), current != nil { return nil }
      guard depth == 0, token.isWord, clauseWords.contains(token.keyword) else {
        guard let current else { return nil }
        found[current, default: []].append(token)
        continue
      }
      if found[token.keyword] != nil { return nil }
      if token.keyword == "group" || token.keyword == "order" {
        guard rest.popFirst()?.keyword == "by" else { return nil }
      }
      current = token.keyword
      found[token.keyword] = []
    }
    return found.values.contains(where: \.isEmpty) ? nil : found
  }

  /// One thing that is selected.
  private struct Item {
    /// As it is written in widen.
    var text = ""
    var name: String?
    var isAggregate = false
    /// Whether it cannot be said without more steps.
    var isBeyond = false

    init(_ tokens: [Token]) {
      var tokens = tokens
      if tokens.count > 2, tokens[tokens.count - 2].keyword == "as", let last = tokens.last {
        name = last.text
        tokens.removeLast(2)
      } else if tokens.count > 1, let last = tokens.last, last.isName,
        tokens[tokens.count - 2].keyword == ")"
      {
        name = last.text
        tokens.removeLast()
      }
      guard tokens.count > 3, tokens[1].keyword == "(", tokens.last?.keyword == ")" else {
        text = tokens.first?.keyword == "*" ? "*" : written(tokens)
        isBeyond = tokens.count != 1 && !(tokens.count == 3 && tokens[1].keyword == ".")
        return
      }
      isAggregate = true
      var inside = Array(tokens[2..<(tokens.count - 1)])
      let word = Habits.aggregates[tokens[0].keyword] ?? tokens[0].keyword
      if inside.first?.keyword == "distinct" {
        inside.removeFirst()
        text = "count distinct \(written(inside))"
      } else if word == "count" {
        text = inside[0].keyword == "*" ? "count" : "recorded \(written(inside))"
      } else {
        isBeyond = AggregateWord(rawValue: word) == nil
        text = inside.count == 1 ? "\(word) \(written(inside))" : "\(word) (\(written(inside)))"
      }
    }

    /// What the column of the result is called.
    var result: String {
      name
        ?? (isAggregate
          ? (text.hasPrefix("count") ? "n" : text.split(separator: " ").joined(separator: "_"))
          : text)
    }
  }
}

private let comparisons: Set = ["=", "!=", "<>", "<", ">", "<=", ">="]

/// The parts between the commas that are in no brackets.
private func split(_ tokens: [Token]) -> [[Token]] {
  var parts: [[Token]] = [[]]
  var depth = 0
  for token in tokens {
    if token.keyword == "(" { depth += 1 }
    if token.keyword == ")" { depth -= 1 }
    if depth == 0, token.keyword == "," {
      parts.append([])
    } else {
      parts[parts.count - 1].append(token)
    }
  }
  return parts.filter { !$0.isEmpty }
}

/// SQL's conditions and names, as widen writes them.
private func written(_ tokens: [Token]) -> String {
  var text = ""
  var rest = tokens[...]
  var end: Int?
  while let token = rest.popFirst() {
    var word = token.kind == .text ? quoted(token.text) : token.text
    var last = token
    switch token.keyword {
    case "<>": word = "!="
    case "==": word = "="
    case "and", "or", "not", "in", "is": word = token.keyword
    case "null": word = "missing"
    case "between":
      if let (low, high) = bounds(rest) {
        word = "in \(low)..\(high.text)"
        last = high.token
        rest = rest.dropFirst(3)
      }
    case "like":
      if let pattern = rest.first, pattern.kind == .text {
        word = likeness(pattern.text)
        last = pattern
        rest = rest.dropFirst()
      }
    default: break
    }
    if let end,
      token.range.start > end || word.first?.isLetter == true && text.last?.isLetter == true
    {
      text += " "
    }
    text += word
    end = last.range.end
  }
  return text
}

/// What `BETWEEN a AND b` lies between.
func bounds(_ tokens: ArraySlice<Token>) -> (low: String, high: (text: String, token: Token))? {
  let three = Array(tokens.prefix(3))
  guard three.count == 3, three[1].keyword == "and", three[0].isLiteral, three[2].isLiteral
  else { return nil }
  return (three[0].asWritten, (three[2].asWritten, three[2]))
}

/// `contains "x"` for `LIKE '%x%'`.
func likeness(_ pattern: String) -> String {
  let isOpenBefore = pattern.hasPrefix("%")
  let isOpenAfter = pattern.hasSuffix("%")
  var middle = pattern[...]
  while middle.first == "%" { middle.removeFirst() }
  while middle.last == "%" { middle.removeLast() }
  let text = quoted(String(middle))
  if isOpenBefore { return isOpenAfter ? "contains \(text)" : "ends with \(text)" }
  return isOpenAfter ? "starts with \(text)" : "= \(text)"
}

extension Token {
  /// Whether it is a value by itself.
  fileprivate var isLiteral: Bool {
    switch kind {
    case .number, .text, .date, .month, .period, .parameter: true
    case .word, .name, .sign, .newline, .emptyLine, .end, .endOfText, .comment, .unknown: false
    }
  }

  /// The value as a query writes it.
  fileprivate var asWritten: String {
    switch kind {
    case .text: quoted(text)
    case .parameter: "$" + text
    case .number, .date, .month, .period, .word, .name, .sign, .newline, .emptyLine, .end,
      .endOfText, .comment, .unknown:
      text
    }
  }
}
