import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("Sheets as they are published")
struct SheetTests {
  private let sheet = """
    Workforce by region,,,,
    ,,,,
    ,,EU,,UK
    Region,Code,All,Doctors,All
    ,,,,
    North,,30,3,50
    ,N1,10,1,20
    ,N2,20,2,30
    Special,,,,
    South,S1,-,7,8
    Source: a publication,,,,
    ,,,,
    "Notes, of two
    lines",,,,
    """

  private func declared(_ options: inout LoadOptions) {
    options.skipRows = 2
    options.headerRows = 2
  }

  @Test func titlesAreRefusedWithTheLineToType() {
    let error = #expect(throws: LoadError.self) { try load(sheet, name: "in/hc.csv") }
    #expect(error?.message == "the header of 'hc.csv' seems to stand in rows 3 and 4")
    #expect(error?.hint == "load \"in/hc.csv\" skip 2 rows with headers = 2")
    #expect(error?.headerPlace?.skipRows == 2 && error?.headerPlace?.headerRows == 2)
    #expect(refusal("Table 1\na,b,c\n1,2,3\n4,5,6\n").hasSuffix("seems to stand in row 2"))
    #expect(refusal("\na,b\n1,2\n").hasSuffix("seems to stand in row 2"))
    #expect(refusal("Staff by region\n\na;b\n1;2\n3;4\n5;6\n").hasSuffix("in row 3"))
    // A row with too many fields is no header.
    #expect(refusal("a,b,c\n1,2,3\n1,2,3,4,5,6,7\n1,2,3\n1,2,3\n").hasPrefix("line 3 of"))
  }

  @Test func twoHeaderRowsNotesAndHeadings() throws {
    let loaded = try load(sheet, declared)
    #expect(
      loaded.table.columns.map(\.description.name)
        == ["Region", "Code", "EU All", "EU Doctors", "UK All"])
    #expect(loaded.cells(0) == ["\"North\"", ".", ".", "\"South\""])
    #expect(loaded.cells(2) == ["30", "10", "20", "."])
    #expect(
      loaded.notes == [
        "left out: 1 blank row, 1 sub-heading ('Special') and 2 footnotes ('Source: a publication', …)",
        "column 'EU All': '-' in 1 cell was read as missing",
      ])
  }

  @Test func cellsCanBeFilledDownAndDashesBeZero() throws {
    let loaded = try load(sheet) { options in
      declared(&options)
      options.filledColumns = ["region"]
      options.zeros = ["-"]
    }
    #expect(loaded.cells(0) == ["\"North\"", "\"North\"", "\"North\"", "\"South\""])
    #expect(loaded.cells(2) == ["30", "10", "20", "0"])
    #expect(loaded.notes.last == "column 'EU All': '-' in 1 cell was read as zero")
    #expect(
      refusal(sheet) { options in
        declared(&options)
        options.filledColumns = ["regoin"]
      } == "'test.csv' has no column 'regoin'")
  }

  @Test func columnsWithoutNames() throws {
    let loaded = try load("t,,,\n,b,,\nx,1,,\ny,2,,5\n", skipRows: 1)
    #expect(loaded.table.columns.map(\.description.name) == ["column_1", "b", "column_4"])
    #expect(
      loaded.notes == [
        "2 columns have no name in the header and are called 'column_1' and 'column_4'"
      ])
    // A cell over nothing names its own column and groups no others.
    let names = HeaderNames(
      [["Code", "", "EU", "", "Note"], ["", "All", "Men", "Women", ""]].map {
        $0.map { Array($0.utf8) }
      })
    #expect(
      names.names.map { String(decoding: $0, as: UTF8.self) }
        == ["Code", "All", "EU Men", "EU Women", "Note"])
  }

  @Test func linesAreThoseOfTheFile() throws {
    let text = "title,\n,\n\"a\nb\",c\n,\nx,1\n\ny,1O\n"
    let loaded = try load(text, skipRows: 2)
    #expect(loaded.report.columns[0].name == "a b")
    #expect(
      loaded.report.columns[1].oddities == ["kept as text because '1O' on line 8 is not a number"])
    #expect(
      refusal("t\na,b,c\n1,2,3\n\n4,5\n") { $0.skipRows = 1 }
        == "line 5 of 'test.csv' has 2 fields, but the header has 3")
    #expect(
      refusal("a,b\n1,2\n") { $0.skipRows = 2 } == "'test.csv' has 2 rows, so 2 cannot be skipped")
  }

  @Test func rowsOfTwoColumnsAreKeptUnlessABlankRowComesBefore() throws {
    let loaded = try load("place,n\nEly,3\nScilly,\n,\nSource: x,\n") { $0.headerRows = 1 }
    #expect(loaded.cells(0) == ["\"Ely\"", "\"Scilly\""])
    #expect(loaded.notes == ["left out: 1 footnote ('Source: x')"])
  }
}
