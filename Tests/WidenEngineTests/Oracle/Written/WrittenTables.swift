import WidenEngine
import WidenLanguage

/// What a column of a written query holds, and how SQL is to order it.
enum WrittenKind: Equatable {
  /// Text; with values that have an order, or that stand in one without being comparable.
  case text(order: [String]?, isOrdered: Bool)
  case integer, decimal, boolean, date, month, year

  var isNumber: Bool { self == .integer || self == .decimal }

  static let name = WrittenKind.text(order: nil, isOrdered: false)
  static let band = WrittenKind.text(order: WrittenTables.bands, isOrdered: true)
  static let site = WrittenKind.text(order: WrittenTables.sites, isOrdered: false)
}

/// A column of a written query.
struct WrittenColumn {
  var name: String
  var kind: WrittenKind
  /// Whether both sides have the same number to the last bit, so that rows can be ordered and
  /// grouped by it.
  var isExact = true
  /// Whether its sums are the same to the last bit, in whatever order they are added up.
  var isSummable = true
  /// Whether it is a count or a sum, which `share` can be taken of.
  var isAdditive = false
}

/// Three random tables: `people`, `rooms` to join, and `places` that a column of people points to.
struct WrittenTables {
  static let bands = ["2", "5", "8a", "10"]
  static let sites = ["West", "North", "East wing", "Unknown"]
  /// Each starts with a letter of its own, so that nobody disputes their order.
  static let names = [
    "alder", "birch's", "cedar \"red\"", "dogwood|50%", "elm, wych", "fir é", "hazel # no",
  ]

  let dataset: Dataset

  static let columns = [
    WrittenColumn(name: "band", kind: .band), WrittenColumn(name: "tree name", kind: .name),
    WrittenColumn(name: "site", kind: .site),
    WrittenColumn(name: "age", kind: .integer), WrittenColumn(name: "count", kind: .integer),
    WrittenColumn(name: "fte", kind: .decimal), WrittenColumn(name: "amount", kind: .decimal),
    WrittenColumn(name: "flag", kind: .boolean), WrittenColumn(name: "joined", kind: .date),
    WrittenColumn(name: "left", kind: .date), WrittenColumn(name: "month", kind: .month),
    WrittenColumn(name: "share year", kind: .year),
  ]

  static let roomColumns = [
    WrittenColumn(name: "beds", kind: .integer), WrittenColumn(name: "opened", kind: .date),
  ]

  init(rows: Int, _ random: inout Seeded) {
    dataset = Dataset(
      name: "random",
      entries: [
        Self.people(rows, &random), Self.rooms(random.below(12), &random), Self.places(&random),
      ])
  }

  private static func people(_ rows: Int, _ random: inout Seeded) -> Dataset.Entry {
    func filled<Element>(_ make: (inout Seeded) -> Element) -> [Element?] {
      let often = [0, 0, 3, 10][random.below(4)]
      return (0..<rows).map { _ in
        often > 0 && random.once(in: often) ? nil : make(&random)
      }
    }
    let data: [Column] = [
      .text(filled { bands[$0.below(4)] }, categories: bands),
      .text(filled { names[$0.below(7)] }),
      .text(filled { sites[$0.below(4)] }, categories: sites),
      .integers(filled { $0.below(60) - 10 }),
      .integers(filled { ($0.below(50) - 25) * 100_000_000 }),
      .scaled(filled { ($0.below(12) - 2) * 25 }, places: 2),
      .decimals(filled { Double($0.below(400) - 200) / 8 }),
      .booleans(filled { $0.once(in: 2) }),
      .dates(filled { Day(number: 15_700 + $0.below(900)) }),
      .dates(filled { Day(number: 15_900 + $0.below(900)) }),
      .months(filled { Month(number: 24_156 + $0.below(30)) }),
      .periods(
        filled { Period(.financialYear, startYear: 2012 + $0.below(4)) }, kind: .financialYear),
    ]
    return entry(
      "people", zip(columns, data).map { ($0, $1) }, rows,
      relationships: [.init(column: "site", table: "places", key: "site")])
  }

  private static func rooms(_ rows: Int, _ random: inout Seeded) -> Dataset.Entry {
    var trees: [String?] = []
    var flags: [Bool?] = []
    var beds: [Int?] = []
    var opened: [Day?] = []
    for _ in 0..<rows {
      trees.append(random.once(in: 6) ? nil : names[random.below(7)])
      flags.append(random.once(in: 6) ? nil : random.once(in: 2))
      beds.append(random.once(in: 5) ? nil : random.below(30))
      opened.append(Day(number: 15_700 + random.below(900)))
    }
    let keys = [
      WrittenColumn(name: "tree name", kind: .name), WrittenColumn(name: "flag", kind: .boolean),
    ]
    let data: [Column] = [.text(trees), .booleans(flags), .integers(beds), .dates(opened)]
    return entry("rooms", zip(keys + roomColumns, data).map { ($0, $1) }, rows)
  }

  private static func places(_ random: inout Seeded) -> Dataset.Entry {
    let kept = sites.filter { _ in !random.once(in: 4) }.shuffled(using: &random)
    let regions = kept.map { _ in random.once(in: 4) ? nil : names[random.below(3)] }
    let columns = [
      WrittenColumn(name: "site", kind: .site), WrittenColumn(name: "region", kind: .name),
      WrittenColumn(name: "size", kind: .integer),
    ]
    let data: [Column] = [
      .text(kept, categories: sites), .text(regions), .integers(kept.map { $0.count * 10 }),
    ]
    return entry("places", zip(columns, data).map { ($0, $1) }, kept.count, key: "site")
  }

  private static func entry(
    _ name: String, _ columns: [(WrittenColumn, Column)], _ rows: Int, key: String? = nil,
    relationships: [TableDescription.Relationship] = []
  ) -> Dataset.Entry {
    let described = columns.map { column, data in
      TableColumn(
        ColumnDescription(
          name: column.name, type: column.kind.type, categories: column.kind.order,
          isOrdered: column.kind == .band,
          notRecorded: column.kind == .site ? ["Unknown"] : [],
          origin: .init(table: name, column: column.name)), data)
    }
    return Dataset.Entry(
      description: TableDescription(
        name: name, columns: described.map(\.description), rowCount: rows, key: key,
        span: name == "people" ? .init(start: "joined", end: "left") : nil,
        relationships: relationships),
      table: Table(columns: described, rowCount: rows))
  }
}

extension WrittenKind {
  var order: [String]? {
    if case .text(let order, _) = self { order } else { nil }
  }

  var isText: Bool {
    if case .text = self { true } else { false }
  }

  fileprivate var type: ValueType {
    switch self {
    case .text(let order, _): order == nil ? .text : .category
    case .integer: .integer
    case .decimal: .decimal
    case .boolean: .boolean
    case .date: .date
    case .month: .month
    case .year: .period
    }
  }
}
