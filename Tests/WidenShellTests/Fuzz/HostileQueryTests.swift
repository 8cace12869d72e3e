import Foundation
import Testing
import WidenShell

/// Queries that somebody wrote to break a program, from the check data beside the repository.
@Suite(.enabled(if: CheckData.folder != nil)) struct HostileQueryTests {
  @Test func endInAnAnswerOrAnError() throws {
    let path = (CheckData.folder ?? "") + "/checks/badinput/queries_bad.txt"
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let queries = bytes.split(separator: 0x1E, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(queries.count > 20)
    let before = try files()
    let session = try unprotected(ShellOptions(source: .sample(posts: nil), width: { 80 }))
    for query in queries {
      for text in [query, "from staff | \(query)", "from staff | \(query) | take 1"] {
        try check(text, in: session)
      }
    }
    #expect(try files() == before, "a query wrote a file")
  }

  private func check(_ text: String, in session: Session) throws {
    var shown = ""
    let sinks = Sinks(output: { shown += $0 }, messages: { shown += $0 })
    let started = Date()
    let outcome = session.run(text, mode: .terminal, to: sinks)
    let seconds = Date().timeIntervalSince(started)
    let place = String(text.debugDescription.prefix(80))
    #expect(seconds < FuzzPlan.mostSeconds, "\(place) took \(seconds) s")
    #expect(outcome.status == .done || !shown.isEmpty, "\(place) failed without a word")
    #expect(rawCharacters(shown).isEmpty, "\(place) shows raw characters")
    #expect(shown.utf8.count < 100_000, "\(place) shows \(shown.utf8.count) bytes")
  }

  /// What stands in the folders that the queries name, and how large it is.
  private func files() throws -> [String] {
    let manager = FileManager.default
    var found = try manager.contentsOfDirectory(atPath: manager.currentDirectoryPath)
    for path in ["/etc/passwd", "/tmp/x.csv", NSHomeDirectory() + "/.ssh/authorized_keys"] {
      let attributes = try? manager.attributesOfItem(atPath: path)
      found.append("\(path) \(String(describing: attributes?[.size]))")
    }
    return found.sorted()
  }
}
