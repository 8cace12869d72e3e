/// What is known of a column besides its values: its name, its type, and what its values mean.
public struct ColumnDescription: Hashable, Sendable {
  /// How a column bears on personal data.
  public enum Sensitivity: String, Hashable, Sendable {
    /// Tells one person from all others.
    case identifier
    /// Special-category data, such as ethnicity.
    case special
    /// Identifies together with others, such as age.
    case quasi
  }

  /// Where a column's values come from: a column of a table of the dataset.
  public struct Origin: Hashable, Sendable {
    public var table: String
    public var column: String

    public init(table: String, column: String) {
      self.table = table
      self.column = column
    }
  }

  /// How a page shows its numbers; data formats always carry the number itself.
  public enum Format: String, Hashable, Sendable {
    case plain
    /// A fraction, shown as a percentage.
    case percentage
    /// A difference of two fractions, shown in percentage points.
    case points
    /// A ratio, shown with two decimals.
    case ratio
  }

  /// The columns, by index into the same table, that a share or rate was computed from.
  public struct Parts: Hashable, Sendable {
    public var numerator: Int
    public var denominator: Int

    public init(numerator: Int, denominator: Int) {
      self.numerator = numerator
      self.denominator = denominator
    }
  }

  public var name: String
  public var type: ValueType
  /// All values it may have, in their order; nil when they are not declared.
  public var categories: [String]?
  /// Whether its categories may be compared with `<`.
  public var isOrdered: Bool
  /// Values that are an answer such as "not stated": present, but not `recorded`.
  public var notRecorded: [String]
  public var sensitivity: Sensitivity?
  /// Its column of the dataset, while its values still are that column's.
  public var origin: Origin?
  public var format: Format
  /// The counts behind a share or a rate.
  public var parts: Parts?
  /// What a percentage is of, for its header: `within organisation, N = 1,005`.
  public var base: String?
  /// Travels with the result and is exported, but is not shown on the terminal.
  public var isHidden: Bool
  /// One sentence about the column, for `show columns`.
  public var summary: String?

  public init(
    name: String, type: ValueType, categories: [String]? = nil, isOrdered: Bool = false,
    notRecorded: [String] = [], sensitivity: Sensitivity? = nil, origin: Origin? = nil,
    format: Format = .plain, parts: Parts? = nil, base: String? = nil, isHidden: Bool = false,
    summary: String? = nil
  ) {
    self.name = name
    self.type = type
    self.categories = categories
    self.isOrdered = isOrdered
    self.notRecorded = notRecorded
    self.sensitivity = sensitivity
    self.origin = origin
    self.format = format
    self.parts = parts
    self.base = base
    self.isHidden = isHidden
    self.summary = summary
  }
}
