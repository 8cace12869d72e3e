import WidenEngine
import WidenLanguage
import WidenPublish

/// A column of these values.
func column(
  _ name: String, _ type: ValueType, _ values: [Value], format: ColumnDescription.Format = .plain,
  base: String? = nil, isHidden: Bool = false, sensitivity: ColumnDescription.Sensitivity? = nil
) -> TableColumn {
  TableColumn(
    ColumnDescription(
      name: name, type: type, sensitivity: sensitivity, format: format, base: base,
      isHidden: isHidden),
    .values(values, type: type))
}

/// A column of text.
func texts(_ name: String, _ values: [String?]) -> TableColumn {
  column(name, .text, values.map { $0.map { .text($0) } ?? .missing })
}

/// A column of whole numbers.
func integers(_ name: String, _ values: [Int?]) -> TableColumn {
  column(name, .integer, values.map { $0.map { .integer($0) } ?? .missing })
}

/// A column of computed numbers.
func decimals(
  _ name: String, _ values: [Double?], format: ColumnDescription.Format = .plain,
  base: String? = nil
) -> TableColumn {
  column(
    name, .decimal, values.map { $0.map { .decimal($0) } ?? .missing }, format: format, base: base)
}

/// An answer of these columns, which have the same number of rows.
func answer(_ columns: [TableColumn]) -> Answer {
  Answer(table: Table(columns: columns, rowCount: columns.first?.data.count ?? 0))
}

enum Samples {
  /// One row of every type, and one in which everything is missing.
  static var everyType: Answer {
    answer([
      column("ethnic_group", .category, [.text("White"), .missing]),
      column("n", .integer, [.integer(1485), .missing]),
      column("mean_salary", .decimal, [.decimal(24_063.504), .missing]),
      column("bme", .boolean, [.boolean(true), .missing]),
      column("joined", .date, [.date(Day(number: 16_161)), .missing]),
      column("month", .month, [.month(Month(year: 2014, month: 9)), .missing]),
      column("year", .period, [.period(Period(.financialYear, startYear: 2014)), .missing]),
      column("share", .decimal, [.decimal(0.2786), .missing], format: .percentage),
      column("change", .decimal, [.decimal(0.0123), .missing], format: .points),
      column("likelihood", .decimal, [.decimal(1.457), .missing], format: .ratio),
    ])
  }

  /// Shares with their base, and their parts hidden.
  static var shares: Answer {
    var result = answer([
      texts("ethnic_group", ["White", "BME", nil]),
      integers("n", [1485, 414, 12]),
      column(
        "share", .decimal, [.decimal(0.7820), .decimal(0.2180), .missing], format: .percentage,
        base: "of recorded ethnicity within organisation, N = 1,899; 12 missing"),
      column(
        "share_numerator", .integer, [.integer(1485), .integer(414), .missing], isHidden: true),
      column(
        "share_denominator", .integer, [.integer(1899), .integer(1899), .missing], isHidden: true),
    ])
    result.flow = [
      Answer.Flow(label: "staff", rows: 5000), Answer.Flow(label: "where", rows: 1911),
      Answer.Flow(label: "count", rows: 3),
    ]
    result.notes = [
      Answer.Note(.note, "12 rows have no ethnicity"),
      Answer.Note(.warning, "no row has the role 'Healtcare assistant'"),
    ]
    result.isSynthetic = true
    return result
  }

  /// Text that does harm where it is not escaped.
  static var hostile: Answer {
    let texts = [
      "plain", "東京都", "e\u{301}te\u{301}", "a\u{202E}cba\u{202C}", "\u{1B}[31mred\u{9B}1m",
      "=1+1", "\u{FEFF} +1", "＝SUM(A1)", "-", "tab\there", "line\nbreak", "say \"yes\", please",
      "a|b\\c", "<script>alert('x')</script> & co", "*bold* _it_ snake_case [x](y) `code`",
      "z" + String(repeating: "\u{336}", count: 500) + "algo", "👩‍⚕️ ❤️ 🇬🇧", "", "\u{301}mark",
      " space ", String(repeating: "long ", count: 30),
    ]
    return answer([
      column("@label", .text, texts.map { .text($0) }),
      integers("n", texts.indices.map { $0 * 1000 - 2 }),
    ])
  }

  /// Forty staff in eleven columns.
  static var staff: Answer {
    let rows = 0..<40
    let trusts = ["Barts Health NHS Trust", "Homerton University Hospital NHS Foundation Trust"]
    let groups = ["Nursing and midwifery registered", "Additional clinical services", "Estates"]
    return answer([
      column(
        "post_id", .text, rows.map { .text("P\(100_000 + $0)") }, sensitivity: .identifier),
      texts("organisation", rows.map { trusts[$0 % 2] }),
      texts("staff_group", rows.map { groups[$0 % 3] }),
      texts("band", rows.map { ["2", "5", "8a"][$0 % 3] }),
      texts("sex", rows.map { $0 % 4 == 0 ? "Male" : "Female" }),
      integers("age", rows.map { $0 % 9 == 0 ? nil : 22 + $0 }),
      integers("imd_quintile", rows.map { $0 % 5 + 1 }),
      column("fte", .decimal, rows.map { .decimal([1.0, 0.8, 0.96][$0 % 3]) }),
      integers("salary", rows.map { 14_294 + 731 * $0 }),
      column("joined", .date, rows.map { .date(Day(number: 14_000 + 31 * $0)) }),
      column(
        "left", .date, rows.map { $0 % 7 == 0 ? .date(Day(number: 16_000 + $0)) : .missing }),
    ])
  }

  /// Counts and shares of which some are withheld.
  static var withheld: Answer {
    var result = answer([
      texts("ethnic_group", ["White", "BME", "Not known"]),
      integers("n", [1485, nil, nil]),
      decimals("share", [0.7820, nil, 0.1], format: .percentage),
    ])
    result.table.columns[1].withheld = Bitmap([false, true, false])
    result.table.columns[2].withheld = Bitmap([false, true, false])
    return result
  }

  /// Two hundred columns, as a cross-tabulation by a long list makes.
  static var wide: Answer {
    answer(
      [texts("organisation", ["Barts", "Homerton"])]
        + (0..<199).map { column in integers("Group \(column)", [column, column * 1000]) })
  }

  /// Columns that only differ by their capitals, and one without a name.
  static var sameNames: Answer {
    answer([
      texts("Band", ["2", "8a"]), texts("band", ["7", "007 or so"]), integers("", [1, 2]),
      integers("n", [1, 2]), integers("N ", [3, nil]),
    ])
  }

  /// What the pages say besides.
  static let context = ExportContext(
    query: "from staff | where band in \"2\"..\"4\" | count by ethnic_group | share",
    parameters: [ExportContext.Parameter(name: "org", value: "\"RKE\"")],
    datasetName: "North central and east London", isSynthetic: true, policy: "safe",
    attribution: ["Contains public sector information licensed under the OGL v3.0"],
    version: "0.1", time: "2015-07-31T09:30:00Z")
}

/// All bytes of a result in a format, as text.
func written(
  _ answer: Answer, as format: Format, options: WritingOptions = WritingOptions(),
  context: ExportContext? = nil
) throws -> String {
  var bytes: [UInt8] = []
  try write(answer, as: format, options: options, context: context) { bytes += $0 }
  return String(decoding: bytes, as: UTF8.self)
}
