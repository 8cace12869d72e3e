/// What the binder asks of a dataset.
///
/// The engine answers; the language knows no storage.
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
  /// The text or category, as the rows hold it.
  public var value: String
  /// The number of rows, not of people.
  public var rows: Int

  /// A value that this many rows hold.
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

    /// A relationship from `column` to `key` of `table`.
    public init(column: String, table: String, key: String) {
      self.column = column
      self.table = table
      self.key = key
    }
  }

  /// The columns that say from when until when a row holds.
  public struct Span: Hashable, Sendable {
    /// The column with the day from which a row holds, such as `joined`.
    public var start: String
    /// The column with the day from which it holds no more, such as `left`.
    public var end: String

    /// A span between these two columns, by name.
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

    /// A grouping by these keys, with these columns to share out.
    public init(keys: [String], additive: [String]) {
      self.keys = keys
      self.additive = additive
    }
  }

  /// What the rows of a result are, so that a later query can go on from it.
  public enum Rows: Hashable, Sendable {
    /// One for each group.
    case groups(Grouping)
    /// Still those of a table, whose definitions and days apply to them.
    case records(Records)
  }

  /// Some rows of a table.
  public struct Records: Hashable, Sendable {
    /// The table's name.
    public var table: String
    /// Nobody has said yet which of its ended rows are meant.
    var mayHoldEndedRows: Bool
    /// On how many days each row may be held; nil when nothing has been said of single days.
    var snapshotCount: Int?
  }

  /// The name that `from` takes, such as `staff`.
  public var name: String
  /// The columns in the order in which they are shown.
  public var columns: [ColumnDescription]
  /// The number of rows it holds.
  public var rowCount: Int
  /// What the rows of a result are; nil for a table of the dataset.
  public var rows: Rows?
  /// The column that no two rows share.
  public var key: String?
  /// The column that tells persons apart.
  public var person: String?
  /// Whether its rows are about single people.
  public var isPersonal: Bool
  /// Whether its people are invented.
  public var isSynthetic: Bool
  /// The columns that `snapshot` goes by; nil when its rows hold at all times.
  public var span: Span?
  /// The columns that lead to other tables, such as `organisation`.
  public var relationships: [Relationship]
  /// One sentence about the table, for `show tables`.
  public var summary: String?

  /// A table of the dataset whose rows are not personal, unless told otherwise.
  public init(
    name: String, columns: [ColumnDescription], rowCount: Int, key: String? = nil,
    person: String? = nil, isPersonal: Bool = false, isSynthetic: Bool = false,
    span: Span? = nil, relationships: [Relationship] = [], rows: Rows? = nil,
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
    self.rows = rows
    self.summary = summary
  }

  /// The tables whose definitions its rows can use: its own name goes before that of the table whose
  /// rows they still are.
  public var definingTables: [String] {
    if case .records(let records) = rows { [name, records.table] } else { [name] }
  }

  /// Whether single people can be found in its rows, so that what is told of them is protected.
  public var isAboutPeople: Bool { isPersonal || person != nil }

  /// The column with this name, whatever its capitals.
  public func column(named name: String) -> ColumnDescription? {
    columns.first { $0.name == name } ?? columns.first { $0.name.lowercased() == name.lowercased() }
  }
}
