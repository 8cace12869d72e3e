internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

/// Something that a statement gave a name, as it would be written in a script.
struct NamedStatement: Equatable {
  /// In small letters.
  var name: String
  var text: String
  /// Whether `let` named it: in a script it is that script's own.
  var isLet: Bool
}

extension Session {
  /// Keeps a statement that names something, so that `save` can write it before a query that uses it.
  func note(_ statement: Statement, named name: String) {
    var isLet = false
    if case .let = statement { isLet = true }
    let name = name.lowercased()
    state.named.removeAll { $0.name == name }
    state.named.append(NamedStatement(name: name, text: print(statement), isLet: isLet))
  }

  /// Keeps what a query's `keep as NAME` holds, as a `let`.
  func noteKept(_ query: Query) {
    for (index, placed) in query.steps.enumerated() {
      guard case .keep(let name) = placed.step else { continue }
      var part = query
      part.steps = query.steps[..<index].filter { !$0.step.isAction }
      note(.let(name, .query(part)), named: name.text)
    }
  }

  /// What stands before the latest query in a script: the parameters that it names, and everything
  /// that was named before and that it builds on.
  func preamble(of last: LastQuery) -> String {
    let needed = statements(before: last.text, among: last.named)
    let whole = (needed.map(\.text) + [last.text]).joined(separator: "\n").lowercased()
    let declared = last.parameters.values.map(\.declaration).filter { declaration in
      whole.contains("$" + declaration.name.text.lowercased())
    }.sorted { $0.name.text < $1.name.text }
    let parts = declared.map { print(.param($0)) } + needed.map(\.text)
    return parts.map { $0 + "\n" }.joined() + (parts.isEmpty ? "" : "\n")
  }

  /// The statements, in their order, that a text builds on.
  func statements(before text: String, among named: [NamedStatement]) -> [NamedStatement] {
    var needed: [NamedStatement] = []
    var names = text.namesInside
    for statement in named.reversed() where names.contains(statement.name) {
      needed.insert(statement, at: 0)
      names.formUnion(statement.text.namesInside)
    }
    return needed
  }

  /// Writes the latest query as a script.
  func save(to file: String, at place: Place, _ run: Run) throws(Failure) -> Reply {
    if let format = try? Format(ofFile: file) {
      let better = "export last to \(print(Expression.literal(.text(file), .none)))"
      let start = place.range.start
      let problem = Diagnostic(
        .error, "'save' writes the query as a script, not its result as \(format.rawValue)",
        at: SourceRange(start, start + "save".utf8.count), hint: "did you mean '\(better)'?",
        fix: Diagnostic.Fix(place.range, better))
      throw .text([problem], source: run.source, name: run.name)
    }
    guard let last = state.last else {
      throw .sentence("there is no query to save yet", hint: "run one first")
    }
    let text = preamble(of: last) + last.text + "\n"
    let laidOut = WidenLanguage.format(text)
    do throws(PublishError) {
      try writeWhole(laidOut.diagnostics.isEmpty ? laidOut.text : text, to: file)
    } catch {
      throw Failure(error)
    }
    run.sinks.messages("saved to \(visible(file))\n")
    return .nothing
  }

  /// Takes the last step of the latest query back, and runs what is left with the same parameters;
  /// after `why` or `compare` the latest result is shown again.
  func back(_ run: Run) throws(Failure) -> Reply {
    if isAside, let last = state.last {
      isAside = false
      tell(last.text, run)
      return .answer(last.answer, diagnostics: [], isQuery: true, milliseconds: 0)
    }
    guard let last = state.last, !last.query.steps.isEmpty else {
      throw .sentence(
        "there is no step to take back", hint: "'back' undoes the last step of a query")
    }
    var query = last.query
    query.steps.removeLast()
    let text = print(query)
    var again = run
    again.source = text
    guard case .query(let parsed)? = parse(text).program.statements.first?.statement else {
      throw .sentence("there is no step to take back", hint: nil)
    }
    tell(text, run)
    let reply = try asThen(last) { () throws(Failure) in try answer(parsed, again) }
    guard case .answer(let answer, let told, let isQuery, let time) = reply else { return reply }
    // Their places are those of the text that was told.
    let diagnostics = told.map { diagnostic in
      var moved = diagnostic
      moved.range = SourceRange(statementStart, statementStart + "back".utf8.count)
      moved.fix = nil
      return moved
    }
    return .answer(answer, diagnostics: diagnostics, isQuery: isQuery, milliseconds: time)
  }

  private func tell(_ text: String, _ run: Run) {
    let lines = text.split(separator: "\n").map { visible(String($0)) }
    run.sinks.messages(lines.joined(separator: "\n") + "\n")
  }

  /// Does something with the parameters of the latest query, and with the tables and values of the
  /// script that it came from.
  func asThen<Result>(
    _ last: LastQuery, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let parameters = state.parameters
    defer { state.parameters = parameters }
    state.parameters = last.parameters
    guard let local = last.local else { return try body() }
    let (own, values) = (state.dataset, state.values)
    state.dataset = local.dataset
    for entry in own.entries where ["last", "previous"].contains(entry.description.name) {
      state.dataset.add(entry)
    }
    state.values = local.values
    defer {
      let results = ["last", "previous"].compactMap { state.dataset.entry(named: $0) }
      (state.dataset, state.values) = (own, values)
      for entry in results { state.dataset.add(entry) }
    }
    let result = try body()
    if state.last?.local == nil { state.last?.local = local }
    return result
  }

  /// Runs a script's statements; the tables and values that its `let` named go with it.
  func withOwnNames(
    _ text: String, _ body: () throws(Failure) -> Reply
  ) throws(Failure) -> Reply {
    let before = state
    let reply = try body()
    let own = parse(text).program.statements.compactMap { placed -> String? in
      if case .let(let name, _) = placed.statement { name.text.lowercased() } else { nil }
    }
    if own.isEmpty { return reply }
    let isNew = state.last?.text != before.last?.text || state.last?.local == nil
    let local = LastQuery.Local(dataset: state.dataset, values: state.values)
    if isNew { state.last?.local = local }
    for name in own {
      state.values[name] = before.values[name]
      state.dataset.remove(named: name)
      if let entry = before.dataset.entry(named: name) { state.dataset.add(entry) }
      state.named.removeAll { $0.name == name && $0.isLet }
    }
    state.named += before.named.filter { own.contains($0.name) && $0.isLet }
    return reply
  }
}

extension String {
  /// The names in a text of the language, in small letters.
  var namesInside: Set<String> {
    let bytes = Array(utf8)
    return Set(
      WidenLanguage.highlight(self).filter { [.name, .table, .function].contains($0.kind) }.map {
        part in
        var name = String(decoding: bytes[part.range.start..<part.range.end], as: UTF8.self)
        if name.hasPrefix("`") { name = String(name.dropFirst().dropLast()) }
        return name.lowercased()
      })
  }
}

extension Step {
  /// Whether it does something with the result and leaves it as it is.
  var isAction: Bool {
    switch self {
    case .keep, .export, .chart: true
    case .where, .derive, .select, .drop, .rename, .recode, .count, .summarise, .share, .crosstab,
      .compare, .snapshot, .change, .likelihood, .standardise, .inequality, .funnel, .control,
      .parity, .top, .bottom, .join, .sort, .take, .distinct, .describe, .protect:
      false
    }
  }
}
