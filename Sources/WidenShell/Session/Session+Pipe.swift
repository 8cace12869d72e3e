internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// See `Shell`; a request's parameters need no `param`.
  public func runForPipe(
    _ text: String, parameters: [String: PipeValue], isCancelled: @escaping @Sendable () -> Bool
  ) -> PipeOutcome {
    var notes: [String] = []
    let sinks = Sinks(
      output: { _ in }, messages: { notes.append($0.trimmed) }, isCancelled: isCancelled)
    var run = Run(source: text, name: "query", sinks: sinks)
    for (name, value) in parameters { run.given[name.lowercased()] = .members(members(value)) }
    run.declaresGiven = true
    // They hold for this request only.
    let outer = state.parameters
    defer { state.parameters = outer }
    declareImplicitly(parameters)
    var answer = PipeAnswer()
    do {
      _ = try execute(run) { reply in
        if case .answer(let result, let diagnostics, _, _) = reply {
          answer = pipeAnswer(result)
          notes += result.notes.map(\.text) + diagnostics.map(\.message)
        } else if case .text(let lines) = reply {
          answer = pipeAnswer(lines)
        } else if case .queries(let lines) = reply {
          answer = pipeAnswer(lines)
        }
      }
    } catch {
      return failure(error)
    }
    answer.notes = notes.filter { !$0.isEmpty }
    return .answer(answer)
  }

  private func failure(_ failure: Failure) -> PipeOutcome {
    switch failure {
    case .cancelled, .closedPipe: .cancelled
    case .unread: .failure([PipeProblem(Failure.unreadMessage)])
    case .sentence(let message, let hint), .refused(let message, let hint):
      .failure([PipeProblem(message, suggestion: hint)])
    case .text(let diagnostics, let source, _):
      .failure(diagnostics.map { PipeProblem($0, in: source) })
    }
  }

  /// Parameters that a request brings can be used without `param`.
  private func declareImplicitly(_ parameters: [String: PipeValue]) {
    for (name, value) in parameters {
      let list = members(value)
      let declaration = ParamStatement(
        name: Name(name), kind: kind(of: value), isList: list.count != 1)
      if let parameter = try? Parameter.given(list, to: declaration) {
        state.parameters[name.lowercased()] = parameter
      }
    }
  }

  private func kind(of value: PipeValue) -> ParamStatement.Kind {
    switch value {
    case .missing: .text
    case .boolean: .yesno
    case .integer, .decimal: .number
    case .text(let text):
      switch literal(text) {
      case .date: .date
      case .month: .month
      case .period: .period
      case .number, .percent, .text, .yes, .no, .missing: .text
      }
    case .list(let values): values.first.map(kind(of:)) ?? .text
    }
  }

  private func members(_ value: PipeValue) -> [Member] {
    switch value {
    case .missing: [.value(.literal(.missing, .none))]
    case .boolean(let flag): [.value(.literal(flag ? .yes : .no, .none))]
    case .integer(let number):
      [number < 0 ? negative(String(number.magnitude)) : positive(String(number))]
    case .decimal(let number): [number < 0 ? negative(String(-number)) : positive(String(number))]
    case .text(let text): [.value(.literal(literal(text), .none))]
    case .list(let values): values.flatMap(members)
    }
  }

  private func positive(_ digits: String) -> Member { .value(.literal(.number(digits), .none)) }

  private func negative(_ digits: String) -> Member {
    .value(.negative(.literal(.number(digits), .none), .none))
  }

  /// Dates travel as text: `2015-03-31` is a date, anything else stays text.
  private func literal(_ text: String) -> Literal {
    guard text.utf8.count <= 12,
      text.first?.isNumber == true || text.hasPrefix("FY") || text.hasPrefix("AY")
    else { return .text(text) }
    let parsed = parse("let x = \(text)")
    guard parsed.diagnostics.isEmpty,
      case .let(_, .value(.value(.literal(let literal, _))))? = parsed.program.statements.first?
        .statement
    else { return .text(text) }
    switch literal {
    case .date, .month, .period: return literal
    case .number, .percent, .text, .yes, .no, .missing: return .text(text)
    }
  }

  private func pipeAnswer(_ answer: Answer) -> PipeAnswer {
    let columns = answer.table.columns.indices.filter {
      !answer.table.columns[$0].description.isHidden || !answer.columnsAreChosen
    }
    let table = answer.table
    return PipeAnswer(
      columns: columns.map {
        .init(table.columns[$0].description.name, table.columns[$0].description.type)
      }, rowCount: table.rowCount
    ) { row, column in
      let column = table.columns[columns[column]]
      return column.withheld?[row] == true ? .text(TableColumn.withheldMark) : column.data[row]
    }
  }

  private func pipeAnswer(_ lines: String) -> PipeAnswer {
    let rows = lines.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return PipeAnswer(columns: [.init("text", .text)], rowCount: rows.count) { row, _ in
      .text(rows[row])
    }
  }
}
