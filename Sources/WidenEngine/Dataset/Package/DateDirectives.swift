import WidenLanguage

/// A way to write dates: the directives %Y, %y, %m, %d, %b and %B, and plain characters.
struct DateDirectives: Hashable {
  private enum Part: Hashable {
    case year, shortYear, month, day, monthName, shortMonthName
    case plain(UInt8)
  }

  private let parts: [Part]

  /// A pattern, or nil when it holds other directives or does not name a whole date.
  init?(_ text: String) {
    var parts: [Part] = []
    var isDirective = false
    for byte in text.utf8 {
      if !isDirective, byte == UInt8(ascii: "%") {
        isDirective = true
        continue
      }
      guard isDirective else {
        parts.append(.plain(byte))
        continue
      }
      isDirective = false
      switch Unicode.Scalar(byte) {
      case "Y": parts.append(.year)
      case "y": parts.append(.shortYear)
      case "m": parts.append(.month)
      case "d": parts.append(.day)
      case "B": parts.append(.monthName)
      case "b": parts.append(.shortMonthName)
      case "%": parts.append(.plain(byte))
      default: return nil
      }
    }
    let years = parts.count { $0 == .year || $0 == .shortYear }
    let months = parts.count { $0 == .month || $0 == .monthName || $0 == .shortMonthName }
    guard !isDirective, years == 1, months == 1, parts.count(where: { $0 == .day }) == 1 else {
      return nil
    }
    self.parts = parts
  }

  /// The day that a text names, or nil when it is written otherwise or is in no calendar.
  func day(_ text: String) -> Day? {
    var rest = Array(text.utf8)[...]
    var (year, month, day) = (0, 0, 0)
    for part in parts {
      switch part {
      case .plain(let byte):
        guard rest.popFirst() == byte else { return nil }
      case .year: year = DateDirectives.number(&rest, 4...4) ?? -1
      case .shortYear:
        // As everywhere: 69 to 99 lie in the twentieth century.
        guard let number = DateDirectives.number(&rest, 2...2) else { return nil }
        year = number < 69 ? 2000 + number : 1900 + number
      case .month: month = DateDirectives.number(&rest, 1...2) ?? -1
      case .day: day = DateDirectives.number(&rest, 1...2) ?? -1
      case .monthName: month = DateDirectives.month(&rest, isShort: false)
      case .shortMonthName: month = DateDirectives.month(&rest, isShort: true)
      }
    }
    guard rest.isEmpty, year >= 0 else { return nil }
    return Day(year: year, month: month, day: day)
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, _ digits: ClosedRange<Int>) -> Int? {
    var number = 0
    var count = 0
    while count < digits.upperBound, let byte = rest.first, byte >= 48, byte <= 57 {
      number = number * 10 + Int(byte - 48)
      count += 1
      rest.removeFirst()
    }
    return digits.contains(count) ? number : nil
  }

  private static func month(_ rest: inout ArraySlice<UInt8>, isShort: Bool) -> Int {
    for (index, name) in names.enumerated() {
      let wanted = isShort ? Array(name.utf8.prefix(3)) : Array(name.utf8)
      if rest.count >= wanted.count, zip(rest, wanted).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
        rest = rest.dropFirst(wanted.count)
        return index + 1
      }
    }
    return 0
  }

  private static let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
