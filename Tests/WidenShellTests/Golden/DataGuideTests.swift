import Foundation
import Testing
import WidenShell

/// The description that the guide to data of one's own shows can be opened.
struct DataGuideTests {
  @Test func theDescriptionOpens() throws {
    let guide = try Repository.text("docs/data.md")
    let start = try #require(guide.range(of: "```json\n"))
    let end = try #require(guide[start.upperBound...].range(of: "```"))
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    let files = [
      "datapackage.json": String(guide[start.upperBound..<end.lowerBound]),
      "definitions.widen": "define measure men as count where ethnicity = \"A\"",
      "organisations.csv": "organisation,borough\nR1H,Newham\n",
      "staff.csv": """
      post_id,person_id,organisation,band,ethnicity,joined,left
      1,a,R1H,8a,A,01/04/2013,
      2,a,R1H,5,Z,01/05/2013,31/03/2014
      3,b,R1H,N/K,B,01/05/2013,
      """,
    ]
    for (name, text) in files {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    let session = try unprotected(ShellOptions(source: .files([folder])))
    var output = ""
    let sinks = Sinks(output: { output += $0 }, messages: { output += $0 })
    let outcome = session.run(
      "from staff | where band >= \"5\" | snapshot at 2014-12-31 | count by organisation.borough",
      mode: .terminal, to: sinks)
    #expect(outcome.status == .done)
    #expect(output.contains("Newham"))
    #expect(output.contains("staff 3 → where 2 → snapshot 1"))
  }
}
