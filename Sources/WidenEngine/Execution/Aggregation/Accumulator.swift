import WidenLanguage

/// Words of each cell's record that one pass over the rows fills.
struct Accumulator: Hashable, Sendable {
  /// What the words hold; all start at zero.
  enum Kind: Hashable, Sendable {
    /// Rows.
    case rows
    /// Rows that have a value.
    case present
    /// The sum of the codes.
    case codes
    /// The sum of the squared codes, in 128 bits.
    case squares
    /// The sum of whole numbers, in 128 bits.
    case integers
    /// The sum of fractions and what rounding took from it (Neumaier).
    case decimals
    /// The greatest order key.
    case greatest
    /// The greatest complement of an order key, that is the least.
    case least
    /// Rows whose value counts as recorded.
    case recorded
    /// Rows, mean, and squared deviations from it (Welford).
    case spread
    /// Rows, two means, two squared deviations and their product, with this other operand.
    case correlation(Int)
    /// Rows, and the sums of two columns' codes, of their squares and of their products, with this
    /// other operand; for codes so small that the sums fit into 64 bits.
    case products(Int)

    /// How many words it takes.
    var words: Int {
      switch self {
      case .rows, .present, .codes, .greatest, .least, .recorded: 1
      case .squares, .integers, .decimals: 2
      case .spread: 3
      case .correlation, .products: 6
      }
    }

    /// Whether the order of the rows may change the last bits of the result.
    var dependsOnOrder: Bool {
      switch self {
      case .rows, .present, .codes, .squares, .integers, .greatest, .least, .recorded, .products:
        false
      case .decimals, .spread, .correlation: true
      }
    }
  }

  var kind: Kind
  /// The operand's index, unless rows are counted.
  var operand: Int?
  /// The index of the condition that its rows must fulfil; 0 is no condition.
  var condition: Int
}

/// A column that is aggregated.
struct Operand: Sendable {
  var column: Column
  /// The column's validity, for numbers without codes.
  var validity: Buffer<UInt64>?
  /// What codes mean as numbers: `minimum + (code - 1)` units of 10 to the power of `-places`.
  var units: (minimum: Int, places: Int)?
  /// Ranks of codes that are not in display order, 0 for missing; once they are asked for.
  private(set) var ranks: Buffer<UInt32>?
  /// 1 for each code that counts as recorded.
  var recorded: Buffer<UInt8>?
  /// What its notes call it.
  var name: String?

  init(_ column: Column, expression: TypedExpression, name: String?) {
    self.column = column
    self.name = name
    switch column {
    case .integers(_, let bits), .decimals(_, let bits):
      validity = bits?.words
    case .coded(let coded):
      units = coded.domain.units
      if !expression.notRecorded.isEmpty {
        let others = Set(expression.notRecorded)
        recorded = Buffer(
          (0..<max(1, coded.cardinality)).map { code in
            switch coded.domain.value(of: code) {
            case .missing: 0
            case .text(let text): others.contains(text) ? 0 : 1
            case .boolean, .integer, .decimal, .date, .month, .period: 1
            }
          })
      }
    }
  }

  /// Finds the ranks of its codes, if they need any.
  mutating func rankCodes(categories: [String]?) {
    guard case .coded(let coded) = column, ranks == nil else { return }
    let order = OrderKeys(column, categories: categories)
    guard !order.codesAreInOrder else { return }
    ranks = Buffer(
      (0..<max(1, coded.cardinality)).map {
        $0 == 0 ? 0 : UInt32(truncatingIfNeeded: order.key(ofCode: $0))
      })
  }

  /// The number a code stands for.
  func number(ofCode code: Int) -> Double {
    guard let units else { return 0 }
    return Double(units.minimum + (code - 1)) / Domain.powers[units.places]
  }
}

extension Domain {
  /// What codes mean as numbers; nil for text.
  var units: (minimum: Int, places: Int)? {
    switch self {
    case .integer(let minimum), .date(let minimum), .month(let minimum), .period(_, let minimum):
      (minimum, 0)
    case .decimal(let minimum, let places): (minimum, places)
    case .boolean: (0, 0)
    case .text, .identifier: nil
    }
  }
}
