internal import WidenEngine
internal import WidenLanguage

/// Collects the cells of a column as they come from a server.
struct ColumnBuilder {
  private let kind: SQLKind
  private var numbers: [Int?] = []
  private var fractions: [Double?] = []
  private var flags: [Bool?] = []
  private var texts: [String?] = []
  /// Whether a whole number was too large for 64 bits, so that the column has fractions.
  private var isWide = false

  init(_ kind: SQLKind) { self.kind = kind }

  /// Adds a cell, written as PostgreSQL writes it.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>?) {
    switch kind {
    case .text: texts.append(bytes.map { String(decoding: $0, as: UTF8.self) })
    case .boolean: flags.append(bytes.map { $0.first == UInt8(ascii: "t") })
    case .integer, .date, .month, .period: add(units: bytes, places: 0)
    case .exact(let places): add(units: bytes, places: places)
    case .real: fractions.append(bytes.flatMap(real))
    }
  }

  private func real(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

  private mutating func add(units bytes: UnsafeBufferPointer<UInt8>?, places: Int) {
    guard let bytes else {
      numbers.append(nil)
      if isWide { fractions.append(nil) }
      return
    }
    let number = ColumnBuilder.units(bytes, places: places)
    if number == nil, !isWide {
      isWide = true
      var power = 1.0
      for _ in 0..<places { power *= 10 }
      fractions = numbers.map { $0.map { Double($0) / power } }
    }
    numbers.append(number)
    if isWide { fractions.append(real(bytes)) }
  }

  /// A number in units of its last place; nil when it has more places, or is too large.
  private static func units(_ bytes: UnsafeBufferPointer<UInt8>, places: Int) -> Int? {
    var number = 0
    var seen: Int?
    let isNegative = bytes.first == UInt8(ascii: "-")
    for byte in isNegative ? bytes.dropFirst() : bytes[...] {
      if byte == UInt8(ascii: "."), seen == nil {
        seen = 0
        continue
      }
      guard byte >= 48, byte <= 57 else { return nil }
      if let after = seen {
        if after == places {
          if byte != 48 { return nil }
          continue
        }
        seen = after + 1
      }
      let (tens, isFar) = number.multipliedReportingOverflow(by: 10)
      let (sum, isWide) = tens.addingReportingOverflow(Int(byte) - 48)
      if isFar || isWide { return nil }
      number = sum
    }
    for _ in (seen ?? 0)..<places {
      let (tens, isFar) = number.multipliedReportingOverflow(by: 10)
      if isFar { return nil }
      number = tens
    }
    return isNegative ? -number : number
  }

  /// The column; `categories` are in their order.
  func column(_ categories: [String]?) -> Column {
    if isWide { return .decimals(fractions) }
    switch kind {
    case .text: return .text(texts, categories: categories)
    case .boolean: return .booleans(flags)
    case .integer: return .integers(numbers)
    case .exact(let places): return .scaled(numbers, places: places)
    case .real: return .decimals(fractions)
    case .date: return .dates(numbers.map { $0.map { Day(number: $0) } })
    case .month: return .months(numbers.map { $0.map { Month(number: $0) } })
    case .period(let kind):
      return .periods(numbers.map { $0.map { Period(kind: kind, number: $0) } }, kind: kind)
    }
  }
}
