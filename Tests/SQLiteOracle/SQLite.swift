internal import CSQLite
public import WidenEngine
public import WidenLanguage

/// A database in memory that answers the same questions.
///
/// Dates, months and periods are the numbers that `Value` has for them, yes is 1 and no is 0.
public final class SQLite {
  /// What SQLite says went wrong.
  public struct Failure: Error {
    /// Its sentence, and the query.
    public var message: String
  }

  private var handle: OpaquePointer?
  /// Tells SQLite to copy the text that it is given.
  private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  /// A database without tables.
  ///
  /// - Throws: `Failure`.
  public init() throws {
    try expect(sqlite3_open(":memory:", &handle) == SQLITE_OK)
  }

  deinit {
    sqlite3_close(handle)
  }

  /// Creates a table with these columns and rows, in place of an older one of that name.
  ///
  /// - Throws: `Failure`.
  public func fill(_ name: String, with table: Table) throws {
    let names = table.columns.map { "\"\($0.description.name)\"" }
    try execute("drop table if exists \(name)")
    try execute("create table \(name) (\(names.joined(separator: ", ")))")
    let places = names.map { _ in "?" }.joined(separator: ", ")
    try execute("begin")
    try prepared("insert into \(name) values (\(places))") { statement in
      for row in 0..<table.rowCount {
        for column in names.indices { bind(table[row, column], statement, Int32(column + 1)) }
        try expect(sqlite3_step(statement) == SQLITE_DONE)
        sqlite3_reset(statement)
      }
    }
    try execute("commit")
  }

  /// The rows of a query: text, numbers or nothing.
  ///
  /// - Throws: `Failure`.
  public func rows(_ query: String) throws -> [[Value]] {
    try answer(query).rows
  }

  /// The names of a query's columns, and its rows.
  ///
  /// - Throws: `Failure`.
  public func answer(_ query: String) throws -> (columns: [String], rows: [[Value]]) {
    var columns: [String] = []
    var found: [[Value]] = []
    try prepared(query) { statement in
      columns = (0..<sqlite3_column_count(statement)).map {
        sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? ""
      }
      while sqlite3_step(statement) == SQLITE_ROW {
        found.append((0..<sqlite3_column_count(statement)).map { value(statement, $0) })
      }
    }
    return (columns, found)
  }

  /// Runs a statement that gives no rows.
  ///
  /// - Throws: `Failure`.
  public func execute(_ text: String) throws {
    try expect(sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK)
  }

  private func prepared(_ text: String, _ use: (OpaquePointer?) throws -> Void) throws {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(handle, text, -1, &statement, nil) == SQLITE_OK else {
      throw Failure(message: "\(String(cString: sqlite3_errmsg(handle))) in \(text)")
    }
    try use(statement)
  }

  private func bind(_ value: Value, _ statement: OpaquePointer?, _ place: Int32) {
    switch value {
    case .missing: sqlite3_bind_null(statement, place)
    case .boolean(let flag): sqlite3_bind_int64(statement, place, flag ? 1 : 0)
    case .integer(let number): sqlite3_bind_int64(statement, place, Int64(number))
    case .decimal(let number): sqlite3_bind_double(statement, place, number)
    case .text(let text): sqlite3_bind_text(statement, place, text, -1, copied)
    case .date(let day): sqlite3_bind_int64(statement, place, Int64(day.number))
    case .month(let month): sqlite3_bind_int64(statement, place, Int64(month.number))
    case .period(let period): sqlite3_bind_int64(statement, place, Int64(period.number))
    }
  }

  private func value(_ statement: OpaquePointer?, _ column: Int32) -> Value {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(Int(sqlite3_column_int64(statement, column)))
    case SQLITE_FLOAT: return .decimal(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      return sqlite3_column_text(statement, column).map { .text(String(cString: $0)) } ?? .missing
    default: return .missing
    }
  }

  private func expect(_ holds: Bool) throws {
    guard holds else { throw Failure(message: String(cString: sqlite3_errmsg(handle))) }
  }
}
