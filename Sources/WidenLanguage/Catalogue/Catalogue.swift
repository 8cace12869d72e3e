/// What the binder asks of a dataset. The engine answers; the language knows no storage.
public protocol Catalogue {
  /// The names of all tables, in the order in which they are shown.
  var tableNames: [String] { get }

  /// The table with this name, whatever its capitals.
  func table(named name: String) -> TableDescription?

  /// The values of a text or category column with their numbers of rows, in display order;
  /// nil when the column holds something else or too many values to list.
  func values(of column: ColumnDescription.Origin) -> [ValueCount]?

  /// How many rows of a column are not missing; nil when there is no such column.
  func recordedRows(of column: ColumnDescription.Origin) -> Int?
}

/// A value and how many rows hold it.
public struct ValueCount: Hashable, Sendable {
  public var value: String
  public var rows: Int

  public init(value: String, rows: Int) {
    self.value = value
    self.rows = rows
  }
}

/// What is known of a table besides its rows.
public struct TableDescription: Hashable, Sendable {
  /// A column whose values are keys of another table.
  public struct Relationship: Hashable, Sendable {
    /// The column of this table.
    public var column: String
    /// The table it points to.
    public var table: String
    /// That table's key column.
    public var key: String

    public init(column: String, table: String, key: String) {
      self.column = column
      self.table = table
      self.key = key
    }
  }

  /// The columns that say from when until when a row holds.
  public struct Span: Hashable, Sendable {
    public var start: String
    public var end: String

    public init(start: String, end: String) {
      self.start = start
      self.end = end
    }
  }

  /// How the rows of a result were grouped, so that a later query can go on from it.
  public struct Grouping: Hashable, Sendable {
    /// The names of the columns it is grouped by.
    public var keys: [String]
    /// The names of the columns that count or add up, of which a share can be taken.
    public var additive: [String]

    public init(keys: [String], additive: [String]) {
      self.keys = keys
      self.additive = additive
    }
  }

  public var name: String
  public var columns: [ColumnDescription]
  public var rowCount: Int
  /// Nil for a table of the dataset.
  public var grouping: Grouping?
  /// The column that no two rows share.
  public var key: String?
  /// The column that tells persons apart.
  public var person: String?
  /// Whether its rows are about single people.
  public var isPersonal: Bool
  /// Whether its people are invented.
  public var isSynthetic: Bool
  public var span: Span?
  public var relationships: [Relationship]
  /// One sentence about the table, for `show tables`.
  public var summary: String?

  public init(
    name: String, columns: [ColumnDescription], rowCount: Int, key: String? = nil,
    person: String? = nil, isPersonal: Bool = false, isSynthetic: Bool = false,
    span: Span? = nil, relationships: [Relationship] = [], grouping: Grouping? = nil,
    summary: String? = nil
  ) {
    self.name = name
    self.columns = columns
    self.rowCount = rowCount
    self.key = key
    self.person = person
    self.isPersonal = isPersonal
    self.isSynthetic = isSynthetic
    self.span = span
    self.relationships = relationships
    self.grouping = grouping
    self.summary = summary
  }

  /// The column with this name, whatever its capitals.
  public func column(named name: String) -> ColumnDescription? {
    columns.first { $0.name == name } ?? columns.first { $0.name.lowercased() == name.lowercased() }
  }
}
