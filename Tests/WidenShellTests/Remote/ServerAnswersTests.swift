import Foundation
import PrivateServer
import Testing
import WidenEngine

@testable import WidenShell

/// What is asked of a database is answered, and protected, as what is asked of files.
@Suite(.serialized) struct ServerAnswersTests {
  @Test func libraryAnswersTheSame() throws {
    guard let fixture = ServerFixture.shared else { return }
    for script in LibraryAnswer.all.map(\.script) {
      try expectSame("run \"\(script)\"", fixture, tellsFindings: false)
    }
  }

  @Test(arguments: [
    "from staff | count by band, sex",
    "from staff | count by ethnicity, sex | share within sex",
    "from staff | crosstab band by sex",
    "set policy suppress; from staff | crosstab ethnicity by sex",
    "set policy midpoint6; from staff | where fte < 1 | count by organisation",
    "from staff | summarise sum salary as pay, mean salary as mean, median age as age by role",
    "from staff | summarise percentile 90 of salary as p by band",
    "from staff | where organisation.kind contains \"rust\" | count by organisation.borough",
    "from staff | count by salary",
    "from staff | where band >= \"6\" | count; from staff | where band >= \"7\" | count",
    "from staff | count by sex | keep bysex; from bysex | share",
    "from staff | take 5",
    "from staff | summarise max salary",
    "from staff | count by person_id",
    "from organisations | sort name | select organisation, name",
    "from participation | join initiatives on initiative | count by name",
    "from population | summarise sum people by borough, age_band | top 2 by sum_people within borough",
    "from staff | describe",
  ]) func publishesTheSame(_ query: String) throws {
    guard let fixture = ServerFixture.shared else { return }
    try expectSame(query, fixture)
  }

  @Test(arguments: [
    "from staff | count by band, sex",
    "from staff | describe",
    "from staff | derive fy(joined) as year | crosstab year by sex",
    "from staff | sort salary desc, post_id | take 3",
    "from staff | where left is missing | summarise mean salary with interval by sex",
    "from staff | where leaving_reason != \"Retirement\" | count by leaving_reason",
  ]) func showsTheSame(_ query: String) throws {
    guard let fixture = ServerFixture.shared else { return }
    try expectSame(query, fixture, isInteractive: true)
  }

  /// Tables that the database does not have are read from the files, and sent where they are needed.
  @Test(arguments: [
    "from staff | where organisation.kind contains \"rust\" | count by organisation.borough",
    "from staff | join organisations on organisation | count by kind",
    "from staff | count by borough | sort borough",
    "run \"catchment_gap\"", "from population | summarise sum people by borough",
  ]) func mixesTables(_ query: String) throws {
    guard let fixture = ServerFixture.shared else { return }
    let database = try fixture.server.makeDatabase()
    let opened = try openPackage(path: fixture.folder + "/datapackage.json")
    let staff = try #require(opened.dataset.entry(named: "staff"))
    try fixture.server.fill(staff, in: database, keepsOrder: false)
    var options = ShellOptions(source: .files([fixture.folder]))
    options.server = fixture.server.address(database)
    let there = try Session(options: options).said(query)
    let here = try fixture.session(isRemote: false).said(query)
    if there.status == .failed {
      #expect(there.text.contains("the rows of staff are at postgresql://"), "\(there.text)")
    } else {
      #expect(there.text == here.text, "\(query)")
    }
  }

  /// Rows stay where they are, unless few of them are asked for.
  @Test func bringsFewRowsOnly() throws {
    guard let fixture = ServerFixture.shared else { return }
    let session = try fixture.session(isRemote: true, isInteractive: true)
    let all = session.said("from training | change mandatory over completed")
    #expect(all.status == .failed || all.text.contains("rows"), "\(all.text)")
    let published = try fixture.session(isRemote: true).said("from staff | where age > 40")
    #expect(published.status == .refused)
    #expect(published.text.contains("these rows are about single people"))
  }

  /// An export that differs from an earlier one by few people is found without their rows.
  @Test func findsDifferences() throws {
    guard let fixture = ServerFixture.shared else { return }
    let session = try fixture.session(isRemote: true)
    let first = session.said("from staff | count")
    #expect(first.status == .done)
    let second = session.said("from staff | where post_id != \"S0000001\" | count")
    #expect(second.text.contains("[c]"), "\(second.text)")
  }

  /// Both sessions are new, so that nothing was released before.
  ///
  /// Of groups of few people more seem to nest by their stand-ins than do, and that is told: they are
  /// withheld in any case.
  private func expectSame(
    _ query: String, _ fixture: ServerFixture, isInteractive: Bool = false,
    tellsFindings: Bool = true
  ) throws {
    func shown(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter {
        tellsFindings || !$0.hasPrefix("note: figures are withheld that, with")
      }
    }
    let here = try fixture.session(isRemote: false, isInteractive: isInteractive).said(query)
    let there = try fixture.session(isRemote: true, isInteractive: isInteractive).said(query)
    #expect(shown(here.text) == shown(there.text), "\(query)")
    #expect(here.status == there.status, "\(query)")
    #expect(!here.text.isEmpty)
  }
}

/// The queries that a database is asked, as `explain` shows them.
@Suite(.serialized) struct ServerQueriesTests {
  @Test func sendsWhatIsWrittenDown() throws {
    guard let fixture = ServerFixture.shared else { return }
    let path = "Tests/Golden/server/queries.txt"
    let known = try #require(GoldenFile(try Repository.text(path)))
    var found = known
    for index in known.sections.indices {
      let session = try fixture.session(isRemote: true, isInteractive: true)
      let answer: GoldenSession = { entry in
        let (text, status) = session.said(entry)
        let name = fixture.address
        return GoldenReply(
          text: text.replacingOccurrences(of: name, with: "postgresql://server/workforce"),
          failed: status != .done)
      }
      found.sections[index].transcript = transcript(
        known.sections[index].transcript, folder: "no folder", session: answer)
    }
    if Repository.isUpdating {
      try Repository.write(found.text, to: path)
    } else {
      #expect(found == known)
    }
  }
}
