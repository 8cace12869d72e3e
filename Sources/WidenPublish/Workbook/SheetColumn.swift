import WidenEngine
import WidenLanguage

/// One column of a table on a sheet: what its cells hold, and how wide it is.
struct SheetColumn {
  /// What a cell holds.
  enum Cell: Hashable {
    case number(Double)
    /// Days since the last of 1899, as Excel counts them.
    case date(Double)
    /// A whole number that names something, such as a pay band: it stands on the left.
    case code(Double)
    case text(String)
    /// Shorthand such as `[c]` where a number would stand.
    case mark(String)
  }

  let page: PageColumn
  /// Set once the headings of all columns are known to differ.
  var heading: String
  /// The shorthand that occurs in its cells.
  private(set) var shorthand: Set<String> = []
  private let data: Column
  private let withheld: Bitmap?
  private let isLabel: Bool
  /// The cells of the codes, when there are few of them.
  private var known: [Cell] = []
  private var longest = 0

  init(_ page: PageColumn, _ column: TableColumn, isLabel: Bool) {
    self.page = page
    self.isLabel = isLabel
    data = column.data
    withheld = column.withheld
    heading = SheetColumn.heading(page)
    look()
  }

  /// The cell of a row.
  func cell(_ row: Int) -> Cell {
    if withheld?[row] == true { return .mark(TableColumn.withheldMark) }
    if case .coded(let coded) = data, !known.isEmpty { return known[coded.codes[row]] }
    return cell(of: data[row])
  }

  /// Its width in characters of the standard typeface, which are narrower than those of 12 points.
  var width: Double {
    let words = heading.split(separator: " ").map { cellWidth(String($0)) }.max() ?? 0
    let least =
      switch page.description.type {
      case .decimal: 18
      case .date: 17
      case .boolean, .integer, .category, .text, .month, .period: 12
      }
    return Double(min(60, max(least, Int(Double(max(longest, words)) * 1.2) + 3)))
  }

  /// Finds the shorthand and the longest text among all cells.
  private mutating func look() {
    if case .coded(let coded) = data, coded.cardinality <= 65_536,
      coded.cardinality <= 2 * data.count + 16
    {
      known = (0..<coded.cardinality).map { cell(of: coded.domain.value(of: $0)) }
      var isUsed = [Bool](repeating: false, count: coded.cardinality)
      for row in 0..<data.count where withheld?[row] != true { isUsed[coded.codes[row]] = true }
      for code in known.indices where isUsed[code] { look(at: known[code]) }
    } else {
      for row in 0..<data.count where withheld?[row] != true { look(at: cell(of: data[row])) }
    }
    if let withheld, (0..<data.count).contains(where: { withheld[$0] }) {
      shorthand.insert(TableColumn.withheldMark)
    }
  }

  private mutating func look(at cell: Cell) {
    switch cell {
    case .number, .date, .code: break
    case .mark(let mark): shorthand.insert(mark)
    case .text(let text):
      longest = max(longest, cellWidth(text))
      if text.utf8.contains(UInt8(ascii: "[")) {
        for known in Shorthand.all where text.contains(known.mark) { shorthand.insert(known.mark) }
      }
    }
  }

  private func cell(of value: Value) -> Cell {
    switch value {
    case .missing: return isLabel ? .text("(missing)") : .mark(Shorthand.missing)
    case .boolean, .month, .period: return .text(plainText(of: value))
    // Excel holds fifteen digits; a longer number would become another.
    case .integer(let number):
      return number.magnitude < 1_000_000_000_000_000
        ? .number(Double(number)) : .text(String(number))
    case .decimal(let number):
      guard number.isFinite else { return .mark(Shorthand.missing) }
      guard page.description.format == .points else { return .number(number) }
      return .number(Double(DecimalDigits(number).shifted(by: 2).text()) ?? number * 100)
    case .date(let day):
      // Excel takes 1900 for a leap year, so days before March 1900 would be off by one.
      let serial = day.number + 25_569
      return (61...2_958_465).contains(serial)
        ? .date(Double(serial)) : .text(plainText(of: value))
    case .text(let text):
      if page.description.sensitivity != .identifier, let number = wholeNumber(text) {
        return .code(number)
      }
      return .text(text.isEmpty ? "(empty)" : sheetText(text))
    }
  }

  private static func heading(_ page: PageColumn) -> String {
    var heading = page.name
    while heading.last?.isWhitespace == true { heading.removeLast() }
    if heading.isEmpty { heading = "(no name)" }
    if page.description.format == .points { heading += " (percentage points)" }
    if let base = page.base { heading += " (\(base))" }
    return sheetText(heading)
  }
}

/// The number that a text writes just as a program would: `7`, and neither `07` nor `7.0`.
///
/// Excel warns of numbers that are stored as text, and sorts and looks them up as other things.
func wholeNumber(_ text: String) -> Double? {
  guard (1...16).contains(text.utf8.count), let number = Int(text), String(number) == text,
    number.magnitude < 1_000_000_000_000_000
  else { return nil }
  return Double(number)
}
