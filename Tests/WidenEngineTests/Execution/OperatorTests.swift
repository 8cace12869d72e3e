import Testing
import WidenEngine
import WidenLanguage

private let staff = entry(
  "staff",
  """
  person:id band:category(5,6,8a) sex:text salary:decimal2 joined:date left:date
  S0001 6 F 30000.50 2012-01-01 .
  S0002 5 M 21000.00 2013-04-01 2014-03-31
  S0003 . F . 2014-06-01 .
  S0004 8a M 52000.25 2010-02-01 2015-01-01
  S0005 5 F 22000.00 . .
  S0006 6 . 30000.50 2014-04-01 .
  """, isSynthetic: true)

/// Runs a plan over the table and compares what it gives.
private func check(
  _ make: (PlanBuilder) -> PlanBuilder, _ expected: String, notes: [String] = [],
  location: SourceLocation = #_sourceLocation
) throws {
  let answer = try run(make(PlanBuilder(staff)), over: [staff])
  #expect(shown(answer) == expected, sourceLocation: location)
  #expect(answer.notes.map(\.text) == notes, sourceLocation: location)
}

struct OperatorTests {
  @Test func scanGivesAllRows() throws {
    let answer = try run(PlanBuilder(staff), over: [staff])
    #expect(answer.table.rowCount == 6)
    #expect(answer.flow == [.init(label: "staff", rows: 6)])
    #expect(answer.isSynthetic)
  }

  @Test func unknownTableIsAnError() {
    let plan = PlanBuilder(staff)
    #expect(throws: ExecutionError.self) { try run(plan, over: []) }
  }

  @Test func filterNarrowsAndTellsOfMissing() throws {
    try check(
      {
        $0.filter(compare($0["band"], .notEqual, .text("5")), watched: ["band"])
          .select("person", "band")
      },
      """
      person band
      S0001 6
      S0003 .
      S0004 8a
      S0006 6
      """,
      notes: [
        "1 row with missing band passed the condition; 'band is not missing' leaves it out"
      ])
  }

  @Test func flowCountsEveryStep() throws {
    let plan = PlanBuilder(staff)
    let answer = try run(
      plan.filter(compare(plan["sex"], .equal, .text("F"))).count(by: "band").take(2),
      over: [staff])
    #expect(
      answer.flow.map { "\($0.label) \($0.rows)" } == [
        "staff 6", "where 3", "summarise 3", "take 2",
      ])
  }

  @Test func deriveAddsAColumn() throws {
    try check(
      { plan in
        plan.filter(compare(plan["salary"], .less, .decimal(25000)))
          .derive(plan["sex"], "copy").select("copy", "salary")
      },
      """
      copy salary
      M 21000
      F 22000
      """)
  }

  @Test func sortPutsMissingLast() throws {
    try check(
      { $0.sort(("band", false), ("salary", true)).select("band", "person") },
      """
      band person
      5 S0005
      5 S0002
      6 S0001
      6 S0006
      8a S0004
      . S0003
      """)
    try check(
      { $0.sort(("joined", true)).select("person") },
      "person\nS0003\nS0006\nS0002\nS0001\nS0004\nS0005")
  }

  @Test func sortIsStable() throws {
    try check(
      { $0.sort(("sex", true)).select("person") },
      "person\nS0002\nS0004\nS0001\nS0003\nS0005\nS0006")
  }

  @Test func takeGivesTheFirst() throws {
    try check({ $0.take(2).select("person") }, "person\nS0001\nS0002")
    try check({ $0.take(0).select("person") }, "person")
    try check({ $0.take(99).select("sex").take(1) }, "sex\nF")
  }

  @Test func topTakesFromEachGroup() throws {
    try check(
      { $0.top(1, by: "salary", within: ["sex"]).select("sex", "person") },
      """
      sex person
      F S0001
      M S0004
      . S0006
      """)
    try check(
      { $0.top(2, by: "salary", isBottom: true).select("person") }, "person\nS0002\nS0005")
  }

  @Test func topKeepsTheOrderOfTies() throws {
    try check({ $0.top(3, by: "salary").select("person") }, "person\nS0004\nS0001\nS0006")
  }

  @Test func snapshotsRepeatRows() throws {
    try check(
      {
        $0.snapshots(
          "joined", "left",
          [("2014-03-31", .text("2014")), ("2014-12-31", .text("end"))]
        ).select("snapshot", "person")
      },
      """
      snapshot person
      2014 S0001
      2014 S0004
      end S0001
      end S0003
      end S0004
      end S0006
      """)
  }

  @Test func tapSeesTheRows() throws {
    var seen: [[Int]] = []
    let plan = PlanBuilder(staff)
    let answer = try run(
      plan.filter(compare(plan["sex"], .equal, .text("M")))
        .tap(.chart(.bar)).select("person"),
      over: [staff],
      perform: { action, answer, _ in
        #expect(action == .chart(.bar))
        seen.append([answer.table.rowCount, answer.table.columns.count])
      })
    #expect(seen == [[2, 6]])
    #expect(answer.table.rowCount == 2)
  }

  @Test func cancellationStops() {
    let plan = PlanBuilder(staff)
    #expect(throws: ExecutionError.cancelled) {
      try run(plan.count(by: "band"), over: [staff], isCancelled: { true })
    }
  }
}
