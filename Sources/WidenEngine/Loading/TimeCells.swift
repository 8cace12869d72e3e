import WidenLanguage

/// Reads cells of one kind as numbers.
protocol CellParser {
  /// Whether the shorthand of published tables is missing among these cells.
  var takesShorthand: Bool { get }
  /// The number of a cell, or `.missing` when it is of another kind. Up to 8 bytes before its end and
  /// 16 after its start may be read.
  func parse(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int
}

/// Reads the cells of a column into `values`, up to the first of another kind.
func scanCells(_ run: CellRun, _ parser: some CellParser, into values: UnsafeMutablePointer<Int>)
  -> ScanOutcome
{
  var outcome = ScanOutcome()
  var least = Int.max
  var most = Int.min
  for row in 0..<run.rows {
    let cell = run.cell(row)
    if cell.count == 0 {
      values[row] = .missing
      outcome.missing &+= 1
      continue
    }
    let value = parser.parse(cell.start, cell.count)
    values[row] = value
    if value == .missing {
      if parser.takesShorthand, outcome.takesShorthand(cell) { continue }
      outcome.stoppedAt = row
      break
    }
    least = min(least, value)
    most = max(most, value)
    outcome.present &+= 1
  }
  outcome.minimum = least
  outcome.maximum = most
  return outcome
}

/// `2014-04-01` as days since 1 January 1970.
struct DateParser: CellParser {
  var takesShorthand: Bool { true }

  /// Days from 1 January 1970 to the first of each month of the years 1900 to 2099.
  private static let monthStarts: [Int32] = (0..<2400).map { index in
    Int32(truncatingIfNeeded: Month(number: 1900 * 12 + index).first.number)
  }
  private let starts = DateParser.monthStarts

  @inline(__always)
  func parse(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
      return .missing
    }
    // Year, month and day side by side in one word: 2014-04-0 becomes 20140400, then the day is set.
    let word = loadWord(bytes)
    let day = UInt64(bytes[8]) &<< 48 | UInt64(bytes[9]) &<< 56
    let digits = (word & 0xFFFF_FFFF) | ((word &>> 8) & 0x0000_FFFF_0000_0000) | day
    let number = quickDigits(digits, 8)
    guard number >= 0 else { return .missing }
    let (year, month, dayOfMonth) = (number / 10_000, number / 100 % 100, number % 100)
    guard dayOfMonth >= 1, dayOfMonth <= 28, month >= 1, month <= 12, year >= 1900, year < 2100
    else {
      return Day(year: year, month: month, day: dayOfMonth)?.number ?? .missing
    }
    return Int(starts[(year &- 1900) &* 12 &+ month &- 1]) &+ dayOfMonth &- 1
  }
}

/// `2014-04` as months since January of year 0.
struct MonthParser: CellParser {
  var takesShorthand: Bool { true }

  @inline(__always)
  func parse(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard count == 7, bytes[4] == UInt8(ascii: "-") else { return .missing }
    let word = loadWord(bytes)
    let digits = (word &<< 16 & 0x0000_FFFF_FFFF_0000) | (word &<< 8 & 0xFFFF_0000_0000_0000)
    let number = quickDigits(digits, 6)
    let month = number % 100
    guard number >= 0, month >= 1, month <= 12 else { return .missing }
    return number / 100 &* 12 &+ month &- 1
  }
}

/// `FY2014/15`, `AY2014/15` or `2014-Q3`; a calendar year alone is a number.
struct PeriodParser: CellParser {
  let kind: Period.Kind
  var takesShorthand: Bool { true }

  func parse(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    switch kind {
    case .financialYear: return year(bytes, count, letter: UInt8(ascii: "F"))
    case .academicYear: return year(bytes, count, letter: UInt8(ascii: "A"))
    case .calendarYear: return .missing
    case .quarter:
      guard count == 7, bytes[4] == UInt8(ascii: "-"), bytes[5] == UInt8(ascii: "Q"),
        bytes[6] >= 49, bytes[6] <= 52
      else { return .missing }
      let year = quickDigits(loadWord(bytes) &<< 32, 4)
      return year < 0 ? .missing : year * 4 + Int(bytes[6]) - 49
    }
  }

  private func year(_ bytes: UnsafePointer<UInt8>, _ count: Int, letter: UInt8) -> Int {
    guard count == 9, bytes[0] == letter, bytes[1] == UInt8(ascii: "Y"),
      bytes[6] == UInt8(ascii: "/")
    else { return .missing }
    let start = quickDigits(loadWord(bytes + 2) &<< 32, 4)
    let end = quickDigits(loadWord(bytes + 7) &<< 48, 2)
    guard start >= 0, end >= 0, end == (start + 1) % 100 else { return .missing }
    return start
  }
}
