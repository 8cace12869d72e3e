import Testing
import WidenLanguage
import WidenShell

/// Every example that help shows runs on the sample.
struct ExamplesTests {
  private static let examples =
    stepRecords.filter(\.isAvailable).map(\.example)
    + statementRecords.filter(\.isAvailable).map(\.example)
    + aggregateRecords.map(\.example) + Function.allCases.map(\.record.example)

  @Test func run() throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    let session = try openGoldenShell()
    for example in Self.examples where !needsMore(example) {
      var messages = ""
      var output = ""
      let sinks = Sinks(output: { output += $0 }, messages: { messages += $0 })
      if example.hasPrefix("compare ") || example.hasPrefix("why ") {
        // They are about results that are there.
        let query = "from staff | count by cluster; from staff | count by cluster"
        _ = session.run(query, mode: .terminal, to: Sinks(output: { _ in }, messages: { _ in }))
      }
      let outcome = session.run(placed(example, in: folder), mode: .terminal, to: sinks)
      #expect(outcome.status == .done, "\(example)\n\(messages)")
      #expect(!output.contains("no rows"), "\(example) gives no rows")
    }
  }

  /// Examples that read a file of the user's own.
  private func needsMore(_ example: String) -> Bool {
    example.hasPrefix("load ")
  }

  @Test func everyTopicHasHelp() throws {
    let session = try openGoldenShell()
    for word in stepRecords.map(\.word) + statementRecords.map(\.word)
      + aggregateRecords.map(\.word)
      + Function.allCases.map(\.rawValue)
    {
      var output = ""
      let sinks = Sinks(output: { output += $0 }, messages: { _ in })
      #expect(
        session.run("help \(word)", mode: .terminal, to: sinks).status == .done, "help \(word)")
      #expect(output.contains(word))
    }
  }
}
