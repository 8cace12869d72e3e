import Testing
import WidenEngine
import WidenLanguage

private func described(_ text: String) -> Dataset.Entry {
  var made = entry("counts", text)
  for index in made.table.columns.indices
  where made.table.columns[index].description.name == "ethnicity" {
    made.table.columns[index].description.notRecorded = ["Unstated"]
    made.description.columns[index].notRecorded = ["Unstated"]
  }
  return made
}

private let counts = described(
  """
  org:text ethnicity:text n:integer fte:decimal2
  A White 60 50.50
  A Black 20 10.25
  A Unstated 15 3.00
  A . 5 1.00
  B White 30 .
  B Asian 10 0.00
  C White 0 0.00
  """)

private func check(
  _ make: (PlanBuilder) -> PlanBuilder, _ expected: String, base: String?, notes: [String] = [],
  location: SourceLocation = #_sourceLocation
) throws {
  let answer = try run(make(PlanBuilder(counts)), over: [counts])
  #expect(shown(answer) == expected, sourceLocation: location)
  let found = answer.table.column(named: "share")?.description.base
  #expect(found == base, sourceLocation: location)
  #expect(answer.notes.map(\.text) == notes, sourceLocation: location)
}

struct ShareTests {
  @Test func ofAllRows() throws {
    try check(
      { $0.share(of: "n").select("n", "share", "share_denominator") },
      """
      n share
      60 0.428571
      20 0.142857
      15 0.107143
      5 0.035714
      30 0.214286
      10 0.071429
      0 0
      """, base: "N = 140")
  }

  @Test func withinGroups() throws {
    try check(
      { $0.share(of: "n", within: ["org"]).select("org", "share") },
      """
      org share
      A 0.6
      A 0.2
      A 0.15
      A 0.05
      B 0.75
      B 0.25
      C .
      """, base: "within org",
      notes: ["the values of 1 group sum to zero, so that there are no shares"])
  }

  @Test func excludedRowsCountNowhere() throws {
    try check(
      { plan in
        plan.filter(compare(plan["org"], .equal, .text("A")))
          .share(
            of: "n", excluding: compare(plan["ethnicity"], .equal, .text("Unstated")),
            watched: ["ethnicity"]
          ).select("ethnicity", "share")
      },
      """
      ethnicity share
      White 0.705882
      Black 0.235294
      Unstated .
      . 0.058824
      """, base: "N = 85; excluding Unstated",
      notes: [
        "leaving out 5 with ethnicity missing would move a share by up to 4.4 points; "
          + "'where ethnicity is recorded' before counting leaves them out"
      ])
  }

  @Test func watchedKeysWarn() throws {
    let answer = try run(
      PlanBuilder(counts).share(of: "n", within: ["org"], watched: ["ethnicity"]), over: [counts])
    #expect(
      answer.notes.map(\.text).contains(
        "leaving out 20 with ethnicity Unstated or missing would move a share by up to 15 points; "
          + "'where ethnicity is recorded' before counting leaves them out"))
  }

  @Test func exactDecimalsAndMissingValues() throws {
    try check(
      { plan in
        plan.filter(compare(plan["org"], .equal, .text("B"))).share(of: "fte").select("share")
      }, "share\n.\n.", base: "N = 0",
      notes: ["the values of 1 group sum to zero, so that there are no shares"])
  }

  @Test func noRows() throws {
    try check(
      { plan in
        plan.filter(compare(plan["n"], .greater, .integer(1000))).share(of: "n").select("share")
      }, "share", base: "N = 0")
  }
}
