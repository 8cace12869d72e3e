import Glibc
import Testing

/// Colours, menus and hints change nothing but colours: the same keys give the same text and cursor
/// as readline gives without them.
@Suite(.serialized) struct EditorFuzzTests {
  private static let keys = [
    "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1}", "\u{5}", "\u{7F}", "\u{B}", "\u{19}",
    "\u{17}", "\u{1B}b", "\u{1B}f", "\u{14}", "\u{1F}", "\t", "\r", "\u{C}", "\u{12}", "\u{7}",
    "\u{1B}[200~from a |\n  count b\u{1B}[201~", "from staff ", "band ", "= 7 ", "| ", "(", ") ",
    "\"text é ", "日本 ", "count by organisation ", "\"", "a_rather_long_identifier_to_wrap ",
    "where band in ", "\"8a\" ", "e\u{301}", "?",
  ]

  /// How many keys are typed; `scripts/fuzz editor` asks for more.
  private static let steps =
    getenv("WIDEN_FUZZ_KEYS").flatMap { Int(String(cString: $0)) } ?? 100
  private static let firstSeed =
    getenv("WIDEN_FUZZ_SEED").flatMap { Int(String(cString: $0)) } ?? 1

  private struct Picture: Equatable {
    var rows: [String]
    var cursor: [Int]
  }

  /// The rows from the last prompt on, without those that are dim, and the cursor among them.
  ///
  /// A hint at the foot of the screen moves what is above it.
  private func picture(_ terminal: PseudoTerminal) -> Picture? {
    let rows = terminal.screen.rowsThatAreNotDim
    let cursor = terminal.screen.cursor
    let prompt = rows.indices.last { row in
      row <= cursor.row && (rows[row].contains("›") || rows[row].contains("i-search)"))
    }
    guard let prompt else { return nil }
    // How many more a menu has is told in a dim row, too.
    var shown = rows[prompt...].map { $0.hasPrefix("… ") ? "" : $0 }
    while shown.last == "" { shown.removeLast() }
    return Picture(rows: shown, cursor: [cursor.row - prompt, cursor.column])
  }

  private func start(_ columns: Int, _ environment: [String]) throws -> PseudoTerminal {
    let terminal = try #require(PseudoTerminal(columns: columns, environment: environment))
    try #require(terminal.waits(for: "›"), "no prompt: \(terminal.screen.text)")
    return terminal
  }

  @Test func coloursStayInPlace() throws {
    var typed = 0
    var seed = Self.firstSeed
    while typed < Self.steps {
      typed += try typeKeys(seed: seed, atMost: min(25, Self.steps - typed))
      seed += 1
    }
    print("\(typed) keys in \(seed - Self.firstSeed) editors, the next seed is \(seed)")
  }

  /// Types random keys on both, and returns how many.
  private func typeKeys(seed: Int, atMost count: Int) throws -> Int {
    var generator = SeededBytes(state: UInt64(seed))
    let columns = [33, 40, 60, 80][seed % 4]
    let coloured = try start(columns, [])
    let plain = try start(columns, ["NO_COLOR=1"])
    for step in 0..<count {
      let key = Self.keys[Int(generator.next() % UInt64(Self.keys.count))]
      // Now and then long enough for a hint.
      let pause: CInt = generator.next() % 5 == 0 ? 110 : 25
      for terminal in [coloured, plain] { terminal.type(key, quietMilliseconds: pause) }
      if picture(coloured) != picture(plain) {
        for terminal in [coloured, plain] { terminal.settle(400) }
      }
      let found = picture(coloured)
      var expected = picture(plain)
      if found != expected {
        // Readline loses its place after lines are pasted into a search. Drawn anew, both must show
        // what the one with colours showed before.
        for terminal in [coloured, plain] { terminal.type("\u{C}", quietMilliseconds: 200) }
        if picture(coloured) == picture(plain) { expected = picture(plain) }
      }
      #expect(
        found == expected,
        """
        seed \(seed), step \(step), \(key.debugDescription)
        \(coloured.screen.text)
        -----
        \(plain.screen.text)
        """)
      if found != expected { return step + 1 }
    }
    return count
  }
}
