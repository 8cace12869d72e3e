import WidenEngine
import WidenLanguage

/// A table with a column of every form; about one value in `missing` is missing (0: none is).
func randomEntry(_ rows: Int, missing: Int, seed: Int) -> Dataset.Entry {
  var random = Seeded(seed)
  func column<Element>(_ make: (inout Seeded) -> Element) -> [Element?] {
    (0..<rows).map { _ in
      missing > 0 && random.once(in: missing) ? nil : make(&random)
    }
  }
  let bands = ["5", "6", "7", "8a"]
  let columns: [(String, ValueType, [String]?, Column)] = [
    ("band", .category, bands, .text(column { bands[$0.below(4)] }, categories: bands)),
    ("town", .text, nil, .text(column { "T\($0.below(300))" })),
    ("age", .integer, nil, .integers(column { 16 + $0.below(60) })),
    ("pay", .decimal, nil, .scaled(column { $0.below(9_000_000) - 1000 }, places: 2)),
    ("hours", .decimal, nil, .decimals(column { Double($0.below(1000)) / 7 })),
    ("wide", .integer, nil, wide(column { ($0.below(50) - 25) * 100_000_000_000 })),
    ("joined", .date, nil, .dates(column { Day(number: 10_000 + $0.below(4000)) })),
    ("sex", .boolean, nil, .booleans(column { $0.once(in: 2) })),
    (
      "person", .text, nil,
      .identifiers(
        prefix: "S", digits: 6, (0..<rows).map { ($0 &* 7919) % 999_983 }, isUnique: true)
    ),
  ]
  let described = columns.map {
    TableColumn(ColumnDescription(name: $0.0, type: $0.1, categories: $0.2), $0.3)
  }
  return Dataset.Entry(
    description: TableDescription(
      name: "random", columns: described.map(\.description), rowCount: rows),
    table: Table(columns: described, rowCount: rows))
}
