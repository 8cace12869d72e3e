import Foundation
import PrivateServer
import Testing
import WidenEngine
import WidenLanguage

@testable import WidenRemote
@testable import WidenShell

/// What is asked of a database is answered, and protected, as what is asked of files.
@Suite(.serialized) struct ServerAnswersTests {
  @Test func libraryAnswersTheSame() throws {
    guard let fixture = ServerFixture.shared else { return }
    for script in LibraryAnswer.all.map(\.script) where script != "senior_parity" {
      try fixture.expectSame("run \"\(script)\"", tellsFindings: false)
    }
  }

  @Test(arguments: publishedQueries) func publishesTheSame(_ query: String) throws {
    guard let fixture = ServerFixture.shared else { return }
    try fixture.expectSame(query)
  }

  @Test(arguments: shownQueries) func showsTheSame(_ query: String) throws {
    guard let fixture = ServerFixture.shared else { return }
    try fixture.expectSame(query, isInteractive: true)
  }

  /// Tables that the database does not have are read from the files, and sent where they are needed.
  @Test(arguments: mixedQueries) func mixesTables(_ query: String) throws {
    guard let fixture = ServerFixture.shared else { return }
    let database = try fixture.server.makeDatabase()
    let opened = try openPackage(path: fixture.folder + "/datapackage.json")
    let staff = try #require(opened.dataset.entry(named: "staff"))
    try fixture.server.fill(staff, in: database, keepsOrder: false)
    try fixture.expectSame(query, mixedWith: fixture.server.address(database))
  }

  /// Groups of one person each would bring everybody here.
  @Test(arguments: ["run \"senior_parity\"", "from staff | count by person_id"])
  func refusesGroupsOfSinglePeople(_ query: String) throws {
    guard let fixture = ServerFixture.shared else { return }
    let said = try fixture.session(isRemote: true).said(query)
    #expect(said.status == .refused)
    #expect(said.text.contains("are single people, and may not leave"), "\(said.text)")
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
}

/// The same of a Spark cluster.
@Suite(.serialized) struct SparkAnswersTests {
  @Test(arguments: LibraryAnswer.all.map(\.script)) func libraryAnswersTheSame(_ script: String)
    throws
  {
    guard let fixture = SparkFixture.shared else { return }
    if script == "senior_parity" {
      let said = try fixture.session(isRemote: true).said("run \"\(script)\"")
      #expect(said.status == .refused)
      #expect(said.text.contains("are single people, and may not leave"), "\(said.text)")
    } else {
      try fixture.expectSame("run \"\(script)\"", tellsFindings: false)
    }
  }

  @Test(arguments: publishedQueries) func publishesTheSame(_ query: String) throws {
    guard let fixture = SparkFixture.shared else { return }
    try fixture.expectSame(query)
  }

  @Test(arguments: shownQueries) func showsTheSame(_ query: String) throws {
    guard let fixture = SparkFixture.shared else { return }
    try fixture.expectSame(query, isInteractive: true)
  }

  @Test(arguments: mixedQueries) func mixesTables(_ query: String) throws {
    guard let fixture = SparkFixture.shared, let cluster = SparkCluster.shared else { return }
    let opened = try openPackage(path: fixture.folder + "/datapackage.json")
    let staff = try #require(opened.dataset.entry(named: "staff"))
    try cluster.fill(staff, in: "mixed", keepsOrder: false)
    try fixture.expectSame(query, mixedWith: cluster.address("mixed"))
  }

  @Test func completesValues() throws {
    guard let fixture = SparkFixture.shared else { return }
    // A busy machine may take longer than a menu waits.
    let catalogue = SparkCatalogue(patienceSeconds: 60, databases: ["sample"])
    let connection = try SparkConnection(fixture.address, settings: SparkCatalogue.settings)
    let opened = try openDatabase(connection, catalogue)
    let source = try #require(opened.dataset.entry(named: "staff")?.source as? DatabaseSource)
    let sex = ColumnDescription.Origin(table: "staff", column: "sex")
    let values = try #require(source.values(of: sex, isComplete: true))
    #expect(values.map(\.value).contains("Female"), "\(values)")
    #expect(source.holds("Female", in: sex) && !source.holds("female", in: sex))
    #expect(source.recordedRows(of: sex) ?? 0 >= values.map(\.rows).reduce(0, +))
    let known = source.tables
    source.tables.tables["staff"]?.rowCount = 2_000_000
    #expect(source.values(of: sex, isComplete: false)?.count == values.count)
    source.tables = known
  }
}

/// Queries over tables of which the database has only one.
private let mixedQueries = [
  "from staff | where organisation.kind contains \"rust\" | count by organisation.borough",
  "from staff | join organisations on organisation | count by kind",
  "from staff | count by borough | sort borough",
  "run \"catchment_gap\"", "from population | summarise sum people by borough",
]

/// Queries that are published.
private let publishedQueries = [
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
  "from organisations | sort name | select organisation, name",
  "from participation | join initiatives on initiative | count by name",
  "from population | summarise sum people by borough, age_band | top 2 by sum_people within borough",
  "from staff | describe",
]

/// Queries that are looked at.
private let shownQueries = [
  "from staff | count by band, sex",
  "from staff | describe",
  "from staff | derive fy(joined) as year | crosstab year by sex",
  "from staff | sort salary desc, post_id | take 3",
  "from staff | where left is missing | summarise mean salary with interval by sex",
  "from staff | where leaving_reason != \"Retirement\" | count by leaving_reason",
]

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
