import Foundation
import Testing
import WidenLanguage

@testable import WidenShell

/// A session whose answers leave, over a table of people, and what it says.
final class Published {
  private let session: Session
  private let folder: String

  /// People in `people.csv`: each line is a group, an age and how many there are of them.
  ///
  /// `state`: where releases are remembered.
  init(_ people: [(group: String, age: Int, count: Int)], state: String? = nil) throws {
    folder = try Repository.temporaryFolder()
    var text = "id,grp,age,pay\n"
    var number = 0
    for part in people {
      for _ in 0..<part.count {
        number += 1
        text += "P\(1000 + number),\(part.group),\(part.age),\(20_000 + 10 * number)\n"
      }
    }
    try text.write(toFile: folder + "/people.csv", atomically: true, encoding: .utf8)
    var options = ShellOptions(source: .empty)
    options.stateFolder = state
    session = try Session(options: options)
    _ = said("load \"\(folder)/people.csv\" as people personal by id")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// What a script prints, and how it ends.
  func said(_ text: String) -> (output: String, messages: String, status: RunStatus) {
    var output = ""
    var messages = ""
    let outcome = session.run(
      text, mode: .script(name: "test", parameters: []),
      to: Sinks(output: { output += $0 }, messages: { messages += $0 }))
    return (output, messages, outcome.status)
  }

  /// The first figure of an answer: `[c]` where it is withheld.
  func figure(_ query: String) -> String {
    switch session.runForPipe(query, parameters: [:], isCancelled: { false }) {
    case .answer(let answer):
      guard answer.rowCount > 0, let last = answer.columns.indices.last else { return "none" }
      let value = answer.value(0, last)
      if case .text(let text) = value { return text }
      return "\(value)"
    case .failure(let problems): return problems.map(\.message).joined(separator: "; ")
    case .cancelled: return "cancelled"
    }
  }
}
