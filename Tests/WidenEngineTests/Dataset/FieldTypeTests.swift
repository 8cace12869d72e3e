import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("Declared types of columns")
struct FieldTypeTests {
  /// The column that a field makes of these cells, one a line.
  private func check(
    _ field: String, _ cells: String, _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let lines = cells.split(separator: " ").map { $0 == "." ? "," : "\($0)," }
    let opened = try open(
      package(fields: "{\"name\": \"a\", \(field)}"),
      ["t.csv": "a,b\n" + lines.joined(separator: "\n") + "\n"])
    #expect(opened.column("a") == expected, sourceLocation: sourceLocation)
  }

  @Test func textStaysText() throws {
    try check(#""type": "string""#, "007 12 . 2014-04-01", #"text: "007" "12" . "2014-04-01""#)
    try check(#""type": "string""#, "1 2 3", #"text: "1" "2" "3""#)
    try check(#""type": "string""#, "yes no na c", #"text: "yes" "no" "na" "c""#)
    try check(#""type": "string""#, "S0001234 . NULL", #"text: "S0001234" . "NULL""#)
    try check(#""type": "string""#, ". na", #"text: . "na""#)
  }

  @Test func numbersAreNumbers() throws {
    try check(#""type": "integer""#, "7 007 +7 -1 .", "integer: 7 7 7 -1 .")
    try check(#""type": "number""#, "1 2 3", "decimal: 1.0 2.0 3.0")
    try check(#""type": "number""#, "1.25 . -3", "decimal: 1.25 . -3.0")
    try check(#""type": "number""#, "1e3 0.5 1.123456", "decimal: 1000.0 0.5 1.123456")
    try check(#""type": "year""#, "2014 2015", "integer: 2014 2015")
  }

  @Test func timesAreTimes() throws {
    try check(#""type": "date""#, "2014-04-01 .", "date: 2014-04-01 .")
    try check(#""type": "yearmonth""#, "2014-04 2014-05", "month: 2014-04 2014-05")
    // Years as the loader would see them, months as they are declared.
    try check(#""type": "yearmonth""#, "2009-10 2010-11", "month: 2009-10 2010-11")
    try check(
      #""type": "date", "format": "%d/%m/%Y""#, "01/04/2014 9/12/2014",
      "date: 2014-04-01 2014-12-09")
    try check(#""type": "date", "format": "%d-%b-%y""#, "01-Apr-14", "date: 2014-04-01")
  }

  @Test func yesAndNoAreWhatIsDeclared() throws {
    try check(#""type": "boolean""#, "true false .", "boolean: yes no .")
    try check(#""type": "boolean""#, "1 0 1", "boolean: yes no yes")
    try check(
      #""type": "boolean", "trueValues": ["Y"], "falseValues": ["N"]"#, "Y N .", "boolean: yes no ."
    )
  }

  @Test func missingValuesAreMissing() throws {
    try check(#""type": "integer", "missingValues": ["-99", "x"]"#, "1 -99 x .", "integer: 1 . . .")
    try check(#""type": "string", "missingValues": ["none"]"#, "a none", #"text: "a" ."#)
    try check(
      #""type": "number", "missingValues": [{"value": "c", "label": "confidential"}]"#, "1.5 c",
      "decimal: 1.5 .")
    try check(#""type": "any", "missingValues": ["-99"]"#, "7 -99", "integer: 7 .")
    try check(#""type": "any", "missingValues": ["-99"]"#, "07 -99", #"text: "07" ."#)
  }

  @Test func emptyColumnsHaveTheirTypes() throws {
    try check(#""type": "integer""#, ". .", "integer: . .")
    try check(#""type": "number""#, ".", "decimal: .")
    try check(#""type": "date""#, ".", "date: .")
    try check(#""type": "boolean""#, ".", "boolean: .")
    try check(#""type": "yearmonth""#, "", "month:")
  }

  @Test func typesWithoutACounterpartStayText() throws {
    let opened = try open(
      package(fields: #"{"name": "a", "type": "time"}, {"name": "b"}"#),
      ["t.csv": "a,b\n10:00,FY2014/15\n"])
    #expect(opened.column("a") == #"text: "10:00""#)
    #expect(opened.column("b") == "period: FY2014/15")
    #expect(opened.notes.map(\.text) == ["t.a: widen has no type time and keeps text"])
  }

  @Test func categoriesGiveTheOrder() throws {
    let field =
      #"{"name": "band", "type": "string", "categories": ["9", {"value": "10", "label": "Ten"}], "#
      + #""categoriesOrdered": true, "widen:notRecorded": ["9"]}"#
    let opened = try open(package(fields: field), ["t.csv": "band\n10\n9\n2\n2\n"])
    let entry = opened.dataset.entry(named: "t")
    let column = entry?.table.column(named: "band")
    #expect(opened.column("band") == #"category: "10" "9" "2" "2""#)
    #expect(column?.description.categories == ["9", "10"])
    #expect(column?.description.isOrdered == true)
    #expect(column?.description.notRecorded == ["9"])
    guard case .coded(let coded)? = column?.data else {
      Issue.record("no codes")
      return
    }
    #expect((0..<4).map { coded.codes[$0] } == [2, 1, 3, 3])
    #expect(
      opened.notes == [
        .init(
          .warning, "t.band: 2 rows with a value that is not among the categories, such as '2'")
      ])
  }
}

@Suite("Patterns of dates")
struct DatePatternTests {
  private func check(
    _ pattern: String, _ text: String, _ expected: String?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let day = DateDirectives(pattern)?.day(text)?.description
    #expect(day == expected, sourceLocation: sourceLocation)
  }

  @Test func readsWhatIsWritten() {
    check("%d/%m/%Y", "29/02/2016", "2016-02-29")
    check("%d/%m/%Y", "29/02/2015", nil)
    check("%d/%m/%Y", "29/02/16", nil)
    check("%d/%m/%Y", "29/02/2016 ", nil)
    check("%d %B %Y", "1 april 2014", "2014-04-01")
    check("%b %d, %y", "Sep 30, 69", "1969-09-30")
    check("%Y%%%m%%%d", "2014%4%1", "2014-04-01")
    check("%Y%m%d", "20140401", "2014-04-01")
    check("%d/%m/%Y", "", nil)
  }

  @Test(arguments: ["", "%Y-%m", "%Y-%m-%d %H", "%d/%m/%Y%", "%d/%d/%m/%Y", "%j"])
  func refusesPatternsOfNoDate(pattern: String) {
    #expect(DateDirectives(pattern) == nil)
  }
}
