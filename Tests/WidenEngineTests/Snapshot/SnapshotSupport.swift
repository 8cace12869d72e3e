import Glibc
import WidenLanguage

@testable import WidenEngine

/// Calls `body` with a store in a new folder; all is removed afterwards.
///
/// Its clock is ahead of all files, and no source is too small for it.
func withStore<Result>(
  program: String = "test", _ body: (SnapshotStore) throws -> Result
) throws -> Result {
  try withFolder([:]) { parent in
    let folder = parent + "/kept"
    defer {
      for name in names(in: folder) { unlink("\(folder)/\(name)") }
      chmod(folder, 0o700)
      rmdir(folder)
    }
    return try body(store(folder, program: program))
  }
}

/// A store in a folder as `withStore` gives it.
func store(_ folder: String, program: String = "test") -> SnapshotStore {
  var store = SnapshotStore(folder: folder, program: program) { 8_000_000_000 }
  store.leastSourceBytes = 0
  return store
}

/// The names of the files in a folder, in order.
func names(in folder: String) -> [String] {
  guard let directory = opendir(folder) else { return [] }
  defer { closedir(directory) }
  var found: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { found.append(name) }
  }
  return found.sorted()
}

/// The bytes of a file; none when there is no such file.
func contents(_ path: String) -> [UInt8] {
  guard let source = try? ByteSource(path: path) else { return [] }
  return (try? source.bytes(0..<source.count)) ?? []
}

/// Writes a file that only the user may change.
func write(_ bytes: [UInt8], to path: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
  close(descriptor)
}

/// Makes the checksum of a snapshot right again, whatever has been done to it.
func signed(_ bytes: [UInt8]) -> [UInt8] {
  bytes.withUnsafeBytes { raw in
    guard var header = SnapshotHeader(raw) else { return bytes }
    header.checksum = header.expectedChecksum(raw, threads: 1)
    return header.words.withUnsafeBytes { Array($0) } + bytes[SnapshotHeader.byteCount...]
  }
}

/// A dataset with a column of every form a column can have.
func everyForm(rows: Int, seed: Int = 1) -> OpenedPackage {
  var random = Seeded(seed)
  func some<Element>(_ make: (inout Seeded) -> Element) -> [Element?] {
    (0..<rows).map { _ in random.once(in: 5) ? nil : make(&random) }
  }
  let words = ["a", "Añb", "漢字 10", "👩‍⚕️", "e\u{301}", "8a", ""]
  let kinds = Period.Kind.allCases
  let columns: [(String, Column)] = [
    ("few", .text(some { words[$0.below(words.count)] })),
    ("many", .text(some { "value \($0.below(700))" })),
    ("declared", .text(some { words[$0.below(2)] }, categories: words)),
    ("blank", .text([String?](repeating: nil, count: rows))),
    ("flag", .booleans(some { $0.once(in: 2) })),
    ("small", .integers(some { $0.below(9) - 4 })),
    ("middle", .integers(some { $0.below(60_000) })),
    ("large", .integers(some { $0.below(1 << 31) })),
    ("wide", .integers(some { Int(truncatingIfNeeded: $0.next() >> 3) })),
    ("scaled", .scaled(some { $0.below(10_000) - 70 }, places: 2)),
    ("real", .decimals(some { Double($0.below(1 << 40)) / 7 })),
    ("whole", .decimals((0..<rows).map { Double($0) / 3 })),
    ("day", .dates(some { Day(number: $0.below(40_000) - 10_000) })),
    ("month", .months(some { Month(number: 24_000 + $0.below(300)) })),
    (
      "id",
      .identifiers(prefix: "S", digits: 7, (0..<rows).map { $0 * 7 % 9_999_991 }, isUnique: true)
    ),
  ]
  let periods = kinds.map { kind in
    (
      "period \(kind)",
      Column.periods(some { Period(kind: kind, number: 2000 + $0.below(30)) }, kind: kind)
    )
  }
  let described = (columns + periods).map { name, data -> TableColumn in
    var description = ColumnDescription(name: name, type: type(of: data))
    description.origin = .init(table: "Großes", column: name)
    if name == "declared" {
      (description.type, description.categories) = (.category, words)
      (description.isOrdered, description.notRecorded) = (true, ["a"])
      (description.sensitivity, description.summary) = (.special, "Worte.")
      description.mapping = .init(name: "code", pairs: [.init(value: "a", code: "A")])
    }
    return TableColumn(description, data)
  }
  return package(of: Table(columns: described, rowCount: rows))
}

/// A package of one table, in which everything is said that can be said.
private func package(of table: Table) -> OpenedPackage {
  let rows = table.rowCount
  var description = TableDescription(
    name: "Großes", columns: table.columns.map(\.description), rowCount: rows)
  (description.key, description.person, description.isPersonal) = ("id", "id", true)
  description.span = .init(start: "day", end: "day")
  description.relationships = [.init(column: "id", table: "Großes", key: "id")]
  (description.isSynthetic, description.summary) = (true, "Alles.")
  var report = LoadReport(rows: rows, columns: [], decisions: [.init(.warning, "odd")])
  var column = LoadReport.Column(
    name: "few", type: .text, missing: [ValueCount(value: "", rows: rows)], oddities: ["x"])
  column.surprises = ["y"]
  report.columns = [column]
  return OpenedPackage(
    dataset: Dataset(
      name: "all", isSynthetic: true, definitions: "define x = 1", attribution: ["NHS"],
      policy: "gss", entries: [Dataset.Entry(description: description, table: table)]),
    notes: [.init(.note, "a note"), .init(.warning, "another")], reports: ["Großes": report])
}

private func type(of column: Column) -> ValueType {
  switch column {
  case .coded(let coded): coded.domain.type
  case .integers: .integer
  case .decimals: .decimal
  }
}

extension OpenedPackage {
  /// Everything it holds as text, the values of its rows and the promises of its columns among it.
  var everything: String {
    var lines = [
      "\(dataset.name) \(dataset.isSynthetic) \(dataset.definitions) \(dataset.attribution)",
      "\(dataset.policy ?? "-") \(notes)",
    ]
    for name in reports.keys.sorted() {
      if let report = reports[name] {
        lines.append("\(name): \(report.rows) \(report.columns) \(report.decisions)")
      }
    }
    for entry in dataset.entries {
      lines.append("\(entry.description)")
      for column in entry.table.columns {
        let data = column.data
        lines.append("\(column.description.name): \(promises(data))")
        lines.append((0..<data.count).map { written(data[$0]) }.joined(separator: "|"))
      }
    }
    return lines.joined(separator: "\n")
  }

  private func promises(_ column: Column) -> String {
    switch column {
    case .coded(let coded):
      let order = coded.domain.isInOrder
      return "coded \(coded.cardinality) \(coded.hasMissing) \(coded.isUnique) \(order)"
    case .integers(_, let validity): return "integers \(validity == nil)"
    case .decimals(_, let validity): return "decimals \(validity == nil)"
    }
  }
}
