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

  @Test(arguments: ["", "NO_COLOR=1", "TERM=dumb"])
  func returnTellsWhatAQueryStillNeeds(variable: String) throws {
    let terminal = try start(columns: 80, environment: [variable].filter { !$0.isEmpty })
    terminal.type("from staff | count by band | top 3\r")
    let told = "still needs 'by' · top NUMBER by COLUMN"
    #expect(terminal.screen.text.contains(told))
    terminal.type("by n")
    if variable != "TERM=dumb" {
      #expect(entry(terminal) == "from staff | count by band | top 3\n  by n")
    }
    terminal.type("\r")
    #expect(terminal.waits(for: "→ top 3"), "\(terminal.screen.text)")
    // Nothing that goes on by its own look is explained, and what stays wrong is an error at last.
    terminal.type("from staff |\r")
    #expect(!entry(terminal).contains("still needs"))
    terminal.type("take\r")
    #expect(terminal.screen.text.contains("still needs a whole number"))
    terminal.type("\r")
    #expect(terminal.waits(for: "expected a whole number, found the end"))
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

  @Test func aMenuStandsUnderTheTextAndNarrowsDown() throws {
    let terminal = try start(columns: 80)
    terminal.type("from staff | s\t")
    func menu() -> [String] {
      entry(terminal).split(separator: "\n").dropFirst().map { String($0) }
    }
    #expect(menu().contains { $0.contains("select  keep these columns") })
    #expect(menu().contains { $0.contains("sort  put the rows in order") })
    #expect(terminal.screen.cursor.column == 28)
    terminal.type("h")
    #expect(menu().count == 1 && menu().first?.hasPrefix("share  add each row's") == true)
    terminal.type("are ")
    #expect(menu().isEmpty || menu().first?.contains("→") == true)
    #expect(terminal.screen.text.split(separator: "›").count == 2)
  }

  @Test func theHintTellsWhatTheStepsKeep() throws {
    let terminal = try start(columns: 80)
    terminal.type("from staff | where band = \"5\" ")
    // In a test run the time for a hint may be over too soon; any key asks again.
    for _ in 0..<50 where !terminal.screen.text.contains("→ where") {
      terminal.type(" ", quietMilliseconds: 150)
      terminal.type("\u{7F}| \u{7F}\u{7F}", quietMilliseconds: 150)
    }
    let rows = terminal.screen.text.split(separator: "\n")
    #expect(rows.last?.hasPrefix("staff ") == true)
    #expect(terminal.screen.colours(ofRow: rows.count - 1).first?.hasPrefix("2:staff") == true)
    terminal.type("\u{3}")
    #expect(!terminal.screen.text.contains("→ where"))
  }

  @Test func aQuestionMarkTellsWhatMayFollow() throws {
    let terminal = try start(columns: 80)
    terminal.type("from staff | take ?")
    #expect(terminal.screen.text.contains("take NUMBER\n    keep the first rows"))
    #expect(entry(terminal).hasPrefix("from staff | take"))
    terminal.type("\u{3}")
    terminal.type("from staff | where role = \"?")
    #expect(entry(terminal).hasPrefix("from staff | where role = \"?"))
  }

  /// Terminals without bracketed paste send the lines as if they were typed.
  @Test func aPasteOfLinesIsOneText() throws {
    let terminal = try start(columns: 80)
    terminal.type("from staff\r\t| cuont by band\r| take 3\r")
    #expect(terminal.waits { entry($0).hasPrefix("from staff\n | count by band\n| take 3") })
    #expect(terminal.screen.text.split(separator: "error:").count == 2)
    terminal.type("\r")
    #expect(terminal.waits(for: "take 3"))
    #expect(terminal.waits { entry($0) == "" })
  }

  @Test(arguments: [true, false]) func aHugePasteDoesNotHang(isBracketed: Bool) throws {
    let terminal = try start()
    let line = "from staff | where band = \"5\" and role contains \"x\" | count by sex\r"
    // Without the last Return, which would run it all.
    let text = String(repeating: line, count: (1 << 20) / line.utf8.count) + "from"
    let clock = ContinuousClock()
    let started = clock.now
    terminal.type(isBracketed ? "\u{1B}[200~\(text)\u{1B}[201~" : text, quietMilliseconds: 1500)
    terminal.type("\u{3}")
    #expect(terminal.waits { entry($0) == "" })
    #expect(clock.now - started < .seconds(60))
    terminal.type("from")
    #expect(entry(terminal).hasPrefix("from"))
  }

  @Test(arguments: [true, false]) func aResizeDrawsTheTextAgain(wrapsAnew: Bool) throws {
    let environment = wrapsAnew ? [] : ["XTERM_VERSION=XTerm(379)"]
    let terminal = try start(environment: environment)
    terminal.type("from staff | count by organisation, staff_group | where n > 5 | and more")
    for columns in [30, 60, 100, 44] {
      terminal.resize(columns: columns, rows: 20, wrapsAnew: wrapsAnew)
      terminal.type("\u{1B}[D\u{1B}[D")
      terminal.type("\u{1B}[C\u{1B}[C")
      let rows = terminal.screen.rowsThatAreNotDim
      let prompt = try #require(rows.lastIndex { $0.contains("›") })
      let text = rows[prompt...].joined().filter { $0 != " " }
      #expect(
        text.hasSuffix("›fromstaff|countbyorganisation,staff_group|wheren>5|andmore"),
        "\(columns): \(terminal.screen.text)")
      if wrapsAnew {
        let above = rows[..<prompt].joined().filter { $0 != " " }
        #expect(above.hasSuffix("Tabcompletes·helpexplains·Ctrl-Dleaves"))
      }
    }
  }

  @Test func terminationGivesTheTerminalBack() throws {
    let terminal = try start()
    terminal.type("from")
    terminal.signal(SIGTERM)
    #expect(terminal.end() == -SIGTERM)
    #expect(terminal.echoes)
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func signalsLeaveTheHistoryWhole(signal: CInt) throws {
    let first = try start()
    first.type("from staff |\r")
    first.type("count\r")
    #expect(first.waits { entry($0) == "" })
    first.type(" from staff | take 1\r")
    #expect(first.waits { entry($0) == "" })
    first.type("from staff | half of a thought")
    first.signal(signal)
    #expect(first.end() == -signal)
    let second = try start(state: first.stateFolder)
    second.type("\u{1B}[A")
    #expect(entry(second).hasPrefix("from staff |\n  count"))
    second.type("\u{1B}[A")
    #expect(entry(second).hasPrefix("from staff |\n  count"))
  }

  @Test func aDumbTerminalSeesNoEscape() throws {
    let terminal = try start(columns: 80, environment: ["TERM=dumb"])
    terminal.type("from staff | where band = \"5\" | so\t")
    terminal.type("rt s\t")
    terminal.type("?")
    terminal.type("\u{3}")
    terminal.type("from staff | count\r")
    #expect(terminal.waits(for: "staff 1,"))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(!terminal.written.contains(0x1B))
  }

  /// Standard output is a pipe and what is typed comes from the terminal.
  @Test func outputThatIsNoTerminalSeesNoEscape() throws {
    let terminal = try #require(PseudoTerminal(in: "widen | cat -v; echo over and out"))
    terminal.type("from staff | count by band | sort n desc\n\u{4}")
    #expect(terminal.waits(for: "over and out"))
    let shown = terminal.screen.text
    #expect(shown.contains("8a") && !shown.contains("^[") && !shown.contains("›"))
  }

  /// What is asked comes from a program or a file, and the answer goes to the terminal.
  @Test(arguments: [
    "printf '%s\\n' \"$text\" | widen", "printf '%s\\n' \"$text\" > s; widen < s; rm s",
    "widen -c \"$text\" < /dev/null", "printf '%s\\n' \"$text\" | widen 2>/dev/null",
    "printf '%s\\n' \"$text\" | widen | cat",
  ])
  func inputThatIsNoTerminalSeesNoEscape(command: String) throws {
    let text = "from staff | where band = '5b' or age > 30 | count by sex; from staff | cuont"
    let terminal = try #require(
      PseudoTerminal(in: "cd $HOME; text=\"\(text)\"; \(command); echo over and out"))
    #expect(terminal.waits(for: "over and out"))
    #expect(terminal.screen.text.contains("error: 'cuont'") == !command.contains("2>"))
    #expect(!terminal.hasSeenEscape, "\(terminal.screen.text)")
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
}
