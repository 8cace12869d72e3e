/// What a user types and what is answered, as golden files and documents write it down.
///
///     › from staff
///       count
///     …the answer, up to the next prompt
///
/// A query goes on in lines that are indented by as much as the prompt is wide. An answer that
/// starts with such a line has an empty line before it. Empty lines round an answer mean nothing.
struct Transcript: Equatable {
  struct Entry: Equatable {
    var query: String
    var answer: String
  }

  var entries: [Entry]

  /// Reads lines whose queries start with `prompt`; nil when the first line is no prompt.
  init?(_ lines: [String], prompt: String) {
    entries = []
    let indentation = String(repeating: " ", count: prompt.count)
    var answer: [String] = []
    var mayGoOn = false
    for line in lines {
      if line.hasPrefix(prompt) {
        close(with: &answer)
        entries.append(Entry(query: String(line.dropFirst(prompt.count)), answer: ""))
        mayGoOn = true
      } else if entries.isEmpty {
        if !line.isEmpty { return nil }
      } else if mayGoOn, line.hasPrefix(indentation), !line.isEmpty {
        entries[entries.count - 1].query += "\n" + line.dropFirst(prompt.count)
      } else {
        mayGoOn = false
        answer.append(line)
      }
    }
    close(with: &answer)
    if entries.isEmpty { return nil }
  }

  /// The lines that read back as this.
  func lines(prompt: String) -> [String] {
    let indentation = String(repeating: " ", count: prompt.count)
    var result: [String] = []
    for entry in entries {
      if !result.isEmpty { result.append("") }
      for (index, line) in splitLines(entry.query).enumerated() {
        result.append((index == 0 ? prompt : indentation) + line)
      }
      if entry.answer.isEmpty { continue }
      if entry.answer.hasPrefix(indentation) { result.append("") }
      result += splitLines(entry.answer)
    }
    return result
  }

  private mutating func close(with answer: inout [String]) {
    if !entries.isEmpty { entries[entries.count - 1].answer = trimmed(answer) }
    answer = []
  }
}

/// The lines of a text; empty lines count.
func splitLines(_ text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}

/// Lines as a text, without the empty ones at either end.
func trimmed(_ lines: [String]) -> String {
  guard let first = lines.firstIndex(where: { !$0.isEmpty }),
    let last = lines.lastIndex(where: { !$0.isEmpty })
  else { return "" }
  return lines[first...last].joined(separator: "\n")
}
