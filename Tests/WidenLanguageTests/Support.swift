import Foundation
import Testing
import WidenLanguage

/// Parses a text that must be good, and checks that its printed form says the same at any width.
@discardableResult
func checkGood(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Program {
  let result = parse(text)
  #expect(
    result.diagnostics.isEmpty, "\(pictures(text).prefix(600))", sourceLocation: sourceLocation)
  for width in [100, 0, Int.max] {
    let printed = print(result.program, width: width)
    let again = parse(printed)
    #expect(
      again.diagnostics.isEmpty, "\(pictures(printed).prefix(600))", sourceLocation: sourceLocation)
    #expect(
      again.program == result.program, "\(printed.prefix(300))", sourceLocation: sourceLocation)
    #expect(print(again.program, width: width) == printed, sourceLocation: sourceLocation)
  }
  return result.program
}

/// The problems of a text as the shell shows them.
func pictures(_ text: String) -> String {
  parse(text).diagnostics.map { render($0, source: text) }.joined(separator: "\n")
}

/// A deterministic source of random numbers (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) {
    state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The folder of the repository.
private let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A file of the golden tests.
func golden(_ path: String) -> URL {
  repository.appendingPathComponent("Tests/Golden").appendingPathComponent(path)
}

/// A file of the shared data beside the repository, or nil, told aloud, when there is none.
func shared(_ path: String) -> String? {
  let file = repository.deletingLastPathComponent().appendingPathComponent("shared/" + path)
  guard let text = try? String(contentsOf: file, encoding: .utf8) else {
    Swift.print("skipped: no ../shared/\(path) beside the repository")
    return nil
  }
  return text
}

/// The queries of a golden file: paragraphs under `#` titles.
func questions() throws -> [String] {
  let text = try String(contentsOf: golden("questions.txt"), encoding: .utf8)
  var found: [String] = []
  for line in text.split(separator: "\n") {
    if line.hasPrefix("#") || found.isEmpty { found.append("") }
    found[found.count - 1] += line + "\n"
  }
  return found.filter { $0.contains("from") }
}
