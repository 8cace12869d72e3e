import Foundation
import Testing
import WidenLanguage

/// How many random texts a test makes; `ROUNDS=20000` for a long night.
private let rounds = ProcessInfo.processInfo.environment["ROUNDS"].flatMap(Int.init) ?? 600

@Suite struct RandomTests {
  @Test func printedProgramsReadBackTheSame() {
    for seed in 0..<rounds {
      var maker = RandomPrograms(seed: seed)
      let program = maker.program()
      let text = print(program, width: maker.pick([0, 100, Int.max]))
      let result = parse(text)
      guard result.diagnostics.isEmpty, result.program == program else {
        Issue.record("seed \(seed)\n\(text)\n\(pictures(text))\n\(print(result.program))")
        return
      }
    }
  }

  @Test func mutationsNeverTrap() {
    let seeds = goodPrograms.filter { $0.utf8.count < 400 } + mistakes.map(\.text)
    let inserts = [
      "", "|", "(", ")", "..", "\n", "\n\n", "\"", "'", "`", " by ", " as ", " where ", "5", "\0",
      "é", "--", "#", "$", ",", " not ", "FY2014/15", "any ", ";", "=", "\u{2028}", "2014-", "日本",
    ]
    for seed in 0..<rounds {
      var maker = RandomPrograms(seed: seed)
      var letters = Array(maker.pick(seeds).prefix(300))
      for _ in 0...maker.pick([0, 1, 2, 3, 4, 5]) {
        let start = Int.random(in: 0...letters.count, using: &maker.random)
        let end = min(letters.count, start + maker.pick([0, 1, 2, 3]))
        letters.replaceSubrange(start..<end, with: Array(maker.pick(inserts)))
      }
      checkSafe(String(letters))
    }
  }

  /// Whatever the text: ranges inside it, nothing raw in the picture, and a tree that prints.
  private func checkSafe(_ text: String) {
    let result = parse(text)
    for diagnostic in result.diagnostics {
      let range = diagnostic.range
      #expect(0 <= range.start && range.start <= range.end && range.end <= text.utf8.count)
      let picture = render(diagnostic, source: text)
      let raw = picture.unicodeScalars.filter {
        $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F || (0x202A...0x202E).contains($0.value)
      }
      #expect(raw.isEmpty, "\(text.debugDescription)")
      _ = diagnostic.repaired(text)
    }
    let printed = print(result.program)
    if result.diagnostics.isEmpty {
      #expect(parse(printed).program == result.program, "\(text.debugDescription)\n\(printed)")
    }
    _ = highlight(text)
    _ = isComplete(text)
  }

  @Test func beginningsNeverTrap() throws {
    let texts = try questions() + goodPrograms.filter { $0.utf8.count < 400 }
    for text in texts {
      for length in stride(from: 0, to: min(text.count, 300), by: 3) {
        checkSafe(String(text.prefix(length)))
      }
    }
  }

  @Test func hugeTextsAreQuick() {
    let texts = [
      "from a | where " + String(repeating: "a", count: 100_000),
      String(repeating: "(", count: 100_000),
      "from a | where " + String(repeating: "(", count: 100_000),
      "from a | where " + String(repeating: "not ", count: 50_000),
      "from a | where " + String(repeating: "any b where ", count: 20_000),
      "from a | summarise " + String(repeating: "-", count: 100_000),
      "from a | derive " + String(repeating: "if x then ", count: 20_000),
      String(repeating: "\n", count: 100_000), String(repeating: "from a\n\n", count: 20_000),
      "from a" + String(repeating: " | count", count: 20_000),
      String(repeating: "\"", count: 99_999),
      "from a | where x in (" + String(repeating: "1,", count: 50_000),
      String(repeating: "@", count: 100_000), String(repeating: "@ ", count: 50_000),
      String(repeating: "\u{202E}", count: 30_000),
      String(repeating: "from a | cuont\n\n", count: 9000),
      "from a" + String(repeating: "\n\n# x", count: 30_000),
    ]
    for text in texts {
      var diagnostics: [Diagnostic] = []
      let time = ContinuousClock().measure { diagnostics = parse(text).diagnostics }
      #expect(time < .seconds(10), "\(text.prefix(40)) took \(time)")
      for diagnostic in diagnostics {
        #expect(diagnostic.range.end <= text.utf8.count)
        #expect(render(diagnostic, source: text).utf8.count < 2000)
      }
    }
  }

  @Test func otherPeoplesBadQueriesNeverTrap() {
    guard let text = shared("data/checks/badinput/queries_bad.txt") else { return }
    for piece in text.split(separator: "\u{1E}") {
      let result = parse(String(piece))
      for diagnostic in result.diagnostics {
        #expect(diagnostic.range.end <= piece.utf8.count)
        #expect(render(diagnostic, source: String(piece)).utf8.count < 4000)
      }
    }
  }
}
