import Foundation
import Testing
import WidenEngine
import WidenLanguage

@testable import WidenPublish

@Suite struct WorkbookTests {
  @Test(arguments: [
    "types", "shares", "staff", "withheld", "empty", "nothing", "wide", "same names",
  ])
  func everyRuleHolds(name: String) throws {
    let samples = [
      "types": Samples.everyType, "shares": Samples.shares, "staff": Samples.staff,
      "withheld": Samples.withheld, "empty": answer([texts("band", []), integers("n", [])]),
      "nothing": answer([]), "wide": Samples.wide, "same names": Samples.sameNames,
    ]
    let sample = try #require(samples[name])
    try inFolder { folder in
      let path = folder + "/a.xlsx"
      try save(sample, to: path)
      guard let check = try Python.runCheck("sdc/check_workbook.py", [path], needs: "openpyxl")
      else { return }
      #expect(check.status == 0, "\(name): \(check.output)")
      #expect(check.output.contains("PASS: 0 essential, 0 desirable"), "\(name): \(check.output)")
    }
  }

  @Test func severalResultsInOneWorkbook() throws {
    let report = Report(
      title: "Staff in north London", prose: ["Prepared for the board."],
      sections: [
        .init(
          title: "Shares", prose: ["As of 31 March."], answer: Samples.shares,
          context: Samples.context, drawing: .suited),
        .init(answer: Samples.withheld, context: Samples.context, drawing: .kind(.bar)),
        .init(answer: Samples.shares, context: Samples.context),
      ])
    let bytes = try workbook(report)
    let again = try workbook(report)
    #expect(bytes == again)
    try inFolder { folder in
      let path = folder + "/a.xlsx"
      try Data(bytes).write(to: URL(filePath: path))
      guard
        let text = try Python.run(
          """
          import openpyxl, sys
          book = openpyxl.load_workbook(sys.argv[1])
          print(book.properties.title, book.properties.creator, book.properties.language)
          print(book.properties.created)
          for sheet in book:
            print(sheet.title, list(sheet.tables), sheet["A1"].value, len(sheet._charts))
          """, [path], needs: ["openpyxl"])
      else { return }
      #expect(
        text == """
          Staff in north London widen 0.1 en-GB
          2015-07-31 09:30:00
          Cover [] Staff in north London 0
          Contents ['Contents_list'] Contents 0
          Notes ['Notes_list'] Notes 0
          Table_1 ['table_1_shares'] Table 1: Shares [note 1] [note 2] 1
          Table_2 ['table_2_count_and_share_by_ethnic_group'] \
          Table 2: Count and share by ethnic group 1
          Table_3 ['table_3_count_and_share_by_ethnic_group'] \
          Table 3: Count and share by ethnic group [note 1] [note 2] 0
          About ['About_list'] About 0

          """)
    }
  }

  @Test func otherProgramsReadTheSameNumbers() throws {
    let numbers: [Double] = [0.1 + 0.2, 1 / 3, -1e-12, 123_456_789.123, 2.5e14, 0]
    let sample = answer([
      texts("name", ["a", "7", "007", "8a", "=1+1", "_x0041_"]),
      decimals("number", numbers),
      integers("whole", [1, -2, 999_999_999_999_999, 0, nil, 5]),
      column("day", .date, [0, 16_161, 25_000, 1, -30_000, 9].map { .date(Day(number: $0)) }),
      decimals("share", [0.25, nil, 0.5, 1, 0, 0.123456789], format: .percentage),
      decimals("change", [0.0123, nil, -0.5, 1, 0, 0.07], format: .points),
    ])
    try inFolder { folder in
      let path = folder + "/a.xlsx"
      try save(sample, to: path)
      guard
        let text = try Python.run(
          """
          import openpyxl, sys
          sheet = openpyxl.load_workbook(sys.argv[1])["Table_1"]
          first, last = sheet.tables["table_1_number_whole_and_2_more_by_name"].ref.split(":")
          for row in sheet[first:last][1:]:
            print(*[c.value if i != 1 else format(c.value, ".15g") for i, c in enumerate(row)],
              sep="|")
          print(*[c.number_format for c in sheet[int(last[1:])]], sep="|")
          """, [path], needs: ["openpyxl"])
      else { return }
      #expect(
        text == """
          a|0.3|1|1970-01-01 00:00:00|0.25|1.23
          7|0.333333333333333|-2|2014-04-01 00:00:00|[x]|[x]
          007|-1e-12|999999999999999|2038-06-13 00:00:00|0.5|-50
          8a|123456789.123|0|1970-01-02 00:00:00|1|100
          =1+1|250000000000000|[x]|1887-11-12|0|0
          _x005F_x0041_|0|5|1970-01-10 00:00:00|0.123456789|7
          General|#,##0.00|#,##0|yyyy-mm-dd|0.0%|+0.0;-0.0;0.0

          """)
    }
  }

  @Test func aHundredThousandRows() throws {
    let rows = 0..<100_000
    let table = answer([
      texts("organisation", rows.map { "Trust \($0 % 40)" }),
      texts("band", rows.map { ["2", "5", "8a"][$0 % 3] }),
      integers("n", rows.map { $0 % 17 == 0 ? nil : $0 }),
      decimals("mean_salary", rows.map { Double($0) / 7 }),
    ])
    let before = residentBytes()
    try inFolder { folder in
      let path = folder + "/a.xlsx"
      try save(table, to: path)
      #expect(residentBytes() - before < 40 << 20)
      guard
        let text = try Python.run(
          """
          import openpyxl, sys
          sheet = openpyxl.load_workbook(sys.argv[1], read_only=True)["Table_1"]
          rows = list(sheet.iter_rows(min_row=6, values_only=True))
          print(len(rows), sum(r[2] for r in rows if r[2] != "[x]"),
            sum(1 for r in rows if r[2] == "[x]"))
          """, [path], needs: ["openpyxl"])
      else { return }
      let sum = rows.filter { $0 % 17 != 0 }.reduce(0, +)
      #expect(text == "100000 \(sum) 5883\n")
    }
  }

  @Test func hostileTextIsNeverAFormula() throws {
    try inFolder { folder in
      let path = folder + "/a.xlsx"
      try save(Samples.hostile, to: path)
      guard
        let text = try Python.run(
          """
          import sys, zipfile
          from xml.dom import minidom
          with zipfile.ZipFile(sys.argv[1]) as package:
            assert package.testzip() is None
            for name in package.namelist():
              text = package.read(name)
              minidom.parseString(text)
              if "<f>" in text.decode() or "\\u001b" in text.decode(): print(name)
          print("read")
          """, [path], needs: ["zipfile"])
      else { return }
      #expect(text == "read\n")
    }
  }

  @Test func whatASheetDoesNotHold() throws {
    let long = answer([
      TableColumn(
        ColumnDescription(name: "n", type: .integer),
        .values(Array(repeating: .integer(1), count: 1_048_501), type: .integer))
    ])
    #expect(throws: PublishError.tooLong(rows: 1_048_501)) {
      try written(long, as: .xlsx, context: Samples.context)
    }
    #expect(
      throws: PublishError.noChart(
        "there are no numbers to draw", hint: "count or summarise before 'chart'")
    ) {
      try written(
        answer([texts("a", ["b"])]), as: .xlsx, options: WritingOptions(drawing: .suited))
    }
  }

  @Test(arguments: [
    ("plain", "plain"), ("a\nb", "a␊b"), ("\u{1B}[31m", "␛[31m"), ("a\u{FFFF}", "a\u{FFFD}"),
    ("_x0041_", "_x005F_x0041_"), ("_x004_", "_x004_"), ("__x00e9__", "__x005F_x00e9__"),
  ])
  func textsOfSheets(text: String, expected: String) {
    #expect(sheetText(text) == expected)
  }

  @Test func longTextIsCut() {
    let text = sheetText(String(repeating: "😀", count: 40_000))
    #expect(text.utf16.count < 32_767 && text.hasSuffix("😀…"))
  }
}

private func save(_ answer: Answer, to path: String) throws {
  _ = try export(answer, to: path, format: .xlsx, context: Samples.context)
}

private func workbook(_ report: Report) throws -> [UInt8] {
  var bytes: [UInt8] = []
  try writeWorkbook(report) { bytes += $0 }
  return bytes
}

/// The memory of this process that is not shared, in bytes.
private func residentBytes() -> Int {
  let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
  return (Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0) * 4096
}
