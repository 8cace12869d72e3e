import Testing
import WidenEngine
import WidenLanguage

private let staff = entry(
  "staff",
  """
  person:id band:category(5,6,8a) sex:text salary:decimal2 age:integer wide:wide fte:decimal joined:date
  S0001 6 F 10.50 30 3 0.5 2012-01-01
  S0002 5 M 20.00 40 9000000000000000000 0.25 2013-04-01
  S0003 . F . 50 9000000000000000000 . 2014-06-01
  S0004 8a M 40.25 . . 1.5 2010-02-01
  S0005 5 F 30.00 40 -7 0.125 .
  S0006 6 . 10.50 20 1 1 2014-04-01
  """)

private func check(
  _ kind: TypedAggregate.Kind, _ column: String?, by key: String? = nil, _ expected: String,
  notes: [String] = [], location: SourceLocation = #_sourceLocation
) throws {
  let plan = PlanBuilder(staff)
  let answer = try run(
    plan.group(by: key.map { [$0] } ?? [], [("x", plan.aggregate(kind, column))]), over: [staff])
  let lines = shown(answer).split(separator: "\n").dropFirst().joined(separator: ", ")
  #expect(lines == expected, sourceLocation: location)
  #expect(answer.notes.map(\.text) == notes, sourceLocation: location)
}

struct AggregateTests {
  @Test func counts() throws {
    try check(.count, nil, "6")
    try check(.count, nil, by: "band", "5 2, 6 2, 8a 1, . 1")
    try check(.missing, "age", by: "sex", "F 0, M 1, . 0")
    try check(.recorded, "age", by: "sex", "F 3, M 1, . 1")
  }

  @Test func sumsAreExact() throws {
    let one = ["1 row with missing salary was skipped by sum salary"]
    try check(.sum, "salary", "111.25", notes: one)
    try check(.sum, "salary", by: "sex", "F 40.5, M 60.25, . 10.5", notes: one)
    try check(.sum, "age", "180", notes: ["1 row with missing age was skipped by sum age"])
    try check(.sum, "fte", "3.375", notes: ["1 row with missing fte was skipped by sum fte"])
  }

  @Test func sumsBeyondWholeNumbersBecomeFractions() throws {
    let plan = PlanBuilder(staff)
    let answer = try run(
      plan.group(by: ["sex"], [("x", plan.aggregate(.sum, "wide"))]), over: [staff])
    #expect(answer.table[0, 1] == .integer(8_999_999_999_999_999_996))
    #expect(answer.table.columns[1].description.type == .integer)
    let all = try run(plan.group(by: [], [("x", plan.aggregate(.sum, "wide"))]), over: [staff])
    #expect(all.table[0, 0] == .decimal(1.8e19))
    #expect(all.table.columns[0].description.type == .decimal)
  }

  @Test func means() throws {
    try check(
      .mean, "salary", by: "band", "5 25, 6 10.5, 8a 40.25, . .",
      notes: ["1 row with missing salary was skipped by mean salary"])
    try check(
      .mean, "fte", "0.675", notes: ["1 row with missing fte was skipped by mean fte"])
  }

  @Test func extremes() throws {
    let skipped = "1 row with missing"
    try check(
      .minimum, "salary", "10.5", notes: ["\(skipped) salary was skipped by minimum salary"])
    try check(
      .maximum, "joined", by: "sex", "F 2014-06-01, M 2013-04-01, . 2014-04-01",
      notes: ["\(skipped) joined was skipped by maximum joined"])
    try check(.maximum, "band", "8a", notes: ["\(skipped) band was skipped by maximum band"])
    try check(.minimum, "wide", "-7", notes: ["\(skipped) wide was skipped by minimum wide"])
    try check(.maximum, "fte", "1.5", notes: ["\(skipped) fte was skipped by maximum fte"])
    try check(.minimum, "sex", "F", notes: ["\(skipped) sex was skipped by minimum sex"])
  }

  @Test func mediansInterpolate() throws {
    let one = ["1 row with missing salary was skipped by median salary"]
    try check(.median, "salary", "20", notes: one)
    try check(.median, "salary", by: "band", "5 25, 6 10.5, 8a 40.25, . .", notes: one)
    try check(
      .percentile(0.9), "salary", "36.15",
      notes: ["1 row with missing salary was skipped by percentile(0.9) salary"])
    try check(
      .median, "fte", by: "sex", "F 0.3125, M 0.875, . 1",
      notes: ["1 row with missing fte was skipped by median fte"])
  }

  @Test func distinctValues() throws {
    try check(.distinct, "person", by: "sex", "F 3, M 2, . 1")
    try check(
      .distinct, "salary", "4", notes: ["1 row with missing salary was skipped by distinct salary"])
    try check(
      .distinct, "wide", "4", notes: ["1 row with missing wide was skipped by distinct wide"])
  }

  @Test func deviations() throws {
    try check(
      .standardDeviation, "age", by: "sex", "F 10, M ., . .",
      notes: ["1 row with missing age was skipped by standardDeviation age"])
    try check(
      .standardDeviation, "fte", by: "sex", "F 0.265165, M 0.883883, . .",
      notes: ["1 row with missing fte was skipped by standardDeviation fte"])
  }

  @Test func correlation() throws {
    let plan = PlanBuilder(staff)
    let kind = TypedAggregate.Kind.correlation(plan["age"])
    let answer = try run(
      plan.group(
        by: [],
        [("x", TypedAggregate(kind, operand: plan["salary"], label: "correlation"))]),
      over: [staff])
    // Pairs (10.5, 30), (20, 40), (30, 40), (10.5, 20): 217.5 / sqrt(260.25 × 275).
    #expect(shown(answer) == "x\n0.813013")
  }

  @Test func conditionsApplyToOneAggregate() throws {
    let plan = PlanBuilder(staff)
    let women = compare(plan["sex"], .equal, .text("F"))
    let answer = try run(
      plan.group(
        by: ["band"],
        [
          ("n", plan.aggregate(.count)), ("women", plan.aggregate(.count, where: women)),
          ("pay", plan.aggregate(.mean, "salary", where: women)),
          ("middle", plan.aggregate(.median, "salary", where: women)),
        ]), over: [staff])
    #expect(
      shown(answer) == """
        band n women pay middle
        5 2 1 30 30
        6 2 1 10.5 10.5
        8a 1 0 . .
        . 1 1 . .
        """)
    #expect(
      answer.notes.map(\.text) == [
        "1 row with missing salary was skipped by mean salary",
        "1 row with missing salary was skipped by median salary",
      ])
  }

  @Test func noRows() throws {
    let plan = PlanBuilder(staff)
    let empty = plan.filter(compare(plan["age"], .greater, .integer(99)))
    let all = try run(
      empty.group(
        by: [],
        [
          ("n", plan.aggregate(.count)), ("s", plan.aggregate(.sum, "age")),
          ("m", plan.aggregate(.mean, "fte")), ("q", plan.aggregate(.median, "salary")),
          ("d", plan.aggregate(.distinct, "sex")), ("x", plan.aggregate(.maximum, "joined")),
        ]), over: [staff])
    #expect(shown(all) == "n s m q d x\n0 . . . 0 .")
    #expect(try run(empty.count(by: "band"), over: [staff]).table.rowCount == 0)
  }

  @Test func notRecordedValuesAreNotRecorded() throws {
    let table = entry("t", "e:text\nWhite\nUnstated\n.\nBlack\nUnstated")
    var expression = PlanBuilder(table)["e"]
    expression.notRecorded = ["Unstated"]
    let plan = PlanBuilder(table).group(
      by: [],
      [
        ("r", TypedAggregate(.recorded, operand: expression, label: "recorded e")),
        ("m", TypedAggregate(.missing, operand: expression, label: "missing e")),
      ])
    #expect(shown(try run(plan, over: [table])) == "r m\n2 1")
  }
}
