import Testing
import WidenStatistics

@Suite("Disclosure: the ledger of releases")
struct LedgerTests {
  /// People from one number to before another.
  private func people(_ range: Range<UInt32>...) -> RecordSet {
    RecordSet(range.flatMap { Array($0) })
  }

  private func ledger(_ exports: (String, [RecordSet])...) -> Ledger {
    var ledger = Ledger()
    for (export, cells) in exports { ledger.record(cells, export: export, policy: .safe) }
    return ledger
  }

  @Test func sets() {
    let few = people(0..<2, 1_000_000..<1_000_003)
    #expect(few.count == 5)
    #expect(few.numbers == [0, 1, 1_000_000, 1_000_001, 1_000_002])
    #expect(few.contains(1_000_002))
    #expect(!few.contains(999))
    let many = people(0..<500)
    #expect(many == RecordSet(bits: [UInt64](repeating: .max, count: 7) + [(1 << 52) - 1, 0]))
    #expect(RecordSet(bits: [0b1011]) == RecordSet([3, 1, 0, 1]))
    #expect(people(3..<9).isSubset(of: many))
    #expect(people(10..<300).isSubset(of: many))
    #expect(!people(499..<501).isSubset(of: many))
    #expect(!many.isSubset(of: people(0..<499)))
    #expect(RecordSet([]).count == 0)
    #expect(RecordSet(bits: [0, 0]) == RecordSet([]))
  }

  @Test func nested() {
    let ledger = ledger(("all.csv", [people(0..<100)]))
    let found = ledger.check(
      [people(0..<97), people(0..<92), people(0..<107), people(0..<108), people(50..<147)],
      policy: .safe)
    #expect(
      found.findings == [
        0: .difference(export: "all.csv"), 2: .difference(export: "all.csv"),
      ])
    #expect(!found.isPartial)
  }

  /// 40 of whom 20 and 17 are shown; the remaining 3 must not follow.
  @Test func complement() {
    let ledger = ledger(("total.csv", [people(0..<40)]))
    let found = ledger.check([people(0..<20), people(20..<37)], policy: .safe)
    #expect(found.findings == [1: .combination(exports: ["total.csv"])])
  }

  @Test func chainOfThree() {
    let ledger = ledger(
      ("a.csv", [people(0..<100)]), ("b.csv", [people(50..<150)]),
      ("other.csv", [people(200..<300)]))
    // a + b − union and overlap: the last of the four gives 3 people away.
    let union = people(0..<50, 100..<150)
    #expect(ledger.check([union], policy: .safe).findings.isEmpty)
    var later = ledger
    later.record([union], export: "c.csv", policy: .safe)
    let found = later.check([people(50..<97)], policy: .safe)
    #expect(found.findings == [0: .combination(exports: ["a.csv", "b.csv"])])
    #expect(later.check([people(50..<90)], policy: .safe).findings.isEmpty)
  }

  @Test func theSameAgain() {
    let cells = [people(0..<20), people(20..<37), people(0..<40)]
    let ledger = ledger(("table.csv", cells))
    #expect(ledger.check(cells, policy: .safe).findings.isEmpty)
    #expect(
      ledger.check(cells, policy: .suppress).findings[2]
        == .otherPolicy(export: "table.csv", policy: .safe))
  }

  /// What a table gives away by itself is the business of its policy; nobody is in many tables.
  @Test func ownCells() {
    var ledger = ledger(("staff.csv", [people(0..<300), RecordSet([])]))
    let table = [people(300..<400), people(300..<396), RecordSet([])]
    #expect(ledger.check(table, policy: .safe).findings.isEmpty)
    ledger.record(table, export: "table.csv", policy: .safe)
    #expect(ledger.check([RecordSet([])], policy: .suppress).findings.isEmpty)
    #expect(Ledger().check(table, policy: .safe).findings.isEmpty)
  }

  /// Masks of one pass leave less to the table itself; what then follows is masked as well.
  @Test func withheldCellsAreNotCounted() {
    let ledger = ledger(("before.csv", [people(0..<50), people(50..<100)]))
    let cells = [people(0..<48), people(48..<100)]
    let found = ledger.check(cells, policy: .safe)
    #expect(found.findings.keys.sorted() == [0, 1])
  }

  @Test func boundedSearch() {
    var ledger = Ledger()
    for first in stride(from: UInt32(0), to: 2_000, by: 20) {
      ledger.record([people(first..<first + 20)], export: "\(first).csv", policy: .safe)
    }
    let found = ledger.check([people(0..<30)], policy: .safe, work: 1_000)
    #expect(found.isPartial)
    #expect(!ledger.check([people(0..<30)], policy: .safe).isPartial)
  }

  /// No combination of what is released equals a small group, over random days of work.
  @Test(arguments: UInt64(0)..<5) func randomDays(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let columns = (0..<4).map { _ in
      (0..<120).map { _ in Int.random(in: 0..<3, using: &random) }
    }
    var ledger = Ledger()
    var released = 0
    var withheld = 0
    for day in 0..<8 {
      let first = columns[Int.random(in: 0..<4, using: &random)]
      let second = columns[Int.random(in: 0..<4, using: &random)]
      let groups = Dictionary(grouping: UInt32(0)..<120) {
        first[Int($0)] * 3 + second[Int($0)]
      }
      let cells = groups.sorted { $0.key < $1.key }.map { RecordSet($0.value) }
        .filter { $0.count > 7 }
      let found = ledger.check(cells, policy: .safe)
      #expect(!found.isPartial)
      let rest = cells.indices.filter { found.findings[$0] == nil }.map { cells[$0] }
      released += rest.count
      withheld += found.findings.count
      ledger.record(rest, export: "\(day).csv", policy: .safe)
      for earlier in ledger.releases {
        for later in rest where earlier.export != "\(day).csv" {
          let (low, high) =
            earlier.records.count < later.count
            ? (earlier.records, later) : (later, earlier.records)
          #expect(!low.isSubset(of: high) || !(1...7).contains(high.count - low.count))
        }
      }
    }
    #expect(released > withheld)
  }
}
