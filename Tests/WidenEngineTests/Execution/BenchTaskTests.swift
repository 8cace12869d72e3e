import Foundation
import Testing
import WidenLanguage

@testable import WidenEngine

/// The questions that `scripts/bench` times still read, and answer what they did: a change of an
/// answer changes its hash.
struct BenchTaskTests {
  private static let hashes: [String: String] = [
    "T2": "6bdc896bacd6a397 of 7", "T3": "2e14374672e7284d of 6", "T4": "b8228df0d6119ac0 of 678",
    "T5": "6276627bed254d49 of 41", "T6": "add461ba112a1842 of 7", "T7": "91306bc39a3ffeb7 of 31",
    "T8": "3b46db596546b626 of 4", "T9": "f4e1a09543f46341 of 29", "T10": "790e487600ac634e of 7",
    "T11": "dacec300b49ae06a of 41", "T12": "69a124ac3b8fbe7e of 12",
    "q1": "f5a9a3545b420b18 of 20", "q2": "d9d0ea95b95be6c7 of 400",
    "q3": "aa2f73b83401a3a5 of 300", "q4": "69537b545009c03b of 20",
    "q5": "1cdd50b5d5d680d5 of 300", "q6": "f2cf0ce6d5628fef of 400",
    "q7": "df6a53a13383d115 of 300", "q8": "1e8ce8cd3235d3f6 of 600",
    "q9": "4c9d0def80300121 of 400", "q10": "5d464c41e679a2ce of 4000",
  ]

  private func tasks(_ file: String) throws -> [(name: String, query: String)] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appending(path: "scripts/bench-support/\(file)")
    return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { line in
      let parts = line.split(separator: "|", maxSplits: 2)
      return (String(parts[0]), String(parts[2]))
    }
  }

  private func entry(_ name: String, _ columns: [(String, ValueType, Column)]) -> Dataset.Entry {
    let described = columns.map { TableColumn(ColumnDescription(name: $0.0, type: $0.1), $0.2) }
    let rows = columns[0].2.count
    return Dataset.Entry(
      description: TableDescription(
        name: name, columns: described.map(\.description), rowCount: rows),
      table: Table(columns: described, rowCount: rows))
  }

  private func staff(_ rows: Int) -> [Dataset.Entry] {
    var random = Seeded(rows)
    func text(_ values: [String]) -> Column {
      .text((0..<rows).map { _ in random.once(in: 50) ? nil : values[random.below(values.count)] })
    }
    let ids = Column.identifiers(
      prefix: "S", digits: 7, (0..<rows).map { ($0 &* 7919) % 999_983 }, isUnique: true)
    let pay = (0..<rows).map { _ in random.once(in: 50) ? nil : 1_800_000 + random.below(9_000_000)
    }
    let hours = (0..<rows).map { _ in random.once(in: 50) ? nil : 20 + random.below(81) }
    let ages = (0..<rows).map { _ in random.once(in: 50) ? nil : 17 + random.below(52) }
    let starts = (0..<rows).map { _ in
      random.once(in: 50) ? nil : Day(number: 6000 + random.below(10_000))
    }
    let members = (0..<rows / 10).map { _ in ((random.below(rows + 9)) &* 7919) % 999_983 }
    return [
      entry(
        "staff",
        [
          ("staff_id", .text, ids),
          ("org_code", .text, text((0..<30).map { "R\(100 + $0)" })),
          ("band", .text, text(["5", "6", "7", "8a", "8b", "9"])),
          ("ethnicity", .text, text(["A", "B", "C", "D", "Z"])),
          ("sex", .text, text(["Female", "Male"])),
          ("contract_type", .text, text(["Permanent", "Bank"])),
          ("staff_group", .text, text(["Nursing", "Medical", "Estates"])),
          ("borough", .text, text(["Barnet", "Camden", "Hackney"])),
          ("age", .integer, .integers(ages)), ("fte", .decimal, .scaled(hours, places: 2)),
          ("salary", .decimal, .scaled(pay, places: 2)), ("start_date", .date, .dates(starts)),
        ]),
      entry(
        "participation",
        [
          ("staff_id", .text, .identifiers(prefix: "S", digits: 7, members)),
          ("initiative_id", .text, .text(members.map { "I\($0 % 7)" })),
        ]),
    ]
  }

  private func groups(_ rows: Int) -> [Dataset.Entry] {
    var random = Seeded(rows + 1)
    func numbers(_ limit: Int) -> [Int] { (0..<rows).map { _ in 1 + random.below(limit) } }
    func texts(_ limit: Int) -> Column { .text(numbers(limit).map { "id\($0)" }) }
    return [
      entry(
        "x",
        [
          ("id1", .text, texts(20)), ("id2", .text, texts(20)), ("id3", .text, texts(300)),
          ("id4", .integer, .integers(numbers(20))), ("id5", .integer, .integers(numbers(20))),
          ("id6", .integer, .integers(numbers(300))), ("v1", .integer, .integers(numbers(5))),
          ("v2", .integer, .integers(numbers(15))),
          ("v3", .decimal, .decimals(numbers(1_000_000).map { Double($0) / 7 })),
        ])
    ]
  }

  /// Fowler, Noll and Vo's hash of what the table shows; fractions count to nine digits.
  private func hash(_ table: Table) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for row in 0..<table.rowCount {
      for column in table.columns.indices {
        let text: String
        switch table[row, column] {
        case .decimal(let number):
          let scale = 1e9 / Double(sign: .plus, exponent: max(0, number.exponent), significand: 1)
          text = "\((number * scale).rounded() / scale)"
        case let value: text = plainText(value)
        }
        for byte in (text + "\t").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      }
    }
    return String(hash, radix: 16) + " of \(table.rowCount)"
  }

  @Test(arguments: ["tasks.txt", "groups.txt"]) func answersStayTheSame(file: String) throws {
    let entries = file == "tasks.txt" ? staff(4000) : groups(4000)
    let dataset = Dataset(name: "bench", entries: entries)
    for (name, query) in try tasks(file) {
      let parsed = parse(query)
      guard case .query(let tree)? = parsed.program.statements.first?.statement,
        case .success(let bound) = bind(
          tree, in: Environment(catalogue: dataset), source: query)
      else {
        Issue.record("\(name) does not read: \(query)")
        continue
      }
      let context = ExecutionContext(dataset: dataset, threads: 2, segmentRows: 512)
      let answer = try execute(bound.plan, in: context)
      #expect(hash(answer.table) == Self.hashes[name], "\(name)")
    }
  }
}
