import Foundation

@testable import WidenShell

/// A table as an export wrote it, read back from its CSV.
struct PublishedTable {
  /// What each combination of labels shows: `[c]` or a number, a missing label being empty; nil in
  /// place of a label stands for a total.
  private(set) var cells: [[String?]: String] = [:]
  /// What was said of it.
  private(set) var messages = ""

  /// Whether groups were left out, so that one that is not there may have people.
  var leavesOutFew: Bool { messages.contains("are left out") }

  /// What a session exports of a query, when it exports anything.
  init?(_ query: String, in session: Session, to path: String, isCrosstab: Bool) throws {
    var messages = ""
    let outcome = session.run(
      query + " | export to \"\(path)\"", mode: .script(name: "test", parameters: []),
      to: Sinks(output: { _ in }, messages: { messages += $0 }))
    self.messages = messages.replacing("\n", with: " ")
    guard outcome.status == .done else { return nil }
    var rows = Self.rows(try String(contentsOfFile: path, encoding: .utf8))
    let header = rows.removeFirst()
    for (number, row) in rows.enumerated() {
      guard isCrosstab else {
        cells[row.dropLast()] = row[row.count - 1]
        continue
      }
      // The total stands last; a group may be called so, too.
      let label = number == rows.count - 1 ? nil : row[0]
      for column in 1..<row.count {
        let other = column == row.count - 1 ? nil : header[column]
        cells[[label, other == "(missing)" ? "" : other]] = row[column]
      }
    }
  }

  /// The cells of a CSV; the files of these tests hold no line ends inside quotes.
  private static func rows(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { line in
      var cells = [""]
      var isQuoted = false
      var last: Character?
      for character in line {
        if character == "\"" {
          // Two quotes in a quoted text stand for one.
          if !isQuoted, last == "\"" { cells[cells.count - 1].append(character) }
          isQuoted.toggle()
        } else if character == ",", !isQuoted {
          cells.append("")
        } else {
          cells[cells.count - 1].append(character)
        }
        last = character
      }
      // A text that a spreadsheet would take for a formula is guarded.
      return cells.map { $0.hasPrefix("'=") ? String($0.dropFirst()) : $0 }
    }
  }
}
