import Foundation
import Testing
import WidenEngine
import WidenLanguage
import WidenStatistics

@testable import WidenShell

/// The user's configuration: what it may do, and what it may not.
struct ConfigurationTests {
  private func run(_ text: String, policy: DisclosurePolicy = .safe) throws -> (
    session: Session, messages: String, status: RunStatus
  ) {
    let session = try Session(
      options: ShellOptions(source: .sample(posts: 500), isInteractive: true))
    session.state.dataset.policy = policy.name
    session.state.settings.policy = policy
    var messages = ""
    let outcome = session.run(
      text, mode: .configuration(name: "config.widen"),
      to: Sinks(output: { messages += $0 }, messages: { messages += $0 }))
    return (session, messages, outcome.status)
  }

  @Test func setsAndDefines() throws {
    let (session, messages, status) = try run(
      "set rows 7\nset flow off\ndefine staff.older as age >= 55\nlet few = \"2\"..\"4\"")
    #expect(status == .done && messages == "")
    var output = ""
    _ = session.run(
      "from staff | where band in few | count by older", mode: .terminal,
      to: Sinks(output: { output += $0 }, messages: { output += $0 }))
    #expect(output.contains("older"))
    #expect(!output.contains("→"))
  }

  @Test func aMistakeHasItsPlace() throws {
    let (_, messages, status) = try run("set rows 7\nset rowz 8\n")
    #expect(status == .failed)
    #expect(
      messages == """
        error: there is no setting 'rowz'
          config.widen:2:5
          2 │ set rowz 8
            │     ^^^^
            = did you mean 'rows'?

        """)
  }

  @Test func cannotLowerProtection() throws {
    let (session, messages, status) = try run(
      "set rows 7\nset policy none", policy: .suppress)
    #expect(status == .failed)
    #expect(session.state.settings.policy == .suppress)
    #expect(
      messages.hasPrefix(
        "error: a configuration cannot lower the protection of these data, which is suppress"),
      "\(messages)")
    #expect(messages.contains("config.widen:2:12"))
  }

  @Test func norByWayOfAnotherScript() throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    try "set policy none\n".write(
      toFile: "\(folder)/lower.widen", atomically: true, encoding: .utf8)
    let (session, _, status) = try run("run \"\(folder)/lower.widen\"", policy: .suppress)
    #expect(status == .failed)
    #expect(session.state.settings.policy == .suppress)
  }
}
