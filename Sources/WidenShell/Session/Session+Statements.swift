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
      note(placed.statement, named: definition.name)
      return .nothing
    case .load(let statement):
      let reply = try load(statement, run)
      note(placed.statement, named: statement.name?.text ?? tableName(of: statement.file))
      return reply
    case .run(let file, let values, let place): return try runScript(file, values, place, run)
    case .export(let name, let target): return try exportTable(name, to: target, run)
    case .set(let statement): return try set(statement, run)
    case .show(let topic): return try show(topic, run)
    case .explain(let query): return try explain(query, run)
    case .save(let file, _): return try save(to: file, at: placed.place, run)
    case .help(let words):
      if let name = words.first, words.count == 1, let script = libraryScript(named: name),
        !topics.contains(name.lowercased())
      {
        return .text(
          card(of: script, named: name)
            + "\n    run \"\(name)\", or in a terminal: widen run \(name)\n")
      }
      if words.map({ $0.lowercased() }) == ["tour"] { return .text(tour()) }
      if let page = dataPage(of: words) { return .text(page) }
      return .text(try help(words))
    case .back: return try back(run)
    case .quit: return .quit
    case .compare(let name, let other):
      let reply = try compare(name, to: other, run)
      isAside = true
      return reply
    case .why(let row, let column):
      let reply = try why(row, column, run)
      isAside = true
      return reply
    case .report(let title): return startReport(title, run)
    }
  }

  private func remember(_ name: Name, _ value: LetValue, _ run: Run) throws(Failure) -> Reply {
    switch value {
    case .value(let member):
      state.values[name.text.lowercased()] = member
      note(.let(name, value), named: name.text)
    case .query(let query):
      note(.let(name, .query(sinceTable(query))), named: name.text)
      keep(try evaluate(query, run), as: name.text)
    }
    return .nothing
  }

  private func exportTable(_ name: Name, to target: ExportTarget, _ run: Run) throws(Failure)
    -> Reply
  {
    if name.text.lowercased() == "report", state.dataset.entry(named: "report") == nil {
      return try exportReport(to: target, run)
    }
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
        place, "'\(record.name)' cannot be set to '\(text)'",
        hint: "set \(record.name) \(record.choices): \(record.summary)", run)
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
}
