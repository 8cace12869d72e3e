import Foundation
import Testing
import WidenEngine
import WidenLanguage

@testable import WidenPublish

@Suite struct FormatTests {
  @Test(arguments: Format.allCases.filter(\.isText))
  func pictures(format: Format) throws {
    let ending = format == .table ? "table.txt" : format == .ndjson ? "ndjson" : format.rawValue
    try checkGolden("types.\(ending)", written(Samples.everyType, as: format))
    try checkGolden(
      "shares.\(ending)", written(Samples.shares, as: format, context: Samples.context))
    try checkGolden("hostile.\(ending)", written(Samples.hostile, as: format))
  }

  @Test(arguments: [
    ("a.csv", Format.csv), ("a.b.TSV", .tsv), ("/x.y/a.json", .json), ("a.jsonl", .ndjson),
    ("a.ndjson", .ndjson), ("a.md", .markdown), ("a.htm", .html), ("a.HTML", .html),
    ("a.xlsx", .xlsx), ("a.XLSX", .xlsx), ("a.parquet", .parquet), ("a.db", .sqlite),
    ("a.svg", .svg), ("a.sqlite", .sqlite),
  ])
  func endings(name: String, expected: Format) throws {
    #expect(try Format(ofFile: name) == expected)
  }

  @Test func unknownEndings() {
    for name in ["a", "a.txt", "a.csv.gz", "", "folder.csv/a", ".", "a."] {
      #expect(throws: PublishError.unknownEnding(name)) { try Format(ofFile: name) }
    }
    #expect(
      PublishError.unknownEnding("a.doc").advice
        == "possible are .csv, .tsv, .json, .ndjson, .md, .html, .xlsx, .parquet, .sqlite and .svg")
  }

  @Test(arguments: [Format.csv, .tsv, .json, .ndjson])
  func partsTravelUnlessColumnsWereChosen(format: Format) throws {
    var shares = Samples.shares
    #expect(try written(shares, as: format).contains("share_denominator"))
    shares.columnsAreChosen = true
    #expect(try !written(shares, as: format).contains("share_denominator"))
  }

  @Test(arguments: [Format.markdown, .html, .table])
  func pagesHideParts(format: Format) throws {
    #expect(try !written(Samples.shares, as: format).contains("share_denominator"))
  }

  @Test func emptyResults() throws {
    let empty = answer([texts("band", []), integers("n", [])])
    #expect(try written(empty, as: .csv) == "band,n\n")
    #expect(try written(empty, as: .json) == "[]\n")
    #expect(try written(empty, as: .ndjson) == "")
    #expect(
      try written(empty, as: .markdown)
        == "| band | n   |\n|:-----|----:|\n".replacing("| n   |", with: "|   n |"))
    #expect(try written(answer([]), as: .json) == "[]\n")
    #expect(try written(answer([]), as: .markdown) == "no columns\n")
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-5", "'-5"), ("@x", "'@x"), ("\tx", "'\tx"),
    (" =1", "' =1"), ("\u{FEFF}=1", "'\u{FEFF}=1"), ("\u{200B}=1", "'\u{200B}=1"),
    ("＝1", "'＝1"), ("﹣1", "'﹣1"), ("\u{A0}@x", "'\u{A0}@x"), ("a=1", "a=1"), ("", ""),
    ("%0A=1", "%0A=1"),
    ("|calc", "|calc"), ("  ", "  "), ("\rx", "'\rx"), ("\nx", "'\nx"), ("\0=1", "'\0=1"),
  ])
  func formulasAreGuarded(text: String, expected: String) {
    #expect(guarded(text) == expected)
  }

  @Test(arguments: [
    ("007", "=\"007\""), ("5-9", "=\"5-9\""), ("MARCH1", "=\"MARCH1\""), ("1e5", "=\"1e5\""),
    ("2005/06", "=\"2005/06\""), ("9434765919123456", "=\"9434765919123456\""), ("7", "7"),
    ("-5", "'-5"), ("8a", "8a"), ("Band 7", "Band 7"), ("=1+1", "'=1+1"), ("1.50", "=\"1.50\""),
    ("1\"2", "1\"2"), ("1234", "1234"), ("", ""), ("May", "May"), ("٣-٤", "٣-٤"),
  ])
  func excelKeepsTexts(text: String, expected: String) {
    #expect(keptByExcel(text) == expected)
  }

  @Test func csvForExcel() throws {
    let sample = answer([
      texts("code", ["007", "x"]),
      column("year", .period, [.period(Period(.financialYear, startYear: 2005)), .missing]),
      integers("id", [9_434_765_919_123_456, 5]),
    ])
    #expect(
      try written(sample, as: .csv, options: WritingOptions(isForExcel: true))
        == "\u{FEFF}code,year,id\n"
        + #""=""007""",FY2005/06,"=""9434765919123456""""# + "\nx,,5\n")
  }

  @Test func csvReadsBack() throws {
    for sample in [Samples.staff, Samples.everyType, Samples.shares, Samples.hostile] {
      let rows = readCSV(try written(sample, as: .csv))
      let table = sample.table
      #expect(rows.first == table.columns.map { guarded($0.description.name) })
      #expect(rows.count == table.rowCount + 1)
      for row in 0..<table.rowCount {
        for (index, column) in table.columns.enumerated() {
          var expected = plainText(of: column.data[row])
          if case .text(let text) = column.data[row] { expected = guarded(text) }
          #expect(rows[row + 1][index] == expected)
        }
      }
    }
  }

  @Test func aLoneMissingCellIsNoEmptyLine() throws {
    #expect(try written(answer([integers("n", [1, nil])]), as: .csv) == "n\n1\n\"\"\n")
  }

  @Test func excelAndTerminals() throws {
    let text = answer([texts("a", ["\u{1B}[0m"])])
    #expect(
      try written(text, as: .csv, options: WritingOptions(isForTerminal: true)) == "a\n␛[0m\n")
    #expect(
      try written(text, as: .csv, options: WritingOptions(isForExcel: true))
        == "\u{FEFF}a\n\u{1B}[0m\n")
  }

  @Test func tabSeparatedRowsHaveEqualFields() throws {
    let lines = try written(Samples.hostile, as: .tsv).split(separator: "\n")
    #expect(lines.count == Samples.hostile.table.rowCount + 1)
    #expect(
      lines.allSatisfy { $0.split(separator: "\t", omittingEmptySubsequences: false).count == 2 })
  }

  @Test func jsonReadsBack() throws {
    for sample in [Samples.staff, Samples.everyType, Samples.shares, Samples.hostile] {
      let text = try written(sample, as: .json)
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !isUnsafe($0) })
      let rows = try #require(
        JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
      let lines = try written(sample, as: .ndjson).split(separator: "\n")
      #expect(rows.count == sample.table.rowCount && lines.count == rows.count)
      for (row, object) in rows.enumerated() {
        for column in sample.table.columns {
          #expect(matches(object[column.description.name], column.data[row]))
        }
      }
    }
  }

  @Test func manyRowsComeInChunks() throws {
    let numbers = answer([integers("n", Array(0..<100_000))])
    var chunks: [Int] = []
    var total = 0
    try write(numbers, as: .csv) { bytes in
      chunks.append(bytes.count)
      total += bytes.count
    }
    #expect(chunks.count > 5 && chunks.allSatisfy { $0 < 70_000 })
    #expect(total == 588_892)
  }

  @Test func wideColumnsAreWrittenWithoutTheirCodes() throws {
    let wide = answer([integers("n", [0, Int.max, Int.min, nil])])
    #expect(
      try written(wide, as: .csv)
        == "n\n0\n9223372036854775807\n-9223372036854775808\n\"\"\n")
  }
}

private func matches(_ json: Any?, _ value: Value) -> Bool {
  switch value {
  case .missing: json is NSNull
  case .boolean(let flag): json as? Bool == flag
  case .integer(let number): json as? Int == number
  case .decimal(let number): json as? Double == number
  case .text(let text): json as? String == text
  case .date, .month, .period: json as? String == plainText(of: value)
  }
}

/// A small reader of RFC 4180, for what the writer writes.
private func readCSV(_ text: String) -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var field: [UInt8] = []
  var isQuoted = false
  var previous: UInt8 = 0
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "\""):
      if !isQuoted, previous == byte { field.append(byte) }
      isQuoted.toggle()
    case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
      row.append(String(decoding: field, as: UTF8.self))
      field = []
      if byte == UInt8(ascii: "\n") {
        rows.append(row)
        row = []
      }
    default: field.append(byte)
    }
    previous = byte
  }
  return rows
}
