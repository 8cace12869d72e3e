internal import Glibc
internal import WidenRemote
internal import WidenShell

/// Does what the command line asks for, and says how it ended.
@MainActor struct Program {
  var surroundings = Surroundings()
  let output = DescriptorWriter(STDOUT_FILENO)
  let messages = DescriptorWriter(STDERR_FILENO)

  /// Runs the program with the arguments behind its name.
  func run(_ arguments: [String]) -> RunStatus {
    let status: RunStatus
    do {
      status = try perform(try Invocation(arguments))
    } catch let error as OpeningError {
      status = complain(error.message, hint: error.hint, status: error.status)
    } catch let error as UsageError {
      status = complain(
        error.message, hint: error.hint ?? "widen --help shows how it is called", status: .usage)
    } catch {
      status = complain("\(error)", hint: nil, status: .failed)
    }
    return finished(status)
  }

  private func perform(_ invocation: Invocation) throws -> RunStatus {
    switch invocation {
    case .text(let text):
      output.write(text.last == "\n" || text.isEmpty ? text : text + "\n")
      return .done
    case .topic(let topic):
      let shell = try open(Invocation.Setting(source: .empty))
      return shell.run("help \(topic)", mode: .terminal, to: sinks()).status
    case .shell(let setting):
      if setting.output != nil && surroundings.inputIsTerminal {
        throw UsageError("--output needs a query", hint: "-c 'QUERY', or a script")
      }
      if surroundings.isInteractive { return try runTerminal(setting) }
      let text = try TextFile.read("-")
      return try runScripts([(text, "standard input")], parameters: [], setting)
    case .queries(let queries, let setting):
      return try runScripts(queries.map { ($0, "-c") }, parameters: [], setting)
    case .script(let name, let parameters, let setting):
      let text = try scriptText(name)
      return try runScripts([(text, name)], parameters: parameters, setting)
    case .card(let name, let setting):
      let text = try scriptText(name)
      let shell = try open(setting)
      guard let script = text ?? shell.libraryScript(named: name) else { throw noScript(name) }
      output.write(shell.card(of: script, named: name))
      return .done
    case .check(let names, let setting):
      return try check(names, setting)
    case .format(let names, let isCheck):
      return try format(names, isCheck: isCheck)
    case .pipe(let setting):
      return try servePipe(setting)
    case .rerun(let file, let setting):
      return try rerun(file, setting)
    case .initialise(let folder, let posts):
      messages.write(try writeTemplate(to: folder, posts: posts))
      return .done
    }
  }

  /// Opens a session; `texts` are all that it will run, nil for those that are not known yet.
  func open(
    _ setting: Invocation.Setting, isInteractive: Bool = false, running texts: [String?] = [nil]
  ) throws -> any Shell {
    if case .files(let names) = setting.source {
      for name in names where !isDatabaseAddress(name) && access(name, F_OK) != 0 {
        throw noDataset(name, names)
      }
    }
    var options = surroundings.options(setting, isInteractive: isInteractive)
    if surroundings.messagesAreOnTerminal && !options.isAccessible {
      let line = ProgressLine { text in
        messages.write(text)
        messages.flush()
      }
      options.progress = { line.tell($0, $1) }
    }
    let known = texts.compactMap(\.self)
    if known.count == texts.count { options.texts = known }
    return try openShell(options)
  }

  private func noDataset(_ name: String, _ names: [String]) -> UsageError {
    let looksLikeCommand =
      name == names.first && name.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "-") }
    return looksLikeCommand
      ? UsageError("there is no command and no dataset called '\(name)'")
      : UsageError(
        "the dataset '\(name)' cannot be read: \(systemMessage())",
        hint: "a dataset is a folder, a datapackage.json or a data file")
  }

  func noScript(_ name: String) -> UsageError {
    UsageError(
      "there is no script '\(name)'",
      hint: "give the path of a .widen file, or a name that 'show library' lists")
  }

  /// The text of a script file, or nil when the name can only be one of the library.
  func scriptText(_ name: String) throws -> String? {
    let isPath = name == "-" || name.contains("/") || access(name, F_OK) == 0
    return isPath ? try TextFile.read(name) : nil
  }

  private func runTerminal(_ setting: Invocation.Setting) throws -> RunStatus {
    if let format = setting.format, !format.isText {
      throw UsageError(
        "--format \(format.rawValue) needs a query and a file",
        hint: "-c 'QUERY' --output FILE, or | export to FILE")
    }
    let shell = try open(setting, isInteractive: true)
    let terminal = TerminalLoop(
      shell: shell, output: output, messages: messages,
      hasColours: surroundings.hasColours(setting.colour, terminal: true),
      environment: surroundings.environment,
      configurationFile: setting.usesConfiguration ? surroundings.configurationFile : nil)
    return terminal.run(sinks(pager: Pager(environment: surroundings.environment)))
  }

  /// Runs texts in order as scripts, as far as the first that fails.
  private func runScripts(
    _ texts: [(text: String?, name: String)], parameters: [ParameterText],
    _ setting: Invocation.Setting
  ) throws -> RunStatus {
    let shell = try open(setting, running: texts.map(\.text))
    let file = try setting.output.map { name throws(UsageError) in
      try OutputFile(
        name, format: surroundings.format(setting), mayOverwrite: setting.mayOverwrite)
    }
    var status = RunStatus.done
    Interrupts.install()
    for (text, name) in texts {
      guard let script = text ?? shell.libraryScript(named: name) else { throw noScript(name) }
      let outcome = shell.run(
        script, mode: .script(name: name, parameters: parameters), to: sinks(file?.writer))
      status = outcome.status
      if status != .done || outcome.wantsToQuit { break }
    }
    if status == .done { status = shell.finish(to: sinks(file?.writer)).status }
    let writer = file?.writer ?? output
    if status == .interrupted && !writer.hasFailed.isRaised { messages.write("cancelled\n") }
    guard let file else { return status }
    // A query that stopped because the file took no more has not failed: the file has.
    guard status == .done || writer.hasFailed.isRaised else { return status }
    if let problem = file.finish(shell.records) {
      return complain(problem, hint: nil, status: .failed)
    }
    return .done
  }

  private func check(_ names: [String], _ setting: Invocation.Setting) throws -> RunStatus {
    let texts = try names.map { (name: $0, text: try scriptText($0)) }
    let shell = try open(setting)
    var status = RunStatus.done
    for (name, text) in texts {
      guard let script = text ?? shell.libraryScript(named: name) else { throw noScript(name) }
      let outcome = shell.check(script, named: name, to: sinks())
      if outcome.status != .done {
        status = outcome.status
      } else if surroundings.messagesAreOnTerminal {
        messages.write("\(TerminalText.editable(name)): no mistakes\n")
      }
    }
    return status
  }

  private func servePipe(_ setting: Invocation.Setting) throws -> RunStatus {
    let shell = try open(setting)
    Interrupts.install()
    var reader = LineReader { block in
      while true {
        let count = read(STDIN_FILENO, block.baseAddress, block.count)
        if count >= 0 || errno != EINTR || Interrupts.isPending { return count }
      }
    }
    let server = PipeServer(shell: shell) { Interrupts.isPending }
    return server.serve(read: { reader.next() }, write: { output.writeNow($0) })
  }

  func sinks(_ file: DescriptorWriter? = nil, pager: Pager? = nil) -> Sinks {
    let results = file ?? output
    let hasFailed = results.hasFailed
    let canAsk = surroundings.inputIsTerminal && surroundings.messagesAreOnTerminal
    var sinks = Sinks(
      output: { results.write($0) },
      messages: { text in
        // In the order in which the user would see both on a terminal.
        output.flush()
        messages.write(text)
        messages.flush()
      },
      isCancelled: { Interrupts.isPending || hasFailed.isRaised },
      ask: canAsk ? { ask($0) } : nil,
      page: pager.map { pager in { show($0, linesAfter: $1, in: pager) } })
    if file != nil || !surroundings.outputIsTerminal { sinks.bytes = { results.write($0) } }
    return sinks
  }

  /// Shows a result in the pager when it is longer than the screen.
  private func show(_ text: String, linesAfter: Int, in pager: Pager) {
    // The prompt takes a line, too.
    let room = Surroundings.terminalHeight().map { $0 - 1 - linesAfter }
    let isLong = Pager.isLong(text, columns: Surroundings.terminalWidth(), room: room)
    output.flush()
    messages.flush()
    if !isLong || !pager.show(text) { output.write(text) }
  }

  /// Asks the user for one line, outside the editor.
  private func ask(_ question: String) -> String? {
    output.flush()
    messages.write(question)
    messages.flush()
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(STDIN_FILENO, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") {
        return TerminalText.editable(String(decoding: line, as: UTF8.self))
      }
      line.append(byte)
    }
    return nil
  }

  private func complain(_ message: String, hint: String?, status: RunStatus) -> RunStatus {
    output.flush()
    messages.write("error: \(message)\n" + (hint.map { "  = \($0)\n" } ?? ""))
    messages.flush()
    return status
  }

  /// Writes what is left, and turns a failure to write into how the program ends.
  private func finished(_ status: RunStatus) -> RunStatus {
    output.flush()
    messages.flush()
    switch output.failure {
    case nil: return status
    // Whoever read it has enough, as in `widen … | head`.
    case .closed: return .done
    case .failed(let reason):
      return complain("standard output cannot be written: \(reason)", hint: nil, status: .failed)
    }
  }
}
