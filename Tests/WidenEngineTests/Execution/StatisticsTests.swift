import Testing
import WidenEngine
import WidenLanguage

/// The operations of the statistical steps on counts that are missing, zero or impossible.
struct StatisticsTests {
  private let counts = entry(
    "counts",
    """
    org:text events:integer people:integer
    A 117 389
    B 0 10
    C 10 10
    D 3 2
    E . 5
    F 0 0
    """)

  private func decimals(_ names: String...) -> [ColumnDescription] {
    names.map { ColumnDescription(name: $0, type: .decimal) }
  }

  private let parts = ColumnDescription.Parts(numerator: 1, denominator: 2)

  @Test func intervalsOfImpossibleCounts() throws {
    let scan = PlanBuilder(counts).plan
    let plan = Plan(
      .intervals(scan, [IntervalPlan(.proportion(parts), level: 0.95, name: "rate")]),
      columns: scan.columns + decimals("low", "high"))
    let answer = try run(PlanBuilder(plan), over: [counts])
    let limits = (0..<6).map { row in (answer.table[row, 3], answer.table[row, 4]) }
    #expect(limits[1].0 == .decimal(0) && limits[2].1 == .decimal(1))
    for row in 3..<6 { #expect(limits[row] == (.missing, .missing)) }
    #expect(
      answer.notes.map(\.text) == [
        "1 row has no interval of rate: the number of events is 3, which is more than the number of "
          + "people, 2"
      ])
  }

  @Test func limitsOfCountsAndMeans() throws {
    let figures = entry(
      "figures",
      """
      mean:integer sd:integer n:integer
      50 10 25
      50 10 1
      """)
    let scan = PlanBuilder(figures).plan
    let plan = Plan(
      .intervals(
        scan,
        [
          IntervalPlan(.mean(mean: 0, deviation: 1, count: 2), level: 0.95, name: "mean"),
          IntervalPlan(.count(1), level: 0.95, name: "n"),
        ]), columns: scan.columns + decimals("a", "b", "c", "d"))
    let answer = try run(PlanBuilder(plan), over: [figures])
    // Student's t with 24 degrees of freedom is 2.0638985616280205; Byar's limits of 10.
    let student = 2.063_898_561_628_020_5 * 10 / 5
    #expect(isClose(answer.table[0, 3], 50 - student))
    #expect(isClose(answer.table[0, 4], 50 + student))
    #expect(answer.table[1, 3] == .missing)
    let root = 1 - 1.0 / 90 - 1.959_963_984_540_054 / (3 * 10.0.squareRoot())
    #expect(isClose(answer.table[0, 5], 10 * root * root * root))
  }

  @Test func funnelLeavesOutWhatIsNoShare() throws {
    let scan = PlanBuilder(counts).plan
    let plan = Plan(
      .funnel(scan, FunnelPlan(keyCount: 1, counts: parts, withOverdispersion: false)),
      columns: [ColumnDescription(name: "org", type: .text)]
        + decimals("rate", "pooled", "low95", "high95", "low998", "high998")
        + [ColumnDescription(name: "flag", type: .text)]
        + ["x", "n"].map { ColumnDescription(name: $0, type: .integer, isHidden: true) })
    let answer = try run(PlanBuilder(plan), over: [counts])
    let pooled = 127.0 / 409
    for (row, people) in [(0, 389.0), (1, 10.0), (2, 10.0)] {
      let spread = 1.959_963_984_540_054 * (pooled * (1 - pooled) / people).squareRoot()
      #expect(isClose(answer.table[row, 2], pooled))
      #expect(isClose(answer.table[row, 4], pooled + spread))
    }
    let flags = (0..<6).map { answer.table[$0, 7] }
    #expect(
      flags == [
        .text("within the limits"), .text("below the lower 95 % limit"),
        .text("above the upper 99.8 % limit"), .missing, .missing, .missing,
      ])
    #expect(
      answer.notes.map(\.text) == [
        "2 groups have nobody to count, and no rate",
        "1 group is left out: the number of events is 3, which is more than the number of people, 2",
        "2 of 3 groups lie outside the 95 % limits, 1 of them outside the 99.8 % limits; chance alone "
          + "would put about 0.2 outside",
      ])
  }

  @Test func controlChartFillsEmptyMonths() throws {
    let months = entry(
      "months",
      """
      month:month n:integer
      2014-01 4
      2014-02 6
      2014-05 5
      . 3
      """)
    let scan = PlanBuilder(months).plan
    let value = TypedExpression(.column(1), type: .integer)
    let control = ControlPlan(value: value, parts: nil, emptyIsZero: true, until: nil)
    let columns =
      [
        ColumnDescription(name: "month", type: .month),
        ColumnDescription(name: "value", type: .integer),
      ] + decimals("centre", "low", "high") + [ColumnDescription(name: "cause", type: .text)]
    let answer = try run(
      PlanBuilder(Plan(.control(scan, control), columns: columns)), over: [months])
    #expect((0..<5).map { answer.table[$0, 1] } == [4, 6, 0, 0, 5].map { .integer($0) })
    #expect(isClose(answer.table[0, 2], 3))
    // Moving ranges 2, 6, 0 and 5.
    #expect(isClose(answer.table[0, 4], 3 + 2.66 * 13 / 4))
    #expect(
      answer.notes.map(\.text) == [
        "1 row without month is left out", "2 without any rows count as 0",
        "nothing but ordinary variation: no point breaks a rule",
        "limits from 5 points are rough; 12 or more make them firm",
      ])
  }

  @Test func totalsAreTextBesideEveryKey() throws {
    let groups = entry(
      "groups",
      """
      year:integer a:integer n:integer b:integer m:integer all:integer
      2013 5 20 4 20 45
      2014 0 10 3 10 20
      """)
    let plan = LikelihoodPlan(
      keyCount: 1, group: .init(numerator: 1, denominator: 2),
      reference: .init(numerator: 3, denominator: 4), everybody: 5, groupName: "X",
      referenceName: "Y", columnName: "kind", withTotal: true)
    let columns =
      [ColumnDescription(name: "year", type: .text)]
      + decimals("rate_for", "rate_against", "likelihood", "low", "high", "p")
      + [ColumnDescription(name: "four_fifths", type: .category, categories: ["met", "not met"])]
      + ["a", "n", "b", "m"].map { ColumnDescription(name: $0, type: .integer, isHidden: true) }
    let scan = PlanBuilder(groups).plan
    let answer = try run(
      PlanBuilder(Plan(.likelihood(scan, plan), columns: columns)), over: [groups])
    #expect((0..<3).map { answer.table[$0, 0] } == ["2013", "2014", "Total"].map { .text($0) })
    #expect(isClose(answer.table[0, 3], 1.25) && isClose(answer.table[2, 3], 5.0 / 7))
    #expect(answer.table[1, 3] == .decimal(0) && answer.table[1, 4] == .missing)
    #expect(answer.table[0, 7] == .text("met") && answer.table[1, 7] == .text("not met"))
    let texts = answer.notes.map(\.text)
    #expect(texts.contains("5 with another kind, or none, are in neither group and left out"))
    #expect(texts.contains("1 row has no events in one of the two groups, and so no interval"))
    #expect(texts.contains { $0.hasPrefix("all together: X are 0.714 times as likely as Y") })
  }

  private func isClose(_ value: Value, _ expected: Double) -> Bool {
    guard case .decimal(let number) = value else { return false }
    return abs(number - expected) < 1e-12 * max(1, abs(expected))
  }
}
