import Foundation
import Testing

@testable import WidenShell

/// What leaves a session: rounded, withheld, refused, and written down.
struct PublishingTests {
  private func published(_ state: String? = nil) throws -> Published {
    try Published(
      [("A", 30, 60), ("A", 40, 5), ("B", 30, 41), ("B", 50, 8)].map {
        (group: $0.0, age: $0.1, count: $0.2)
      }, state: state)
  }

  @Test func smallCountsAreWithheldAndOthersRounded() throws {
    let people = try published()
    let csv = people.said("set format csv\nfrom people | count by grp, (age < 35) as young").output
    #expect(csv == "grp,young,n\nA,no,[c]\nA,yes,60\nB,no,10\nB,yes,40\n")
  }

  @Test func aShareNeedsItsWhole() throws {
    let csv = try published().said(
      "set format csv\nfrom people | count by grp, (age < 35) as young | share within grp"
        + " | select grp, young, share")
    #expect(csv.output == "grp,young,share\nA,no,[c]\nA,yes,[c]\nB,no,0.2\nB,yes,0.8\n")
  }

  @Test(arguments: [
    "from people", "from people | where age > 40", "from people | select id, pay",
    "from people | sort pay | take 1", "from people | summarise max pay",
    "from people | summarise percentile 99 of pay", "from people | count by id",
    "let all = from people; from all | take 3", "from people | describe",
    "export people to \"x.csv\"",
  ]) func whatIsAboutOnePersonIsRefused(query: String) throws {
    let answer = try published().said(query)
    #expect(answer.status == .refused && answer.output == "", "\(query): \(answer.output)")
    #expect(answer.messages.contains("policy safe"))
  }

  @Test(arguments: [
    "from people | count by grp, age, pay | count by age",
    "from people | count by grp, age, pay | summarise count as k",
    "from people | distinct grp, age, pay | count by age",
    "from people | count by grp, age, pay | crosstab grp by age",
    "from people | count by grp, age, pay | summarise max pay, sum pay by grp",
    "from people | where id = \"P1003\" | distinct grp",
    "from people | where id = \"P1003\" | count by grp",
  ]) func groupsOfFewAreNotCounted(query: String) throws {
    let answer = try published().said("set format csv\n" + query)
    let rows = answer.output.split(separator: "\n").dropFirst()
    #expect(
      rows.allSatisfy {
        $0 == "0" || $0.hasPrefix("Total") && !$0.contains { "123456789".contains($0) }
      },
      "\(query): \(answer.output)")
  }

  /// Nobody of B is disabled, all of C are, and of D there are three: zeros would say so.
  @Test(arguments: ["safe", "suppress", "hes", "midpoint6"])
  func nobodySaysNothingOfAllOrFew(policy: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    let counts = [
      ("A", "yes", 40), ("A", "no", 60), ("B", "no", 30), ("C", "yes", 20), ("D", "no", 3),
    ]
    var text = "id,grp,disability\n"
    for (number, part) in counts.enumerated() {
      for person in 0..<part.2 { text += "P\(number)_\(person),\(part.0),\(part.1)\n" }
    }
    try text.write(toFile: folder + "/x.csv", atomically: true, encoding: .utf8)
    let people = try published()
    let load =
      "load \"\(folder)/x.csv\" as x personal by id\nset policy \(policy)\nset format csv\n"
    let wide = people.said(load + "from x | crosstab grp by disability").output
    let lines = wide.split(separator: "\n").map(String.init)
    for group in ["B", "C", "D"] {
      #expect(lines.contains { $0.hasPrefix("\(group),[c],[c]") }, "\(wide)")
    }
    let long = try published().said(load + "from x | count by grp, disability").output
    #expect(!long.contains("D,") && !long.contains("B,") && !long.contains("C,"), "\(long)")
  }

  /// A total of nothing but withheld figures is not 0.
  @Test func nothingIsNotAdded() throws {
    let csv = try published().said(
      "set format csv\nfrom people | where age = 40 or age = 50 | crosstab grp by age"
    ).output
    #expect(csv.contains("A,[c],0,[c]\n"), "\(csv)")
  }

  @Test func whatIsWithheldIsNotCalledMissing() throws {
    let people = try published()
    let said = people.said(
      "from people | count by grp, (age < 35) as young | summarise sum n, mean n")
    #expect(!said.messages.contains("with missing"), "\(said.messages)")
  }

  @Test func messagesTellNoCounts() throws {
    let said = try published().said("from people | where grp = \"a\" | count").messages
    #expect(said.contains("the nearest value is \"A\" (70 rows)"), "\(said)")
  }

  @Test func rareValuesDoNotShowThatTheyExist() throws {
    let csv = try published().said("set format csv\nfrom people | count by pay").output
    #expect(csv == "pay,n\n")
  }

  @Test func aSumOfWhichOneHasNearlyAllIsWithheld() throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    let rows = (1...9).map { "P\($0),A,\($0 == 1 ? 1_000_000 : 10)" }.joined(separator: "\n")
    try ("id,grp,grant\n" + rows + "\n").write(
      toFile: folder + "/grants.csv", atomically: true, encoding: .utf8)
    let people = try published()
    _ = people.said("load \"\(folder)/grants.csv\" as grants personal by id")
    #expect(people.figure("from grants | summarise sum grant") == "[c]")
  }

  @Test func whatWasKeptIsProtectedWhenItLeaves() throws {
    let people = try published()
    let answer = people.said(
      "set format csv\nfrom people | count by grp, age | keep as counts\n"
        + "from counts | where n < 8\nfrom counts | summarise sum n by grp")
    #expect(!answer.output.contains(",5\n"))
    #expect(answer.output.hasSuffix("grp,sum_n\nA,60\nB,50\n"), "\(answer.output)")
  }

  @Test func lessProtectionNeedsAReason() throws {
    let people = try published()
    #expect(people.said("set policy none").status == .failed)
    #expect(people.said("from people | count by age | protect none").status == .failed)
    #expect(people.said(#"set policy none because "an inquiry""#).status == .done)
    #expect(people.said("set format csv\nfrom people | count by age").output.contains("40,5\n"))
  }

  @Test func exportsSayWhatWasDone() throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    let people = try published()
    let answer = people.said(
      "from people | where id != \"P1001\" | count by grp, age | export to \"\(folder)/x.csv\"")
    #expect(answer.status == .done, "\(answer.messages)")
    let manifest = try String(contentsOfFile: folder + "/x.csv.manifest.json", encoding: .utf8)
    for part in [#""policy": "safe""#, #""threshold": 7"#, #""figures": 4"#, #""withheld": 1"#] {
      #expect(manifest.contains(part), "\(manifest)")
    }
    #expect(!manifest.contains("P1001"))
  }

  @Test func theLogIsAChain() throws {
    let state = try Repository.temporaryFolder()
    defer { Repository.remove(state) }
    let people = try published(state)
    for age in [30, 40, 50] { _ = people.said("from people | where age >= \(age) | count by grp") }
    let log = AuditLog(path: state + "/audit.log")
    let text = try String(contentsOfFile: log.path, encoding: .utf8)
    #expect(text.split(separator: "\n").count == 3)
    #expect(text.contains(#""policy":"safe""#) && !text.contains("age >= 3") && text.contains("…"))
    #expect(try log.firstBrokenLine() == nil)
    // A line that is longer than what is read of the end of a log.
    let entry = AuditLog.Entry(
      time: "", version: "", target: "output", query: String(repeating: "q", count: 70_000),
      policy: "safe", reason: nil, figures: 1, withheld: 0, isAuditPassed: nil)
    for _ in 0..<3 { try log.append(entry) }
    #expect(try log.firstBrokenLine() == nil)
    try text.replacingOccurrences(of: "\"withheld\":\"1\"", with: "\"withheld\":\"0\"").write(
      toFile: log.path, atomically: true, encoding: .utf8)
    #expect(try log.firstBrokenLine() != nil)
  }
}
