/// Problems of conditions, values and aggregates.
enum ExpressionProblem: CataloguedProblem {
  case aggregateConditionUnbracketed(String)
  case aggregateDue(String)
  case aggregateInRow(String)
  case chainedComparison(better: String, middle: String)
  case confidenceWithoutPercent(String)
  case columnNotRepeated(column: String, sign: String)
  case conditionAfterName(String)
  case countWithColumn(String, found: String)
  case isWithoutMissing(String, found: String, isBlank: Bool)
  case leadingPoint(String)
  case listForRange
  case notAValue(String, better: String)
  case notAfterValue(String)
  case notAnAggregate(String, suggestion: String?)
  case notAnOperator(String, hint: String?)
  case operandDue(String, reserved: String?)
  case percentileDue(String)
  case rangeOutsideIn
  case rangeWithoutEnds
  case relatedAmbiguous(String, related: String, table: String)

  var wording: Wording {
    switch self {
    case .aggregateConditionUnbracketed(let word):
      Wording("'\(word)' is unexpected here", bracketsDue)
    case .aggregateDue(let found):
      Wording("expected an aggregate, such as count or mean salary, found \(found)")
    case .aggregateInRow(let word):
      Wording(
        "'\(word)' is an aggregate, and a row's own value is due here",
        "aggregates belong in summarise, before 'by'")
    case .chainedComparison(let better, let middle):
      Wording(
        "comparisons cannot be chained",
        "write \(better); for an inclusive range, \(middle) in low..high")
    case .confidenceWithoutPercent(let number):
      Wording("a confidence level is a percentage", "write \(short(number))%")
    case .columnNotRepeated(let column, let sign):
      Wording("a column is due before '\(sign)'", "write \(short(column)) \(sign) …")
    case .conditionAfterName(let name):
      Wording("'where' belongs before 'as'", "write … where … as \(short(name))")
    case .countWithColumn(let column, let found):
      Wording(
        "'count' counts rows and takes no column, found \(found)",
        "did you mean 'count distinct \(short(column))'?")
    case .isWithoutMissing(let word, let found, let isBlank):
      Wording(
        "'\(word)' is followed by missing or recorded, found \(found)",
        isBlank ? "did you mean 'missing'?" : "for a value write \(word == "is" ? "=" : "!=")")
    case .leadingPoint(let number):
      Wording("a number starts with a digit", "write 0.\(short(number))")
    case .listForRange:
      Wording(
        "a bracket after 'in' opens a list", "put the whole range into it: in ((a + b)..c)")
    case .notAValue(let word, let better):
      Wording("'\(word)' is not a value", "write \(better)")
    case .notAfterValue(let found):
      Wording(
        "expected 'in' or 'contains' after 'not', found \(found)",
        "'not' stands before a whole condition: not band = \"5\"")
    case .notAnAggregate(let word, let suggestion):
      Wording(
        "'\(short(word))' is not an aggregate",
        didYouMean(suggestion) ?? "such as count, sum fte or mean salary")
    case .notAnOperator(let sign, let hint):
      Wording("'\(sign)' is not an operator", hint)
    case .operandDue(let found, let reserved):
      Wording(
        "expected a column, a number or a \"text\", found \(found)", reserved.map(backticks))
    case .percentileDue(let found):
      Wording("expected a number from 0 to 100, found \(found)")
    case .rangeOutsideIn:
      Wording("a range stands after 'in'", "write COLUMN in low..high")
    case .rangeWithoutEnds:
      Wording("a range needs at least one end", "write low.., ..high or low..high")
    case .relatedAmbiguous(let word, let related, let table):
      ambiguity(word, related, table)
    }
  }
}

private let bracketsDue =
  "an aggregate with a condition needs brackets when it is combined: "
  + "(count where …) / (count where …)"

private func backticks(_ word: String) -> String {
  "'\(grammarWord(word))' is a reserved word; as a name it needs backticks: `\(word)`"
}

private func ambiguity(_ word: String, _ related: String, _ table: String) -> Wording {
  let start = "\(related) \(short(table)) where"
  return Wording(
    "this '\(word)' could belong to \(short(table)) or to the rows themselves",
    "write \(start) (… \(word) …), or (\(start) …) \(word) …")
}
