import Testing
import WidenEngine
import WidenLanguage

private let staff = entry(
  "staff",
  """
  band:category(5,6,8a) sex:text grade:integer salary:decimal2 bme:boolean
  5 F 1 10.00 yes
  5 F 1 20.00 no
  5 M 2 30.00 no
  6 M 2 40.00 yes
  8a . 1 60.00 no
  . F 3 . yes
  """)

private func check(
  _ make: (PlanBuilder) -> PlanBuilder, _ expected: String, base: [String?]? = nil,
  location: SourceLocation = #_sourceLocation
) throws {
  let answer = try run(make(PlanBuilder(staff)), over: [staff])
  #expect(shown(answer) == expected, sourceLocation: location)
  if let base {
    let found = answer.table.columns.filter { !$0.description.isHidden }.map(\.description.base)
    #expect(found == base, sourceLocation: location)
  }
}

struct CrosstabTests {
  @Test func countsAndMargins() throws {
    try check(
      { $0.crosstab("band", by: "sex") },
      """
      band F M (missing) Total
      5 2 1 0 3
      6 0 1 0 1
      8a 0 0 1 1
      . 1 0 0 1
      Total 3 2 1 6
      """)
  }

  @Test func withoutTotalsTheKeyKeepsItsType() throws {
    try check(
      { $0.crosstab("grade", by: "sex", withoutTotals: true) },
      """
      grade F M (missing)
      1 2 0 1
      2 0 2 0
      3 1 0 0
      """)
  }

  @Test func numbersBecomeTextBesideTheTotal() throws {
    let answer = try run(PlanBuilder(staff).crosstab("grade", by: "band"), over: [staff])
    #expect(answer.table.columns[0].description.type == .text)
    #expect(shown(answer).hasSuffix("Total 3 1 1 1 6"))
  }

  @Test func marginsOfMeansAreMeansOfAllRows() throws {
    try check(
      {
        $0.crosstab(
          "band", by: "sex", of: [$0.aggregate(.mean, "salary")],
          value: TypedExpression(.column(0), type: .decimal))
      },
      """
      band F M (missing) Total
      5 15 30 . 20
      6 . 40 . 40
      8a . . 60 60
      . . . . .
      Total 15 35 60 32
      """)
  }

  @Test func percentOfRow() throws {
    try check(
      { $0.crosstab("band", by: "sex", percent: .row) },
      """
      band F M (missing) Total N
      5 0.666667 0.333333 0 1 3
      6 0 1 0 1 1
      8a 0 0 1 1 1
      . 1 0 0 1 1
      Total 0.5 0.333333 0.166667 1 6
      """,
      base: [nil, "within band", "within band", "within band", "within band", nil])
  }

  @Test func percentOfColumnNamesItsBase() throws {
    try check(
      { $0.crosstab("band", by: "sex", percent: .column, withoutTotals: true) },
      """
      band F M (missing)
      5 0.666667 0.5 0
      6 0 0.5 0
      8a 0 0 1
      . 0.333333 0 0
      """, base: [nil, "N = 3", "N = 2", "N = 1"])
  }

  @Test func ratesCarryTheirParts() throws {
    let plan = PlanBuilder(staff)
    let value = TypedExpression(
      .arithmetic(
        .divide, TypedExpression(.column(0), type: .integer),
        TypedExpression(.column(1), type: .integer)), type: .decimal)
    let answer = try run(
      plan.crosstab(
        "sex", by: "band",
        of: [plan.aggregate(.count, where: plan["bme"]), plan.aggregate(.count)],
        value: value, parts: .init(numerator: 0, denominator: 1)), over: [staff])
    #expect(
      shown(answer) == """
        sex 5 6 8a (missing) Total
        F 0.5 . . 1 0.666667
        M 0 1 . . 0.5
        . . . 0 . 0
        Total 0.333333 1 0 1 0.5
        """)
    let parts = answer.table.columns[1].description.parts
    #expect(parts == .init(numerator: 6, denominator: 7))
    #expect(answer.table.columns[6].description.name == "5_numerator")
    #expect(answer.table[0, 6] == .integer(1))
    #expect(answer.table[0, 7] == .integer(2))
    #expect(answer.notes.isEmpty)
  }

  @Test func noRows() throws {
    try check(
      { $0.filter(compare($0["salary"], .greater, .decimal(1000))).crosstab("band", by: "sex") },
      "band Total\nTotal 0")
  }

  @Test func tooManyColumnsAreRefused() {
    let wide = entry(
      "wide", "key:text id:integer\n" + (0..<1001).map { "a \($0)" }.joined(separator: "\n"))
    #expect(throws: ExecutionError.self) {
      try run(PlanBuilder(wide).crosstab("key", by: "id"), over: [wide])
    }
  }

  @Test func namesDoNotClash() throws {
    let clash = entry("clash", "total:text c:text\nTotal Total\na TOTAL")
    let answer = try run(PlanBuilder(clash).crosstab("total", by: "c"), over: [clash])
    #expect(
      shown(answer) == """
        total TOTAL_2 Total_3 Total (all)
        Total 0 1 1
        a 1 0 1
        Total (all) 1 1 2
        """)
  }
}
