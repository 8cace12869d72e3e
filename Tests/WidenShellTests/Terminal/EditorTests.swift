import Glibc
import Testing
import WidenShell

/// The program at a pseudo-terminal: few and slow, so only what cannot be tested otherwise.
@Suite(.serialized) struct EditorTests {
  private func start(
    columns: Int = 60, environment: [String] = [], state: String? = nil
  ) throws -> PseudoTerminal {
    let terminal = try #require(
      PseudoTerminal(columns: columns, environment: environment, state: state))
    try #require(terminal.waits(for: "›"), "no prompt: \(terminal.screen.text)")
    return terminal
  }

  /// What stands behind the last prompt, whatever the prompt says.
  private func entry(_ terminal: PseudoTerminal) -> String {
    let parts = terminal.screen.text.split(separator: "›", omittingEmptySubsequences: false)
    return String(parts.last?.drop { $0 == " " } ?? "")
  }

  @Test func returnStartsALineWhileTheQueryIsIncomplete() throws {
    let terminal = try start()
    terminal.type("from staff |\r")
    #expect(entry(terminal) == "from staff |")
    #expect(terminal.screen.cursor.column == 2)
    terminal.type("count")
    #expect(entry(terminal) == "from staff |\n  count")
    terminal.type("\u{1B}[A!")
    #expect(entry(terminal) == "!from staff |\n  count")
  }

  @Test func historyGivesWholeEntriesBack() throws {
    let first = try start()
    first.type("from staff |\r")
    first.type("count\r")
    #expect(first.waits { entry($0) == "" })
    first.type("\u{1B}[A")
    #expect(entry(first) == "from staff |\n  count")
    first.type("\u{3}")
    first.type("\u{4}")
    #expect(first.end() == 0)

    // It reads what the first has left.
    let second = try start(state: first.stateFolder)
    second.type("\u{1B}[A")
    #expect(entry(second) == "from staff |\n  count")
    second.type("\u{1B}[A\u{1B}[B")
    #expect(entry(second) == "from staff |\n  count")
    second.type("\u{1B}[B")
    #expect(entry(second) == "")
  }

  @Test func controlCAbandonsALine() throws {
    let terminal = try start()
    terminal.type("from staff |\r")
    terminal.type("\u{3}")
    #expect(terminal.screen.text.contains("› from staff |\n  ^C\nwiden"))
    terminal.type("x")
    #expect(entry(terminal) == "x")
  }

  @Test func controlDLeaves() throws {
    let terminal = try start()
    #expect(!terminal.echoes)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(terminal.echoes)
  }

  @Test func quitLeaves() throws {
    let terminal = try start()
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
  }

  @Test func pasteLandsWholeAndHarmless() throws {
    let terminal = try start()
    terminal.type("\u{1B}[200~from staff\r\tcount\u{9B}31m\u{202E}\r\r\u{1B}[201~")
    #expect(entry(terminal) == "from staff\n count31m")
  }

  @Test func searchLeavesNothingBehind() throws {
    let terminal = try start()
    terminal.type("from staff |\r")
    terminal.type("count\r")
    #expect(terminal.waits { entry($0) == "" })
    terminal.type("\u{12}cou")
    #expect(terminal.screen.text.contains("(reverse-i-search)`cou': from staff |\n  count"))
    terminal.type("\u{5}")
    #expect(entry(terminal) == "from staff |\n  count")
    terminal.type("\u{3}")
    #expect(terminal.screen.text.contains("› from staff |\n  count^C\nwiden"))
  }

  @Test func tabShowsAMenuAndDrawsTheTextAgain() throws {
    let terminal = try start()
    terminal.type("from staff | s\t")
    let rows = terminal.screen.text.split(separator: "\n")
    #expect(entry(terminal) == "from staff | s")
    #expect(rows.dropLast().last?.contains("s") == true)
    #expect(rows.filter { $0.hasSuffix("› from staff | s") }.count == 2)
  }

  @Test func aResizeDrawsTheTextAgain() throws {
    let terminal = try start()
    terminal.type("from staff | count by band and more")
    terminal.resize(columns: 30, rows: 10)
    let rows = entry(terminal).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows.count == 2)
    #expect(entry(terminal).filter { $0 != "\n" && $0 != " " } == "fromstaff|countbybandandmore")
  }

  @Test func terminationGivesTheTerminalBack() throws {
    let terminal = try start()
    terminal.type("from")
    terminal.signal(SIGTERM)
    #expect(terminal.end() == -SIGTERM)
    #expect(terminal.echoes)
  }

  @Test func coloursCanBeSwitchedOff() throws {
    let coloured = try start()
    coloured.type("from staff")
    #expect(coloured.screen.hasSeenColour)
    for environment in ["NO_COLOR=1", "TERM=dumb"] {
      let plain = try start(environment: [environment])
      plain.type("from staff")
      #expect(!plain.screen.hasSeenColour)
    }
  }

  @Test func inputrcMayAddressTheProgram() throws {
    let folder = Executable.temporaryFolder()
    let file = try #require(fopen(folder + "/inputrc", "w"))
    fputs("$if widen\n\"\\C-xq\": \"banana\"\nset editing-mode vi\n$endif\n", file)
    fclose(file)
    let terminal = try start(environment: ["INPUTRC=\(folder)/inputrc"])
    terminal.type("from staff\u{1B}")
    terminal.type("0xiF")
    #expect(entry(terminal) == "From staff")
    remove(folder + "/inputrc")
    remove(folder)
  }

  /// Colours change nothing but colours: the same keys give the same cells with and without them.
  @Test(arguments: 1...4) func coloursStayInPlace(seed: Int) throws {
    let keys = [
      "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1}", "\u{5}", "\u{7F}", "\u{B}", "\u{19}",
      "\u{17}", "\u{1B}b", "\u{1B}f", "\u{14}", "\u{1F}", "\t", "\r", "\u{C}",
      "\u{1B}[200~from a |\n  count b\u{1B}[201~", "from staff ", "band ", "= 7 ", "| ",
      "\"text é ", "日本 ", "count by organisation ", "\"", "a_rather_long_identifier_to_wrap ",
    ]
    var generator = SeededBytes(state: UInt64(seed))
    let columns = [33, 40, 60][seed % 3]
    let coloured = try start(columns: columns)
    let plain = try start(columns: columns, environment: ["NO_COLOR=1"])
    for step in 0..<25 {
      let key = keys[Int(generator.next() % UInt64(keys.count))]
      for terminal in [coloured, plain] { terminal.type(key, quietMilliseconds: 25) }
      if coloured.screen.text != plain.screen.text {
        for terminal in [coloured, plain] { terminal.settle(300) }
      }
      #expect(
        coloured.screen.text == plain.screen.text && coloured.screen.cursor == plain.screen.cursor,
        "step \(step), \(key.debugDescription)")
      if coloured.screen.text != plain.screen.text { return }
    }
  }
}
