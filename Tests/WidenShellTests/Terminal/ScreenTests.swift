import Testing

@testable import WidenShell

/// What a newcomer sees at a terminal of the usual size, and of a large one.
@Suite(.serialized) struct ScreenTests {
  private func start(_ columns: Int, _ rows: Int, _ environment: [String] = []) throws
    -> PseudoTerminal
  {
    let terminal = try #require(
      PseudoTerminal(columns: columns, rows: rows, environment: environment))
    try #require(terminal.waits(for: "›"), "no prompt: \(terminal.screen.text)")
    return terminal
  }

  @Test(arguments: [(80, 24), (200, 60)])
  func theTourIsTakenWithReturn(columns: Int, rows: Int) throws {
    let terminal = try start(columns, rows)
    #expect(terminal.screen.text.contains("New here? Type help tour"))
    terminal.type("help tour\r")
    for number in 1...5 {
      #expect(terminal.waits(for: "\(number) of 5 · "), "\(terminal.screen.text)")
      terminal.settle(100)
      terminal.type("\r")
    }
    #expect(terminal.waits(for: "That was the tour"), "\(terminal.screen.text)")
    // A charted answer stood on the way, and the last one is there to go on from.
    terminal.type("back\r")
    #expect(terminal.waits(for: "Expansion of apprenticeships"), "\(terminal.screen.text)")
  }

  @Test func helpFitsTheScreen() throws {
    let terminal = try start(80, 24)
    terminal.type("help\r")
    #expect(terminal.waits(for: "Tab shows what may come next."))
    #expect(terminal.screen.text.contains("A question starts with a table"))
    #expect(!terminal.screen.text.contains("q goes back"), "it needs no pager")
  }

  @Test(arguments: [(80, 24), (200, 60)])
  func chartsFitTheScreen(columns: Int, rows: Int) throws {
    for environment in [[], ["NO_COLOR=1"]] {
      let terminal = try start(columns, rows, environment)
      terminal.type("from staff | count by cluster | chart\r")
      #expect(terminal.waits(for: "count 5"))
      let bars = terminal.screen.text.split(separator: "\n").filter { $0.contains("█") }
      #expect(bars.count >= 3, "\(terminal.screen.text)")
      for bar in bars { #expect(bar.last?.isNumber == true, "\(bar)") }
    }
  }

  @Test func aMistakeComesBackRepaired() throws {
    let terminal = try start(80, 24)
    terminal.type("SELECT band, COUNT(*) FROM staff GROUP BY band LIMIT 2\r")
    #expect(terminal.waits(for: "› from staff | count by band | take 2"))
    terminal.type("\r")
    #expect(terminal.waits(for: "take 2\n"), "\(terminal.screen.text)")
  }

  @Test func aScriptAsksUntilItIsRight() throws {
    let terminal = try start(80, 24)
    terminal.type("param org as text from organisations.organisation; from staff | where")
    terminal.type(" organisation = $org | count\r")
    #expect(terminal.waits(for: "org (one of 07L"))
    terminal.type("RKX\r")
    #expect(terminal.waits(for: "the nearest value is \"RKE\""))
    terminal.type("RKE\r")
    #expect(terminal.waits(for: "→ where"), "\(terminal.screen.text)")
  }
}
