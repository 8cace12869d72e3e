import Foundation
import Testing

@testable import WidenShell

/// Attacks that count people with numbers that were made up for it, or ask about somebody by name.
struct MadeUpNumberTests {
  /// 90 people in A, of whom five are 60; 40 in B, of whom twelve are 50.
  private func published() throws -> Published {
    try Published(
      [("A", 30, 60), ("A", 40, 25), ("A", 60, 5), ("B", 30, 28), ("B", 50, 12)]
        .map { (group: $0.0, age: $0.1, count: $0.2) })
  }

  /// Five people are 60: however they are coded, no figure is shown.
  @Test(arguments: [
    "sum (if age = 60 then 1 else 0)", "mean (if age = 60 then 1 else 0)",
    "sd (if age = 60 then 1 else 0)", "sum (if age = 60 then 1 else 0) * 1.0",
    "sum (if age = 60 then 1 else -1)", "sum (if age = 60 then 7 else 3)",
    "sum (if age = 60 then 1 else pay * 0.0000001)",
    "mean (if age = 60 then 100 + pay * 0.000001 else pay * 0.000001)",
    "sum (if age = 60 then 10000 else if age = 40 then 100 else 1)",
    "percentile 95 of (if age = 60 then 1 else 0)", "percentile 5 of (if age = 60 then 0 else 1)",
    "count distinct (if age = 60 then 1 else 0)",
    "count distinct (if age = 60 then \"a\" else \"b\")",
    "sum floor(age / 60)", "mean max(age, 59)", "corr age with (if age = 60 then 1 else 0)",
    "median (if age = 60 then pay else 0)",
  ]) func fewAreNotCounted(figure: String) throws {
    let people = try published()
    let query = #"from people | where grp = "A" | summarise \#(figure) as x"#
    #expect(people.figure(query) == "[c]", "\(figure): \(people.said(query))")
    let derived = #"from people | derive (if age = 60 then 1 else 0) as f | where grp = "A" "#
    #expect(people.figure(derived + "| summarise sum f as x") == "[c]")
  }

  /// Twelve are 50: a sum of ones says no more than a rounded count.
  @Test(arguments: [
    ("sum (if age = 50 then 1 else 0)", "integer(10)"),
    ("sum (if age = 50 then 1 else missing)", "integer(10)"),
    ("sum 1", "integer(40)"), ("mean (if age = 50 then 1 else 0)", "decimal(0.4)"),
  ]) func aSumOfOnesIsARoundedCount(figure: String, expected: String) throws {
    let query = #"from people | where grp = "B" | summarise \#(figure) as x"#
    #expect(try published().figure(query) == expected, "\(figure)")
  }

  /// Real columns stay useful, and say nothing of one person.
  @Test func recordedNumbersAreRounded() throws {
    let people = try published()
    // 90 people, of whom the last has 20,900: the mean is 20,455 and moves by 10 a person.
    #expect(
      people.figure(#"from people | where grp = "A" | summarise mean pay"#) == "decimal(20460.0)")
    #expect(
      people.figure(#"from people | where grp = "B" | summarise sum pay"#) == "integer(850000)")
  }

  @Test func oneWhoMovesIsNotSeenInASum() throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    var text = "id,month,pay\n"
    for number in 1...40 {
      text += "P\(number),2024-01,\(30_000 + 100 * number)\n"
      if number != 7 { text += "P\(number),2024-02,\(30_000 + 100 * number)\n" }
    }
    try text.write(toFile: folder + "/pay.csv", atomically: true, encoding: .utf8)
    let people = try published()
    _ = people.said("load \"\(folder)/pay.csv\" as pay personal by id")
    let csv = people.said("set format csv\nfrom pay | summarise sum pay, mean pay by month").output
    // The 30,700 of the seventh would be the difference of the sums.
    #expect(
      csv == "month,sum_pay,mean_pay\n2024-01,1300000,32100.0\n2024-02,1250000,32100.0\n", "\(csv)")
  }

  /// Nobody and one are not told apart of somebody who is known.
  @Test(arguments: [
    #"where id = "P1001" and age = AGE | count"#, #"where age = AGE | where id = "P1001" | count"#,
    #"where id = "P1001" | where age = AGE | count"#,
    #"summarise count where id = "P1001" and age = AGE"#,
    #"where id = "P1001" | summarise count where age = AGE"#,
    #"where not (id != "P1001" or age != AGE) | count"#,
    #"derive id = "P1001" and age = AGE as x | where x | count"#,
    #"derive id = "P1001" as x | where x and age = AGE | count"#,
    #"where id = "P1001" | count by age"#, #"where id = "P1001" and age = AGE | count by grp"#,
    #"count by (id = "P1001" and age = AGE) as x"#,
    #"where id = "P1001" and age = AGE | crosstab grp by age"#,
    #"where pay = 20010 and age = AGE | count"#, #"where pay <= 20030 and age = AGE | count"#,
    #"summarise rate age = AGE among id = "P1001""#,
    #"summarise count distinct (if id = "P1001" and age = AGE then 1 else 2) as x"#,
    #"where id = "P1001" and age = AGE | summarise sum pay, mean pay"#,
    #"derive 1 / (if id = "P1001" and age = AGE then 0 else 1) as f | summarise sum f"#,
    #"derive (if id = "P1001" and age = AGE then missing else 1) as f | summarise sum f"#,
    #"derive (if id = "P1001" and age = AGE then 90 else age) as f | summarise mean f by grp"#,
    "where id = \"P1001\" | keep as one\nfrom one | where age = AGE | count",
    #"sort pay | take 1 | where age = AGE | count"#,
  ]) func nobodyIsNotToldFromFew(query: String) throws {
    func answer(_ age: Int) throws -> String {
      let people = try published()
      let said = people.said(
        "set format csv\nfrom people | " + query.replacing("AGE", with: "\(age)"))
      #expect(said.status != .failed, "\(said.messages)")
      return said.output + said.messages.replacing("\(age)", with: "AGE") + "\(said.status)"
    }
    // The first person is 30, and not 40.
    #expect(try answer(30) == answer(40))
  }

  /// A bound that is moved until nobody is left would show the greatest.
  @Test(arguments: [
    "where pay > BOUND | count", "summarise count where pay > BOUND",
    "where not (pay <= BOUND) | count", "where pay in BOUND..99999 | count",
    "where grp = \"B\" | where pay - BOUND > 0 | count",
  ]) func boundsShowNoExtremes(query: String) throws {
    for bound in ["21250", "21350"] {
      #expect(
        try published().figure("from people | " + query.replacing("BOUND", with: bound)) == "[c]")
    }
  }

  /// Eight or more who are known would hide those who are not, and be taken off again.
  @Test(arguments: [
    "where KNOWN or age = 60 | count", "where not (not KNOWN and age != 60) | count",
    "where KNOWN or age = 60 and id != \"P1001\" | count",
    "summarise count where KNOWN or age = 60",
    "where (if KNOWN then yes else age = 60) | count", "where (KNOWN) != (age = 60) | count",
    "derive KNOWN as known | where known or age = 60 | count",
    "derive (KNOWN or age = 60) as mine | where mine | count",
    "derive (KNOWN or age = 60) as mine | count by mine | where mine",
  ]) func peopleWhoAreKnownHideNobody(query: String) throws {
    let names = (1001...1012).map { "\"P\($0)\"" }.joined(separator: ", ")
    for policy in ["safe", "suppress"] {
      let people = try published()
      _ = people.said("set policy \(policy)")
      let figure = people.figure(
        "from people | " + query.replacing("KNOWN", with: "id in (\(names))"))
      #expect(figure == "[c]" || figure.contains("may not leave"), "\(policy): \(figure)")
    }
    // A list of people is a group like others, and so is a part of it.
    let people = try published()
    #expect(people.figure("from people | where id in (\(names)) | count") == "integer(10)")
    #expect(
      people.figure("from people | where id in (\(names)) and grp = \"A\" | count") == "integer(10)"
    )
  }

  @Test func sumsOfNearlyTheSamePeopleAreNotShown() throws {
    let csv = try published().said(
      "set format csv\nfrom people | summarise sum pay where age != 60 as a, sum pay as b"
    ).output
    #expect(csv == "a,b\n[c],2700000\n", "\(csv)")
  }

  @Test func oneInnerStepMayGroupByPerson() throws {
    let people = try published()
    let query = "from people | summarise count as posts, max age as oldest by id | count by posts"
    #expect(people.said("set format csv\n" + query).output == "posts,n\n1,130\n")
    #expect(people.said("from people | count by id").status == .refused)
    #expect(people.said("from people | count by id as who | take 1").status == .refused)
    #expect(
      people.said("set format csv\nfrom people | count by id, age as years | count by years").output
        == "years,n\n30,90\n40,25\n50,10\n")
  }

  @Test func whatWasWithheldStaysSo() throws {
    let people = try published()
    #expect(people.figure("from people | where age = 60 | count") == "[c]")
    _ = people.said("set policy midpoint6")
    #expect(people.figure("from people | where age = 60 | count") == "[c]")
    #expect(people.said("from people | where age = 60 | count").messages.contains("withheld under"))
  }

  @Test func loadedAgainItIsStillAboutPeople() throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    let path = folder + "/x.csv"
    try "id,grp\nP1,A\nP2,B\n".write(toFile: path, atomically: true, encoding: .utf8)
    let people = try published()
    _ = people.said("load \"\(path)\" as x personal by id")
    let said = people.said("load \"\(path)\" as x").messages
    #expect(said.contains("told apart by id, as before"), "\(said)")
    #expect(people.said("from x").status == .refused)
  }
}
