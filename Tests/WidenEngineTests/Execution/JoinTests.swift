import Testing
import WidenEngine
import WidenLanguage

private let courses = entry(
  "courses",
  """
  person:id course:text level:integer
  S0001 a 1
  S0003 b 2
  S0001 c 1
  . a 3
  S0009 b 1
  """)

private let people = entry(
  "people",
  """
  person:id sex:text level:decimal2
  S0003 F 2.00
  S0001 M 1.00
  S0007 F 1.00
  """)

private let names = entry("names", "person:text name:text\nS0001 Ada\nS0009 Bo\nX1 Cy\n. Di")

private let texts = entry("texts", "course:text points:integer\nc 7\nb 5\nb 6\n. 1")

private func check(
  _ other: Dataset.Entry, on keys: [(String, String)], taking columns: [String],
  _ unmatched: JoinStep.Unmatched, selecting shownColumns: [String], _ expected: String,
  notes: [String], location: SourceLocation = #_sourceLocation
) throws {
  var plan = PlanBuilder(courses).join(PlanBuilder(other), on: keys, taking: columns, unmatched)
  let indices = shownColumns.map(plan.index)
  plan = PlanBuilder(
    Plan(.project(plan.plan, indices), columns: indices.map { plan.plan.columns[$0] }))
  let answer = try run(plan, over: [courses, other])
  #expect(shown(answer) == expected, sourceLocation: location)
  #expect(answer.notes.map(\.text) == notes, sourceLocation: location)
}

struct JoinTests {
  @Test func keepsUnmatchedRows() throws {
    try check(
      people, on: [("person", "person")], taking: ["sex"], .keep,
      selecting: ["person", "course", "sex"],
      """
      person course sex
      S0001 a M
      S0003 b F
      S0001 c M
      . a .
      S0009 b .
      """,
      notes: ["join people: 3 rows matched, 2 did not and were kept with missing values"])
  }

  @Test func dropsUnmatchedRows() throws {
    try check(
      people, on: [("person", "person")], taking: ["sex"], .drop, selecting: ["course", "sex"],
      "course sex\na M\nb F\nc M",
      notes: ["join people: 3 rows matched, 2 did not and were dropped"])
  }

  @Test func multipliesRows() throws {
    try check(
      texts, on: [("course", "course")], taking: ["points"], .drop,
      selecting: ["person", "points"],
      """
      person points
      S0003 5
      S0003 6
      S0001 7
      S0009 5
      S0009 6
      """,
      notes: [
        "join texts: 3 rows matched, 2 did not and were dropped; 2 matched more than once"
      ])
    try check(
      texts, on: [("course", "course")], taking: ["points"], .keep,
      selecting: ["course", "points"],
      """
      course points
      a .
      b 5
      b 6
      c 7
      a .
      b 5
      b 6
      """,
      notes: [
        "join texts: 3 rows matched, 2 did not and were kept with missing values; "
          + "2 matched more than once"
      ])
  }

  @Test func identifiersMeetText() throws {
    try check(
      names, on: [("person", "person")], taking: ["name"], .drop, selecting: ["name"],
      "name\nAda\nAda\nBo", notes: ["join names: 3 rows matched, 2 did not and were dropped"])
  }

  @Test func textMeetsIdentifiers() throws {
    let plan = PlanBuilder(names).join(
      PlanBuilder(people), on: [("person", "person")], taking: ["sex"]
    ).select("name", "sex")
    let answer = try run(plan, over: [names, people])
    #expect(shown(answer) == "name sex\nAda M\nBo .\nCy .\nDi .")
  }

  @Test func severalKeysMustAllBeEqual() throws {
    try check(
      people, on: [("person", "person"), ("level", "level")], taking: ["sex"], .drop,
      selecting: ["course", "sex"], "course sex\na M\nb F\nc M",
      notes: ["join people: 3 rows matched, 2 did not and were dropped"])
  }

  @Test(arguments: ["integer", "wide", "decimal", "decimal2"])
  func numbersMeetWhateverTheirForm(_ kind: String) throws {
    for other in ["integer", "wide", "decimal", "decimal2"] {
      let left = entry("left", "k:\(kind)\n3\n1\n.\n7\n-2")
      let right = entry("right", "k:\(other) v:text\n1 one\n3 three\n. none\n-2 minus")
      let plan = PlanBuilder(left).join(PlanBuilder(right), on: [("k", "k")], taking: ["v"])
      let answer = try run(plan.select("v"), over: [left, right])
      #expect(shown(answer) == "v\nthree\none\n.\n.\nminus", "\(kind) and \(other)")
    }
  }

  @Test func fractionsDoNotMeetWholeNumbers() throws {
    let left = entry("left", "k:integer\n1\n2")
    let right = entry("right", "k:decimal2 v:text\n1.50 x\n2.00 y")
    let plan = PlanBuilder(left).join(PlanBuilder(right), on: [("k", "k")], taking: ["v"])
    #expect(shown(try run(plan.select("v"), over: [left, right])) == "v\n.\ny")
  }

  @Test func emptySides() throws {
    let none = entry("none", "person:id sex:text")
    let plan = PlanBuilder(courses).join(
      PlanBuilder(none), on: [("person", "person")], taking: ["sex"], .drop)
    #expect(try run(plan, over: [courses, none]).table.rowCount == 0)
    let other = PlanBuilder(none).join(
      PlanBuilder(courses), on: [("person", "person")], taking: ["course"])
    #expect(try run(other, over: [courses, none]).table.rowCount == 0)
  }
}
