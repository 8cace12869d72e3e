internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// `param`: takes the value given from outside, else the default, else asks at a terminal.
  func declare(_ declaration: ParamStatement, _ run: Run) throws(Failure) -> Reply {
    let name = declaration.name.text
    let key = name.lowercased()
    var members: [Member]?
    var source = "parameter '\(name)'"
    switch run.given[key] {
    case .members(let given): members = given
    case .text(let text):
      members = try self.members(of: text, for: declaration)
      source = "\(name)=\(text)"
    case nil:
      members =
        declaration.defaultValue
        ?? run.sinks.ask.flatMap { answer(to: declaration, ask: $0, run) }
    }
    guard let members else {
      throw .at(
        declaration.name.place, "parameter '\(name)' has no value",
        hint: "give it one: -p \(name)=…, or: run … with \(name) = …", run)
    }
    do throws(Diagnostic) {
      state.parameters[key] = try Parameter.given(members, to: declaration)
    } catch {
      if case .value(.path(let path))? = members.first {
        throw .sentence(
          "\(source): '\(path.text)' is no value", hint: "text needs quotes: \"\(path.text)\"")
      }
      // A message that names the parameter says enough by itself.
      let isNamed = error.message.hasPrefix(source)
      throw .sentence(
        isNamed ? error.message : "\(source): \(error.message)", hint: error.hint)
    }
    try check(members, against: declaration)
    if run.given[key] == nil, run.isScript, let value = declaration.defaultValue,
      value.map(shownMember) != ["missing"]
    {
      // Whoever reads the result sees which day or organisation it is about.
      run.sinks.messages(
        "\(visible(name)) = \(value.map(shownMember).joined(separator: ", ")), unless given\n")
    }
    return .nothing
  }

  /// Asks for a parameter that was not given, again when the answer cannot be right; nil when none
  /// of three was, or nobody answers.
  private func answer(
    to declaration: ParamStatement, ask: (String) -> String?, _ run: Run
  ) -> [Member]? {
    for _ in 0..<3 {
      guard let text = ask(question(declaration))?.trimmed else { return nil }
      if text.isEmpty { continue }
      do throws(Failure) {
        let members = try self.members(of: unquoted(text, declaration), for: declaration)
        try check(members, against: declaration)
        return members
      } catch {
        _ = outcome(of: error, run)
      }
    }
    return nil
  }

  /// What was typed, without the quotes that a query would have.
  private func unquoted(_ text: String, _ declaration: ParamStatement) -> String {
    guard declaration.kind == .text, text.count > 1, let quote = text.first, text.last == quote,
      quote == "\"" || quote == "'"
    else { return text }
    return String(text.dropFirst().dropLast())
  }

  /// The question for a parameter that was not given, with what it may be.
  func question(_ declaration: ParamStatement) -> String {
    var what = "\(declaration.kind.withArticle), such as \(declaration.kind.example)"
    if declaration.kind == .text {
      what = declaration.kind.withArticle
      if let values = allowedValues(of: declaration)?.map(\.value), !values.isEmpty {
        let first = values.prefix(6).joined(separator: ", ")
        what = "one of \(first)" + (values.count > 6 ? " and \(values.count - 6) more" : "")
      }
    }
    if declaration.isList { what += "; several with commas between" }
    return visible("\(declaration.name.text) (\(what)): ")
  }

  /// The values that a text from the command line stands for; a list is separated by commas.
  private func members(of text: String, for declaration: ParamStatement) throws(Failure) -> [Member]
  {
    let parts = declaration.isList ? text.split(separator: ",").map { String($0).trimmed } : [text]
    var members: [Member] = []
    for part in parts {
      if declaration.kind == .text {
        members.append(.value(.literal(.text(part), .none)))
        continue
      }
      let parsed = parse("let x = \(part)")
      guard parsed.diagnostics.isEmpty,
        case .let(_, .value(let member))? = parsed.program.statements.first?.statement
      else {
        throw .sentence(
          "parameter '\(declaration.name.text)' needs \(declaration.kind.withArticle), and '\(part)' is given",
          hint: "such as \(declaration.kind.example)")
      }
      members.append(member)
    }
    return members
  }

  /// A text parameter with `from column` takes that column's values only.
  private func check(_ members: [Member], against declaration: ParamStatement) throws(Failure) {
    guard declaration.kind == .text, let values = allowedValues(of: declaration) else { return }
    for case .value(.literal(.text(let text), _)) in members
    where !values.contains(where: { $0.value == text }) {
      let near =
        nearest(text, in: values.map(\.value))
        ?? values.first { $0.value.lowercased() == text.lowercased() }?.value
      let column = declaration.source?.text ?? ""
      throw .sentence(
        "\(declaration.name.text)=\(text): no row has this value in \(column)",
        hint: near.map { "the nearest value is \"\($0)\"" }
          ?? "'show values of \(column)' lists them")
    }
  }

  /// The values a parameter may take, from its column.
  func allowedValues(of declaration: ParamStatement) -> [ValueCount]? {
    guard let names = declaration.source?.names, names.count == 2,
      let table = state.dataset.table(named: names[0].text),
      let column = table.column(named: names[1].text)
    else { return nil }
    return state.dataset.values(of: column.origin ?? .init(table: table.name, column: column.name))
  }
}
