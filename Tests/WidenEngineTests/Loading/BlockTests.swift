import Testing
import WidenLanguage

@testable import WidenEngine

/// However a file is cut, and however many threads read it, the same table must come out.
@Suite("Cutting files into blocks")
struct BlockTests {
  private func check(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let whole = try load(text).everything
    for blockBytes in [1, 7, 64, 65, 200] {
      for threads in [1, 2, 5] {
        let cut = try load(text, threads: threads, blockBytes: blockBytes).everything
        #expect(cut == whole, "\(blockBytes) bytes", sourceLocation: sourceLocation)
      }
    }
  }

  @Test func numbersOfDifferentWidths() throws {
    let rows = (0..<300).map { "\($0 * $0 * 7919),\($0 % 7).\($0 % 10),\($0)" }
    try check("a,b,c\n" + rows.joined(separator: "\n"))
    try check("a,b,c\n" + (rows + ["1,2.12345,-9000000000000000000"]).joined(separator: "\n"))
    try check("a,b,c\n" + (rows + [",low,9223372036854775807"]).joined(separator: "\n"))
    try check("a,b,c\n" + (["12345678901234567890.5,1.25,"] + rows).joined(separator: "\n"))
  }

  @Test func columnsThatTurnOutToBeText() throws {
    let rows = (0..<200).map {
      "\($0),2014-0\(1 + $0 % 9),S\(100_000 + $0),FY2014/15,\($0 % 2 == 0 ? "c" : "")"
    }
    let last = ["q,2014-13,T100000,AY2014/15,-", "1,2014-01,S100000,FY2014/15,c"]
    try check("a,b,c,d,e\n" + (rows + last).joined(separator: "\n"))
    try check("a,b,c,d,e\n" + (last + rows).joined(separator: "\n"))
    try check("a,b,c,d,e\n" + (rows + last + rows).joined(separator: "\n"))
    try check("a,b,c,d,e\n" + rows.joined(separator: "\n"))
    let loaded = try load("a,b,c,d,e\n" + (rows + last).joined(separator: "\n"), blockBytes: 64)
    #expect(loaded.report.columns.map(\.type) == [.text, .text, .text, .text, .text])
  }

  @Test func emptyAndShorthandBlocks() throws {
    let blank = (0..<50).map { _ in "low,,c" }
    try check("a,b,c\n" + (blank + ["1,2014-01-01,S100000"] + blank).joined(separator: "\n"))
    try check("a,b,c\n" + (["low,,x"] + blank + ["1.5,x,5"]).joined(separator: "\n"))
  }

  @Test func manyThreadsShareOneDictionary() throws {
    let rows = (0..<500).map {
      "value \($0 * 7919 % 101),\($0 % 3 == 0 ? "a longer value, as it is" : "é")"
    }
    let quoted = rows.map { row in
      row.split(separator: ",", maxSplits: 1).map { "\"\($0)\"" }.joined(separator: ",")
    }
    try check("a,b\n" + quoted.joined(separator: "\r\n"))
  }

  @Test func quotedFieldsAcrossTheCuts() throws {
    let field = "\"line,\n\"\"quoted\"\"\r\n,,\n1,2,3\n\""
    let rows = (0..<40).map { $0 % 3 == 0 ? "\($0),\(field),x" : "\($0),plain,\"\($0)\n\"" }
    try check("a,b,c\n" + rows.joined(separator: "\n"))
  }

  @Test func linesAreCountedThroughQuotedFields() throws {
    let rows = (0..<40).map { "\($0),\"a\nb\",1" }
    let text = "a,b,c\n" + rows.joined(separator: "\n") + "\nq,y,z\n"
    let expected = "kept as text because 'q' on line 82 is not a number"
    for blockBytes in [1, 64, 10_000] {
      #expect(try load(text, blockBytes: blockBytes).report.columns[0].oddities == [expected])
    }
  }

  @Test func moreValuesThanAreSorted() throws {
    let rows = (0..<70_000).map { "v\(($0 * 7919) % 70_001)x" }
    let text = "a\n" + rows.joined(separator: "\n")
    for threads in [1, 2] {
      let loaded = try load(text, threads: threads, blockBytes: 4096)
      guard case .coded(let column) = loaded.table.columns[0].data,
        case .text(let dictionary) = column.domain
      else {
        Issue.record("a dictionary")
        return
      }
      #expect(!dictionary.isInDisplayOrder)
      #expect(dictionary.values == rows)
      #expect(column.isUnique)
      #expect(loaded.table[69_999, 0] == .text(rows[69_999]))
    }
  }
}
