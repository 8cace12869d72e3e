/// The types a column or an expression can have, under the names users see.
public enum ValueType: String, Hashable, Sendable, CaseIterable {
  /// Free text.
  case text
  /// Text from a declared list of values.
  case category
  /// A whole number.
  case integer
  /// A number with a fraction.
  case decimal
  /// `yes` or `no`.
  case boolean
  /// A calendar day.
  case date
  /// A calendar month.
  case month
  /// A financial, academic or calendar year, or a quarter.
  case period

  /// Whether its values are text.
  public var isText: Bool { self == .text || self == .category }
  /// Whether its values are numbers.
  public var isNumber: Bool { self == .integer || self == .decimal }
  /// Whether its values are days, months or periods.
  public var isTime: Bool { self == .date || self == .month || self == .period }
}

/// One value of a column or of an expression.
public enum Value: Hashable, Sendable {
  case missing
  case boolean(Bool)
  case integer(Int)
  case decimal(Double)
  case text(String)
  case date(Day)
  case month(Month)
  case period(Period)
}

extension Value {
  /// The number, when it is one.
  public var numericValue: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .decimal(let number): number
    case .missing, .boolean, .text, .date, .month, .period: nil
    }
  }
}
