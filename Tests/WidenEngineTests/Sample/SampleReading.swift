import WidenEngine
import WidenLanguage

/// The sample the tests of this folder look at.
let sample = makeSample()

extension Dataset {
  /// The values of a column, row by row; nothing when there is no such column.
  func values(_ table: String, _ column: String) -> [Value] {
    guard let data = entry(named: table)?.table.column(named: column)?.data else { return [] }
    return (0..<data.count).map { data[$0] }
  }

  /// The text of a column, nil where it is missing.
  func texts(_ table: String, _ column: String) -> [String?] {
    values(table, column).map { if case .text(let text) = $0 { text } else { nil } }
  }

  /// The whole numbers of a column, and its days as numbers; nil where it is missing.
  func numbers(_ table: String, _ column: String) -> [Int?] {
    values(table, column).map {
      switch $0 {
      case .integer(let number): number
      case .date(let day): day.number
      case .missing, .boolean, .decimal, .text, .month, .period: nil
      }
    }
  }

  /// How many posts are held at the end of a day, by the rule of `snapshot`.
  func posts(on day: Int) -> [Bool] {
    zip(numbers("staff", "joined"), numbers("staff", "left")).map { joined, left in
      (joined ?? .max) <= day && (left ?? .max) > day
    }
  }
}

/// How often each value occurs among the rows that `isIn` picks.
func tally<Key: Hashable>(_ keys: [Key], where isIn: [Bool]) -> [Key: Int] {
  var counts: [Key: Int] = [:]
  for (key, counted) in zip(keys, isIn) where counted { counts[key, default: 0] += 1 }
  return counts
}

/// The day with this date.
func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
  Month(year: year, month: month).first.number + day - 1
}

/// 31 March 2016, the day of the extract.
let extractDay = day(2016, 3, 31)
