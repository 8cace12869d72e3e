/// How tightly an expression holds together; a looser one needs brackets inside a tighter one.
enum Tightness: Int, Comparable {
  /// Needs brackets inside any other.
  case loosest, or, and, not, comparison, sum, product, negative, operand

  static func < (left: Tightness, right: Tightness) -> Bool { left.rawValue < right.rawValue }

  var next: Tightness { Tightness(rawValue: rawValue + 1) ?? .operand }
}

extension ArithmeticOperator {
  var tightness: Tightness {
    switch self {
    case .add, .subtract: .sum
    case .multiply, .divide: .product
    }
  }
}

extension Expression {
  var tightness: Tightness {
    switch self {
    case .literal, .parameter, .path, .call: .operand
    case .negative: .negative
    case .chain(let chain): chain.rest.first?.operator.tightness ?? .operand
    case .comparison, .membership, .textTest, .presence: .comparison
    case .all: .and
    case .any: .or
    case .not: .not
    case .conditional: .loosest
    case .related(let related): related.condition == nil ? .operand : .loosest
    }
  }

  /// The text, in brackets when the expression is looser than this.
  func printed(atLeast least: Tightness) -> String {
    tightness < least ? "(\(printed))" : printed
  }

  var printed: String {
    switch self {
    case .literal(let literal, _): literal.printed
    case .parameter(let name): "$" + name.text
    case .path(let path): path.printed
    case .call(let call):
      call.function.printed + "(" + call.arguments.map(\.printed).joined(separator: ", ") + ")"
    case .negative(let value, _):
      // A space keeps two signs from being read as the start of a comment.
      (value.tightness == .negative ? "- " : "-") + value.printed(atLeast: .negative)
    case .chain(let chain): chain.printed
    case .comparison(let comparison):
      comparison.left.printed(atLeast: .sum) + " \(comparison.operator.rawValue) "
        + comparison.right.printed(atLeast: .sum)
    case .membership(let membership):
      membership.value.printed(atLeast: .sum) + (membership.isNegated ? " not in " : " in ")
        + printedSet(membership.members)
    case .textTest(let test):
      test.value.printed(atLeast: .sum) + (test.isNegated ? " not " : " ") + test.kind.rawValue
        + " " + test.pattern.printed(atLeast: .sum)
    case .presence(let presence):
      presence.value.printed(atLeast: .sum) + (presence.isNegated ? " is not " : " is ")
        + presence.kind.rawValue
    case .all(let conditions):
      conditions.map { $0.printed(atLeast: .not) }.joined(separator: " and ")
    case .any(let conditions):
      conditions.map { $0.printed(atLeast: .and) }.joined(separator: " or ")
    case .not(let condition, _): "not " + condition.printed(atLeast: .not)
    case .conditional(let conditional):
      "if \(conditional.condition.printed(atLeast: .or))"
        + " then \(conditional.chosen.printed(atLeast: .or)) else \(conditional.other.printed)"
    case .related(let related): related.printed
    }
  }

  /// Whether the last thing printed is a question about related rows without a `where` of its own,
  /// which would take the next one.
  var isOpenEnded: Bool {
    switch self {
    case .literal, .parameter, .path, .call, .presence: false
    case .negative(let value, _), .not(let value, _): value.isOpenEnded
    case .chain(let chain): chain.rest.last?.value.isOpenEnded ?? false
    case .comparison(let comparison): comparison.right.isOpenEnded
    case .membership(let membership): membership.members.last?.isOpenEnded ?? false
    case .textTest(let test): test.pattern.isOpenEnded
    case .all(let conditions), .any(let conditions): conditions.last?.isOpenEnded ?? false
    case .conditional(let conditional): conditional.other.isOpenEnded
    case .related(let related): related.condition?.isOpenEnded ?? true
    }
  }
}

extension Chain {
  fileprivate var printed: String {
    let inner = (rest.first?.operator.tightness ?? .sum).next
    return rest.reduce(first.printed(atLeast: inner)) {
      $0 + " \($1.operator.rawValue) " + $1.value.printed(atLeast: inner)
    }
  }
}

extension Related {
  fileprivate var printed: String {
    let start = "\(kind.rawValue) \(table.printed(besides: followingWords))"
    return start + (condition.map { " where " + $0.printed(atLeast: .not) } ?? "")
  }
}

extension Literal {
  var printed: String {
    switch self {
    case .number(let text), .percent(let text): text
    case .text(let text): quoted(text)
    case .date(let day): day.description
    case .month(let month): month.description
    case .period(let period): period.description
    case .yes: "yes"
    case .no: "no"
    case .missing: "missing"
    }
  }
}

extension Member {
  var printed: String {
    switch self {
    case .value(let value): return value.printed(atLeast: .sum)
    case .range(let low, let high):
      let start = low?.printed(atLeast: .sum) ?? ""
      let end = high?.printed(atLeast: .sum) ?? ""
      return start + ".." + (startsWithClauseWord(end) ? "(\(end))" : end)
    }
  }

  var isOpenEnded: Bool {
    switch self {
    case .value(let value): value.isOpenEnded
    case .range(_, let high): high?.isOpenEnded ?? false
    }
  }
}

/// Values and ranges, in brackets unless one stands alone.
func printedSet(_ members: [Member]) -> String {
  let text = members.map(\.printed).joined(separator: ", ")
  return members.count == 1 && !text.hasPrefix("(") ? text : "(\(text))"
}

/// Whether an open range would take the text for the next clause.
private func startsWithClauseWord(_ text: String) -> Bool {
  let word = text.unicodeScalars.prefix(while: Characters.isWordPart)
  return followingWords.contains(grammarWord(String(String.UnicodeScalarView(word))))
}
