import Foundation
import Glibc
import Testing

@testable import widen

/// What is longer than the screen, at a terminal.
@Suite(.serialized) struct PagerTests {
  private func start(
    rows: Int = 20, environment: [String] = [], state: String? = nil
  ) throws -> PseudoTerminal {
    let terminal = try #require(
      PseudoTerminal(columns: 80, rows: rows, environment: environment, state: state))
    try #require(terminal.waits(for: "›"), "no prompt: \(terminal.screen.text)")
    return terminal
  }

  @Test func aLongResultGoesToThePager() throws {
    let terminal = try start(environment: ["PAGER=sed 's/^/paged /'"])
    terminal.type("from staff | count by role\r")
    #expect(terminal.waits(for: "\npaged P"))
    #expect(terminal.waits(for: "→ count"))
    #expect(!terminal.screen.text.contains("rows shown"))
    terminal.type("from staff | count by sex\r")
    #expect(terminal.waits { $0.screen.text.contains("\nFemale") })
    terminal.type("set pager off\r")
    terminal.type("from staff | count by role\r")
    #expect(terminal.waits(for: "rows shown"))
  }

  @Test func thePagerSavesNothing() throws {
    let terminal = try start(environment: ["PAGER=sed \"s/^/secure=$LESSSECURE /\""])
    terminal.type("from staff | count by role\r")
    #expect(terminal.waits(for: "\nsecure=1 P"))
  }

  @Test func aPagerThatIsNotThereLosesNothing() throws {
    let terminal = try start(environment: ["PAGER=/nowhere/pager"])
    terminal.type("from staff | count by role\r")
    #expect(terminal.waits(for: "→ count"))
    #expect(terminal.screen.text.contains("\nP"))
  }

  @Test func colouredTextIsMeasuredWithoutItsColours() {
    let line = "\u{1B}[1m" + String(repeating: "x", count: 40) + "\u{1B}[0m\n"
    let text = String(repeating: line, count: 10)
    #expect(!Pager.isLong(text, columns: 40, room: 10))
    #expect(Pager.isLong(text, columns: 39, room: 10))
    #expect(Pager.isLong(text, columns: 40, room: 9))
    #expect(!Pager.isLong(text, columns: 40, room: nil))
    #expect(Pager.withoutColours("\u{1B}[1;31merror\u{1B}[0m: x") == "error: x")
  }

  @Test func whoWantsNoneGetsNone() {
    #expect(Pager { ["PAGER": ""][$0] } == nil)
    #expect(Pager { ["PAGER": "cat"][$0] } == nil)
    #expect(Pager { ["PAGER": "more", "TERM": "dumb"][$0] } == nil)
    #expect(Pager { ["PAGER": "more", "ACCESSIBLE": "1"][$0] } == nil)
    #expect(Pager { ["PAGER": "more"][$0] } != nil)
  }

  @Test func theConfigurationIsRunFirst() throws {
    let folder = Executable.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/widen", withIntermediateDirectories: true)
    try "set accessible on\nset rowz 3\nset rows 3\n".write(
      toFile: folder + "/widen/config.widen", atomically: true, encoding: .utf8)
    let terminal = try #require(
      PseudoTerminal(columns: 80, environment: ["XDG_CONFIG_HOME=\(folder)"]))
    #expect(terminal.waits(for: "widen [safe]>"))
    let text = terminal.screen.text
    #expect(text.contains("at line 2, character 5: rowz"))
    #expect(text.contains("what follows in the configuration is passed over"))
    terminal.type("from staff | count by sex\r")
    #expect(terminal.waits(for: "row 1. sex: Female; n: "))

    let without = try #require(
      PseudoTerminal(
        ["--sample", "500", "--no-config"], columns: 80,
        environment: ["XDG_CONFIG_HOME=\(folder)"]))
    #expect(without.waits(for: "widen [safe]›"))
  }

  @Test func scriptsReadNoConfiguration() throws {
    let result = try #require(
      Executable.run(
        "mkdir -p c/widen; echo 'set format csv' >c/widen/config.widen; export XDG_CONFIG_HOME=$PWD/c;"
          + " widen --sample 500 -c 'from staff | count by sex | take 1';"
          + " echo 'from staff | count by sex | take 1' | widen --sample 500; rm -r c"))
    #expect(!result.output.contains(","), "\(result)")
    #expect(result.output.contains("──"))
  }

  @Test func aDumbTerminalSeesNoEscapeSequence() throws {
    for environment in [["TERM=dumb"], ["TERM=dumb", "PAGER=more"]] {
      let terminal = try start(environment: environment)
      terminal.type("from staff | count by role\r")
      #expect(terminal.waits(for: "→ count"))
      terminal.type("from staff | cuont\r")
      #expect(terminal.waits(for: "did you mean 'count'?"))
      #expect(!terminal.hasSeenEscape, "\(terminal.screen.text)")
    }
  }
}
