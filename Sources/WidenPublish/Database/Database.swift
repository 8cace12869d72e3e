import CSQLite
import WidenEngine
import WidenLanguage

/// Writes results as an SQLite database: a typed table each, `result` or `result_1` and so on, and a
/// table `about` that says how they were made.
///
/// Truth values are 0 and 1, days are text in ISO 8601. A cell that is withheld is null, and the
/// column `NAME_withheld` says so. The database is put together in memory.
func writeDatabase(
  _ report: Report, to sink: ([UInt8]) throws(PublishError) -> Void
) throws(PublishError) {
  let database = try DatabaseInMemory()
  try database.run("begin")
  let names = report.sections.indices.map {
    report.sections.count == 1 ? "result" : "result_\($0 + 1)"
  }
  for (name, section) in zip(names, report.sections) {
    try database.add(storedColumns(of: section.answer), of: section.answer.table, named: name)
  }
  try database.run("create table about (table_name text, item text, value text)")
  let insertion = try database.prepare("insert into about values (?, ?, ?)")
  for (name, section) in zip(names, report.sections) {
    for item in story(section) {
      try insertion.insert([.text(name), .text(item.name), .text(item.text)])
    }
  }
  insertion.finish()
  try database.run("commit")
  try database.copy(to: sink)
}

/// A database that is on no disk.
private final class DatabaseInMemory {
  private let handle: OpaquePointer

  init() throws(PublishError) {
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    guard sqlite3_open_v2("widen", &handle, flags, "memdb") == SQLITE_OK, let handle else {
      sqlite3_close_v2(handle)
      throw .failed("the database", reason: "there is not enough memory")
    }
    self.handle = handle
    var most: sqlite3_int64 = 1 << 40
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_SIZE_LIMIT, &most)
    try run("pragma journal_mode = off")
  }

  deinit { sqlite3_close_v2(handle) }

  func run(_ sql: String) throws(PublishError) {
    if sqlite3_exec(handle, sql, nil, nil, nil) != SQLITE_OK { throw problem }
  }

  func prepare(_ sql: String) throws(PublishError) -> Insertion {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw problem
    }
    return Insertion(statement)
  }

  /// A table of these columns with all rows.
  func add(_ columns: [StoredColumn], of table: Table, named name: String) throws(PublishError) {
    // SQLite holds 2,000 columns, and knows no table without any.
    guard columns.count <= 2_000 else { throw .tooWide(columns: columns.count, holds: 2_000) }
    guard !columns.isEmpty else { return try run("create table \(name) (no_columns)") }
    let list = columns.map { "\(quotedName($0.name)) \(declaredType($0.type))" }
    try run("create table \(name) (\(list.joined(separator: ", ")))")
    let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    let insertion = try prepare("insert into \(name) values (\(marks))")
    for row in 0..<table.rowCount { try insertion.insert(columns.lazy.map { $0.value(row) }) }
    insertion.finish()
  }

  /// Hands on the bytes of the file.
  func copy(to sink: ([UInt8]) throws(PublishError) -> Void) throws(PublishError) {
    var size: sqlite3_int64 = 0
    let flags = UInt32(SQLITE_SERIALIZE_NOCOPY)
    guard let start = sqlite3_serialize(handle, "main", &size, flags) else {
      throw .failed("the database", reason: "there is not enough memory")
    }
    var offset = 0
    while offset < Int(size) {
      let count = min(1 << 16, Int(size) - offset)
      try sink(Array(UnsafeBufferPointer(start: start + offset, count: count)))
      offset += count
    }
  }

  fileprivate var problem: PublishError {
    .failed(
      "the database", reason: sqlite3_errmsg(handle).map { String(cString: $0) } ?? "unknown")
  }
}

/// A statement that inserts one row after the other.
private final class Insertion {
  private var statement: OpaquePointer?

  init(_ statement: OpaquePointer) { self.statement = statement }

  deinit { finish() }

  func finish() {
    sqlite3_finalize(statement)
    statement = nil
  }

  func insert(_ values: some Sequence<Value>) throws(PublishError) {
    var place: Int32 = 0
    for value in values {
      place += 1
      switch value {
      case .missing: sqlite3_bind_null(statement, place)
      case .boolean(let flag): sqlite3_bind_int(statement, place, flag ? 1 : 0)
      case .integer(let number): sqlite3_bind_int64(statement, place, sqlite3_int64(number))
      case .decimal(let number): sqlite3_bind_double(statement, place, number)
      case .text, .date, .month, .period:
        var text = plainText(of: value)
        text.withUTF8 { bytes in
          // SQLite makes its own copy at once: the destructor of -1.
          let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
          bytes.withMemoryRebound(to: CChar.self) { characters in
            _ = sqlite3_bind_text64(
              statement, place, characters.baseAddress, UInt64(characters.count), transient,
              UInt8(SQLITE_UTF8))
          }
        }
      }
    }
    let result = sqlite3_step(statement)
    sqlite3_reset(statement)
    if result != SQLITE_DONE {
      throw .failed("the database", reason: String(cString: sqlite3_errstr(result)))
    }
  }
}

private func declaredType(_ type: ValueType) -> String {
  switch type {
  case .boolean, .integer: "integer"
  case .decimal: "real"
  case .category, .text, .date, .month, .period: "text"
  }
}

private func quotedName(_ name: String) -> String {
  // A name ends where a null character stands, as it does for SQLite.
  "\"" + name.filter { $0 != "\0" }.replacing("\"", with: "\"\"") + "\""
}
