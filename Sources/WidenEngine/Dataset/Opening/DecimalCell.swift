import WidenLanguage

/// A number as a cell holds it: exact when it is written with digits and a point alone.
struct DecimalCell {
  let number: Double
  /// How many digits follow the point; 5 for numbers in powers of ten.
  let places: Int
  private let digits: Int?

  /// A whole number.
  init(whole: Int) {
    number = Double(whole)
    places = 0
    digits = whole
  }

  /// A number in digits, with a sign, a point and a power of ten where it has them; else nil.
  init?(_ text: String) {
    let isPlain = text.utf8.allSatisfy {
      ($0 >= 48 && $0 <= 57) || $0 == 46 || $0 == 45 || $0 == 43
    }
    let isNumber = text.utf8.allSatisfy {
      ($0 >= 48 && $0 <= 57) || $0 == 46 || $0 == 45 || $0 == 43 || $0 | 0x20 == 101
    }
    guard isNumber, let number = Double(text), number.isFinite else { return nil }
    self.number = number
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    places = isPlain ? parts.count == 2 ? parts[1].utf8.count : 0 : 5
    digits = isPlain ? Int(parts.joined()) : nil
  }

  /// The number in units of 10 to the power of `-places`, or nil when it does not fit.
  func units(places wanted: Int) -> Int? {
    guard let digits, wanted >= places, wanted <= 4 else { return nil }
    var units = digits
    for _ in places..<wanted {
      let (next, overflow) = units.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      units = next
    }
    return units
  }
}
