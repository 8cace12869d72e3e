/// Why a table cannot be protected, or what was written cannot be audited.
public enum DisclosureError: Error, Hashable, Sendable {
  /// A table has from one to four dimensions.
  case dimensions(Int)
  /// A dimension has no level.
  case noLevels(dimension: Int)
  /// The table has more cells than can be worked through.
  case tooManyCells(limit: Int)
  /// A row has another number of labels than the table has dimensions.
  case labels(row: Int, found: Int, expected: Int)
  /// A count is negative, or too large to add up exactly.
  case count(row: Int, Int)
  /// A list has another length than the table has cells.
  case cells(found: Int, expected: Int)
  /// A structural zero counts somebody.
  case structuralZero(cell: Int, count: Int)
  /// A margin is not the sum of its cells.
  case margin(cell: Int, found: Int, expected: Int)
  /// No table agrees with the published numbers.
  case notAdditive
  /// A setting of a policy is out of its range.
  case setting(String, Int, atLeast: Int)
}

extension DisclosureError: CustomStringConvertible {
  /// The sentence that says what is wrong; rows and cells are numbered from 1.
  public var description: String {
    switch self {
    case .dimensions(let count): "the table has \(count) dimensions; it must have 1 to 4"
    case .noLevels(let dimension): "dimension \(dimension + 1) of the table has no levels"
    case .tooManyCells(let limit):
      "the table has more than \(limit) cells; use fewer levels or fewer dimensions"
    case .labels(let row, let found, let expected):
      "row \(row + 1) has \(found) labels; it must have \(expected), one for each dimension"
    case .count(let row, let count):
      "the count of row \(row + 1) is \(count); it must be from 0 to \(CountTable.largestCount)"
    case .cells(let found, let expected):
      "\(found) cells are given; the table has \(expected)"
    case .structuralZero(let cell, let count):
      "cell \(cell + 1) is declared always empty, but its count is \(count)"
    case .margin(let cell, let found, let expected):
      "the total in cell \(cell + 1) is \(found), but its cells add up to \(expected)"
    case .notAdditive: "the published numbers contradict each other: no table has these totals"
    case .setting(let name, let value, let least):
      "the \(name) of the policy is \(value); it must be \(least) or more"
    }
  }
}
