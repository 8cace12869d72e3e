/// What can be wrong with a statistical step or figure that reads well.
///
/// Messages are third person, lower case, without a full stop.
enum StatisticsProblem: Hashable, Sendable {
  case baseIsCondition(column: String, base: String)
  case baseNeeded(column: String)
  case confidence(level: String)
  case countOfWhich(names: [String])
  case countsNeeded(column: String)
  case horizon(year: String)
  case inequalityOfCount(word: String)
  case intervalAlone
  case intervalElsewhere(step: String)
  case noInterval(word: String)
  case noPerson(table: String)
  case noStratum(table: String, column: String)
  case sameGroups(value: String)
  case shareOfAmounts(column: String)
  case standardNeeded(path: String)
  case testOf(column: String)
  case timeNeeded(what: String)
  case usingWithNumbers(column: String)
  case yearNeeded

  /// The sentence.
  var message: String {
    switch self {
    case .baseIsCondition(let column, let base):
      "\(column) is a number, and \(base), which it is among, is not"
    case .baseNeeded(let column): "\(column) is a number, and nothing says what it is of"
    case .confidence(let level): "there is no interval of \(level)"
    case .countOfWhich(let names):
      "the rows are counted already: which column says for how many people each stands, "
        + "\(shortList(names, "or"))?"
    case .countsNeeded(let column): "there are no counts behind '\(column)'"
    case .horizon(let year): "the last year must be 1 to 100 years after \(year)"
    case .inequalityOfCount(let word):
      "'\(word)' grows with the size of a group, and says nothing about inequality"
    case .intervalAlone: "an interval goes with a single rate, count or mean"
    case .intervalElsewhere(let step): "'\(step)' shows no intervals"
    case .noInterval(let word): "'\(word)' has no interval here"
    case .noPerson(let table): "\(table) does not say which of its rows are the same person"
    case .noStratum(let table, let column): "\(table) has no column '\(column)'"
    case .sameGroups(let value): "both groups are \(value)"
    case .shareOfAmounts(let column):
      "an interval is for counts of people, and \(column) has fractions"
    case .standardNeeded(let path): "'\(path)' is no column of a standard population"
    case .testOf(let column):
      "'with test' needs a share, a rate or a count, and \(column) is neither"
    case .timeNeeded(let what): "\(what) must be a date, a month or a year"
    case .usingWithNumbers(let column): "'using' goes with a condition, and \(column) is a number"
    case .yearNeeded: "a year is due here"
    }
  }

  /// The way out.
  var hint: String? {
    switch self {
    case .baseIsCondition: "both must be columns that count: leavers among headcount"
    case .baseNeeded(let column):
      "add 'among' and the column that counts the people: \(column) among headcount"
    case .confidence: "write a level between 0% and 100%, such as 95%"
    case .countOfWhich(let names): names.first.map { "add 'using \($0)'" }
    case .countsNeeded: "a share or a rate of this query has counts behind it"
    case .horizon: "such as parity of bme among band >= \"8a\" over FY2014/15 until 2028"
    case .inequalityOfCount: "use a rate or a mean: inequality of rate … across …"
    case .intervalAlone: "give the figure a column of its own: rate … with interval as NAME"
    case .intervalElsewhere: "leave out 'with interval', or use summarise"
    case .noInterval: "an interval goes with rate, count and mean"
    case .noPerson: "name the column with widen:person in the dataset's description"
    case .noStratum: "both tables need a column of that name: rename, or derive it first"
    case .sameGroups: "name two different groups"
    case .shareOfAmounts: "count people, or leave out 'with interval'"
    case .standardNeeded:
      "name a table and its column, such as standard_population.people, or 'total'"
    case .testOf: nil
    case .timeNeeded: "such as 2014-09, FY2014/15 or 2014-09-30"
    case .usingWithNumbers: "leave out 'using'"
    case .yearNeeded: "such as FY2014/15"
    }
  }

  /// The problem at its place.
  func at(_ place: Place) -> Diagnostic {
    Diagnostic(.error, message, at: place.range, hint: hint)
  }
}
