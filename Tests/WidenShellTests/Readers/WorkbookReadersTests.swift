import Foundation
import Testing

@testable import WidenShell

/// Workbooks, Parquet and SQLite files as openpyxl, LibreOffice, pyarrow and SQLite read them: every
/// rule of accessible spreadsheets holds, and every number is the one in the manifest.
struct WorkbookReadersTests {
  /// What is asked, each its own kind of table: the name is that of its files.
  private static let questions = [
    (
      "notes",
      "from staff | snapshot at 2015-03-31 | count by band, sex | share | where band is recorded"
    ),
    (
      "withheld", "from staff | where organisation = \"RKE\" | count by band | share | protect safe"
    ),
    (
      "money",
      "from staff | snapshot at 2015-03-31 | summarise mean salary, count as n, rate bme by cluster"
    ),
    (
      "heat",
      "from staff | snapshot at 2015-03-31 | crosstab cluster by ethnic_group percent of row"
        + " | chart heat"
    ),
    ("bars", "from staff | snapshot at 2015-03-31 | count by cluster | chart bar"),
    (
      "lines",
      "from participation | count by fy(started) as year, initiative.kind as kind | chart line"
    ),
    ("control", "from participation | control count over month(started) | chart control"),
    ("wide", "from cells | crosstab area by kind"),
    ("sums", "from cells | summarise sum size, mean part, count by kind"),
    (
      "suppression",
      "from staff | where organisation = \"RNK\" | crosstab band by ethnic_group"
        + " | protect suppress"
    ),
  ]

  /// Two hundred kinds of cells in five areas, about nobody.
  private func writeCells(_ folder: String) throws {
    var text = "area,kind,size,part\n"
    for number in 0..<4000 {
      text += "A\(number % 5),kind \(100 + number % 200),\(number * 977 % 1000),0.\(number)\n"
    }
    try text.write(toFile: folder + "/cells.csv", atomically: true, encoding: .utf8)
  }

  @Test func everyNumberIsReadBack() throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    try writeCells(folder)
    var script = "set policy none because \"a test\"\nload \"\(folder)/cells.csv\" as cells\n"
    for (name, query) in Self.questions {
      for ending in ["xlsx", "parquet", "sqlite"] {
        script += "\(query) | export to \"\(folder)/\(name).\(ending)\"\n"
      }
    }
    script += "report \"All of it\"\n"
    for (_, query) in Self.questions { script += query + "\n" }
    script += "export report to \"\(folder)/report.xlsx\"\n"
    try run(script, .sample(posts: nil))
    try check(folder, workbooks: Self.questions.count + 1)
    guard
      let read = try Readers.python(
        Self.reading, [folder], needs: ["openpyxl", "pyarrow.parquet", "sqlite3"])
    else { return }
    #expect(
      read.output == "\(Self.questions.count * 4) results of three kinds of files are the same\n")
    try checkLibreOffice(folder)
  }

  /// A hundred thousand rows, against the file that they came from.
  @Test func aHundredThousandRows() throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    var text = "code,grp,size,part\n"
    for number in 0..<100_000 {
      let size = number % 17 == 0 ? "" : "\(number * 31)"
      text += "C\(number),group \(number % 7),\(size),\(Double(number) / 7)\n"
    }
    try text.write(toFile: folder + "/rows.csv", atomically: true, encoding: .utf8)
    try run(
      ["xlsx", "parquet", "sqlite"].reduce("load \"\(folder)/rows.csv\" as rows\n") {
        $0 + "from rows | export to \"\(folder)/long.\($1)\"\n"
      }, .empty)
    try check(folder, workbooks: 1)
    guard
      let read = try Readers.python(
        Self.readingRows, [folder], needs: ["openpyxl", "pyarrow.parquet", "sqlite3"])
    else { return }
    #expect(read.output == "100000 rows are the same\n")
  }

  private func run(_ script: String, _ source: ShellOptions.Source) throws {
    let session = try Session(options: ShellOptions(source: source))
    var said = ""
    let outcome = session.run(
      script, mode: .script(name: "test", parameters: []),
      to: Sinks(output: { _ in }, messages: { said += $0 }))
    #expect(outcome.status == .done, "\(said)")
  }

  /// Other people's checklist for spreadsheets; a chart is the one thing that it would rather not see.
  private func check(_ folder: String, workbooks: Int) throws {
    guard let data = CheckData.folder else { return }
    guard
      let said = try Readers.python(
        Self.checking, [data + "/checks/sdc", folder], needs: ["openpyxl"])
    else { return }
    #expect(said.output == "\(workbooks) workbooks pass\n")
  }

  /// LibreOffice opens every workbook, and shows the numbers of its tables.
  private func checkLibreOffice(_ folder: String) throws {
    let books = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".xlsx") }.sorted()
    // Every sheet becomes a file of text, with numbers as they are and not as they are shown.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    guard
      let said = try Readers.program(
        "soffice",
        [
          "-env:UserInstallation=file://\(folder)/office", "--headless", "--convert-to", filter,
          "--outdir", folder + "/sheets",
        ] + books.map { folder + "/" + $0 })
    else { return }
    #expect(said.status == 0, "\(said.output)")
    guard let read = try Readers.python(Self.readingSheets, [folder], needs: ["csv"]) else {
      return
    }
    #expect(read.output == "\(books.count) workbooks are the same\n")
  }
}

extension WorkbookReadersTests {
  private static let checking = """
    import os, sys
    sys.path.insert(0, sys.argv[1])
    sys.dont_write_bytecode = True
    import check_workbook
    folder, count = sys.argv[2], 0
    for name in sorted(os.listdir(folder)):
      if not name.endswith(".xlsx"): continue
      count += 1
      for found in check_workbook.check(os.path.join(folder, name)):
        if found["rule"] != "F25": print(name, found)
    print(count, "workbooks pass")
    """

  /// What a manifest says that each result of its file holds, and whether a cell read back is it.
  private static let recorded = """
    import csv, glob, json, math, os, sqlite3, sys
    folder = sys.argv[1]
    def results(path):
      manifest = json.load(open(path + ".manifest.json"))
      return [(r["columns"], r["figures_written"]["rows"]) for r in manifest["results"]]
    def same(cell, wanted):
      if wanted is None: return cell in (None, "[x]", "(missing)")
      if wanted == "[c]": return cell in (None, "[c]")
      if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return isinstance(cell, (int, float)) and math.isclose(cell, wanted, rel_tol=1e-12)
      return str(cell) == str(wanted)
    def compare(path, rows, wanted):
      assert len(rows) == len(wanted), (path, len(rows), len(wanted))
      for row, want in zip(rows, wanted):
        assert len(row) == len(want), (path, row, want)
        for cell, figure in zip(row, want):
          assert same(cell, figure), (path, cell, figure, row)

    """

  private static let reading =
    recorded + """
      import openpyxl, pyarrow.parquet
      def tables(path):
        for sheet in openpyxl.load_workbook(path):
          if not sheet.title.startswith("Table_"): continue
          table, = sheet.tables.values()
          first, last = table.ref.split(":")
          yield [[cell.value for cell in row] for row in sheet[first:last][1:]]
      count = 0
      for path in sorted(glob.glob(folder + "/*.xlsx")):
        wanted = results(path)
        found = list(tables(path))
        assert len(found) == len(wanted), path
        for rows, (_, figures) in zip(found, wanted):
          compare(path, rows, figures)
          count += 1
      for path in sorted(glob.glob(folder + "/*.parquet")):
        (columns, figures), = results(path)
        table = pyarrow.parquet.read_table(path).select([c["name"] for c in columns])
        compare(path, [list(row.values()) for row in table.to_pylist()], figures)
        count += 1
      for path in sorted(glob.glob(folder + "/*.sqlite")):
        (columns, figures), = results(path)
        names = ", ".join('"%s"' % c["name"] for c in columns)
        rows = sqlite3.connect(path).execute("select " + names + " from result").fetchall()
        compare(path, rows, figures)
        count += 1
      print(count, "results of three kinds of files are the same")
      """

  private static let readingSheets =
    recorded + """
      def number(text):
        try: return float(text[:-1]) / 100 if text.endswith("%") else float(text)
        except ValueError: return text
      def same(cell, wanted):
        if isinstance(wanted, (int, float)):
          return math.isclose(number(cell), wanted, rel_tol=1e-9)
        if wanted is None: return cell in ("", "[x]", "(missing)")
        return cell == str(wanted)
      books = sorted(glob.glob(folder + "/*.xlsx"))
      for path in books:
        start = os.path.join(folder, "sheets", os.path.basename(path)[:-5])
        for place, (columns, figures) in enumerate(results(path), 1):
          rows = list(csv.reader(open(f"{start}-Table_{place}.csv", newline="")))
          rows = [row[:len(columns)] for row in rows]
          compare(path, rows[-len(figures):], figures)
      print(len(books), "workbooks are the same")
      """

  private static let readingRows = """
    import csv, openpyxl, pyarrow.parquet, sqlite3, sys
    folder = sys.argv[1]
    def typed(row): return [row[0], row[1], int(row[2]) if row[2] else None, float(row[3])]
    wanted = [typed(row) for row in list(csv.reader(open(folder + "/rows.csv")))[1:]]
    sheet = openpyxl.load_workbook(folder + "/long.xlsx", read_only=True)["Table_1"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)][-len(wanted):]
    for row, want in zip(rows, wanted):
      if row[2] == "[x]": row[2] = None
      assert row[:3] == want[:3] and abs(row[3] - want[3]) <= 1e-12 * want[3], (row, want)
    table = pyarrow.parquet.read_table(folder + "/long.parquet")
    assert [list(row.values()) for row in table.to_pylist()] == wanted
    base = sqlite3.connect(folder + "/long.sqlite")
    assert [list(row) for row in base.execute("select * from result")] == wanted
    print(len(rows), "rows are the same")
    """
}
