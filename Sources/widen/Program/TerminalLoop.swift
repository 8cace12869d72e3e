internal import CReadline
internal import Glibc
internal import WidenShell

/// The shell at a terminal: reads a text, runs it, and so on until the user leaves.
@MainActor struct TerminalLoop {
  let shell: any Shell
  let output: DescriptorWriter
  let messages: DescriptorWriter
  let hasColours: Bool
  let environment: (String) -> String?
  /// What is run before anything is asked; nil when nothing is to be.
  let configurationFile: String?

  func run(_ sinks: Sinks) -> RunStatus {
    useUTF8()
    shell.history = openHistory()
    Interrupts.install()
    configure(sinks)
    let editor = LineEditor(
      shell: shell, hasColours: hasColours, environment: environment)
    say(shell.greeting)
    if let problem = shell.history?.problem { say(problem) }
    var proposal: String?
    while true {
      let entry = editor.read(proposal: proposal)
      proposal = nil
      switch entry {
      case .abandoned: continue
      case .end:
        say("")
        return .done
      case .text(let text):
        let query = TerminalText.trimmed(text)
        if query.allSatisfy(\.isWhitespace) { continue }
        remember(query, editor)
        let outcome = shell.run(query, mode: .terminal, to: sinks)
        // Ctrl-C that came too late for the query is not meant for the next line.
        let wasInterrupted = Interrupts.take()
        output.flush()
        if outcome.status == .interrupted { say(wasInterrupted ? "\ncancelled" : "cancelled") }
        if outcome.wantsToQuit || output.failure != nil { return .done }
        proposal = outcome.proposal.map { TerminalText.editable($0) }
      }
    }
  }

  /// Runs the user's configuration, as far as it is right.
  private func configure(_ sinks: Sinks) {
    guard let file = configurationFile, access(file, F_OK) == 0 else { return }
    do throws(UsageError) {
      let text = try TextFile.read(file)
      let outcome = shell.run(text, mode: .configuration(name: file), to: sinks)
      if outcome.status != .done { say("what follows in the configuration is passed over") }
    } catch {
      say("error: the configuration is not read: \(error.message)")
    }
    _ = Interrupts.take()
  }

  private func remember(_ query: String, _ editor: LineEditor) {
    guard let history = shell.history else { return }
    let hadProblem = history.problem != nil
    // Who somebody is stays out of the file; the session itself remembers what was typed.
    if history.add(shell.withoutIdentifiers(query), at: time(nil)) { editor.remember(query) }
    if !hadProblem, let problem = history.problem { say(problem) }
  }

  private func say(_ text: String) {
    output.flush()
    messages.write(text.hasSuffix("\n") ? text : text + "\n")
    messages.flush()
  }

  private func openHistory() -> History {
    let path = History.path(dataset: shell.historyName, environment: environment)
    return path.map { History(path: $0) } ?? History()
  }

  /// Lets readline count characters as the program does, also where the locale was not set.
  private func useUTF8() {
    setlocale(LC_ALL, "")
    let codes = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) }
    if codes != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    // Numbers are ours to write.
    setlocale(LC_NUMERIC, "C")
  }
}
