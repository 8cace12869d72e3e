public import WidenLanguage

/// The tables a session can query, what is known of them, and their named groups.
public struct Dataset: Sendable {
  /// A table's rows and what is known of them; the two have the same columns in the same order.
  public struct Entry: Sendable {
    /// What the binder sees of the table.
    public var description: TableDescription
    /// What the engine reads.
    public var table: Table {
      get { rows.value }
      set { rows = Once(newValue) }
    }
    private var rows: Once<Table>
    /// How a result about people came about; nil for a table of its own.
    public var derivation: Derivation? {
      get { origin.first }
      set { origin = newValue.map { [$0] } ?? [] }
    }
    /// At most one: an array, because a value cannot hold itself.
    private var origin: [Derivation] = []
    /// The database that holds its rows; nil when they are here.
    ///
    /// `table` then has its columns, and no rows.
    public private(set) var source: (any RemoteSource)?

    /// A table and its description.
    public init(description: TableDescription, table: Table, derivation: Derivation? = nil) {
      self.description = description
      rows = Once(table)
      self.derivation = derivation
    }

    /// A table whose rows are in a database.
    public init(description: TableDescription, source: any RemoteSource) {
      let columns = description.columns.map { column in
        TableColumn(
          column, Column.values([], type: column.type, categories: column.categories))
      }
      self.init(description: description, table: Table(columns: columns, rowCount: 0))
      self.source = source
    }

    /// A table that is made when somebody looks into it, and its description.
    init(description: TableDescription, _ makeTable: @escaping @Sendable () -> Table) {
      self.description = description
      rows = Once(makeTable)
    }
  }

  /// What it is called at start and in exports.
  public var name: String
  /// Whether its people are invented.
  public var isSynthetic: Bool
  /// `define` statements in the query language, run when the dataset is opened.
  public var definitions: String
  /// The attribution its licences ask for, a sentence each.
  public var attribution: [String]
  /// The name of the disclosure policy that its outputs must follow; nil when it names none.
  public var policy: String?
  /// In the order in which they are shown.
  public private(set) var entries: [Entry]

  /// A dataset whose people are real and which defines nothing, unless told otherwise.
  public init(
    name: String, isSynthetic: Bool = false, definitions: String = "", attribution: [String] = [],
    policy: String? = nil, entries: [Entry] = []
  ) {
    self.name = name
    self.isSynthetic = isSynthetic
    self.definitions = definitions
    self.attribution = attribution
    self.policy = policy
    self.entries = entries
  }

  /// The entry of a table, whatever its capitals.
  public func entry(named name: String) -> Entry? {
    entries.first { $0.description.name == name }
      ?? entries.first { $0.description.name.lowercased() == name.lowercased() }
  }

  /// Takes a table away, if there is one of this name.
  public mutating func remove(named name: String) {
    entries.removeAll { $0.description.name.lowercased() == name.lowercased() }
  }

  /// Adds a table, or replaces the one with the same name.
  public mutating func add(_ entry: Entry) {
    let name = entry.description.name.lowercased()
    if let index = entries.firstIndex(where: { $0.description.name.lowercased() == name }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }
}

extension Dataset {
  /// Takes tables out.
  public mutating func remove(where isUnwanted: (Entry) -> Bool) {
    entries.removeAll(where: isUnwanted)
  }
}

extension Dataset: Catalogue {
  /// See `Catalogue`.
  public var tableNames: [String] { entries.map(\.description.name) }

  /// See `Catalogue`.
  public func table(named name: String) -> TableDescription? { entry(named: name)?.description }

  /// See `Catalogue`; nil beyond 10,000 different texts.
  public func values(of column: ColumnDescription.Origin) -> [ValueCount]? {
    if let source = entry(named: column.table)?.source {
      return source.values(of: column, isComplete: true)
    }
    guard
      case .coded(let coded) = entry(named: column.table)?.table.column(named: column.column)?.data,
      case .text(let dictionary) = coded.domain, dictionary.count <= 10_000
    else { return nil }
    let rows = coded.codes.counts(below: coded.cardinality)
    return (0..<dictionary.count).map { ValueCount(value: dictionary[$0], rows: rows[$0 + 1]) }
  }

  /// See `Catalogue`.
  public func recordedRows(of column: ColumnDescription.Origin) -> Int? {
    if let source = entry(named: column.table)?.source { return source.recordedRows(of: column) }
    guard let data = entry(named: column.table)?.table.column(named: column.column)?.data else {
      return nil
    }
    switch data {
    case .coded(let coded):
      guard coded.hasMissing else { return coded.codes.count }
      return coded.codes.presence.setCount
    case .integers(let values, let validity): return validity?.setCount ?? values.count
    case .decimals(let values, let validity): return validity?.setCount ?? values.count
    }
  }
}
