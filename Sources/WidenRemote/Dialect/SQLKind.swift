internal import WidenLanguage

/// What the values of an SQL expression are, as far as computing with them goes.
enum SQLKind: Hashable, Sendable {
  case text
  /// Whole numbers of 64 bits.
  case integer
  /// Numbers with at most so many places, 1 to 4, that are added up and multiplied exactly.
  case exact(places: Int)
  /// Numbers of 64 bits with a fraction.
  case real
  case boolean
  case date
  /// Months as `Month` numbers them.
  case month
  /// Periods of one kind as `Period` numbers them.
  case period(Period.Kind)

  /// Whether it is computed with.
  var isNumber: Bool {
    switch self {
    case .integer, .exact, .real: true
    case .text, .boolean, .date, .month, .period: false
    }
  }

  /// How many places its numbers have at most; nil when nobody knows, or it has no numbers.
  var places: Int? {
    switch self {
    case .integer: 0
    case .exact(let places): places
    case .real, .text, .boolean, .date, .month, .period: nil
    }
  }

  /// What values of a type are when nothing more is known.
  init(_ type: ValueType, periodKind: Period.Kind?) throws(Unsendable) {
    switch type {
    case .text, .category: self = .text
    case .integer: self = .integer
    case .decimal: self = .real
    case .boolean: self = .boolean
    case .date: self = .date
    case .month: self = .month
    case .period:
      guard let periodKind else {
        throw Unsendable("the kind of its periods is not known")
      }
      self = .period(periodKind)
    }
  }

  /// What values of several kinds are together.
  static func together(_ kinds: [SQLKind]) -> SQLKind? {
    guard let first = kinds.first else { return nil }
    if kinds.allSatisfy({ $0 == first }) { return first }
    guard kinds.allSatisfy(\.isNumber) else { return nil }
    let places = kinds.map(\.places)
    guard !places.contains(nil) else { return .real }
    return .exact(places: places.compactMap { $0 }.max() ?? 0)
  }
}

/// An SQL expression and what its values are.
struct SQLExpression: Hashable, Sendable {
  var sql: String
  var kind: SQLKind

  init(_ sql: String, _ kind: SQLKind) {
    self.sql = sql
    self.kind = kind
  }
}

/// What cannot be done by a database, as a phrase that ends a sentence with "because".
struct Unsendable: Error, Hashable {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}
