import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("What a load reports")
struct ReportTests {
  /// Checks the oddities of the only column with these values.
  private func check(
    _ values: [String], _ oddities: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let lines = values.map { "\"\($0)\"" }.joined(separator: "\n")
    let loaded = try load("a\n\(lines)\n")
    #expect(loaded.report.columns[0].oddities == oddities, sourceLocation: sourceLocation)
  }

  @Test(arguments: Shorthand.all) func shorthandAmongNumbersIsMissing(_ shorthand: String) throws {
    for (value, type) in [
      ("12", ValueType.integer), ("0.5", .decimal), ("0.123456", .decimal), ("2014-04-01", .date),
      ("2014-04", .month), ("FY2014/15", .period),
    ] {
      let loaded = try load("a,b\n\(shorthand),1\n\(value),1\n,1\n\(shorthand),1\n")
      let column = loaded.report.columns[0]
      #expect(column.type == type)
      #expect(
        column.missing == [ValueCount(value: "", rows: 1), ValueCount(value: shorthand, rows: 2)])
      #expect(
        loaded.report.notes.map(\.text)
          == ["column 'a': '\(shorthand)' in 2 cells was read as missing"])
      #expect(loaded.cells(0)[0] == "." && loaded.cells(0)[1] != ".")
    }
    let text = try load("a,b\n\(shorthand),1\nTotal,1\n,1\n")
    #expect(text.cells(0) == ["\"\(shorthand)\"", "\"Total\"", "."])
    #expect(text.report.columns[0].missing == [ValueCount(value: "", rows: 1)])
    let only = try load("a,b\n\(shorthand),1\n\(shorthand),1\n")
    #expect(only.report.columns[0].type == .text)
    #expect(only.cells(0) == ["\"\(shorthand)\"", "\"\(shorthand)\""])
  }

  @Test func severalKindsOfShorthand() throws {
    let loaded = try load("count\n1\nlow\n[c]\nlow\n2\n")
    #expect(
      loaded.report.notes.map(\.text)
        == ["column 'count': 'low' in 2 cells and '[c]' in 1 cell was read as missing"])
    #expect(loaded.report.columns[0].missingCount == 3)
  }

  @Test func mixedColumnsNameTheCulprit() throws {
    try check(["1", "2", "VSM"], ["kept as text because 'VSM' on line 4 is not a number"])
    try check(["8a", "1", "2"], ["kept as text because '8a' on line 2 is not a number"])
    try check(["00123", "00124"], ["kept as text because '00123' on line 2 has a leading zero"])
    try check(["12", "00124"], ["kept as text because '00124' on line 3 has a leading zero"])
    try check(["1", "5E10"], ["kept as text because '5E10' on line 3 is not in plain notation"])
    try check(
      ["1,000", "2000"], ["kept as text because '1,000' on line 2 has commas between its digits"])
    try check(
      ["1", "9223372036854775808"],
      ["kept as text because '9223372036854775808' on line 3 is too large for a whole number"])
    try check(
      ["2014-04-01", "2026-02-29"],
      ["kept as text because '2026-02-29' on line 3 is not a date such as 2014-04-01"])
    try check(
      ["01/02/2026", "05/02/2026"],
      [
        "kept as text because '01/02/2026' on line 2 is not written as a date such as 2014-04-01: "
          + "'with dates = \"dd/mm/yyyy\"' tells how it is"
      ])
    try check(
      ["2014-04-01", "5"], ["kept as text because '5' on line 3 is not a date such as 2014-04-01"])
  }

  @Test func routineIsOnlySaidWhenAskedFor() throws {
    // Bands are mostly numbers, and still text; a column of numbers with one slip is a surprise.
    let bands = try load("band\n1\n2\n3\n4\n5\n6\n7\n8a\n8b\n9\nVSM\n")
    #expect(bands.notes.isEmpty && bands.report.columns[0].oddities.count == 1)
    let slip = try load("n\n" + (1...20).map { "\($0)\n" }.joined() + "1O\n")
    #expect(slip.notes == ["column 'n': kept as text because '1O' on line 22 is not a number"])
    #expect(try load("code\n00123\n00124\n").notes.isEmpty)
    let wide = try load("a,b,c,d\n1,1,1,1\n-,c,-,c\nc,c,2,2\n3,3,3,3\n")
    #expect(
      wide.notes == [
        "4 columns: 'c' in 4 cells and '-' in 2 cells was read as missing; 'show load' tells where"
      ])
  }

  @Test func ordinaryTextIsNotOdd() throws {
    try check(["North", "South", "5"], [])
    try check(["16-19", "20-24", "65+"], [])
    try check(["2014/15", "2015/16"], [])
    try check(["RRV", "R0A", "c"], [])
  }

  @Test func spreadsheetDamage() throws {
    try check(["#REF!", "North"], ["holds spreadsheet errors such as '#REF!' on line 2"])
    try check(
      ["North", "1-Sep"],
      ["holds '1-Sep' on line 3, which a spreadsheet may have made of something else"])
  }

  @Test func messagesCannotActOnATerminal() {
    #expect(shown("a\u{1B}[2J\u{202E}b") == "'a\\u{1b}[2J\\u{202e}b'")
    #expect(
      shown(String(repeating: "x", count: 50)) == "'" + String(repeating: "x", count: 40) + "…'")
    #expect(
      grouped(1_234_567) == "1,234,567" && grouped(999) == "999" && grouped(-1000) == "-1,000")
  }
}
