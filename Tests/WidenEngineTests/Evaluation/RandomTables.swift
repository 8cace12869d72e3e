import WidenEngine
import WidenLanguage

/// The columns of the random table, in order.
enum Field: Int, CaseIterable {
  case band, name, id, number, wide, fte, amount, flag, joined, left, month, year, site

  static let bands = ["2", "3", "4", "5", "8a", "8b", "9"]

  var type: ValueType {
    switch self {
    case .band: .category
    case .name, .id, .site: .text
    case .number, .wide: .integer
    case .fte, .amount: .decimal
    case .flag: .boolean
    case .joined, .left: .date
    case .month: .month
    case .year: .period
    }
  }

  /// The column as an expression.
  var expression: TypedExpression {
    TypedExpression(
      .column(rawValue), type: type, categories: self == .band ? Field.bands : nil,
      isOrdered: self == .band, notRecorded: self == .name ? ["Not stated", "ab"] : [],
      origin: .init(table: "people", column: "\(self)"))
  }
}

/// A frame with a column of each type and its rows as values.
///
/// Fractions are whole quarters or eighths, so that sums and products of them are exact and can be
/// compared exactly.
func randomFrame(rows: Int, seed: Int) -> (frame: Frame, rows: [[Value]]) {
  var random = Seeded(seed)
  let names = [
    "ab", "Ab", "abc", " ab ", "", "x10", "x9", "naïve", "Crème 2", "a\r\nb", "Not stated", "ba",
  ]
  func filled<Element>(_ make: (inout Seeded) -> Element) -> [Element?] {
    let share = [0, 0, 3, 10].randomElement(using: &random) ?? 0
    return (0..<rows).map { _ in
      Int.random(in: 0..<10, using: &random) < share ? nil : make(&random)
    }
  }
  let bands = filled { Field.bands.randomElement(using: &$0) ?? "2" }
  let texts = filled { names.randomElement(using: &$0) ?? "" }
  let columns: [Column] = [
    .text(bands, categories: Field.bands),
    .text(texts),
    .identifiers(prefix: "S", digits: 6, (0..<rows).map { $0 + 95 }, isUnique: true),
    .integers(filled { .random(in: -20...50, using: &$0) }),
    .integers(filled { .random(in: -20_000_000_000...20_000_000_000, using: &$0) }),
    .scaled(filled { .random(in: -8...40, using: &$0) * 25 }, places: 2),
    .decimals(filled { Double(Int.random(in: -4000...4000, using: &$0)) / 8 }),
    .booleans(filled { .random(using: &$0) }),
    .dates(filled { Day(number: .random(in: 15_000...17_000, using: &$0)) }),
    .dates(filled { Day(number: .random(in: 15_500...17_500, using: &$0)) }),
    .months(filled { Month(number: .random(in: 24_100...24_200, using: &$0)) }),
    .periods(
      filled { Period(.financialYear, startYear: .random(in: 2009...2016, using: &$0)) },
      kind: .financialYear),
    .text(filled { "R\(Int.random(in: 0..<9, using: &$0))" }),
  ]
  var selection: Bitmap?
  if Bool.random(using: &random) {
    selection = Bitmap((0..<rows).map { _ in Bool.random(using: &random) })
  }
  return (
    Frame(columns: columns, rowCount: rows, selection: selection),
    (0..<rows).map { row in columns.map { $0[row] } }
  )
}

/// A dataset with the table `sites`, some of whose keys stand in two rows and some are missing.
let sites: Dataset = {
  let codes = ["R7", "R0", "R3", nil, "R5", "R3", "R1", "R12"]
  let columns = [
    TableColumn(ColumnDescription(name: "code", type: .text), .text(codes)),
    TableColumn(
      ColumnDescription(name: "region", type: .text),
      .text(["North", "South", nil, "North", "East", "West", "South", "East"])),
    TableColumn(
      ColumnDescription(name: "beds", type: .integer),
      .integers([10, 0, 300, 4, nil, 6, 7, 8])),
    TableColumn(
      ColumnDescription(name: "opened", type: .date),
      .dates((0..<8).map { Day(number: 15_000 + $0 * 200) })),
  ]
  return Dataset(
    name: "test",
    entries: [
      .init(
        description: TableDescription(
          name: "sites", columns: columns.map(\.description), rowCount: 8, key: "code"),
        table: Table(columns: columns, rowCount: 8))
    ])
}()
