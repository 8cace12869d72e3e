public import WidenLanguage

/// The values of a column, in the narrowest form that holds them.
public enum Column: Sendable {
  /// Codes of 8, 16 or 32 bits, 0 for missing, and what they mean. Nearly every loaded column.
  case coded(CodedColumn)
  /// Whole numbers whose range is too wide for codes, or that were computed.
  case integers(Buffer<Int>, validity: Bitmap?)
  /// Numbers with a fraction that are not all exact in 0 to 4 places. A nil validity: none missing.
  case decimals(Buffer<Double>, validity: Bitmap?)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .coded(let column): column.codes.count
    case .integers(let values, _): values.count
    case .decimals(let values, _): values.count
    }
  }

  /// The value of a row, which must be in range.
  public subscript(row: Int) -> Value {
    switch self {
    case .coded(let column): column.domain.value(of: column.codes[row])
    case .integers(let values, let validity):
      validity?[row] == false ? .missing : .integer(values[row])
    case .decimals(let values, let validity):
      validity?[row] == false ? .missing : .decimal(values[row])
    }
  }
}

/// Codes and what they mean.
public struct CodedColumn: Sendable {
  /// A code for each row.
  public var codes: Codes
  /// What each code stands for.
  public var domain: Domain
  /// All codes are below it: the number of values the domain can name, and one for missing.
  public var cardinality: Int
  /// Whether some row may be missing.
  public var hasMissing: Bool
  /// Whether no two rows are known to share a value and none is missing.
  public var isUnique: Bool

  /// A column that may have missing values and repeats, unless it is known to have none.
  public init(
    codes: Codes, domain: Domain, cardinality: Int, hasMissing: Bool = true, isUnique: Bool = false
  ) {
    self.codes = codes
    self.domain = domain
    self.cardinality = cardinality
    self.hasMissing = hasMissing
    self.isUnique = isUnique
  }
}

/// Unsigned codes in the narrowest width.
public enum Codes: Sendable {
  case bytes(Buffer<UInt8>)
  case shorts(Buffer<UInt16>)
  case words(Buffer<UInt32>)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .bytes(let codes): codes.count
    case .shorts(let codes): codes.count
    case .words(let codes): codes.count
    }
  }

  /// The code of a row.
  public subscript(row: Int) -> Int {
    switch self {
    case .bytes(let codes): Int(codes[row])
    case .shorts(let codes): Int(codes[row])
    case .words(let codes): Int(codes[row])
    }
  }

  /// The codes of `count` rows, each below `cardinality`, in the narrowest width that holds them.
  public init(count: Int, cardinality: Int, _ code: (Int) -> Int) {
    if cardinality <= 1 << 8 {
      self = .bytes(Buffer(count: count) { for row in 0..<count { $0[row] = UInt8(code(row)) } })
    } else if cardinality <= 1 << 16 {
      self = .shorts(Buffer(count: count) { for row in 0..<count { $0[row] = UInt16(code(row)) } })
    } else {
      self = .words(Buffer(count: count) { for row in 0..<count { $0[row] = UInt32(code(row)) } })
    }
  }
}

/// What the codes of a column mean.
///
/// Code 0 is missing in all of them.
public enum Domain: Sendable {
  /// Code `k` is value `k - 1` of the dictionary.
  case text(TextDictionary)
  /// Code `k` is `minimum + k - 1`.
  case integer(minimum: Int)
  /// Code `k` is `minimum + k - 1` units of 10 to the power of `-places`; 1 to 4 places.
  case decimal(minimum: Int, places: Int)
  /// Code 1 is no, code 2 is yes.
  case boolean
  /// Code `k` is the day `minimum + k - 1`.
  case date(minimum: Int)
  /// Code `k` is the month `minimum + k - 1`.
  case month(minimum: Int)
  /// Code `k` is the period `minimum + k - 1` of its kind.
  case period(Period.Kind, minimum: Int)
  /// Code `k` is `prefix` and `minimum + k - 1`, padded with zeros to `digits`.
  case identifier(prefix: String, digits: Int, minimum: Int)

  /// What a code means; counted up from the least value, which may be the least there is, or the
  /// most.
  public func value(of code: Int) -> Value {
    guard code > 0 else { return .missing }
    switch self {
    case .text(let dictionary): return .text(dictionary[code - 1])
    case .integer(let minimum): return .integer(minimum + (code - 1))
    case .decimal(let minimum, let places):
      return .decimal(Double(minimum + (code - 1)) / Domain.powers[places])
    case .boolean: return .boolean(code == 2)
    case .date(let minimum): return .date(Day(number: minimum + (code - 1)))
    case .month(let minimum): return .month(Month(number: minimum + (code - 1)))
    case .period(let kind, let minimum):
      return .period(Period(kind: kind, number: minimum + (code - 1)))
    case .identifier(let prefix, let digits, let minimum):
      return .text(Domain.identifier(prefix, digits, minimum + (code - 1)))
    }
  }

  /// The type of its values; a text domain may also be a category.
  public var type: ValueType {
    switch self {
    case .text, .identifier: .text
    case .integer: .integer
    case .decimal: .decimal
    case .boolean: .boolean
    case .date: .date
    case .month: .month
    case .period: .period
    }
  }

  /// Whether a higher code is a later value, so that codes can be compared and sorted.
  public var isInOrder: Bool {
    switch self {
    case .text(let dictionary): dictionary.isInDisplayOrder
    case .integer, .decimal, .boolean, .date, .month, .period, .identifier: true
    }
  }

  /// 10 to the power of 0 to 4.
  static let powers: [Double] = [1, 10, 100, 1000, 10_000]

  private static func identifier(_ prefix: String, _ digits: Int, _ number: Int) -> String {
    let text = String(number)
    return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
