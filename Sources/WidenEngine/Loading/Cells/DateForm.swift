public import WidenLanguage

/// How dates are written, such as `dd/mm/yyyy`, `dd.mm.yy` or `dd-mmm-yyyy`.
public struct DateForm: Hashable, Sendable {
  private enum Part: Hashable {
    case day
    case month
    case monthName
    case year
    /// Of two digits: 30 to 99 are 1930 to 1999, 00 to 29 are 2000 to 2029, as in spreadsheets.
    case shortYear
    case sign(UInt8)
  }

  /// The pattern as it was written.
  public let text: String
  private let parts: [Part]

  /// The pattern of days, months and years in any order with signs between them; nil for others.
  public init?(text: String) {
    var parts: [Part] = []
    var rest = Array(text.lowercased().utf8)[...]
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      rest = rest.dropFirst(run.count)
      switch (first, run.count) {
      case (UInt8(ascii: "d"), 1...2): parts.append(.day)
      case (UInt8(ascii: "m"), 1...2): parts.append(.month)
      case (UInt8(ascii: "m"), 3): parts.append(.monthName)
      case (UInt8(ascii: "y"), 4): parts.append(.year)
      case (UInt8(ascii: "y"), 2): parts.append(.shortYear)
      case (UInt8(ascii: "/"), 1), (UInt8(ascii: "-"), 1), (UInt8(ascii: "."), 1),
        (UInt8(ascii: " "), 1):
        parts.append(.sign(first))
      default: return nil
      }
    }
    guard parts.count == 5, parts.count(where: { $0 == .day }) == 1,
      parts.count(where: { $0 == .month || $0 == .monthName }) == 1,
      parts.count(where: { $0 == .year || $0 == .shortYear }) == 1,
      case .sign = parts[1], case .sign = parts[3]
    else { return nil }
    self.text = text
    self.parts = parts
  }

  /// The day that a text names, with midnight behind it or nothing; nil when it is none.
  public func day(_ text: String) -> Day? {
    var rest = text[...]
    for midnight in [" 00:00", " 00:00:00"] where text.hasSuffix(midnight) {
      rest = text.dropLast(midnight.count)
    }
    var (day, month, year) = (0, 0, 0)
    for part in parts {
      switch part {
      case .day:
        guard let number = number(&rest, 1...2) else { return nil }
        day = number
      case .month:
        guard let number = number(&rest, 1...2) else { return nil }
        month = number
      case .monthName:
        let word = rest.prefix { $0.isLetter }
        guard let number = MonthText.named(word) else { return nil }
        rest = rest.dropFirst(word.count)
        month = number
      case .year:
        guard let number = number(&rest, 4...4) else { return nil }
        year = number
      case .shortYear:
        guard let number = number(&rest, 2...2) else { return nil }
        year = number < 30 ? 2000 + number : 1900 + number
      case .sign(let sign):
        guard rest.utf8.first == sign else { return nil }
        rest = rest.dropFirst()
      }
    }
    return rest.isEmpty ? Day(year: year, month: month, day: day) : nil
  }

  /// Takes a number of so many digits from the front.
  private func number(_ rest: inout Substring, _ digits: ClosedRange<Int>) -> Int? {
    let run = rest.prefix { $0.isASCII && $0.isNumber }
    guard digits.contains(run.count) else { return nil }
    rest = rest.dropFirst(run.count)
    return Int(run)
  }
}
