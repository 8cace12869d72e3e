extension Part {
  /// The part's canonical text.
  var printed: String {
    switch self {
    case .flag: ""
    case .word(let word): word
    case .name(let name): name.printed
    case .path(let path): path.printed
    case .paths(let paths): joined(paths, \.printed)
    case .expression(let expression): expression.printed
    case .expressions(let expressions): joined(expressions, \.printed)
    case .count(let count): count.printed
    case .whole(let number): String(number)
    case .text(let text, _): quoted(text)
    case .named(let columns): joined(columns) { "\($0.value.printed) as \($0.name.printed)" }
    case .renamings(let columns): joined(columns) { "\($0.column.printed) as \($0.name.printed)" }
    case .rules(let rules): "(" + joined(rules, \.printed) + ")"
    case .key(let key): key.printed
    case .keys(let keys): joined(keys, \.printed)
    case .aggregate(let aggregate): aggregate.printed
    case .aggregates(let aggregates):
      joined(aggregates) { $0.value.printed + ($0.name.map { " as \($0.printed)" } ?? "") }
    case .matches(let matches): joined(matches) { "\($0.name.printed) = \($0.path.printed)" }
    case .orders(let orders):
      joined(orders) { $0.value.printed + ($0.isDescending ? " desc" : "") }
    case .interval(let interval): interval.printed
    case .options(let options): joined(options) { "\($0.name.printed) = \(printedSet($0.value))" }
    case .settingValue(.word(let name)): name.text
    case .settingValue(.literal(let literal)): literal.printed
    case .member(let member), .letValue(.value(let member)): member.printed
    case .members(let members): printedSet(members)
    case .letValue(.query(let query)), .query(let query): print(query, width: .max)
    case .words(let words): words.map(printedWord).joined(separator: " ")
    }
  }
}

private func joined<Element>(
  _ list: [Element], _ print: (Element) -> String
) -> String {
  list.map(print).joined(separator: ", ")
}

extension Name {
  /// The name, in backticks when it could be read as something else.
  var printed: String { printed(besides: []) }

  func printed(besides words: Set<String>) -> String {
    let word = grammarWord(text)
    let isPlain =
      isWord(text) && !reservedWords.contains(word) && !backtickedWords.contains(word)
      && !words.contains(word)
    return isPlain ? text : doubling("`", in: text)
  }
}

extension Path {
  var printed: String { names.map(\.printed).joined(separator: ".") }
}

extension Count {
  fileprivate var printed: String {
    switch self {
    case .number(let number, _): String(number)
    case .parameter(let name): "$" + name.text
    }
  }
}

extension Key {
  fileprivate var printed: String { value.printed + (name.map { " as \($0.printed)" } ?? "") }
}

extension RecodeStep.Rule {
  fileprivate var printed: String {
    let left = values.map { joined($0, \.printed) } ?? "else"
    return "\(left) => \(result.printed)"
  }
}

extension Interval {
  var printed: String { level == "95%" ? "interval" : "interval \(level)" }
}

/// Whether the text is one word to the lexer.
private func isWord(_ text: String) -> Bool {
  guard let first = text.unicodeScalars.first, Characters.isWordStart(first) else { return false }
  return text.unicodeScalars.allSatisfy(Characters.isWordPart)
}

/// A word after `help`, which may be a sign.
private func printedWord(_ text: String) -> String {
  var lexer = Lexer(text)
  lexer.run()
  let isOne = lexer.tokens.count == 2 && lexer.diagnostics.isEmpty
  let isPlain = isOne && (lexer.tokens[0].isWord || lexer.tokens[0].kind == .sign)
  return isPlain ? text : doubling("`", in: text)
}
