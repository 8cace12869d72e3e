import WidenEngine
import WidenLanguage

/// Random numbers that are the same in every run (SplitMix64).
struct PlanRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) {
    state = UInt64(bitPattern: Int64(seed)) &+ 0x9E37_79B9_7F4A_7C15
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// A number below a bound.
  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// True once in so many times.
  mutating func once(in times: Int) -> Bool { below(times) == 0 }
}

/// A table with a column of every form; about one value in `missing` is missing (0: none is).
func randomEntry(_ rows: Int, missing: Int, seed: Int) -> Dataset.Entry {
  var random = PlanRandom(seed)
  func column<Element>(_ make: (inout PlanRandom) -> Element) -> [Element?] {
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
