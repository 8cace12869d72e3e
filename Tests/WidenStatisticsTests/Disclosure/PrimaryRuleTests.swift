import Testing
import WidenStatistics

@Suite("Disclosure: rules for single cells")
struct PrimaryRuleTests {
  @Test func threshold() {
    #expect((0...9).filter { DisclosurePolicy.safe.isSmall($0) } == [1, 2, 3, 4, 5, 6, 7])
    #expect((0...9).filter { DisclosurePolicy.midpoint6.isSmall($0) } == [])
    #expect(DisclosurePolicy.suppress.smallestGroup == 8)
    #expect(DisclosurePolicy.safe.isGroupTooSmall(7))
    #expect(!DisclosurePolicy.safe.isGroupTooSmall(8))
    #expect(!DisclosurePolicy.none.isGroupTooSmall(1))
  }

  @Test func margins() throws {
    let table = try countTable("1 2 / 0 30")
    let primary = DisclosurePolicy.suppress.primaryCells(of: table)
    #expect(primary.keys.sorted() == [0, 1, 2, 6])
  }

  /// Sector by country of GaussSuppression's example data.
  @Test func dominance() {
    let entertainment = [77.4, 11.5, 16.4]
    #expect(!DominanceRule.share(largest: 2, percent: 90).isDominated(entertainment))
    #expect(!DominanceRule.remainder(percent: 10).isDominated(entertainment))
    let iceland = [9.6, 8.8, 1.9]
    #expect(DominanceRule.share(largest: 2, percent: 90).isDominated(iceland))
    #expect(!DominanceRule.remainder(percent: 10).isDominated(iceland))
    #expect(DominanceRule.remainder(percent: 10).isDominated([100, 50, 9]))
    #expect(DominanceRule.share(largest: 2, percent: 90).isDominated([50, 40, 10]))
    #expect(DominanceRule.share(largest: 1, percent: 80).isDominated([-90, 10]))
    for rule in DominanceRule.standard {
      #expect(rule.isDominated([5]))
      #expect(!rule.isDominated([]))
      #expect(!rule.isDominated([0, 0]))
    }
  }

  @Test func rates() {
    let policy = DisclosurePolicy.safe
    #expect(policy.isRateWithheld(numerator: 3, denominator: 50))
    #expect(policy.isRateWithheld(numerator: 0, denominator: 5))
    #expect(policy.isRateWithheld(numerator: 41, denominator: 45))
    #expect(!policy.isRateWithheld(numerator: 20, denominator: 50))
    #expect(!policy.isRateWithheld(numerator: 50, denominator: 50))
    #expect(!DisclosurePolicy.none.isRateWithheld(numerator: 1, denominator: 2))
  }

  /// Everybody in the second row shares one value of the special-category column.
  @Test func attribute() throws {
    try check("20 30 / 0 40", .safe, special: [1], gives: "20 30 50 / [c] [c] [c] / 20 30 50")
    try check("20 30 / 0 40", .safe, gives: "20 30 50 / 0 40 40 / 20 70 90")
    let found = try protect(countTable("20 30 / 0 40", special: [1]), policy: .suppress)
    #expect(text(found.written) == "[c] [c] 50 / [c] [c] 40 / 20 70 90")
    #expect(found.reasons[3] == .primary(.attribute))
    #expect(found.reasons[0] == .secondary)
    // In a column of one level there was nothing to choose.
    try check("20 / 30", .suppress, special: [1], gives: "20 20 / 30 30 / 50 50")
    #expect(DisclosurePolicy.none.primaryCells(of: try countTable("0 9", special: [0])).isEmpty)
  }

  @Test func tables() throws {
    let rows: [(labels: [Int?], count: Int)] = [
      ([2_024, 5], 3), ([nil, 5], 40), ([2_024, 6], 9), ([2_024, 5], 4),
    ]
    let found = try CountTable.tabulate(rows)
    #expect(found.labels == [[2_024, nil], [5, 6]])
    #expect(found.table.counts == [7, 9, 16, 40, 0, 40, 47, 9, 56])
    #expect(found.table.shape.levels(of: 5) == [1, nil])
    let shape = found.table.shape
    #expect(throws: DisclosureError.margin(cell: 2, found: 17, expected: 16)) {
      try CountTable(shape: shape, cells: [7, 9, 17, 40, 0, 40, 47, 9, 56])
    }
    let unequal: [(labels: [String], count: Int)] = [(["a"], 1), (["a", "b"], 2)]
    #expect(throws: DisclosureError.labels(row: 1, found: 2, expected: 1)) {
      try CountTable.tabulate(unequal)
    }
    #expect(throws: DisclosureError.count(row: 0, -1)) {
      try CountTable.tabulate([(labels: ["a"], count: -1)])
    }
    #expect(throws: DisclosureError.dimensions(0)) {
      try CountTable.tabulate([(labels: [String], count: Int)]())
    }
    #expect(throws: DisclosureError.structuralZero(cell: 1, count: 4)) {
      try countTable("3 4", zeros: [1])
    }
    #expect(
      DisclosureError.margin(cell: 2, found: 17, expected: 16).description
        == "the total in cell 3 is 17, but its cells add up to 16")
  }
}
