internal import Glibc
internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// Runs another script: `run "script" with name = value`.
  func runScript(_ file: String, _ values: [Option], _ place: Place, _ run: Run) throws(Failure)
    -> Reply
  {
    guard run.depth < 16 else {
      throw .sentence("scripts run one another more than 16 deep", hint: nil)
    }
    guard let text = readText(file) ?? readText(file + ".widen") ?? libraryScript(named: file)
    else {
      throw .at(
        place, "the script '\(file)' cannot be read",
        hint: nearest(file, in: LibraryScript.all.map(\.name)).map { "did you mean \"\($0)\"?" }
          ?? "name a file that exists, or one of those that 'show library' lists", run)
    }
    var inner = Run(source: text, name: file, sinks: run.sinks, depth: run.depth + 1)
    inner.isConfiguration = run.isConfiguration
    for option in values { inner.given[option.name.text.lowercased()] = .members(option.value) }
    let outer = state.parameters
    defer { state.parameters = outer }
    do throws(Failure) {
      return try withOwnNames(text) { () throws(Failure) in
        try execute(inner) { reply in self.present(reply, inner) } ? .quit : .nothing
      }
    } catch {
      if case .text(let diagnostics, let source, nil) = error {
        throw .text(diagnostics, source: source, name: file)
      }
      throw error
    }
  }

  /// See `Shell`; `show library` lists them.
  public func libraryScript(named name: String) -> String? { LibraryScript.named(name)?.text }

  /// See `Shell`; what the script declares is forgotten afterwards.
  public func check(_ text: String, named name: String, to sinks: Sinks) -> Outcome {
    let run = Run(source: text, name: name, sinks: sinks)
    let before = state
    defer { state = before }
    do {
      try check(run)
      return Outcome(.done)
    } catch {
      return outcome(of: error, run)
    }
  }

  /// Parses and binds every statement; queries after a `let` or `keep` see its columns.
  private func check(_ run: Run) throws(Failure) {
    let parsed = parse(run.source)
    guard parsed.diagnostics.isEmpty else {
      throw .text(parsed.diagnostics, source: run.source, name: run.name)
    }
    for placed in parsed.program.statements {
      switch placed.statement {
      case .query(let query), .explain(let query): _ = try checked(query, as: "last", run)
      case .let(let name, .query(let query)): _ = try checked(query, as: name.text, run)
      case .let(let name, .value(let member)): state.values[name.text.lowercased()] = member
      case .param(let declaration):
        state.parameters[declaration.name.text.lowercased()] = standIn(for: declaration)
      case .define(let definition): state.definitions.add(definition)
      case .load, .run, .export, .set, .show, .save, .help, .back, .quit, .compare, .why, .report:
        // A script that loads files has to read them: its queries are about what they hold.
        if case .load(let statement) = placed.statement { _ = try load(statement, run) }
      }
    }
  }

  private func checked(_ query: Query, as name: String, _ run: Run) throws(Failure) -> BoundQuery {
    let bound = try bind(query, in: state.dataset, run)
    let columns = bound.plan.columns
    let empty = columns.map { TableColumn($0, .values([], type: $0.type)) }
    let answer = Answer(table: Table(columns: empty, rowCount: 0))
    keep(answer, nil, rows: bound.rows, as: name)
    for step in query.steps {
      if case .keep(let kept) = step.step {
        keep(answer, nil, rows: bound.rows, as: kept.text)
      }
    }
    return bound
  }

  /// A value of the declared type, for checking without one being given.
  private func standIn(for declaration: ParamStatement) -> Parameter {
    if let value = declaration.defaultValue,
      let given = try? Parameter.given(value, to: declaration)
    {
      return given
    }
    let value: Value
    switch declaration.kind {
    case .text: value = .text(allowedValues(of: declaration)?.first?.value ?? "")
    case .number: value = .integer(1)
    case .date: value = .date(Day(number: 0))
    case .month: value = .month(Month(year: 2015, month: 3))
    case .period: value = .period(Period(.financialYear, startYear: 2014))
    case .yesno: value = .boolean(true)
    }
    return Parameter(
      declaration: declaration,
      value: [.value(TypedExpression(.constant(value), type: value.type))])
  }

  /// See `Shell`; a script without `##` lines is shown under its name.
  public func card(of text: String, named name: String) -> String {
    let program = parse(text).program
    var lines = program.help.isEmpty ? [name] : program.help
    let parameters = program.statements.compactMap { placed -> ParamStatement? in
      if case .param(let declaration) = placed.statement { declaration } else { nil }
    }
    if !parameters.isEmpty { lines += ["", "Parameters:"] }
    for parameter in parameters {
      var line = "  -p \(parameter.name.text)=…   \(parameter.kind.withArticle)"
      if parameter.isList { line += ", or several with commas between" }
      if let source = parameter.source { line += ", one of \(source.text)" }
      if let value = parameter.defaultValue {
        line += "; \(value.map(shownMember).joined(separator: ", ")) unless given"
      }
      lines.append(line)
      if let values = allowedValues(of: parameter), values.count <= 30 {
        lines.append("      " + values.map(\.value).joined(separator: ", "))
      }
    }
    return fitted(lines.map { visible($0) + "\n" }.joined(), to: options.width())
  }

  func shownMember(_ member: Member) -> String {
    switch member {
    case .value(let value): print(value)
    case .range(let low, let high):
      "\(low.map { print($0) } ?? "")..\(high.map { print($0) } ?? "")"
    }
  }
}

/// The text of a file, or nil when it cannot be read as UTF-8.
func readText(_ path: String) -> String? {
  guard let file = fopen(path, "rb") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&piece, 1, piece.count, file)
    if count == 0 { break }
    bytes += piece.prefix(count)
    if bytes.count > 64 << 20 { return nil }
  }
  return String(validating: bytes, as: UTF8.self)
}
