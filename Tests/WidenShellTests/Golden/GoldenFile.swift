/// A golden file: sections with a line `---` between them, each a session of its own.
///
/// A section may start with comments, lines that begin with `#`.
struct GoldenFile: Equatable {
  struct Section: Equatable {
    var comments: [String]
    var transcript: Transcript
  }

  static let prompt = "› "

  var sections: [Section]

  /// Reads a file; nil when a section has no prompt where one is due.
  init?(_ text: String) {
    sections = []
    for lines in splitLines(text).split(separator: "---", omittingEmptySubsequences: false) {
      let comments = lines.prefix { $0.hasPrefix("#") || $0.isEmpty }
      guard let transcript = Transcript(Array(lines[comments.endIndex...]), prompt: Self.prompt)
      else { return nil }
      sections.append(Section(comments: comments.filter { !$0.isEmpty }, transcript: transcript))
    }
  }

  /// The text that reads back as this.
  var text: String {
    let parts = sections.map { section in
      let lines = section.transcript.lines(prompt: Self.prompt)
      let comments = section.comments.isEmpty ? [] : section.comments + [""]
      return (comments + lines).joined(separator: "\n") + "\n"
    }
    return parts.joined(separator: "\n---\n")
  }
}
