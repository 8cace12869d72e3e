import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("The structure of a file")
struct StructureTests {
  private func check(
    _ text: String, _ rows: [[String]], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let loaded = try load(text)
    let found = (0..<loaded.table.rowCount).map { row in
      loaded.table.columns.indices.map { written(loaded.table[row, $0]) }
    }
    #expect(found == rows, sourceLocation: sourceLocation)
  }

  @Test func lineEnds() throws {
    let rows = [["\"x\"", "1"], ["\"y\"", "2"]]
    try check("a,b\nx,1\ny,2\n", rows)
    try check("a,b\nx,1\ny,2", rows)
    try check("a,b\r\nx,1\r\ny,2\r\n", rows)
    try check("a,b\rx,1\ry,2\r", rows)
    try check("a,b\r\nx,1\ny,2\r\n", rows)
    try check("\u{FEFF}a,b\nx,1\ny,2\n\n\r\n\n", rows)
    try check("a,b\nx,\"1\"\r\ny,\"2\"\r\n", rows)
    try check("a,b\n\"x\",\"1\"\n\"y\",\"2\"", rows)
    // A carriage return that ends no line is data.
    try check("a,b\n\rx,1\n", [["\"\rx\"", "1"]])
    try check("a,b\n\"p\r\nq\",1\n", [["\"p\r\nq\"", "1"]])
  }

  @Test func blankLinesAreCellsOfAnOnlyColumn() throws {
    try check("a\n1\n\n2\n\n\n", [["1"], ["."], ["2"]])
    try check("a\n\n\n", [])
    try check("a\r\n\r\n7\r\n", [["."], ["7"]])
    try check("a,b\n", [])
    #expect(
      refusal("a,b\n1,2\n\n3,4\n") == "line 3 of 'test.csv' has 1 field, but the header has 2")
  }

  @Test func headers() throws {
    let loaded = try load(" staff_id , name\n1,Ann\n")
    #expect(loaded.table.columns.map(\.description.name) == ["staff_id", "name"])
    #expect(loaded.report.columns[0].oddities == ["its name ' staff_id ' was trimmed"])
    #expect(try load("\"a\nb\",c\n1,2\n").table.columns[0].description.name == "a b")
    #expect(try load("title,,\n,,\na,b,c\n1,2,3\n", skipRows: 2).cells(1) == ["2"])
    #expect(refusal("a,b,\n1,2,\n") == "column 3 of 'test.csv' has no name")
    #expect(refusal("a,,b\n1,2,3\n") == "column 2 of 'test.csv' has no name")
    #expect(refusal("a,b, a\n") == "columns 1 and 3 of 'test.csv' are both named 'a'")
    #expect(
      refusal("a,n\u{1B}[31m\n1,2\n")
        == "the name of column 2 of 'test.csv', 'n\\u{1b}[31m', holds a control character")
  }

  @Test func mistakesAreNamedWithTheirLine() {
    #expect(refusal("") == "'test.csv' is empty")
    #expect(refusal("\u{FEFF}") == "'test.csv' is empty but for a byte order mark")
    #expect(refusal("\n\r\n\n") == "'test.csv' holds nothing but blank lines")
    #expect(
      refusal("a,b,c\n1,2,3\n1,2\n") == "line 3 of 'test.csv' has 2 fields, but the header has 3")
    #expect(refusal("a,b\n1,2,3\n") == "line 2 of 'test.csv' has 3 fields, but the header has 2")
    // Two short rows make one of the right length.
    #expect(refusal("a,b\n1\n2\n") == "line 2 of 'test.csv' has 1 field, but the header has 2")
    #expect(
      refusal("a,b\n1,\"x,5\n2,y\n")
        == "the quoted field that opens on line 2 of 'test.csv' is not closed")
    #expect(
      refusal("a,b\n\"1\n2\",\"Ann\"x\n")
        == "text follows the closing quote of field 2 on line 3 of 'test.csv'")
    #expect(
      refusal("a,b\n1, \"x\"\n") == "a quote stands inside of field 2 on line 2 of 'test.csv'")
    #expect(refusal("a,b\n1,x\"\n") == "a quote stands inside of field 2 on line 2 of 'test.csv'")
    #expect(
      refusal("a,b\n1,\"x\"\ry\n")
        == "text follows the closing quote of field 2 on line 2 of 'test.csv'")
    #expect(refusal("a,b\n1,x\0\n") == "'test.csv' is not text: line 2 holds a zero byte")
    #expect(refusal("a\0,b\n") == "'test.csv' is not text: line 1 holds a zero byte")
  }

  @Test(arguments: [
    [0x92], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0x80],
  ]) func otherEncodings(_ wrong: [UInt8]) {
    let expected = "'test.csv' is not UTF-8 text: line 3 holds a byte that does not belong there"
    #expect(refusal(Array("a,b\n1,é\n2,x".utf8) + wrong + Array("\n3,y\n".utf8)) == expected)
    #expect(refusal(Array("a,b\n1,é\n2,x".utf8) + wrong) == expected)
  }

  @Test func otherFiles() {
    func looks(_ start: [UInt8]) -> String {
      refusal(start + Array("and, so\non, and\n".utf8))
        .replacing("'test.csv' is not CSV text: it looks like ", with: "")
    }
    #expect(looks([0xD0, 0xCF, 0x11, 0xE0]) == "an old Excel workbook, or one with a password")
    #expect(looks([0x89, 0x50, 0x4E, 0x47]) == "a PNG image")
    #expect(looks([0xFF, 0xFE, 0, 0, 0x61]) == "UTF-32 text")
    #expect(looks(Array("{\"a\": [1,".utf8)) == "JSON")
    #expect(looks(Array("  <!DOCTYPE html>".utf8)) == "a web page")
    let wide = Array("staff_id,name,band,site_and_more\n1,2,3,4\n".utf16)
    #expect(looks(wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }) == "UTF-16 text")
  }

  @Test func longFields() throws {
    let ten = String(repeating: "x", count: 10)
    let quoted = "\"\(String(repeating: "y", count: 8))\"\"\n\""
    for field in [ten, quoted] {
      #expect(refusal("a,b\n1,\(field)\n", maximumFieldBytes: 10).hasPrefix("loaded"))
    }
    #expect(
      refusal("a,b\n1,\(ten)x\n", maximumFieldBytes: 10)
        == "field 2 on line 2 of 'test.csv' is longer than 10 bytes")
    #expect(
      refusal("a,b\n1,\"\(ten)x\"\n", maximumFieldBytes: 10)
        == "the quoted field that opens on line 2 of 'test.csv' is not closed")
  }

  @Test func filesThatCannotBeRead() {
    func message(_ path: String) -> String? {
      do {
        _ = try loadFile(path: path)
        return nil
      } catch { return error.message }
    }
    #expect(message("/nowhere/x.csv") == "there is no file '/nowhere/x.csv'")
    #expect(message("/tmp") == "'/tmp' is a folder, not a file")
    #expect(message("/dev/null") == "'null' is empty")
  }

  @Test func loadingCanBeCancelledAndTellsHowFarItIs() throws {
    let text = "a,b\n" + (0..<100_000).map { "\($0),x\n" }.joined()
    try withFile(text) { path in
      var fractions: [Double] = []
      let loaded = try loadFile(path: path, progress: { fractions.append($0) })
      #expect(loaded.table.rowCount == 100_000)
      #expect(fractions == fractions.sorted() && fractions.allSatisfy { $0 > 0 && $0 <= 1 })
      #expect(throws: LoadError("loading was cancelled")) {
        try loadFile(path: path, isCancelled: { true })
      }
    }
  }
}
