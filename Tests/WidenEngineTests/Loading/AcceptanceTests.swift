import Glibc
import Testing
import WidenLanguage

@testable import WidenEngine

/// Real data and other people's bad files, which lie beside the repository and are no part of it.
private enum SharedData {
  static let folder: String? = {
    let here = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5)
    let beside = here.joined(separator: "/") + "/shared"
    let named = getenv("WIDEN_SHARED").map { String(cString: $0) }
    let found = [named, beside].compactMap { $0 }.first { access($0 + "/data", R_OK) == 0 }
    if found == nil { print("SKIPPED: there is no ../shared/data; set WIDEN_SHARED to its folder") }
    return found
  }()

  static func load(_ path: String, _ change: (inout LoadOptions) -> Void = { _ in })
    throws(LoadError) -> LoadedTable
  {
    var options = LoadOptions()
    change(&options)
    return try loadFile(path: (folder ?? "") + "/data/" + path, options: options)
  }
}

@Suite("Real and bad files", .enabled(if: SharedData.folder != nil))
struct AcceptanceTests {
  @Test func turnover() throws {
    let loaded = try SharedData.load("real/nhs_turnover_2025-11.csv")
    #expect(loaded.table.rowCount == 9351)
    #expect(
      loaded.report.columns.map(\.type)
        == Array(repeating: .text, count: 11) + [.integer, .decimal])
    #expect(loaded.report.notes.isEmpty)
  }

  @Test func staffByOrganisation() throws {
    let loaded = try SharedData.load("real/hchs_fte_by_organisation_2017-09_2018-06.csv")
    #expect(loaded.table.rowCount == 81_603)
    #expect(
      loaded.table.columns.map(\.description.type) == [
        .month, .text, .text, .text, .text, .decimal,
      ])
    #expect(loaded.table[0, 2] == .text("NHS Durham Dales, Easington and Sedgefield CCG"))
    #expect(loaded.table[0, 5] == .decimal(0.1))
  }

  @Test func apprenticeships() throws {
    let loaded = try SharedData.load("real/apprenticeships_demographics.csv")
    #expect(loaded.table.rowCount == 195_444)
    let count = try #require(loaded.report.columns.last)
    #expect(count.type == .integer)
    #expect(count.missing == [ValueCount(value: "low", rows: 81_009)])
    #expect(
      loaded.report.notes.map(\.text) == [
        "column 'count': 'low' in 81,009 cells was read as missing"
      ])
  }

  @Test func otherRealFiles() throws {
    let census = try SharedData.load("real/census2021_ethnicity_by_local_authority.csv")
    #expect(census.table.rowCount == 12_578)
    #expect(census.table.columns.map(\.description.type) == [.text, .text, .text, .decimal])
    #expect(census.report.notes.isEmpty)
    guard case .coded(let value) = census.table.columns[3].data,
      case .decimal(_, let places) = value.domain
    else {
      Issue.record("278.0 has one place")
      return
    }
    #expect(places == 1)
    let organisations = try SharedData.load("real/organisations_with_bom.csv")
    #expect(organisations.table.rowCount == 148)
    #expect(
      organisations.table.column(named: "OrganisationCode")?.description.name == "OrganisationCode")
    #expect(organisations.table.column(named: "ValidFromMonth")?.description.type == .date)
    #expect(organisations.table.column(named: "InclusionFlag")?.description.type == .boolean)
    let shares = try SharedData.load("real/lookup_nhs_trusts22_ltla21.csv")
    #expect(shares.table.columns.map(\.description.type) == [.text, .text, .decimal])
    #expect(shares.table[0, 2] == .decimal(3.76566815748701e-06))
  }

  /// The sheet as published, by one declared line, against the same figures tidied by others.
  @Test func publishedSheet() throws {
    let file = "real/hchs_2016_sheet_as_published.csv"
    let refused = #expect(throws: LoadError.self) { try SharedData.load(file) }
    #expect(refused?.headerPlace?.skipRows == 3 && refused?.headerPlace?.headerRows == 2)
    let loaded = try SharedData.load(file) { options in
      options.skipRows = 3
      options.headerRows = 2
      options.filledColumns = ["column_1"]
    }
    let tidy = try SharedData.load("real/hchs_headcount_by_organisation_2016-09.csv").table
    let found = loaded.table
    let rows = (0..<found.rowCount).filter { found[$0, 2] != .missing }
    #expect(found.rowCount == 449 && rows.count == 435 && tidy.rowCount == 435)
    var wrong: [String] = []
    for (ours, theirs) in zip(rows, 0..<tidy.rowCount) {
      for column in tidy.columns.indices where found[ours, column] != tidy[theirs, column] {
        wrong.append("row \(ours), column \(column): \(found[ours, column])")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    #expect(loaded.notes.first?.hasPrefix("left out: 13 blank rows and 18 footnotes") == true)
  }

  @Test func valuesOfBadFiles() throws {
    func cell(_ file: String, _ row: Int, _ column: Int) throws -> String {
      written(try SharedData.load("checks/badinput/" + file).table[row, column])
    }
    #expect(try cell("quote_doubled.csv", 0, 1) == "\"Ann \"Annie\" B\"")
    #expect(try cell("formula_cr.csv", 0, 1) == "\"\r=1+1\"")
    #expect(try cell("formula_minus_number.csv", 0, 1) == "-5")
    #expect(try cell("eol_crlf.csv", 0, 3) == "\"North\"")
    let edge = try SharedData.load("checks/badinput/num_edge.csv").report.columns[1]
    #expect(edge.type == .text)
    #expect(edge.oddities == ["kept as text because '1e308' on line 2 is not in plain notation"])
    let dates = try SharedData.load("checks/badinput/date_edge.csv").report.columns[1]
    #expect(
      dates.oddities
        == ["kept as text because '2026-02-29' on line 2 is not a date such as 2014-04-01"])
    #expect(
      try SharedData.load("checks/badinput/bool_variants.csv").report.columns[1].type == .text)
    let bom = try SharedData.load("checks/badinput/enc_utf8_bom.csv").report.columns[0]
    #expect(bom.name == "staff_id")
    #expect(try SharedData.load("checks/badinput/excel_mangled.csv").report.notes.count == 4)
  }

  @Test func everyBadFileIsAcceptedOrRefusedAsItsManifestSays() throws {
    let manifest = try SharedData.load("checks/badinput/MANIFEST.csv").table
    var checked = 0
    for row in 0..<manifest.rowCount {
      guard case .text(let file) = manifest[row, 0], case .text(let expected) = manifest[row, 3],
        ["csv", "gz", "zip", "xml"].contains(file.split(separator: ".").last)
      else { continue }
      checked += 1
      let found = outcome(file)
      if let exact = messages[file] {
        #expect(found.replacing(file, with: "FILE") == exact, "\(file)")
      } else {
        #expect(found.hasPrefix("loaded"), "\(file): \(expected)")
      }
    }
    #expect(checked == 87)
  }

  /// The message without its folder, or how many rows there are.
  private func outcome(_ file: String) -> String {
    do {
      return "loaded \(try SharedData.load("checks/badinput/" + file).table.rowCount)"
    } catch {
      return error.message
    }
  }
}

/// What must come out; every other file is loaded.
private let messages: [String: String] = [
  "ctrl_nul_in_field.csv": "'FILE' is not text: line 2 holds a zero byte",
  "ctrl_nul_in_header.csv": "'FILE' is not text: line 1 holds a zero byte",
  "enc_bom_twice.csv": "'FILE' starts with two byte order marks",
  "enc_mixed.csv": "'FILE' is not UTF-8 text: line 2 holds a byte that does not belong there",
  "enc_surrogate.csv": "'FILE' is not UTF-8 text: line 2 holds a byte that does not belong there",
  "enc_truncated.csv": "'FILE' is not UTF-8 text: line 2 holds a byte that does not belong there",
  "enc_utf16be_nobom.csv": "'FILE' is not CSV text: it looks like UTF-16 text",
  "enc_utf32.csv": "'FILE' is not CSV text: it looks like UTF-32 text",
  "gz_bad_crc.csv.gz":
    "'FILE' is damaged: what is packed in it does not fit its checksum or its form",
  "gz_bomb_256mib.csv.gz": "'FILE' was refused: it unpacks to more than 200 times its size",
  "quote_single_quotes.csv": "line 2 of 'FILE' has 5 fields, but the header has 4",
  "quote_smart_quotes.csv": "line 2 of 'FILE' has 5 fields, but the header has 4",
  "quote_space_before.csv": "a quote stands inside of field 2 on line 2 of 'FILE'",
  "quote_text_after_close.csv": "text follows the closing quote of field 2 on line 2 of 'FILE'",
  "quote_unclosed.csv": "the quoted field that opens on line 2 of 'FILE' is not closed",
  "quote_unclosed_big.csv": "the quoted field that opens on line 2 of 'FILE' is not closed",
  "struct_dup_header.csv": "columns 2 and 3 of 'FILE' are both named 'name'",
  "struct_empty_file.csv": "'FILE' is empty",
  "struct_empty_header_cell.csv": "column 2 of 'FILE' has no name",
  "struct_only_bom.csv": "'FILE' is empty but for a byte order mark",
  "struct_only_newlines.csv": "'FILE' holds nothing but blank lines",
  "struct_ragged_short.csv": "line 2 of 'FILE' has 2 fields, but the header has 4",
  "struct_trailing_comma.csv": "column 5 of 'FILE' has no name",
  "term_in_header.csv":
    "the name of column 2 of 'FILE', 'na\\u{1b}[31mme', holds a control character",
  "type_json.csv": "'FILE' is not CSV text: it looks like JSON",
  "type_png.csv": "'FILE' is not CSV text: it looks like a PNG image",
  "type_random.csv": "'FILE' is not text: line 1 holds a zero byte",
  "type_xlsx_named.csv": "'FILE' looks like an Excel workbook, but its list of parts is missing",
  "zip_slip.zip": "'FILE' is a zip archive, but no Excel workbook",
  "xml_billion_laughs.xml": "'FILE' is not CSV text: it looks like XML",
  "big_10k_columns.csv": "loaded 1",
  "big_distinct_groups.csv": "loaded 50000",
  "big_field_1mb.csv": "loaded 1",
  "big_many_empty_rows.csv": "loaded 0",
  "date_edge.csv": "loaded 14",
  "enc_homoglyph.csv": "loaded 2",
  "enc_nfc_nfd.csv": "loaded 2",
  "eol_cr_only.csv": "loaded 2",
  "eol_unicode_ls.csv": "loaded 2",
  "eol_vt_ff.csv": "loaded 1",
  "num_edge.csv": "loaded 22",
  "quote_embedded_crlf.csv": "loaded 1",
  "struct_header_only.csv": "loaded 0",
  "struct_no_final_newline.csv": "loaded 2",
]
