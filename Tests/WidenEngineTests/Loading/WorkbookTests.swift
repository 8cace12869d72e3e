import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("Excel workbooks")
struct WorkbookTests {
  private let rows = """
    <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>fte</t></is></c>\
    <c r="C1" t="s"><v>1</v></c><c r="D1" t="str"><f>"x"</f><v>ok</v></c></row>
    <row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>0.10000000000000001</v></c>\
    <c r="C2" s="1"><v>41730</v></c><c r="D2" t="b"><v>1</v></c></row>
    <row r="4" spans="1:4"><c r="A4" t="s"><v>3</v></c><c r="B4" t="e"><v>#N/A</v></c>\
    <c r="D4" t="b"><v>0</v></c></row>
    """
  private let texts = [
    "<t>name</t>", "<r><t>sta</t></r><r><rPr/><t>rted</t></r><rPh><t>no</t></rPh>",
    "<t>Zoë, &lt;A&gt;</t>", "<t xml:space=\"preserve\">O_x000D_\n\"B\"</t>",
  ]

  private func book(_ rows: String, formats: [String] = [], properties: String = "") -> [UInt8] {
    workbook([("One", rows)], texts: texts, formats: formats, properties: properties)
  }

  @Test func cellsOfAllKinds() throws {
    let loaded = try load(book(rows), name: "x.xlsx")
    #expect(loaded.table.columns.map(\.description.name) == ["name", "fte", "started", "ok"])
    #expect(loaded.report.columns.map(\.type) == [.text, .decimal, .date, .boolean])
    #expect(loaded.cells(0) == ["\"Zoë, <A>\"", "\"O\n\"B\"\""])
    #expect(loaded.cells(1) == ["0.1", "."])
    #expect(loaded.cells(2) == ["2014-04-01", "."])
    #expect(loaded.cells(3) == ["yes", "no"])
    #expect(
      loaded.notes == [
        "read from the sheet 'One'", "1 cell with an error such as '#N/A' was read as missing",
      ])
  }

  @Test func formulasWithoutAValueAreCounted() throws {
    let formulas = rows.replacing("<c r=\"A2\"", with: "<c r=\"A2\"><f>1</f></c><c r=\"A2\"")
    #expect(
      try load(book(formulas)).notes.last
        == "1 formula without a stored value was read as missing: "
        + "save the workbook from a spreadsheet to store them")
  }

  @Test func sheetsAreChosenByName() throws {
    let row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    func header(_ name: String) -> String {
      "<row><c t=\"str\"><v>\(name)</v></c><c t=\"str\"><v>b</v></c></row>" + row
    }
    let two = workbook([
      ("Table 1", header("p")), ("Table 2", header("q")), ("hidden", header("r")),
    ])
    #expect(refusal(two, name: "x.xlsx") == "'x.xlsx' has 2 sheets, and none was named")
    #expect(try load(two) { $0.sheet = "table 2" }.table.columns[0].description.name == "q")
    #expect(try load(two) { $0.sheet = "hidden" }.table.columns[0].description.name == "r")
    #expect(
      refusal(two, name: "x.xlsx") { $0.sheet = "Tabel 2" } == "'x.xlsx' has no sheet 'Tabel 2'")
    let only = workbook([("hidden", header("p")), ("Shown", header("q"))])
    #expect(try load(only).table.columns[0].description.name == "q")
  }

  @Test func rowsThatAreNotStoredCount() throws {
    let titled = rows.replacing("r=\"4\"", with: "r=\"40\"").replacing("r=\"2\"", with: "r=\"9\"")
      .replacing("r=\"1\"", with: "r=\"6\"")
    let title = "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>A title</v></c></row>"
    let error = #expect(throws: LoadError.self) {
      try load(book(title + titled), name: "x.xlsx") { $0.sheet = "One" }
    }
    #expect(error?.hint == "load \"x.xlsx\" sheet \"One\" skip 5 rows")
    let loaded = try load(book(title + titled)) { $0.skipRows = 5 }
    #expect(loaded.table.rowCount == 2 && loaded.cells(1) == ["0.1", "."])
    #expect(loaded.notes.contains("left out: 32 blank rows"))
  }

  @Test func placesAreRowsOfTheSheet() throws {
    func cell(_ text: String) -> String { "<c t=\"str\"><v>\(text)</v></c>" }
    let rows =
      "<row r=\"1\">\(cell("a"))\(cell("b"))</row>"
      + (2...11).map { "<row r=\"\($0)\">\(cell("\($0)"))\(cell("x"))</row>" }.joined()
      + "<row r=\"15\">\(cell("1O"))\(cell("x"))</row>"
    #expect(
      try load(book(rows)).report.columns[0].oddities
        == ["kept as text because '1O' on row 15 is not a number"])
    let wide = rows + "<row r=\"16\">\(cell("1"))\(cell("1"))\(cell("1"))</row>"
    #expect(
      refusal(book(wide), name: "x.xlsx") == "row 16 of 'x.xlsx' has 3 cells, but the header has 2")
    let notes =
      rows.replacing(cell("b"), with: cell("b") + cell("c")) + "<row>\(cell("Source"))</row>"
    #expect(try load(book(notes)).notes.last?.hasPrefix("1 last row") == true)
    #expect(try load(book(notes)) { $0.headerRows = 1 }.table.rowCount == 11)
  }

  @Test(arguments: [
    ("dd/mm/yyyy", true), ("mmm-yy", true), ("yyyy\\-mm", true), ("[$-809]d mmmm", true),
    ("0.0%", false), ("#,##0;[Red]-#,##0", false), ("h:mm:ss", false), ("[h]:mm", false),
    ("0 \"days\"", false), ("\\d0", false), ("General", false),
  ]) func formatsOfDates(_ format: String, _ isDate: Bool) throws {
    #expect(WorkbookStyles.showsDate(format) == isDate)
  }

  @Test func days() {
    #expect(serialDate(41_730, isFrom1904: false) == "2014-04-01")
    #expect(serialDate(40_268, isFrom1904: true) == "2014-04-01")
    #expect(serialDate(41_730.5625, isFrom1904: false) == "2014-04-01 13:30:00")
    #expect(serialDate(41_730.999_999_9, isFrom1904: false) == "2014-04-02")
    #expect(serialDate(1, isFrom1904: false) == "1900-01-01")
    #expect(serialDate(59, isFrom1904: false) == "1900-02-28")
    #expect(serialDate(60, isFrom1904: false) == nil)
    #expect(serialDate(61, isFrom1904: false) == "1900-03-01")
    #expect(serialDate(-1, isFrom1904: false) == nil)
    #expect(serialDate(3_000_000, isFrom1904: false) == nil)
  }

  @Test func damagedAndHostileWorkbooks() {
    func message(_ bytes: [UInt8]) -> String { refusal(bytes, name: "x.xlsx") }
    #expect(
      message(Array(book(rows).prefix(1500)))
        == "'x.xlsx' looks like an Excel workbook, but its list of parts is missing")
    #expect(
      message(workbook([("One", rows)], damage: 1))
        == "'x.xlsx' looks like an Excel workbook, but it is damaged")
    #expect(message(workbook([("One", rows)], flags: 1)) == "'x.xlsx' is locked with a password")
    #expect(message(book("<row><c></row>")).contains("its part 'xl/worksheets/sheet1.xml'"))
    #expect(message(book("<row r=\"2\"/><row r=\"1\"/>")).hasSuffix("its rows are not in order"))
    #expect(message(book("<row r=\"99999999\"/>")).hasSuffix("its rows are not in order"))
    #expect(message(book("<row><c r=\"ZZZZ1\"><v>1</v></c></row>")).hasSuffix("is outside of it"))
    #expect(
      message(zip([("a.csv", "a,b\n")])) == "'x.xlsx' is a zip archive, but no Excel workbook")
    #expect(message(zip([("content.xml", "<a/>")])) == "'x.xlsx' is an OpenDocument file")
    #expect(
      message(
        zip([
          (
            "xl/workbook.xml",
            "<!DOCTYPE lolz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><workbook>&b;</workbook>"
          )
        ])
      ).hasSuffix("it declares a document type, which no workbook needs"))
    #expect(message(book("")) == "no row is left in 'x.xlsx' for the header")
    // No part of the bytes may end the program.
    let whole = book(rows)
    for index in stride(from: 4, to: whole.count, by: 7) {
      var changed = whole
      changed[index] ^= 0x55
      _ = message(changed)
    }
  }
}
