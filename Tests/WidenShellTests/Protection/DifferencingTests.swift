import Foundation
import Testing
import WidenEngine

@testable import WidenShell

/// Attacks that take the difference of two things that were published, and a day's honest work.
struct DifferencingTests {
  /// 103 people in A, of whom three are 60; 100 in B.
  private static let people = [
    ("A", 30, 60), ("A", 40, 40), ("A", 60, 3), ("B", 30, 50), ("B", 50, 50),
  ]
  .map { (group: $0.0, age: $0.1, count: $0.2) }

  private func published(state: String? = nil) throws -> Published {
    try Published(Self.people, state: state)
  }

  @Test func nestedFiltersAreStopped() throws {
    let people = try published()
    #expect(people.figure(#"from people | where grp = "A" | count"#) == "integer(105)")
    #expect(people.figure(#"from people | where grp = "A" and age < 60 | count"#) == "[c]")
  }

  @Test func complementsAreStopped() throws {
    let people = try published()
    #expect(people.figure("from people | count") == "integer(205)")
    #expect(people.figure("from people | where not (age = 60) | count") == "[c]")
    #expect(people.figure("from people | where age != 60 | count") == "[c]")
  }

  @Test func chainsOfThreeAreStopped() throws {
    let people = try published()
    // A is 103, A below 40 is 60: then those of 40 are 43 less the three of 60.
    #expect(people.figure(#"from people | where grp = "A" | count"#) == "integer(105)")
    #expect(people.figure(#"from people | where grp = "A" and age < 40 | count"#) == "integer(60)")
    #expect(people.figure(#"from people | where grp = "A" and age = 40 | count"#) == "[c]")
  }

  @Test func aRestartForgetsNothing() throws {
    let state = try Repository.temporaryFolder()
    defer { Repository.remove(state) }
    #expect(
      try published(state: state).figure(#"from people | where grp = "A" | count"#)
        == "integer(105)")
    #expect(
      try published(state: state).figure(#"from people | where grp = "A" and age < 60 | count"#)
        == "[c]")
    let files = try FileManager.default.contentsOfDirectory(atPath: state)
    #expect(files.contains("audit.log") && files.contains { $0.hasPrefix("released-") })
    for file in files {
      let attributes = try FileManager.default.attributesOfItem(atPath: state + "/" + file)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func otherWordsAreTheSamePeople() throws {
    let people = try published()
    #expect(people.figure(#"from people | where grp = "A" | count"#) == "integer(105)")
    for query in [
      #"from people | rename grp as team | where team = "A" and age < 60 | count"#,
      #"from people | where grp = "A" | derive age >= 60 as old | where not old | count"#,
      #"let young = from people | where age < 60; from young | where grp = "A" | count"#,
      #"from people | where grp = "A" | summarise count where age < 60 as young"#,
      #"from people | where grp = "A" and age < 60 | count distinct id"#,
      #"from people | where grp = "A" and age < 60 | summarise mean pay"#,
      #"from people | count by grp, (age < 60) as young | where young | take 1"#,
    ] {
      #expect(people.figure(query) == "[c]", "\(query)")
    }
  }

  @Test func whatProtectLetsLeaveIsRemembered() throws {
    let people = try published()
    #expect(
      people.figure(#"from people | where grp = "A" | count | protect"#) == "integer(105)")
    #expect(people.figure(#"from people | where grp = "A" and age < 60 | count"#) == "[c]")
    #expect(
      people.said(#"from people | crosstab grp by age | protect suppress"#).output.contains("60"))
  }

  @Test func thePeopleOfOnePolicyAreRefusedUnderAnother() throws {
    let people = try published()
    #expect(people.figure(#"from people | where grp = "A" | count"#) == "integer(105)")
    _ = people.said("set policy suppress")
    #expect(people.figure(#"from people | where grp = "A" | count"#) == "[c]")
  }

  @Test func whatProtectLetLeaveHasAName() throws {
    let people = try published()
    #expect(people.figure(#"from people | where grp = "A" | count | protect"#) == "integer(105)")
    _ = people.said("set policy suppress")
    let said = people.said(#"from people | where grp = "A" | count"#).messages
    #expect(said.contains("that the result of query gave under policy safe"), "\(said)")
  }

  @Test func theSameQuestionMayBeAskedAgain() throws {
    let people = try published()
    let query = #"from people | where grp = "A" | count by age"#
    let first = people.said(query)
    #expect(people.said(query).output == first.output)
  }

  /// All scripts of the library, one after the other, as on a busy day.
  @Test func honestWorkIsHardlyHindered() throws {
    let session = try Session(options: ShellOptions(source: .sample(posts: nil)))
    var (figures, withheld, differences) = (0, 0, 0)
    for script in LibraryScript.all {
      _ = session.run(
        script.text, mode: .script(name: script.name, parameters: []),
        to: Sinks(output: { _ in }, messages: { _ in }))
      guard let protection = session.state.last?.answer.protection else { continue }
      figures += protection.figures
      withheld += protection.withheldCount
      differences += protection.withheld[.difference] ?? 0
    }
    #expect(figures > 500)
    // What the ledger alone withholds; small cells are withheld whoever asks.
    #expect(
      Double(differences) < 0.2 * Double(figures), "\(differences) and \(withheld) of \(figures)")
    print("A day's work: \(figures) figures, \(withheld) withheld, \(differences) by the ledger")
  }
}
