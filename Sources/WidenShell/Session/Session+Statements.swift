internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// Does one statement.
  func perform(_ placed: PlacedStatement, _ run: Run) throws(Failure) -> Reply {
    switch placed.statement {
    case .query(let query): return try answer(query, run)
    case .let(let name, let value): return try remember(name, value, run)
    case .param(let declaration): return try declare(declaration, run)
    case .define(let definition):
      state.definitions.add(definition)
      return .nothing
    case .load(let statement): return try load(statement, run)
    case .run(let file, let values, let place): return try runScript(file, values, place, run)
    case .export(let name, let target): return try exportTable(name, to: target, run)
    case .set(let statement): return try set(statement, run)
    case .show(let topic): return try show(topic, run)
    case .explain(let query): return try explain(query, run)
    case .save(let file, _): return try save(to: file, run)
    case .help(let words):
      if let name = words.first, words.count == 1, let script = libraryScript(named: name),
        !topics.contains(name.lowercased())
      {
        return .text(
          card(of: script, named: name)
            + "\n    run \"\(name)\", or in a terminal: widen run \(name)\n")
      }
      return .text(try help(words))
    case .back: return try back(run)
    case .quit: return .quit
    case .compare(let name, let other): return try compare(name, to: other, run)
    case .why(let row, let column): return try why(row, column, run)
    case .report: throw notYet("report", placed, run)
    }
  }

  private func notYet(_ word: String, _ placed: PlacedStatement, _ run: Run) -> Failure {
    var range = placed.place.range
    range.end = min(range.end, range.start + word.utf8.count)
    return .at(Place(range), "'\(word)' is understood, but does not work in this version yet", run)
  }

  private func remember(_ name: Name, _ value: LetValue, _ run: Run) throws(Failure) -> Reply {
    switch value {
    case .value(let member): state.values[name.text.lowercased()] = member
    case .query(let query):
      keep(try evaluate(query, run), as: name.text)
    }
    return .nothing
  }

  private func exportTable(_ name: Name, to target: ExportTarget, _ run: Run) throws(Failure)
    -> Reply
  {
    _ = try entry(name, run)
    let evaluated = try evaluate(Query(table: name, steps: []), run)
    try export(
      evaluated.answer, evaluated.derivation, evaluated.control, to: target, run)
    return .nothing
  }

  private func set(_ statement: SetStatement, _ run: Run) throws(Failure) -> Reply {
    let name = statement.name
    guard let record = SettingRecord.named(name.text) else {
      let near = nearest(name.text, in: SettingRecord.all.map(\.name))
      throw .at(
        name.place, "there is no setting '\(name.text)'",
        hint: near.map { "did you mean '\($0)'?" }
          ?? "there are \(SettingRecord.all.map(\.name).joined(separator: ", "))",
        fix: near, run)
    }
    let (text, place) = written(statement.value, run)
    if record.name == "policy" {
      try setPolicy(text, statement, place, run)
      return .nothing
    }
    guard record.change(&state.settings, text) else {
      throw .at(
        place, "'\(record.name)' cannot be set to '\(text)'", hint: record.summary, run)
    }
    return .nothing
  }

  private func written(_ value: SettingValue, _ run: Run) -> (String, Place) {
    switch value {
    case .word(let name): return (name.text.lowercased(), name.place)
    case .literal(let expression):
      if case .literal(.text(let text), let place) = expression { return (text, place) }
      return (print(expression), expression.place)
    }
  }

  /// Writes the latest query as a script.
  private func save(to file: String, _ run: Run) throws(Failure) -> Reply {
    guard let last = state.last else {
      throw .sentence("there is no query to save yet", hint: "run one first")
    }
    do throws(PublishError) {
      try writeWhole(declarations(last) + last.text + "\n", to: file)
    } catch {
      throw Failure(error)
    }
    run.sinks.messages("saved to \(visible(file))\n")
    return .nothing
  }

  /// The parameters that the latest query names, declared as its script did.
  private func declarations(_ last: LastQuery) -> String {
    let declared = last.parameters.values.map(\.declaration).filter { declaration in
      last.text.lowercased().contains("$" + declaration.name.text.lowercased())
    }.sorted { $0.name.text < $1.name.text }
    return declared.map { print(.param($0)) + "\n" }.joined() + (declared.isEmpty ? "" : "\n")
  }

  /// Takes the last step of the latest query back, and runs what is left with the same parameters.
  private func back(_ run: Run) throws(Failure) -> Reply {
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
    let lines = text.split(separator: "\n").map { visible(String($0)) }
    run.sinks.messages(lines.joined(separator: "\n") + "\n")
    let parameters = state.parameters
    defer { state.parameters = parameters }
    state.parameters = last.parameters
    return try answer(parsed, again)
  }
}
