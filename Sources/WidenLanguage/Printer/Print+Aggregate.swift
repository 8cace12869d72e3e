extension Aggregate {
  fileprivate var tightness: Tightness {
    switch self {
    case .call(let call): call.tightness
    case .measure(let measure):
      measure.condition == nil && measure.interval == nil ? .operand : .loosest
    case .number, .parameter, .function: .operand
    case .negative: .negative
    case .chain(let chain): chain.rest.first?.operator.tightness ?? .operand
    }
  }

  var printed: String {
    switch self {
    case .call(let call): call.printed
    case .measure(let measure):
      measure.name.printed(besides: aggregateWords)
        + printedTail(measure.condition, measure.interval)
    case .number(let literal, _): literal.printed
    case .parameter(let name): "$" + name.text
    case .negative(let value, _):
      (value.tightness == .negative ? "- " : "-") + value.printed(atLeast: .negative)
    case .chain(let chain): chain.printed
    case .function(let name, let arguments, _):
      name.printed(besides: aggregateWords) + "("
        + arguments.map(\.printed).joined(separator: ", ") + ")"
    }
  }

  fileprivate func printed(atLeast least: Tightness) -> String {
    tightness < least ? "(\(printed))" : printed
  }
}

private let aggregateWords = Set(AggregateWord.all)

extension AggregateChain {
  fileprivate var printed: String {
    let inner = (rest.first?.operator.tightness ?? .sum).next
    return rest.reduce(first.printed(atLeast: inner)) {
      $0 + " \($1.operator.rawValue) " + $1.value.printed(atLeast: inner)
    }
  }
}

extension AggregateCall {
  fileprivate var tightness: Tightness {
    let isOpen = condition != nil || interval != nil || word == .rate || word == .correlation
    return isOpen ? .loosest : .operand
  }

  fileprivate var printed: String {
    start + printedTail(condition, interval)
  }

  private var start: String {
    switch word {
    case .count: "count"
    case .distinct: "count distinct " + tight(operand)
    case .rate:
      "rate " + guarded(operand, isFollowed: among == nil && using == nil && condition != nil)
        + (among.map { " among " + guarded($0, isFollowed: using == nil && condition != nil) } ?? "")
        + (using.map { " using " + $0.printed } ?? "")
    case .percentile: "percentile \(percentile?.printed ?? "50") of " + tight(operand)
    case .correlation: "corr \(tight(operand)) with \(tight(second))"
    case .sum, .mean, .median, .min, .max, .sd, .missing, .recorded:
      "\(word.rawValue) \(tight(operand))"
    }
  }

  /// What an aggregate takes is one operand; a following `where` must stay the aggregate's own.
  private func tight(_ operand: Expression?) -> String {
    guard let operand else { return "" }
    let needsBrackets =
      operand.tightness < .operand || condition != nil && operand.isOpenEnded
    return needsBrackets ? "(\(operand.printed))" : operand.printed
  }

  private func guarded(_ operand: Expression?, isFollowed: Bool) -> String {
    guard let operand else { return "" }
    return isFollowed && operand.isOpenEnded ? "(\(operand.printed))" : operand.printed
  }
}

private func printedTail(_ condition: Expression?, _ interval: Interval?) -> String {
  (condition.map { " where \($0.printed(atLeast: .or))" } ?? "")
    + (interval.map { " with \($0.printed)" } ?? "")
}
