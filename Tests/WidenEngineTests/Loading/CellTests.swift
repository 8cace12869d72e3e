import Testing
import WidenLanguage

@testable import WidenEngine

/// Checks type and cells of a one-column file with these lines.
private func check(
  _ lines: [String], _ type: ValueType, _ cells: [String],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let loaded = try load((["a,b"] + lines.map { $0 + ",0" }).joined(separator: "\n") + "\n")
  #expect(loaded.report.columns[0].type == type, sourceLocation: sourceLocation)
  #expect(loaded.cells(0) == cells, sourceLocation: sourceLocation)
}

@Suite("The types of cells")
struct CellTests {
  @Test func wholeNumbers() throws {
    try check(
      ["1", "-20", "", "12345678", "123456789"], .integer,
      ["1", "-20", ".", "12345678", "123456789"])
    try check(["0", "-0", "7"], .integer, ["0", "0", "7"])
    try check(["\"1\"", "\"22\"", "\"\""], .integer, ["1", "22", "."])
    try check(
      ["9223372036854775807", "-9223372036854775807", ""], .integer,
      ["9223372036854775807", "-9223372036854775807", "."])
  }

  @Test func narrowStorage() throws {
    func form(_ lines: [String]) throws -> String {
      let loaded = try load((["a"] + lines).joined(separator: "\n"))
      switch loaded.table.columns[0].data {
      case .coded(let column):
        switch column.codes {
        case .bytes: return "bytes \(column.domain)"
        case .shorts: return "shorts \(column.domain)"
        case .words: return "words \(column.domain)"
        }
      case .integers: return "integers"
      case .decimals: return "decimals"
      }
    }
    #expect(try form(["1000000", "1000254"]) == "bytes integer(minimum: 1000000)")
    #expect(try form(["1000000", "1000255"]) == "shorts integer(minimum: 1000000)")
    #expect(try form(["0", "65534"]) == "shorts integer(minimum: 0)")
    #expect(try form(["0", "65535"]) == "words integer(minimum: 0)")
    #expect(try form(["0", "4294967293"]) == "words integer(minimum: 0)")
    #expect(try form(["0", "4294967294"]) == "integers")
    #expect(try form(["0.5", "1"]) == "bytes decimal(minimum: 5, places: 1)")
    #expect(try form(["0.12345", "1"]) == "decimals")
    #expect(try form(["0.01", "42949673.00"]) == "decimals")
  }

  @Test func decimals() throws {
    try check(["278.0", "1.5"], .decimal, ["278.0", "1.5"])
    try check(["1", "-2.25", "", "0.5"], .decimal, ["1.0", "-2.25", ".", "0.5"])
    try check(["105500.25", "0.10", "23000.00"], .decimal, ["105500.25", "0.1", "23000.0"])
    try check(["1", "0.00001", "-7.5", ""], .decimal, ["1.0", "1e-05", "-7.5", "."])
    try check(
      ["35.036692631192", "1.7976931348623157", "12345678901234567890.5"], .decimal,
      ["35.036692631192", "1.7976931348623157", "1.2345678901234567e+19"])
    try check(["9223372036854775807.0", "1"], .decimal, ["9.223372036854776e+18", "1.0"])
  }

  @Test(arguments: [
    "1e5", "0x10", "NaN", "inf", "1,00", "+7", "1.", ".5", "5 ", " 5", "--1", "1.2.3", "-", "007",
    "00.5", "-01", "٣", "１２", "1_000", "9223372036854775808", "1-2",
  ]) func numbersInOtherNotationsAreText(_ written: String) throws {
    // `-` alone is shorthand, and so missing among numbers.
    let expected: ValueType = written == "-" ? .integer : .text
    let loaded = try load("a,b\n1,0\n\"\(written)\",0\n2,0\n")
    #expect(loaded.report.columns[0].type == expected)
    if expected == .text { #expect(loaded.cells(0) == ["\"1\"", "\"\(written)\"", "\"2\""]) }
  }

  @Test func dates() throws {
    try check(
      ["2014-04-01", "", "1899-12-31", "2024-02-29", "9999-12-31", "1970-01-31"], .date,
      ["2014-04-01", ".", "1899-12-31", "2024-02-29", "9999-12-31", "1970-01-31"])
    for wrong in [
      "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "01/02/2026", "45000", "2026-06-31",
      "2026-01-00", "10000-01-01", "2026-01-0x",
    ] {
      try check(["2014-04-01", wrong], .text, ["\"2014-04-01\"", "\"\(wrong)\""])
    }
  }

  @Test func months() throws {
    try check(["2014-09", "", "0001-12"], .month, ["2014-09", ".", "0001-12"])
    try check(["2014-09", "2014-13"], .text, ["\"2014-09\"", "\"2014-13\""])
    try check(["2014-09", "2014-00"], .text, ["\"2014-09\"", "\"2014-00\""])
    // Two years, not a year and a month.
    try check(["2009-10", "2010-11", ""], .text, ["\"2009-10\"", "\"2010-11\"", "."])
    try check(["2009-10", "2010-11", "2010-12"], .month, ["2009-10", "2010-11", "2010-12"])
    try check(["2009-10", "2009-10"], .month, ["2009-10", "2009-10"])
  }

  @Test func periods() throws {
    try check(["FY2014/15", "", "FY1999/00"], .period, ["FY2014/15", ".", "FY1999/00"])
    try check(["AY2014/15", "AY2013/14"], .period, ["AY2014/15", "AY2013/14"])
    try check(["2014-Q3", "2015-Q1"], .period, ["2014-Q3", "2015-Q1"])
    try check(["2014/15", "2015/16"], .text, ["\"2014/15\"", "\"2015/16\""])
    try check(["FY2014/15", "AY2014/15"], .text, ["\"FY2014/15\"", "\"AY2014/15\""])
    try check(["FY2014/15", "FY2014/16"], .text, ["\"FY2014/15\"", "\"FY2014/16\""])
    try check(["2014-Q3", "2014-Q5"], .text, ["\"2014-Q3\"", "\"2014-Q5\""])
  }

  @Test func yesAndNo() throws {
    try check(["Yes", "no", "", "YES"], .boolean, ["yes", "no", ".", "yes"])
    try check(["True", "False"], .boolean, ["yes", "no"])
    try check(["yes", "yes"], .boolean, ["yes", "yes"])
    try check(["Yes", "false"], .text, ["\"Yes\"", "\"false\""])
    try check(["Yes", "No", "Unknown"], .text, ["\"Yes\"", "\"No\"", "\"Unknown\""])
    try check(["Y", "N"], .text, ["\"Y\"", "\"N\""])
    try check(["1", "0"], .integer, ["1", "0"])
  }

  @Test func textAndCodes() throws {
    try check(["00123", "00124"], .text, ["\"00123\"", "\"00124\""])
    try check(["8a", "9", "10", ""], .text, ["\"8a\"", "\"9\"", "\"10\"", "."])
    try check(["", ""], .text, [".", "."])
    try check(
      ["\"a, b\"", "\"say \"\"hi\"\"\"", "\"\"\"\""], .text,
      ["\"a, b\"", "\"say \"hi\"\"", "\"\"\""])
    let long = String(repeating: "x", count: 300)
    try check(
      [long, long + "y", "z" + long, long], .text,
      [long, long + "y", "z" + long, long].map { "\"\($0)\"" })
  }

  @Test func dictionaryIsInDisplayOrder() throws {
    let loaded = try load("band\n10-14\n8a\n5-9\n9\n8\n\n8a\nx\n")
    guard case .coded(let column) = loaded.table.columns[0].data,
      case .text(let text) = column.domain
    else {
      Issue.record("no dictionary")
      return
    }
    #expect(text.values == ["5-9", "8", "8a", "9", "10-14", "x"])
    #expect(text.isInDisplayOrder)
    #expect(column.hasMissing)
  }

  @Test func identifiers() throws {
    func column(_ lines: [String]) throws -> CodedColumn {
      let loaded = try load((["id"] + lines).joined(separator: "\n"))
      guard case .coded(let column) = loaded.table.columns[0].data else {
        throw LoadError("not coded")
      }
      return column
    }
    let many = (0..<2000).map { "S00\(10_000 + $0 * 7)" }
    guard case .identifier(let prefix, let digits, let minimum) = try column(many).domain else {
      Issue.record("many different identifiers are numbers")
      return
    }
    #expect((prefix, digits, minimum) == ("S", 7, 10_000))
    #expect(try column(many).isUnique)
    #expect(try !column(many + ["S0010000"]).isUnique)
    // Few, or not all alike: a dictionary.
    for lines in [Array(many.prefix(500)), many + ["X0010000"], many + ["S10000"], many + ["c"]] {
      guard case .text(let dictionary) = try column(lines).domain else {
        Issue.record("a dictionary")
        return
      }
      #expect(dictionary.values == Set(lines).sorted(by: isShownBefore))
    }
    #expect(try column(Array(many.prefix(500))).isUnique)
  }
}
