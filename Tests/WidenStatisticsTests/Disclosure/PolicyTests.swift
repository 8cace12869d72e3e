import Foundation
import Testing
import WidenStatistics

@Suite("Disclosure: policies")
struct DisclosurePolicyTests {
  /// OpenSAFELY, "Statistical disclosure control": redact up to 7, then round to the nearest 5.
  @Test func safe() throws {
    try check(
      "3 18 / 8 23 / 16 31 / 23 44", .safe,
      gives: "[c] 20 20 / 10 25 35 / 15 30 45 / 25 45 70 / 50 120 170")
    try check("0 1 7 8 12 13", .safe, gives: "0 [c] [c] 10 10 15 35")
  }

  /// OpenSAFELY's table of midpoint 6 rounding.
  @Test func midpoint() throws {
    try check("0 1 6 7 12 13 18", .midpoint6, gives: "0 3 3 9 9 15 15 54")
  }

  @Test func suppress() throws {
    try check("0 3 20 40", .suppress, gives: "0 [c] [c] 40 63")
    try check(
      "0 4 20 40 / 9 30 50 80", .suppress,
      gives: "0 [c] [c] 40 64 / 9 [c] [c] 80 169 / 9 34 70 120 233")
    try check("120 45", .suppress, gives: "120 45 165")
  }

  @Test func hes() throws {
    try check("12 40 / 3 51", .hes, gives: "10 40 50 / [c] 50 55 / 15 90 105")
    // One small cell of two, and a true total of 9 to go with 8: the audit does not pass.
    let found = try protect(countTable("1 8"), policy: .hes)
    #expect(found.fellBack)
    #expect(found.policy.method == .safe)
    #expect(text(found.written) == "[c] 10 10")
  }

  @Test func none() throws {
    try check("1 0 / 2 3", .none, gives: "1 0 1 / 2 3 5 / 3 3 6")
  }

  @Test func settings() throws {
    let ten = try DisclosurePolicy(.safe, threshold: 4, base: 10, window: 3)
    try check("0 4 5 14 15", ten, gives: "0 [c] 10 10 20 40")
    let strict = try DisclosurePolicy(
      .suppress, threshold: 2, base: 1, window: 3, withholdsZeros: true)
    try check("0 9 30", strict, gives: "[c] [c] 30 39")
    #expect(throws: DisclosureError.setting("base", 0, atLeast: 1)) {
      try DisclosurePolicy(.safe, threshold: 7, base: 0, window: 5)
    }
    #expect(DisclosurePolicy.midpoint6.name == "midpoint6")
    #expect(DisclosurePolicy.none.isWeaker(than: .safe))
    #expect(!DisclosurePolicy.safe.isWeaker(than: .none))
    #expect(ten.isWeaker(than: .safe))
    #expect(!DisclosurePolicy.safe.isWeaker(than: .suppress))
  }

  /// 41 White and 4 others must not become 100 % White.
  @Test func percentages() throws {
    let safe = try protect(countTable("41 4"), policy: .safe)
    #expect(text(safe.written) == "40 [c] 40")
    #expect(safe.share(of: 0, in: 2) == nil)
    let midpoints = try protect(countTable("41 4"), policy: .midpoint6)
    #expect(midpoints.share(of: 0, in: 2) == 39.0 / 42.0)
    let whole = try protect(countTable("41 14"), policy: .safe)
    #expect(whole.share(of: 0, in: 2) == 40.0 / 55.0)
    #expect(try protect(countTable("0 0"), policy: .safe).share(of: 0, in: 2) == nil)
    #expect(whole.share(of: 0, in: 7) == nil)
  }

  @Test func whatWasReleased() throws {
    #expect(try protect(countTable("41 14"), policy: .safe).releasedCells == [0, 1])
    #expect(try protect(countTable("41 14"), policy: .suppress).releasedCells == [0, 1, 2])
  }
}

@Suite("Disclosure: OpenSAFELY's cases", .enabled(if: CheckFiles.folder != nil))
struct OpenSafelyTests {
  private func cases() throws -> [[String: Any]] {
    let path = (CheckFiles.folder ?? "") + "/sdc/opensafely_cases.json"
    let data = try Data(contentsOf: URL(filePath: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
  }

  @Test func midpoints() throws {
    let map = try #require(try cases().first?["map"] as? [[Int]])
    #expect(map.count == 7)
    for pair in map { #expect(DisclosurePolicy.midpoint6.written(pair[0]) == pair[1]) }
  }

  @Test func redaction() throws {
    let all = try cases()
    let input = try #require(all[1]["input"] as? [String: [Int]])
    let expected = try #require(all[1]["expected"] as? [String: [Any]])
    let ages = input.keys.sorted()
    let counts = ages.map { (input[$0] ?? []).map(String.init).joined(separator: " ") }
    let table = try countTable(counts.joined(separator: " / "))
    let found = try protect(table, policy: .safe).written
    for (row, age) in (ages + ["Total"]).enumerated() {
      for column in 0..<2 {
        let cell = try #require(table.shape.cell([row < ages.count ? row : nil, column]))
        #expect(found.cells[cell] == expected[age]?[column] as? Int, "\(age)")
      }
    }
  }

  /// The women of a table follow from everybody and the men; one of them is the only one.
  @Test func difference() throws {
    let third = try cases()[2]
    let total = try #require(third["total"] as? [[Int]])
    let men = try #require(third["male"] as? [[Int]])
    var next: UInt32 = 0
    var everybody: [RecordSet] = []
    var onlyMen: [RecordSet] = []
    for row in total.indices.dropLast() {
      for column in 0..<2 {
        let first = next
        next += UInt32(total[row][column])
        everybody.append(RecordSet(first..<next))
        onlyMen.append(RecordSet(first..<(first + UInt32(men[row][column]))))
      }
    }
    var ledger = Ledger()
    ledger.record(everybody, export: "everybody.csv", policy: .none)
    let found = ledger.check(onlyMen, policy: .none)
    #expect(found.findings[0] == .difference(export: "everybody.csv"))
    let few = everybody.indices.filter { (1...7).contains(everybody[$0].count - onlyMen[$0].count) }
    #expect(found.findings.keys.sorted() == few)
  }
}
