import WidenLanguage

/// The values of an expression over the rows of a scope.
///
/// Days, months, periods and no/yes are whole numbers here; the expression's type says which.
enum Vector: Sendable {
  /// The same for all rows.
  case constant(Value)
  case coded(CodedColumn)
  case integers(Buffer<Int>, validity: Bitmap?)
  /// With the number of decimal places all values are known to have, when it is known: sums and
  /// products of such numbers are rounded to the places they can have, so that 0.1 + 0.2 is 0.3.
  case decimals(Buffer<Double>, validity: Bitmap?, places: Int?)
  /// No or yes, never missing.
  case condition(Bitmap)

  init(_ column: Column) {
    switch column {
    case .coded(let column): self = .coded(column)
    case .integers(let values, let validity): self = .integers(values, validity: validity)
    case .decimals(let values, let validity):
      self = .decimals(values, validity: validity, places: nil)
    }
  }

  /// Whether its values are fractions, as opposed to whole numbers of some kind.
  var isDecimal: Bool {
    switch self {
    case .constant(let value):
      if case .decimal = value { true } else { false }
    case .coded(let column):
      if case .decimal = column.domain { true } else { false }
    case .decimals: true
    case .integers, .condition: false
    }
  }

  /// Whether it is the missing value for all rows.
  var isMissingConstant: Bool {
    if case .constant(.missing) = self { true } else { false }
  }

  /// The number of decimal places that all values have, when it is known; 0 for whole numbers.
  var places: Int? {
    switch self {
    case .constant(let value):
      if case .decimal(let number) = value { exactPlaces(of: number) } else { 0 }
    case .coded(let column):
      if case .decimal(_, let places) = column.domain { places } else { 0 }
    case .decimals(_, _, let places): places
    case .integers, .condition: 0
    }
  }

  /// The value of a row.
  func value(at row: Int, type: ValueType) -> Value {
    switch self {
    case .constant(let value): value
    case .coded(let column): column.domain.value(of: column.codes[row])
    case .integers(let values, let validity):
      validity?[row] == false ? .missing : Value(number: values[row], type: type)
    case .decimals(let values, let validity, _):
      validity?[row] == false ? .missing : .decimal(values[row])
    case .condition(let bitmap): .boolean(bitmap[row])
    }
  }
}

/// The least number of places, 0 to 4, in which a number is exact; nil when there is none.
func exactPlaces(of number: Double) -> Int? {
  (0...4).first { places in
    let scale = Domain.powers[places]
    let units = (number * scale).rounded()
    return units.magnitude < 4e15 && units / scale == number
  }
}

extension Value {
  /// The value that a whole number stands for.
  init(number: Int, type: ValueType) {
    switch type {
    case .integer, .text, .category: self = .integer(number)
    case .decimal: self = .decimal(Double(number))
    case .boolean: self = .boolean(number != 0)
    case .date: self = .date(Day(number: number))
    case .month: self = .month(Month(number: number))
    case .period: self = .period(Period(ordinal: number))
    }
  }

  /// The whole number that stands for it, when there is one.
  var number: Int? {
    switch self {
    case .integer(let number): number
    case .boolean(let flag): flag ? 1 : 0
    case .date(let day): day.number
    case .month(let month): month.number
    case .period(let period): period.ordinal
    case .missing, .decimal, .text: nil
    }
  }

  /// The number, or the whole number that stands for it, as a fraction.
  var fraction: Double? {
    if case .decimal(let number) = self { number } else { number.map { Double($0) } }
  }
}

extension Period {
  /// Its kind and number in one number, in the order in which periods of all kinds sort.
  var ordinal: Int { Period.base(kind) &+ number }

  /// The ordinal of the period 0 of a kind.
  static func base(_ kind: Kind) -> Int { kind.rawValue &<< 40 }

  /// The period with this ordinal.
  init(ordinal: Int) {
    let kind = Kind(rawValue: (ordinal &+ 1 &<< 39) &>> 40) ?? .financialYear
    self.init(kind: kind, number: ordinal &- Period.base(kind))
  }
}

extension Domain {
  /// What is added to a code to get its number: of units for decimals, the code itself for text.
  var base: Int {
    switch self {
    case .text, .identifier: 0
    case .boolean: -1
    case .integer(let minimum), .date(let minimum), .month(let minimum), .decimal(let minimum, _):
      minimum &- 1
    case .period(let kind, let minimum): Period.base(kind) &+ minimum &- 1
    }
  }

  /// The domain of whole numbers of a type that start at `minimum`; nil for text and fractions.
  init?(_ type: ValueType, minimum: Int) {
    switch type {
    case .integer: self = .integer(minimum: minimum)
    case .boolean: self = .boolean
    case .date: self = .date(minimum: minimum)
    case .month: self = .month(minimum: minimum)
    case .period:
      let period = Period(ordinal: minimum)
      self = .period(period.kind, minimum: period.number)
    case .text, .category, .decimal: return nil
    }
  }
}
