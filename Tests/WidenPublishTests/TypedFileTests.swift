import Foundation
import Testing
import WidenEngine
import WidenLanguage

@testable import WidenPublish

/// Parquet and SQLite, read back by other people's programs.
@Suite struct TypedFileTests {
  @Test func parquetKeepsTypesAndMissingValues() throws {
    try inFolder { folder in
      let path = folder + "/a.parquet"
      _ = try export(
        Samples.everyType, to: path, format: .parquet, context: Samples.context)
      guard
        let text = try Python.run(
          """
          import pyarrow.parquet, sys
          table = pyarrow.parquet.read_table(sys.argv[1])
          for field in table.schema: print(field.name, field.type, table[field.name].to_pylist())
          print(table.schema.metadata[b"widen.dataset"].decode())
          """, [path], needs: ["pyarrow.parquet"])
      else { return }
      #expect(
        text == """
          ethnic_group string ['White', None]
          n int64 [1485, None]
          mean_salary double [24063.504, None]
          bme bool [True, None]
          joined date32[day] [datetime.date(2014, 4, 1), None]
          month string ['2014-09', None]
          year string ['FY2014/15', None]
          share double [0.2786, None]
          change double [0.0123, None]
          likelihood double [1.457, None]
          North central and east London

          """)
    }
  }

  @Test func parquetOfManyRows() throws {
    let rows = 0..<300_000
    let table = answer([
      texts("name", rows.map { $0 % 11 == 0 ? nil : "Trust \($0 % 300) é" }),
      texts("one", rows.map { _ in "always" }), integers("n", Array(rows)),
      decimals("x", rows.map { $0 % 7 == 0 ? nil : Double($0) / 3 }),
      column("flag", .boolean, rows.map { $0 % 5 == 0 ? .missing : .boolean($0 % 3 == 0) }),
    ])
    try inFolder { folder in
      let path = folder + "/a.parquet"
      _ = try export(table, to: path, format: .parquet, context: Samples.context)
      guard
        let text = try Python.run(
          """
          import pyarrow.parquet, sys
          rows = pyarrow.parquet.read_table(sys.argv[1]).to_pylist()
          for i, row in enumerate(rows):
            assert row["name"] == (None if i % 11 == 0 else f"Trust {i % 300} é"), i
            assert row["one"] == "always" and row["n"] == i, i
            assert row["x"] == (None if i % 7 == 0 else i / 3), i
            assert row["flag"] == (None if i % 5 == 0 else i % 3 == 0), i
          print(len(rows))
          """, [path], needs: ["pyarrow.parquet"])
      else { return }
      #expect(text == "300000\n")
    }
  }

  @Test func sqliteKeepsTypesAndMissingValues() throws {
    try inFolder { folder in
      let path = folder + "/a.sqlite"
      _ = try export(Samples.everyType, to: path, format: .sqlite, context: Samples.context)
      guard
        let text = try Python.run(
          """
          import sqlite3, sys
          base = sqlite3.connect(sys.argv[1])
          print(base.execute("pragma integrity_check").fetchall())
          print(base.execute("select sql from sqlite_master where name = 'result'").fetchone()[0])
          for row in base.execute("select * from result"): print(row)
          for row in base.execute("select * from about limit 2"): print(row)
          """, [path], needs: ["sqlite3"])
      else { return }
      #expect(
        text == """
          [('ok',)]
          CREATE TABLE result ("ethnic_group" text, "n" integer, "mean_salary" real, \
          "bme" integer, "joined" text, "month" text, "year" text, "share" real, \
          "change" real, "likelihood" real)
          ('White', 1485, 24063.504, 1, '2014-04-01', '2014-09', 'FY2014/15', 0.2786, \
          0.0123, 1.457)
          (None, None, None, None, None, None, None, None, None, None)
          ('result', 'Query', \
          'from staff | where band in "2".."4" | count by ethnic_group | share')
          ('result', 'Parameters', 'org = "RKE"')

          """)
    }
  }

  @Test func withheldCellsAreMissingAndSaidToBe() throws {
    #expect(
      storedColumns(of: Samples.withheld).map(\.name)
        == ["ethnic_group", "n", "n_withheld", "share", "share_withheld"])
    var secret = Samples.withheld
    // A figure behind the mark never leaves.
    secret.table.columns[1].data = .values(
      [.integer(1485), .integer(123_456_789), .missing], type: .integer)
    let columns = storedColumns(of: secret)
    #expect((0..<3).map { columns[1].value($0) } == [.integer(1485), .missing, .missing])
    #expect(
      (0..<3).map { columns[2].value($0) } == [.boolean(false), .boolean(true), .boolean(false)])
    for format in Format.allCases where format != .table {
      var bytes: [UInt8] = []
      try write(secret, as: format) { bytes += $0 }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("123456789") && !text.contains("123,456,789"), "\(format)")
      if format.isText { #expect(text.contains("[c]"), "\(format)") }
    }
  }

  @Test func severalResults() throws {
    let section = Report.Section(answer: Samples.shares, context: Samples.context)
    let report = Report(sections: [section, section])
    #expect(throws: PublishError.oneResultOnly(".parquet", count: 2)) {
      try writeTogether(report, as: .parquet) { _ in }
    }
    var one: [UInt8] = []
    var two: [UInt8] = []
    try writeTogether(report, as: .sqlite) { one += $0 }
    try writeTogether(report, as: .sqlite) { two += $0 }
    #expect(one == two && String(decoding: one, as: UTF8.self).contains("result_2"))
  }

  @Test func emptyAndOddNames() throws {
    let odd = answer([
      texts("a\"b", ["x"]), texts("A\"B", ["y"]), texts("", ["z"]), texts("n\0ul", ["w"]),
    ])
    for format in [Format.parquet, .sqlite] {
      for sample in [odd, answer([]), answer([texts("a", [])])] {
        var bytes: [UInt8] = []
        try write(sample, as: format) { bytes += $0 }
        #expect(bytes.count > 100)
      }
    }
  }
}
