import CSQLite
import WidenLanguage

/// A table of an SQLite database as text that can be scanned.
///
/// The file is opened as one that nobody changes: it is never written, and no lock or journal is made.
func databaseText(_ source: ByteSource, _ options: LoadOptions, isCancelled: () -> Bool)
  throws(LoadError) -> PreparedText
{
  let name = shown(source.name, limit: 100)
  guard !source.isInMemory else {
    throw LoadError("\(name) holds an SQLite database, which is only read from a file of its own")
  }
  guard !options.isPublishedSheet else {
    throw LoadError("\(name) is a database, whose tables have no rows to skip and one header")
  }
  let database = try Database(source)
  let table = try chosen(try database.tables(), options.sheet, name)
  let types = try database.declaredTypes(table)
  var text = CSVText(noun: "row")
  text.add(types.map { Array($0.name.utf8) }, width: types.count, origin: 0)
  let query = try database.prepare("select * from \(quoted(table))")
  var number = 0
  while try query.next() {
    number += 1
    if number % 1024 == 0, isCancelled() { throw .cancelled }
    var fields: [[UInt8]] = []
    for (column, type) in types.enumerated() {
      let field = try query.field(column, type, row: number)
      guard field.count <= options.maximumFieldBytes else {
        throw query.refused("more than \(counted(options.maximumFieldBytes, "byte"))", type, number)
      }
      fields.append(field)
    }
    text.add(fields, width: types.count, origin: number)
    guard text.bytes.count <= decodedLimit else {
      throw LoadError("\(name) is too large: its cells have more than 2 GiB of text")
    }
  }
  var prepared = PreparedText(
    file: TextFile(written: text.bytes, for: source, lines: text.lines))
  prepared.notes = [Answer.Note(.note, "read from the table \(shown(table))")]
  prepared.codeColumns = Set(types.indices.filter { types[$0].isText })
  return prepared
}

private func quoted(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    + "\""
}

private func chosen(_ tables: [String], _ wanted: String?, _ name: String) throws(LoadError)
  -> String
{
  let list =
    "name one: sheet " + tables.prefix(20).map { "\"\(visible($0))\"" }.joined(separator: ", ")
  if let wanted {
    if let table = tables.first(where: { $0.lowercased() == wanted.lowercased() }) { return table }
    throw LoadError(
      "\(name) has no table \(shown(wanted))",
      hint: nearest(wanted, in: tables).map { "did you mean \(shown($0))?" } ?? list)
  }
  guard let only = tables.first else { throw LoadError("\(name) has no tables") }
  guard tables.count == 1 else {
    throw LoadError("\(name) has \(tables.count) tables, and none was named", hint: list)
  }
  return only
}

/// A column as a database declares it.
private struct DeclaredColumn {
  var name: String
  /// Texts are never read as numbers: a code stays a code.
  var isText: Bool
  /// Ones and zeros are yes and no.
  var isBoolean: Bool
}

/// An open database.
private final class Database {
  fileprivate let handle: OpaquePointer
  private let name: String

  init(_ source: ByteSource) throws(LoadError) {
    name = shown(source.name, limit: 100)
    // In the address of a file only these characters stand for themselves.
    let plain = Set("/._-~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
    let hex = Array("0123456789ABCDEF")
    let path = source.path.utf8.map { byte in
      plain.contains(byte)
        ? String(UnicodeScalar(byte)) : "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
    }
    var opened: OpaquePointer?
    let status = sqlite3_open_v2(
      "file:\(path.joined())?immutable=1", &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil)
    guard status == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw LoadError("\(name) could not be opened as an SQLite database")
    }
    handle = opened
    // A database may come from anywhere: what its schema asks for is not trusted.
    sqlite3_exec(handle, "pragma trusted_schema = off; pragma query_only = on", nil, nil, nil)
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  func tables() throws(LoadError) -> [String] {
    let query = try prepare(
      "select name from sqlite_master where type in ('table', 'view')"
        + " and name not like 'sqlite\\_%' escape '\\' order by name")
    var names: [String] = []
    while try query.next() { names.append(query.text(0)) }
    return names
  }

  func declaredTypes(_ table: String) throws(LoadError) -> [DeclaredColumn] {
    let query = try prepare("pragma table_info(\(quoted(table)))")
    var columns: [DeclaredColumn] = []
    while try query.next() {
      let type = query.text(2).lowercased()
      let isText = ["char", "clob", "text"].contains { type.contains($0) }
      columns.append(
        DeclaredColumn(name: query.text(1), isText: isText, isBoolean: type.hasPrefix("bool")))
    }
    return columns
  }

  func prepare(_ sql: String) throws(LoadError) -> DatabaseQuery {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw problem
    }
    return DatabaseQuery(statement, self)
  }

  var problem: LoadError {
    let reason = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "unknown"
    return LoadError("\(name) could not be read as an SQLite database: \(visible(reason))")
  }

  var shownName: String { name }
}

/// A query that runs row by row.
private final class DatabaseQuery {
  private let statement: OpaquePointer
  private let database: Database

  init(_ statement: OpaquePointer, _ database: Database) {
    self.statement = statement
    self.database = database
  }

  deinit {
    sqlite3_finalize(statement)
  }

  func next() throws(LoadError) -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw database.problem
    }
  }

  func text(_ column: Int) -> String {
    sqlite3_column_text(statement, Int32(column)).map { String(cString: $0) } ?? ""
  }

  /// A value as a cell.
  func field(_ column: Int, _ type: DeclaredColumn, row: Int) throws(LoadError) -> [UInt8] {
    let index = Int32(column)
    switch sqlite3_column_type(statement, index) {
    case SQLITE_NULL: return []
    case SQLITE_INTEGER:
      let number = sqlite3_column_int64(statement, index)
      if type.isBoolean, number == 0 || number == 1 {
        return Array((number == 1 ? "true" : "false").utf8)
      }
      return Array(String(number).utf8)
    case SQLITE_FLOAT:
      let number = sqlite3_column_double(statement, index)
      return number.isFinite ? Array(number.description.utf8) : []
    case SQLITE_TEXT:
      guard let start = sqlite3_column_text(statement, index) else { return [] }
      let count = Int(sqlite3_column_bytes(statement, index))
      let bytes = Array(UnsafeBufferPointer(start: start, count: count))
      if bytes.contains(0) { throw refused("a zero byte", type, row) }
      guard String(validating: bytes, as: UTF8.self) != nil else {
        throw refused("text that is not UTF-8", type, row)
      }
      return bytes
    default: throw refused("binary data", type, row)
    }
  }

  func refused(_ what: String, _ type: DeclaredColumn, _ row: Int) -> LoadError {
    LoadError(
      "row \(grouped(row)) of \(database.shownName) holds \(what) in column \(shown(type.name))",
      hint: "load a view that leaves the column out")
  }
}
