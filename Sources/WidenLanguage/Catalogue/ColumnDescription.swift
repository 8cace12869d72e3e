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
    /// The table's name, as the dataset spells it.
    public var table: String
    /// The column's name in that table, whatever it is called now.
    public var column: String

    /// The column of this name in this table.
    public init(table: String, column: String) {
      self.table = table
      self.column = column
    }
  }

  /// How a page shows its numbers; data formats always carry the number itself.
  public enum Format: String, Hashable, Sendable {
    case plain
    /// Years, whose digits stand together.
    case year
    /// A fraction, shown as a percentage.
    case percentage
    /// A difference of two fractions, shown in percentage points.
    case points
    /// A ratio, shown with two decimals.
    case ratio
    /// A representation index, 100 at parity, shown with one decimal.
    case index
    /// A probability, shown with three decimals.
    case probability
  }

  /// The columns, by index into the same table, that a share or rate was computed from.
  public struct Parts: Hashable, Sendable {
    /// The column that counts what is above the line.
    public var numerator: Int
    /// The column that counts what is below the line.
    public var denominator: Int

    /// The indices of both counts.
    public init(numerator: Int, denominator: Int) {
      self.numerator = numerator
      self.denominator = denominator
    }
  }

  /// What values are in another list of codes: the groups of the census in those of the NHS.
  ///
  /// The table gets a column of that name, so that it can be compared with tables that hold the codes.
  public struct CodeMapping: Hashable, Sendable {
    /// A value of the column and its code in the other list.
    public struct Pair: Hashable, Sendable {
      /// What the column holds.
      public var value: String
      /// What it is called in the other list; several values may have one code.
      public var code: String

      /// A value and its code.
      public init(value: String, code: String) {
        self.value = value
        self.code = code
      }
    }

    /// The name of the column that holds the codes.
    public var name: String
    /// A value that is not among them has no code, and is missing.
    public var pairs: [Pair]

    /// A column of this name with these codes.
    public init(name: String, pairs: [Pair]) {
      self.name = name
      self.pairs = pairs
    }
  }

  /// The name in queries and headers, such as `ethnic_group`.
  public var name: String
  /// The type of all its values; any of them may be missing.
  public var type: ValueType
  /// All values it may have, in their order; nil when they are not declared.
  public var categories: [String]?
  /// Whether its categories may be compared with `<`.
  public var isOrdered: Bool
  /// Values that are an answer such as "not stated": present, but not `recorded`.
  public var notRecorded: [String]
  /// How it bears on personal data; nil when it tells nothing about a person.
  public var sensitivity: Sensitivity?
  /// Its column of the dataset, while its values still are that column's.
  public var origin: Origin?
  /// The kind of its periods, when all are of one known kind.
  public var periodKind: Period.Kind?
  /// How a page shows its numbers.
  public var format: Format
  /// The counts behind a share or a rate.
  public var parts: Parts?
  /// What a percentage is of, for its header: `within organisation, N = 1,005`.
  public var base: String?
  /// Travels with the result and is exported, but is not shown on the terminal.
  public var isHidden: Bool
  /// What its values are in another list of codes.
  public var mapping: CodeMapping?
  /// One sentence about the column, for `show columns`.
  public var summary: String?

  /// A column of which nothing more is known than is said.
  public init(
    name: String, type: ValueType, categories: [String]? = nil, isOrdered: Bool = false,
    notRecorded: [String] = [], sensitivity: Sensitivity? = nil, origin: Origin? = nil,
    periodKind: Period.Kind? = nil,
    format: Format = .plain, parts: Parts? = nil, base: String? = nil, isHidden: Bool = false,
    mapping: CodeMapping? = nil, summary: String? = nil
  ) {
    self.name = name
    self.type = type
    self.categories = categories
    self.isOrdered = isOrdered
    self.notRecorded = notRecorded
    self.sensitivity = sensitivity
    self.origin = origin
    self.periodKind = periodKind
    self.format = format
    self.parts = parts
    self.base = base
    self.isHidden = isHidden
    self.mapping = mapping
    self.summary = summary
  }
}
