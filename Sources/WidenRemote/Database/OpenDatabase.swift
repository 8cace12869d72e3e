public import WidenEngine
internal import WidenLanguage

/// A database that was opened as a dataset, and what there is to say of it.
public struct OpenedDatabase: Sendable {
  /// Its tables, whose rows stay where they are.
  public var dataset: Dataset
  /// What the reader should know.
  public var notes: [String]
}

/// Whether a name is the address of a database.
public func isDatabaseAddress(_ name: String) -> Bool {
  name.hasPrefix("postgresql://") || name.hasPrefix("postgres://")
}

/// Opens a database by its address, such as `postgresql://user@host:5432/workforce`.
///
/// Passwords come from `~/.pgpass` or the address, certificates and the like from its parameters,
/// as for every program that uses PostgreSQL's own library.
public func openDatabase(_ address: String) throws(DatasetError) -> OpenedDatabase {
  do throws(ServerError) {
    let connection = try Connection(address)
    let schema = try Schema(connection)
    let source = PostgreSQLSource(connection)
    var tables = ServerTables(dialect: .postgreSQL)
    var dataset = Dataset(name: connection.name)
    for found in schema.tables {
      tables.tables[found.description.name] = found.table
      dataset.add(Dataset.Entry(description: found.description, source: source))
    }
    source.tables = tables
    if schema.tables.isEmpty {
      throw ServerError(
        "\(connection.name) has no table that this user may read",
        hint: "somebody who may has to grant select on it")
    }
    return OpenedDatabase(dataset: dataset, notes: schema.notes)
  } catch {
    throw DatasetError(error.message, hint: error.hint)
  }
}
