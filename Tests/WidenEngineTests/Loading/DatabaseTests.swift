import CSQLite
import Glibc
import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("SQLite databases")
struct DatabaseTests {
  /// Calls `body` with the path of a database that these statements made.
  private func withDatabase(_ sql: String, _ body: (String) throws -> Void) throws {
    try withFile("") { path in
      var handle: OpaquePointer?
      #expect(sqlite3_open(path, &handle) == SQLITE_OK)
      #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
      sqlite3_close(handle)
      try body(path)
    }
  }

  private func message(_ path: String, sheet: String? = nil) -> String {
    var options = LoadOptions()
    options.sheet = sheet
    do {
      return "loaded \(try loadFile(path: path, options: options).table.rowCount)"
    } catch {
      return error.message
    }
  }

  @Test func declaredTypesAndValues() throws {
    let sql = """
      create table t (id integer, code text, fte real, started date, active boolean, note, big int);
      insert into t values (1, '12', 0.1, '2014-04-01', 1, 'a, "b"', 9007199254740993);
      insert into t values (2, '7', 1e-7, null, 0, null, -1);
      insert into t values (null, null, null, null, null, null, null);
      """
    try withDatabase(sql) { path in
      let loaded = try loadFile(path: path)
      #expect(
        loaded.report.columns.map(\.type)
          == [.integer, .text, .decimal, .date, .boolean, .text, .integer])
      #expect(loaded.cells(0) == ["1", "2", "."])
      #expect(loaded.cells(1) == ["\"12\"", "\"7\"", "."])
      #expect(loaded.cells(2) == ["0.1", "1e-07", "."])
      #expect(loaded.cells(3) == ["2014-04-01", ".", "."])
      #expect(loaded.cells(4) == ["yes", "no", "."])
      #expect(loaded.cells(5) == ["\"a, \"b\"\"", ".", "."])
      #expect(loaded.cells(6) == ["9007199254740993", "-1", "."])
      #expect(loaded.notes.first == "read from the table 't'")
    }
  }

  @Test func tablesAreChosenByName() throws {
    let sql = """
      create table staff (a); insert into staff values (1);
      create view "odd ""name" as select a, a + 1 as b from staff; create table none (x);
      """
    try withDatabase(sql) { path in
      let name = "'\(path.split(separator: "/").last ?? "")'"
      #expect(message(path) == "\(name) has 3 tables, and none was named")
      #expect(message(path, sheet: "STAFF") == "loaded 1")
      #expect(message(path, sheet: "odd \"name") == "loaded 1")
      #expect(message(path, sheet: "none") == "loaded 0")
      #expect(message(path, sheet: "stuff") == "\(name) has no table 'stuff'")
    }
    try withDatabase("create table t (a); drop table t;") { path in
      #expect(message(path).hasSuffix("has no tables"))
    }
  }

  @Test func whatIsNoTextIsRefused() throws {
    for (value, what) in [
      ("x'00ff'", "binary data"), ("cast(x'c328' as text)", "text that is not UTF-8"),
      ("cast(x'410042' as text)", "a zero byte"),
    ] {
      try withDatabase("create table t (a, b); insert into t values (1, \(value));") { path in
        let name = "'\(path.split(separator: "/").last ?? "")'"
        #expect(message(path) == "row 1 of \(name) holds \(what) in column 'b'")
      }
    }
  }

  @Test func theFileIsLeftAsItIs() throws {
    try withDatabase("pragma journal_mode = wal; create table t (a); insert into t values (1);") {
      path in
      var before = stat()
      stat(path, &before)
      #expect(message(path) == "loaded 1")
      var after = stat()
      stat(path, &after)
      #expect(after.st_mtim.tv_nsec == before.st_mtim.tv_nsec)
      #expect(access(path + "-wal", F_OK) != 0 && access(path + "-shm", F_OK) != 0)
    }
  }

  @Test func damagedDatabases() throws {
    let start = Array("SQLite format 3\0".utf8)
    #expect(refusal(start + start).contains("only read from a file of its own"))
    try withFile(String(decoding: start, as: UTF8.self) + "rubbish") { path in
      #expect(message(path).contains("could not be read as an SQLite database"))
    }
  }
}
