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
  isSparkAddress(name) || ["postgresql://", "postgres://"].contains { name.hasPrefix($0) }
}

private func isSparkAddress(_ name: String) -> Bool { name.hasPrefix("sc://") }

/// Opens a database by its address, such as `postgresql://user@host:5432/workforce`, or
/// `sc://host:15002/;database=workforce` for a Spark cluster.
///
/// Passwords of PostgreSQL come from `~/.pgpass` or the address, certificates and the like from its
/// parameters, as for every program that uses PostgreSQL's own library.
public func openDatabase(_ address: String) throws(DatasetError) -> OpenedDatabase {
  do throws(ServerError) {
    guard isSparkAddress(address) else {
      return try openDatabase(Connection(address), PostgreSQLCatalogue())
    }
    let (address, databases) = sparkDatabases(in: address)
    let connection = try SparkConnection(address, settings: SparkCatalogue.settings)
    return try openDatabase(connection, SparkCatalogue(databases: databases))
  } catch {
    throw DatasetError(error.message, hint: error.hint)
  }
}

/// An address without what is not for the server: the databases, with commas between them.
private func sparkDatabases(in address: String) -> (address: String, databases: [String]) {
  let parts = address.split(separator: ";", omittingEmptySubsequences: false)
  let isOwn: (Substring) -> Bool = { $0.hasPrefix("database=") }
  let databases = parts.filter(isOwn).flatMap { part in
    part.dropFirst("database=".count).split(separator: ",").map(String.init)
  }
  return (parts.filter { !isOwn($0) }.joined(separator: ";"), databases)
}

/// Opens what a connection leads to as a dataset.
func openDatabase(_ connection: any ServerConnection, _ catalogue: any DatabaseCatalogue)
  throws(ServerError) -> OpenedDatabase
{
  let schema = try catalogue.schema(connection)
  let source = DatabaseSource(connection, catalogue)
  var tables = ServerTables(dialect: catalogue.dialect)
  var dataset = Dataset(name: connection.name)
  for found in schema.tables {
    tables.tables[found.description.name] = found.table
    dataset.add(Dataset.Entry(description: found.description, source: source))
  }
  source.tables = tables
  if schema.tables.isEmpty {
    throw ServerError(
      "\(connection.name) has no table that this user may read", hint: catalogue.emptyHint)
  }
  return OpenedDatabase(dataset: dataset, notes: schema.notes)
}
