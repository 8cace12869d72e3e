import Foundation
import Testing
import WidenLanguage

/// `Tests/Golden/error/syntax.txt`: blocks of a query, `----`, and its problems as the shell shows
/// them, each block under a line of `====`.
///
/// `UPDATE_GOLDEN=1` writes what is shown now.
@Suite struct GoldenErrorTests {
  @Test func syntaxErrorsAreShownAsBefore() throws {
    let file = golden("error/syntax.txt")
    let blocks = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "====\n")
    let queries = blocks.dropFirst().map { $0.components(separatedBy: "\n----\n")[0] }
    #expect(queries.count > 40)
    let shown = queries.map { "====\n\($0)\n----\n\(pictures($0))\n" }
    let expected = blocks[0] + shown.joined()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try expected.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    for (block, now) in zip(blocks.dropFirst(), shown) {
      #expect("====\n" + block == now)
    }
  }
}
