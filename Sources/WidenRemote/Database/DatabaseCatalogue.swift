internal import WidenEngine
internal import WidenLanguage

/// What a kind of database has to say of itself, and how it is asked.
protocol DatabaseCatalogue: Sendable {
  /// How its SQL is written.
  var dialect: Dialect { get }
  /// So long a list of values may take, that a menu waits for.
  var patienceSeconds: Double { get }
  /// The way out when it has no table.
  var emptyHint: String { get }

  /// The tables that the user may read.
  func schema(_ connection: any ServerConnection) throws(ServerError) -> Schema

  /// A query for frequent values of a column of a large table and their numbers of rows, at little
  /// cost.
  func frequentValues(of column: ServerColumn, in table: ServerTable) -> FrequentValues
}

/// A query that lists values and their numbers of rows.
struct FrequentValues {
  var query: String
  var parameters: [String] = []
}

/// What a database says of its tables.
struct Schema {
  /// A table, and what is known of it here.
  struct Found {
    var table: ServerTable
    var description: TableDescription

    /// Adds a column; one of a type that has no like here says so.
    mutating func add(
      _ name: String, _ type: ServerType, typeName: String, labels: [String]? = nil,
      summary: String?
    ) {
      var column = ColumnDescription(
        name: name, type: labels == nil ? type.valueType : .category, categories: labels,
        isOrdered: labels != nil, origin: .init(table: description.name, column: name),
        summary: summary)
      if type == .text(.unknown), labels == nil, summary == nil {
        column.summary = "as text; the server's type is \(typeName)"
      }
      table.columns[name] = ServerColumn(name: name, type: type)
      description.columns.append(column)
    }
  }

  var tables: [Found] = []
  /// Sentences for the start.
  var notes: [String] = []
  private var taken: Set<String> = []

  /// Adds a table without columns, and gives its place.
  mutating func add(_ path: [String], summary: String?) -> Int {
    var name = path[path.count - 1]
    if !taken.insert(name.lowercased()).inserted {
      name = path.suffix(2).joined(separator: "_")
      taken.insert(name.lowercased())
    }
    tables.append(
      Found(
        table: ServerTable(path: path),
        description: TableDescription(name: name, columns: [], rowCount: 0, summary: summary)))
    return tables.count - 1
  }

  /// Counts the rows of a table, as long as that takes no longer than `patience` seconds.
  mutating func count(
    _ index: Int, _ connection: any ServerConnection, _ dialect: Dialect, patience: Double
  ) throws(ServerError) {
    let name = tables[index].table.qualified(dialect)
    var count: Int?
    do throws(ServerError) {
      try connection.run("select count(*) from \(name)", patience: patience) { row in
        count = row.text(0).flatMap { Int($0) }
      }
    } catch {
      if error.isConnectionLost { throw error }
      notes.append("\(tables[index].description.name) could not be counted: \(error.message)")
    }
    if let count { tables[index].table.rowCount = count }
    tables[index].description.rowCount = max(0, tables[index].table.rowCount ?? 0)
  }
}
