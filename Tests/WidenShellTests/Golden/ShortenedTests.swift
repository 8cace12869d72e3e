import Foundation
import Testing
import WidenEngine
import WidenLanguage

@testable import WidenShell

/// A script that reads only the columns it names says what it says when it reads all of them.
///
/// Every entry of the golden files is run as a script over the sample's tables as CSV files: answers,
/// messages and suggestions must not differ, but for what loading the other columns would tell.
@Suite struct ShortenedTests {
  @Test func goldenEntriesSayTheSameEitherWay() throws {
    let folder = try sampleAsFiles()
    defer { Repository.remove(folder) }
    let whole = try unprotected(ShellOptions(source: .files([folder])))
    whole.openingNotes = []
    let tables = whole.state.dataset.tableNames
    let fresh = whole.state
    var shortened = 0
    for path in Repository.goldenFiles {
      for section in try #require(GoldenFile(try Repository.text(path))).sections {
        for text in section.transcript.entries.map(\.query) where isRepeatable(text) {
          whole.state = fresh
          // Tables that the text does not name could not matter, and opening them takes long.
          let named = tables.filter { text.lowercased().contains($0) }
          let paths = named.isEmpty ? [folder] : named.map { "\(folder)/\($0).csv" }
          var options = ShellOptions(source: .files(paths))
          options.texts = [text]
          let short = try unprotected(options)
          short.openingNotes = []
          if !short.state.shortened.isEmpty { shortened += 1 }
          if paths.count < tables.count, short.state.shortened.isEmpty { continue }
          if paths.count < tables.count { whole.state = short.state.with(fresh) }
          #expect(said(text, short) == said(text, whole), "\(path): \(text)")
        }
      }
    }
    #expect(shortened > 100)
  }

  @Test(arguments: [
    "from staff | count by Female", "from staff | where band = \"5O\" | count",
    "from staff | where sex > 3 | count", "from staff | count by sexx",
    "from staff | summarise mean sex", "from staff | where band = 5 | count by sex",
    "from staff | count by sex | where bnad = \"5\"",
    "from staff | crosstab sex by band | sort Males",
    "from staff | count by organisation.borough", "define x as Female\n\nfrom staff | count by x",
  ])
  func mistakesAreExplainedAsWell(text: String) throws {
    let folder = try sampleAsFiles()
    defer { Repository.remove(folder) }
    var options = ShellOptions(source: .files([folder + "/staff.csv"]))
    let whole = try unprotected(options)
    options.texts = [text]
    let short = try unprotected(options)
    #expect(short.state.shortened.count == 1)
    (whole.openingNotes, short.openingNotes) = ([], [])
    #expect(said(text, short) == said(text, whole))
  }

  @Test func laterTextsFindAllColumns() throws {
    let folder = try sampleAsFiles()
    defer { Repository.remove(folder) }
    var options = ShellOptions(source: .files([folder + "/staff.csv"]))
    let whole = try unprotected(options)
    options.texts = ["from staff | count by band"]
    let short = try unprotected(options)
    for session in [whole, short] {
      session.openingNotes = []
      _ = said("from staff | count by band", session)
    }
    #expect(short.state.shortened.count == 1)
    for text in ["from staff | count by sex", "from staff | take 3", "show columns of staff"] {
      #expect(said(text, short) == said(text, whole))
    }
    #expect(short.state.shortened.isEmpty)
  }

  @Test func loadedTablesAreShortenedToo() throws {
    let folder = try sampleAsFiles()
    defer { Repository.remove(folder) }
    let text = """
      load "\(folder)/staff.csv" as staff

      from participation | count by staff.band

      from staff | count by sex
      """
    var options = ShellOptions(source: .sample(posts: 300))
    let whole = try unprotected(options)
    options.texts = [text]
    let short = try unprotected(options)
    let answers = [short, whole].map { session in
      said(text, session).filter { !$0.hasPrefix("! note: column") && !$0.contains("look like") }
    }
    #expect(answers[0] == answers[1] && answers[0].contains { $0.contains("matched") })
    #expect(short.state.shortened.count == 1)
    // The key that participation points to is read, although nobody names it.
    let table = try #require(short.state.dataset.entry(named: "staff")?.table)
    let read = table.columns.indices.filter { !table.unreadColumns.contains($0) }
    #expect(read.contains { table.columns[$0].description.name == "post_id" })
    #expect(!read.contains { table.columns[$0].description.name == "salary" })
  }

  /// The sample's tables, as CSV files in a new folder.
  private func sampleAsFiles() throws -> String {
    let folder = try Repository.temporaryFolder()
    let session = try unprotected(ShellOptions(source: .sample(posts: 300)))
    for table in session.state.dataset.tableNames {
      let lines = said("export \(table) to \"\(folder)/\(table).csv\"", session)
      try #require(lines.first?.contains("written") == true, "\(lines)")
    }
    return folder
  }

  /// Whether a text leaves no file behind and says nothing of time or place.
  private func isRepeatable(_ text: String) -> Bool {
    !["export", "save", "report", "set timing", "load", "run"].contains { text.contains($0) }
  }

  /// What is shown and told of a text, line by line.
  private func said(_ text: String, _ session: Session) -> [String] {
    var shown = ""
    let sinks = Sinks(output: { shown += $0 }, messages: { shown += "! " + $0 })
    let outcome = session.run(text, mode: .script(name: "script", parameters: []), to: sinks)
    shown += "\(outcome.status) \(outcome.proposal ?? "")"
    return shown.split(separator: "\n").map(String.init)
  }
}

extension Session.State {
  /// This state with the tables that another has whole.
  fileprivate func with(_ whole: Session.State) -> Session.State {
    var state = self
    for name in dataset.tableNames {
      if let entry = whole.dataset.entry(named: name) { state.dataset.add(entry) }
    }
    state.loads = whole.loads
    state.shortened = [:]
    return state
  }
}
