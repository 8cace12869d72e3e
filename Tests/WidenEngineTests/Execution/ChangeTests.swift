import Testing
import WidenEngine
import WidenLanguage

private let years = entry(
  "years",
  """
  org:text year:integer n:integer fte:decimal2
  A 2013 10 1.50
  B 2013 0 2.00
  A 2014 15 1.25
  A 2012 20 .
  B 2015 6 3.00
  A . 1 1.00
  """)

private func check(
  _ make: (PlanBuilder) -> PlanBuilder, _ expected: String, notes: [String] = [],
  location: SourceLocation = #_sourceLocation
) throws {
  let answer = try run(make(PlanBuilder(years)), over: [years])
  #expect(shown(answer) == expected, sourceLocation: location)
  #expect(answer.notes.map(\.text) == notes, sourceLocation: location)
}

struct ChangeTests {
  @Test func previousOfEachGroup() throws {
    try check(
      {
        $0.change(of: "n", over: "year", within: ["org"]).select(
          "org", "year", "previous", "change", "ratio")
      },
      """
      org year previous change ratio
      A 2013 20 -10 0.5
      B 2013 . . .
      A 2014 10 5 1.5
      A 2012 . . .
      B 2015 0 6 .
      A . . . .
      """,
      notes: ["1 row has an earlier value of zero, so that there is no ratio"])
  }

  @Test func baselineOfEachGroup() throws {
    try check(
      {
        $0.change(of: "fte", over: "year", from: .integer(2013), within: ["org"])
          .select("previous", "change", "ratio")
      },
      """
      previous change ratio
      1.5 0 1
      2 0 1
      1.5 -0.25 0.833333
      1.5 . .
      2 1 1.5
      . . .
      """)
  }

  @Test func repeatedTimesAreWarnedOf() throws {
    let answer = try run(PlanBuilder(years).change(of: "n", over: "year"), over: [years])
    #expect(answer.notes.first?.kind == .warning)
    #expect(
      answer.notes.first?.text.hasPrefix("several rows of a group have the same year") == true)
  }
}
