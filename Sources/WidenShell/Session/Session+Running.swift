internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

/// What a statement gives back.
enum Reply {
  case nothing
  /// A result of a query, or a listing.
  case answer(Answer, diagnostics: [Diagnostic], isQuery: Bool, milliseconds: Double)
  /// Lines for people: help, a card. They are laid out to fit the screen.
  case text(String)
  /// Lines to be copied as they stand: queries.
  case queries(String)
  case quit
}

/// Where and how statements run.
struct Run {
  /// The text the statements stand in.
  var source: String
  /// The script's name for messages; nil at a terminal.
  var name: String?
  /// Parameters given from outside, by name.
  var given: [String: GivenParameter] = [:]
  var sinks: Sinks
  /// How many scripts run one another.
  var depth = 0
  /// Whether parameters may be given that no `param` declares: a request's are declared by their values.
  var declaresGiven = false
  /// Whether these are the user's settings at the start of every shell.
  var isConfiguration = false
  /// Whether the rules of scripts hold.
  var isScript: Bool { name != nil }
}

/// A parameter as it came from outside.
enum GivenParameter {
  /// From the command line, as text.
  case text(String)
  /// Written in the language: `run … with org = "RKE"`.
  case members([Member])
}

extension Session {
  /// See `Shell`; the rules of scripts hold when the mode names a script.
  public func run(_ text: String, mode: RunMode, to sinks: Sinks) -> Outcome {
    var run = Run(source: text, sinks: sinks)
    switch mode {
    case .terminal: break
    case .script(let name, let parameters):
      run.name = name
      for parameter in parameters {
        run.given[parameter.name.lowercased()] = .text(parameter.value)
      }
    case .configuration(let name):
      run.name = name
      run.isConfiguration = true
    }
    tellOpening(to: sinks)
    if let page = question(in: text) {
      sinks.output(page)
      return Outcome(.done)
    }
    proposal = nil
    do {
      let wantsToQuit = try execute(run) { reply in self.present(reply, run) }
      continueTour(after: text, run)
      return Outcome(.done, proposal: proposal, wantsToQuit: wantsToQuit)
    } catch {
      return outcome(of: error, run)
    }
  }

  /// What opening the dataset found: the greeting says it at a terminal, the first run elsewhere.
  private func tellOpening(to sinks: Sinks) {
    guard !options.isInteractive else { return }
    for note in openingNotes { sinks.messages("note: \(visible(note))\n") }
    openingNotes = []
  }

  /// Runs all statements of a text and hands over each reply; true when the user asked to leave.
  func execute(_ run: Run, _ take: (Reply) throws(Failure) -> Void) throws(Failure) -> Bool {
    rouseThreads()
    let parsed = parse(run.source)
    let problems = parsed.diagnostics.filter { $0.severity == .error }
    guard problems.isEmpty else {
      throw .text(
        improved(parsed.diagnostics, source: run.source), source: run.source, name: run.name)
    }
    try rejectUnknownParameters(parsed.program, run)
    try prepareTables(run)
    for placed in parsed.program.statements {
      if run.sinks.isCancelled() { throw .cancelled }
      statementStart = placed.place.range.start
      let reply = try perform(placed, run)
      if case .quit = reply { return true }
      try take(reply)
    }
    return false
  }

  /// A parameter that the script does not declare was probably misspelt.
  private func rejectUnknownParameters(_ program: Program, _ run: Run) throws(Failure) {
    if run.declaresGiven { return }
    let declared = program.statements.compactMap { placed -> String? in
      if case .param(let declaration) = placed.statement { declaration.name.text } else { nil }
    }
    for name in run.given.keys.sorted()
    where !declared.contains(where: { $0.lowercased() == name }) {
      let near = nearest(name, in: declared)
      throw .sentence(
        "there is no parameter '\(name)' in \(run.name ?? "this text")",
        hint: near.map { "did you mean '\($0)'?" }
          ?? (declared.isEmpty ? "it takes none" : "it takes \(declared.joined(separator: ", "))"))
    }
  }

  func present(_ reply: Reply, _ run: Run) {
    switch reply {
    case .nothing, .quit: break
    case .queries(let text): show(text, run)
    case .text(let text):
      show(fitted(text.hasSuffix("\n") ? text : text + "\n", to: options.width()), run)
    case .answer(let answer, let diagnostics, let isQuery, let milliseconds):
      let warnings = diagnostics.filter { $0.severity == .warning }
      for warning in warnings { run.sinks.messages(rendered(warning, run)) }
      // What was probably meant stands in the next prompt, as after a mistake.
      if run.name == nil, warnings.count == 1, proposal == nil {
        proposal = warnings[0].repaired(run.source)
      }
      if !writesAtEnd { write(answer, isListing: !isQuery, run) }
      if isQuery || !answer.notes.isEmpty { comment(on: answer, diagnostics, milliseconds, run) }
    }
  }

  /// Writes a result in the format that is set.
  private func write(_ answer: Answer, isListing: Bool, _ run: Run) {
    if state.settings.format == .table {
      if let drawing = answer.drawing {
        show(drawing.text, linesAfter: 3, run)
        if drawing.replacesTable { return }
      }
      var style = tableStyle(run)
      style.wrapsText = isListing
      show(terminalTable(answer, style: style), linesAfter: isListing ? 0 : 3, run)
      return
    }
    let context = exportContext(query: run.source)
    // The sink takes text; a closed pipe is noticed by whoever owns the descriptor.
    try? WidenPublish.write(answer, as: state.settings.format, context: context) {
      bytes throws(PublishError) in
      run.sinks.output(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Shows a result, page by page where the user has that.
  private func show(_ text: String, linesAfter: Int = 0, _ run: Run) {
    if pages(run), let page = run.sinks.page {
      page(text, linesAfter)
    } else {
      run.sinks.output(text)
    }
  }

  /// Whether what is longer than the screen can be shown all the same.
  private func pages(_ run: Run) -> Bool {
    run.sinks.page != nil && state.settings.pages && !isAccessible
  }

  /// Whether results are sentences for those who listen to the screen.
  var isAccessible: Bool {
    switch state.settings.accessible {
    case .auto: options.isAccessible
    case .on: true
    case .off: false
    }
  }

  /// Row flow, notes and timing, after a result.
  private func comment(
    on answer: Answer, _ diagnostics: [Diagnostic], _ milliseconds: Double, _ run: Run
  ) {
    var lines: [String] = []
    if state.settings.flow, state.settings.format == .table, answer.flow.count > 1 {
      lines.append(flowLine(answer))
    }
    lines += answer.notes.map { "\($0.kind.rawValue): \(visible($0.text))" }
    for diagnostic in diagnostics where diagnostic.severity == .note {
      let line = "note: \(visible(diagnostic.message))"
      if !lines.contains(line) { lines.append(line) }
    }
    if state.settings.timing { lines.append("\(oneDecimal(milliseconds)) ms") }
    for line in lines.flatMap({ wrapped($0, to: options.width() ?? Int.max) }) {
      run.sinks.messages(dimmed(line) + "\n")
    }
  }

  /// The row flow on one line: `staff 5,000 → where 1,485 → count 11`.
  func flowLine(_ answer: Answer) -> String {
    let parts = answer.flow.map { "\(visible($0.label)) \(grouped($0.rows))" }
    return isAccessible
      ? "rows: " + parts.joined(separator: ", then ") : parts.joined(separator: " → ")
  }

  func tableStyle(_ run: Run, isChart: Bool = false) -> TableStyle {
    let terminal = options.width()
    // The header, the row flow and a note stay on the screen with the rows.
    let fitting =
      pages(run)
      ? (isChart ? 100 : 1000) : options.height().map { min(40, max(8, $0 - 10)) } ?? 40
    var style = TableStyle(
      width: terminal, maximumRows: terminal == nil ? nil : fitting,
      usesColour: options.colourInOutput,
      isAccessible: isAccessible)
    switch state.settings.width {
    case .automatic: break
    case .all: style.width = nil
    case .number(let number): style.width = number
    }
    switch state.settings.rows {
    case .automatic: break
    case .all: style.maximumRows = nil
    case .number(let number): style.maximumRows = number
    }
    return style
  }

  private func dimmed(_ line: String) -> String {
    options.colourInMessages ? "\u{1B}[2m\(line)\u{1B}[0m" : line
  }

  /// Renders a diagnostic about the text that runs.
  func rendered(_ diagnostic: Diagnostic, _ run: Run) -> String {
    render(
      diagnostic, source: run.source, file: run.name, width: options.width(),
      style: diagnosticStyle) + "\n"
  }

  private var diagnosticStyle: DiagnosticStyle {
    isAccessible ? .spoken : options.colourInMessages ? .colour : .plain
  }

  /// Tells what went wrong, and gives the repaired line when there is one likely fix.
  func outcome(of failure: Failure, _ run: Run) -> Outcome {
    switch failure {
    case .cancelled: return Outcome(.interrupted)
    case .closedPipe: return Outcome(.done, wantsToQuit: true)
    case .unread: return self.outcome(of: .sentence(Failure.unreadMessage, hint: nil), run)
    case .refused(let message, let hint):
      _ = self.outcome(of: .sentence(message, hint: hint), run)
      return Outcome(.refused)
    case .sentence(let message, let hint):
      let diagnostic = Diagnostic(.error, message, at: SourceRange(0, 0), hint: hint)
      run.sinks.messages(
        render(diagnostic, source: "", width: options.width(), style: diagnosticStyle) + "\n")
      return Outcome(.failed)
    case .text(let diagnostics, let source, let name):
      for diagnostic in diagnostics {
        run.sinks.messages(
          render(
            diagnostic, source: source, file: name, width: options.width(),
            style: diagnosticStyle) + "\n")
      }
      let isOwn = source == run.source && diagnostics.count == 1
      return Outcome(.failed, proposal: isOwn ? diagnostics[0].repaired(source) : nil)
    }
  }
}

private func oneDecimal(_ number: Double) -> String {
  let tenths = Int((number * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}
