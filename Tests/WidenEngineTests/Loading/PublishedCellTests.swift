import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("Cells as they are published")
struct PublishedCellTests {
  /// Checks the type and the cells of a column with these values.
  private func check(
    _ values: [String], _ type: ValueType, _ cells: [String],
    sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (inout LoadOptions) -> Void = { _ in }
  ) throws {
    let lines = values.map { "\"\($0)\"" }.joined(separator: "\n")
    for blockBytes in [1, 1000] {
      let loaded = try load("a\n\(lines)\n", threads: 2, blockBytes: blockBytes, change)
      #expect(loaded.report.columns[0].type == type, sourceLocation: sourceLocation)
      #expect(loaded.cells(0) == cells, sourceLocation: sourceLocation)
    }
  }

  private func text(_ values: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    try check(values, .text, values.map { "\"\($0)\"" }, sourceLocation: sourceLocation)
  }

  @Test func percentages() throws {
    try check(["12.3%", "", "-4%", "100 %"], .decimal, ["0.123", ".", "-0.04", "1.0"])
    try check(["12.345%", "low"], .decimal, ["0.12345", "."])
    try text("12%", "13")
    try text("12%", "%")
    #expect(
      try load("a,b\n12%,x\n").notes == ["column 'a': values such as '12%' were read as fractions"])
  }

  @Test func poundsAndThousands() throws {
    try check(["£1,234.50", "£7", "-£0.25", "£-2"], .decimal, ["1234.5", "7.0", "-0.25", "-2.0"])
    try check(["1,234", "999", "12,345,678", "c"], .integer, ["1234", "999", "12345678", "."])
    try check(["9,000,000,000", "1"], .integer, ["9000000000", "1"])
    try text("1,234", "1234")
    try text("£5", "6")
    try text("1,23", "4")
    try text("1,2345")
    try text(",123")
    try text("0,123")
    #expect(
      try load("a\n\"1,234\"\n\"low\"\n").notes == [
        "column 'a': 'low' in 1 cell was read as missing",
        "column 'a': values such as '1,234' were read as numbers",
      ])
  }

  @Test func exponents() throws {
    try check(["0.25", "1e-06", "2.5E-10"], .decimal, ["0.25", "1e-06", "2.5e-10"])
    try check(["1e+05", "7"], .decimal, ["100000.0", "7.0"])
    // Codes, and what a spreadsheet has made of codes.
    try text("5E1", "5E10")
    try text("1.23457E+11", "7")
    try text("1e308", "2")
    try text("1e-6", "2")
  }

  @Test func months() throws {
    try check(["2017-SEP", "2018-Jan", ""], .month, ["2017-09", "2018-01", "."])
    try check(
      ["SEP-2017", "October 2017", "Sept 2018"], .month, ["2017-09", "2017-10", "2018-09"])
    try text("2017-SEP", "2017")
    try text("2017-SPE")
    try text("Sep-17", "Oct-17")
    let wish: (inout LoadOptions) -> Void = {
      $0.columns = [ColumnDeclaration(column: "A", meaning: .month)]
    }
    try check(["201709", "201812"], .month, ["2017-09", "2018-12"], wish)
    try check(
      ["Sep-17", "2017-10-01", "2017-11-30", "12/2017", "z"], .month,
      ["2017-09", "2017-10", "2017-11", "2017-12", "."], wish)
    #expect(
      refusal("a\n201709\n201713\n", change: wish)
        == "'201713' in column 'a', on line 3, is not a month")
    // The first in the file, not the first in the alphabet.
    #expect(refusal("a\n201709\nz1\na1\n", change: wish).hasPrefix("'z1' in column 'a', on line 3"))
    #expect(refusal("a\n2017-10-05\n", change: wish).hasSuffix("is not a month"))
  }

  @Test func years() throws {
    func wish(_ meaning: ColumnDeclaration.Meaning) -> (inout LoadOptions) -> Void {
      { $0.columns = [ColumnDeclaration(column: "a", meaning: meaning)] }
    }
    let values = ["200910", "2010/11", "2011-12", "2012/2013", ""]
    try check(
      values, .period, ["AY2009/10", "AY2010/11", "AY2011/12", "AY2012/13", "."],
      wish(.academicYear))
    try check(
      values + ["FY2013/14"], .period,
      ["FY2009/10", "FY2010/11", "FY2011/12", "FY2012/13", ".", "FY2013/14"], wish(.financialYear))
    for wrong in ["200911", "2009", "2009/10 (Aug to Apr)", "AY2009/10", "2009/1"] {
      #expect(
        refusal("a\n2008/09\n\(wrong)\n", change: wish(.financialYear))
          == "'\(wrong)' in column 'a', on line 3, is not a year such as 2009/10")
    }
  }

  @Test func datesAreReadOnlyByDeclaration() throws {
    try text("01/04/2014", "30/04/2014")
    func wish(_ pattern: String) -> (inout LoadOptions) -> Void {
      { $0.dates = DateForm(text: pattern) }
    }
    try check(
      ["01/04/2014", "3/4/2014 00:00", ""], .date, ["2014-04-01", "2014-04-03", "."],
      wish("dd/mm/yyyy"))
    try check(["04/01/2014"], .date, ["2014-04-01"], wish("mm/dd/yyyy"))
    try check(["01.04.29", "01.04.30"], .date, ["2029-04-01", "1930-04-01"], wish("dd.mm.yy"))
    try check(["01-Apr-2014"], .date, ["2014-04-01"], wish("dd-mmm-yyyy"))
    try check(["North", "South"], .text, ["\"North\"", "\"South\""], wish("dd/mm/yyyy"))
    try check(["2014-04-01"], .date, ["2014-04-01"], wish("dd/mm/yyyy"))
    try check(["2014-04-01 13:30"], .text, ["\"2014-04-01 13:30\""])
    #expect(
      refusal("a\n01/04/2014\n31/04/2014\n", change: wish("dd/mm/yyyy"))
        == "'31/04/2014' in column 'a', on line 3, is not a date written dd/mm/yyyy")
    for wrong in ["dd/mm", "dd/mm/yyy", "d/d/yyyy", "ddmmyyyy", "dd/mm/yyyy hh", "", "dd//mm/yyyy"]
    {
      #expect(DateForm(text: wrong) == nil)
    }
  }

  @Test func columnsCanBeKeptAsText() throws {
    let wish: (inout LoadOptions) -> Void = {
      $0.columns = [ColumnDeclaration(column: "a", meaning: .text)]
    }
    try check(["1", "2.0", "-3", "low"], .text, ["\"1\"", "\"2.0\"", "\"-3\"", "\"low\""], wish)
    try check(["2014-04-01", ""], .text, ["\"2014-04-01\"", "."], wish)
    try check(["S0012345", "12%"], .text, ["\"S0012345\"", "\"12%\""], wish)
    #expect(refusal("b\n1\n", change: wish) == "'test.csv' has no column 'a'")
    #expect(
      refusal("a\n1\n") {
        $0.columns = [.init(column: "a", meaning: .text), .init(column: "A", meaning: .month)]
      } == "column 'A' is declared as text and as month")
  }
}

/// The message of the error with which a text is refused, with options.
private func refusal(_ text: String, change: (inout LoadOptions) -> Void) -> String {
  refusal(text, name: "test.csv", change)
}
