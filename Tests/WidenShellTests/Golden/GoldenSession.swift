import WidenShell

/// Opens a session on the bundled sample, as on a terminal 80 cells wide without colours.
let openGoldenShell: @Sendable () throws -> any Shell = {
  try Session(
    options: ShellOptions(source: .sample(posts: nil), isInteractive: true, width: { 80 }))
}

/// What a session answers to one entry: what the terminal shows, and whether it was an error.
struct GoldenReply: Equatable {
  var text: String
  var failed = false
}

/// Answers one entry after another, and remembers between them as a session does.
typealias GoldenSession = (String) -> GoldenReply

/// The session of a golden file's section, or of a document.
func goldenSession(_ shell: any Shell) -> GoldenSession {
  { entry in
    var shown = ""
    let sinks = Sinks(output: { shown += $0 }, messages: { shown += $0 })
    let outcome = shell.run(entry, mode: .terminal, to: sinks)
    return GoldenReply(text: shown, failed: outcome.status != .done)
  }
}

/// Runs entries in a session and gives the same entries with what is answered now.
///
/// Files are written into `folder` and read from there, while the entries name them without it.
func transcript(_ entries: Transcript, folder: String, session: GoldenSession) -> Transcript {
  var result = entries
  for index in result.entries.indices {
    let reply = session(placed(result.entries[index].query, in: folder))
    let text = reply.text.split(separator: folder + "/", omittingEmptySubsequences: false)
    result.entries[index].answer = trimmed(splitLines(text.joined()))
  }
  return result
}

/// The text with the folder before the name of each file that it reads or writes.
func placed(_ text: String, in folder: String) -> String {
  text.replacing(/\b(to|load|run|save) "([^"\/]+\.[a-z]+)"/) { match in
    "\(match.1) \"\(folder)/\(match.2)\""
  }
}
