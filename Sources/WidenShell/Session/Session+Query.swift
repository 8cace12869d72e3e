internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish
internal import WidenStatistics

extension Session {
  /// Runs a query and makes its result `last`.
  func answer(_ query: Query, _ run: Run) throws(Failure) -> Reply {
    let started = SystemClock.milliseconds()
    drawings = []
    wishedChart = nil
    let evaluated = try evaluate(query, run)
    let bound = evaluated.bound
    var answer = told(masked(evaluated.answer))
    if !drawings.isEmpty {
      answer.drawing = Answer.Drawing(
        text: drawings.joined(separator: "\n"), replacesTable: query.endsWithChart)
    }
    let milliseconds = SystemClock.milliseconds() - started
    let isOnlyKept = query.endsWithKeep && answer.holdsPeople
    if !isOnlyKept {
      try release(answer, evaluated.control, query: query, to: nil)
      try collect(evaluated, query, run)
    }
    let whole = sinceTable(query)
    keepRecord(of: answer, query)
    state.last = LastQuery(
      query: whole, answer: evaluated.answer, parameters: state.parameters, named: state.named)
    isAside = false
    noteKept(whole)
    if var previous = state.dataset.entry(named: "last") {
      previous.description.name = "previous"
      state.dataset.add(previous)
    }
    keep(evaluated, as: "last")
    if isOnlyKept, answersLeave {
      run.sinks.messages("note: rows about single people are kept, and not shown\n")
      return .nothing
    }
    return .answer(
      answer, diagnostics: bound.diagnostics, isQuery: true, milliseconds: milliseconds)
  }

  /// A query that goes on from `last`, written from the table on that the one before started from:
  /// `save` keeps and `back` repeats what can be run again.
  func sinceTable(_ query: Query) -> Query {
    guard query.table.text.lowercased() == "last", var whole = state.last?.query else {
      return query
    }
    whole.steps += query.steps
    return whole
  }

  /// Binds and executes a query; a cross-tabulation's later steps go on from its table.
  func evaluate(_ query: Query, for use: Use = .reader, _ run: Run) throws(Failure) -> Evaluated {
    hasActed = false
    (runningQuery, exportsDone) = (query, 0)
    try checkProtection(query, run)
    do throws(Failure) {
      return try evaluateOnce(query, for: use, run)
    } catch {
      // What has been written must not be written twice.
      guard error.mayComeOfUnreadColumns, !hasActed, try readWhole(run) else { throw error }
      return try evaluateOnce(query, for: use, run)
    }
  }

  /// Refuses a `protect` that protects less than the dataset asks for, without a reason.
  private func checkProtection(_ query: Query, _ run: Run) throws(Failure) {
    for placed in query.steps {
      if case .protect(let step) = placed.step, let name = step.policy,
        let policy = DisclosurePolicy(named: name.text)
      {
        try allow(policy, because: step.reason, name.place, by: "protect", run)
      }
    }
  }

  private func evaluateOnce(_ query: Query, for use: Use, _ run: Run) throws(Failure) -> Evaluated {
    var control = try control(for: use, run)
    var bound = try bind(query, in: state.dataset, run)
    var derivation = Derivation(plan: bound.plan, dataset: state.dataset)
    var answer = try execute(bound.plan, in: state.dataset, run, control)
    var diagnostics = bound.diagnostics
    if let note = totalsNote(query, bound) { diagnostics.append(note) }
    while !bound.remaining.isEmpty {
      var dataset = state.dataset
      let name = "this cross-tabulation"
      dataset.add(
        entry(
          Evaluated(answer: answer, bound: bound, derivation: derivation), named: name))
      let next = try bind(
        Query(table: Name(name), steps: bound.remaining), in: dataset, run)
      let flow = answer.flow
      let notes = answer.notes
      derivation = Derivation(plan: next.plan, dataset: dataset)
      // Only what the last part shows is released; it computes the figures of the others again.
      control = try self.control(for: use, run)
      answer = try execute(next.plan, in: dataset, run, control)
      answer.flow = flow + answer.flow.dropFirst()
      answer.notes = notes + answer.notes.filter { !notes.contains($0) }
      diagnostics += next.diagnostics
      bound = next
    }
    bound.diagnostics = diagnostics
    answer.columnsAreChosen = bound.columnsAreChosen
    return Evaluated(answer: answer, bound: bound, derivation: derivation, control: control)
  }

  /// Steps after a cross-tabulation take its row of totals for one like the others.
  private func totalsNote(_ query: Query, _ bound: BoundQuery) -> Diagnostic? {
    let next = query.steps.count - bound.remaining.count
    guard next > 0, next < query.steps.count,
      case .crosstab(let crosstab) = query.steps[next - 1].step,
      !crosstab.withoutTotals
    else { return nil }
    let careless = bound.remaining.contains { placed in
      switch placed.step {
      case .where, .count, .summarise, .share, .crosstab, .top, .bottom, .sort, .take: true
      case .derive, .select, .drop, .rename, .recode, .compare, .snapshot, .change, .likelihood,
        .standardise, .inequality, .funnel, .control, .parity, .join, .distinct, .describe, .chart,
        .protect,
        .keep, .export:
        false
      }
    }
    return careless
      ? Diagnostic(
        .note, "the row of totals is among the rows; 'crosstab … without totals' leaves it out",
        at: query.steps[next].place.range)
      : nil
  }

  func bind(_ query: Query, in dataset: Dataset, _ run: Run) throws(Failure) -> BoundQuery {
    var environment = environment(
      unknownValues: state.settings.unknown ?? (run.isScript ? .error : .warning))
    environment.catalogue = dataset
    if answersLeave, state.settings.policy.method != .none {
      environment.catalogue = RoughCatalogue(dataset: dataset)
    }
    switch WidenLanguage.bind(query, in: environment, source: run.source) {
    case .success(let bound): return bound
    case .failure(let problems):
      throw .text(problems.diagnostics, source: run.source, name: run.name)
    }
  }

  func execute(
    _ plan: Plan, in dataset: Dataset, _ run: Run, _ control: DisclosureControl?,
    acts: Bool = true
  ) throws(Failure) -> Answer {
    let cancelled = run.sinks.isCancelled
    let context = ExecutionContext(
      dataset: dataset, threads: state.settings.threads ?? SystemClock.processors,
      isCancelled: cancelled, disclosure: control, ownPolicy: state.settings.policy
    ) { [self] action, answer, plan in
      guard acts else { return }
      try perform(action, answer, Derivation(plan: plan, dataset: dataset), control, run)
    }
    context.countsRemoteRows = state.settings.flow && state.settings.format == .table
    do {
      return try WidenEngine.execute(plan, in: context)
    } catch let error as ExecutionError {
      throw Failure(error)
    } catch let error as Failure {
      throw error
    } catch {
      throw .sentence("the query stopped: \(error)", hint: nil)
    }
  }

  /// Does what a `keep` or an `export` inside a query asks for.
  private func perform(
    _ action: Action, _ answer: Answer, _ derivation: Derivation, _ control: DisclosureControl?,
    _ run: Run
  ) throws {
    hasActed = true
    switch action {
    case .keep(let name, let rows): keep(answer, derivation, rows: rows, as: name)
    case .export(let target, let columnsAreChosen):
      var answer = answer
      answer.columnsAreChosen = columnsAreChosen
      try export(answer, derivation, control, to: target, run)
    case .chart(let kind):
      wishedChart = WishedChart(kind, of: answer)
      guard state.settings.format == .table else { return }
      do throws(ChartError) {
        drawings.append(
          try terminalChart(answer, kind: kind, style: tableStyle(run, isChart: true)))
      } catch {
        throw Failure.sentence(error.message, hint: error.hint)
      }
    }
  }

  /// Holds a result as a table, so that it can be queried.
  func keep(_ evaluated: Evaluated, as name: String) {
    keep(evaluated.answer, evaluated.derivation, rows: evaluated.bound.rows, as: name)
  }

  /// Holds a table of figures, with how it came about where it is about people.
  func keep(
    _ answer: Answer, _ derivation: Derivation?, rows: TableDescription.Rows, as name: String
  ) {
    state.dataset.add(entry(answer, derivation, rows: rows, named: name))
  }

  private func entry(_ evaluated: Evaluated, named name: String) -> Dataset.Entry {
    entry(evaluated.answer, evaluated.derivation, rows: evaluated.bound.rows, named: name)
  }

  private func entry(
    _ answer: Answer, _ derivation: Derivation?, rows: TableDescription.Rows, named name: String
  ) -> Dataset.Entry {
    let isAboutPeople = answer.protection != nil || answer.holdsPeople
    return Dataset.Entry(
      description: TableDescription(
        name: name, columns: answer.table.columns.map(\.description),
        rowCount: answer.table.rowCount, isSynthetic: answer.isSynthetic, rows: rows,
        summary: TableDescription.resultSummary), table: answer.table,
      derivation: isAboutPeople ? derivation?.withoutUnusedResults : nil)
  }

  /// Writes a result to a file, as it may leave, and says where it is.
  func export(
    _ answer: Answer, _ derivation: Derivation, _ control: DisclosureControl?,
    to target: ExportTarget, _ run: Run
  ) throws(Failure) {
    let isReleased = control?.mode == .publishing
    let (safe, again) = try publishable(answer, derivation, isReleased: isReleased, run)
    let control = again ?? control
    let written = told(safe)
    try requireGroups(written, state.settings.policy)
    var context = exportContext(query: run.source)
    context.recipe = recipeOfExport()
    let receipt: ExportReceipt
    do throws(PublishError) {
      let format = try Format(ofFile: target.file)
      receipt = try WidenPublish.export(
        written, to: target.file, format: format, context: context,
        overwrite: target.overwrite || options.mayOverwrite,
        options: WritingOptions(
          isForExcel: target.forExcel, drawing: drawing(of: written)))
    } catch {
      throw Failure(error)
    }
    try release(written, control, query: nil, to: target.file)
    let synthetic = answer.isSynthetic ? " (synthetic data)" : ""
    run.sinks.messages(
      "\(counted(receipt.rows, "row")) written to \(visible(receipt.path))\(synthetic)\n")
    if let protection = written.protection, protection.withheldCount > 0 {
      run.sinks.messages(
        "note: \(counted(protection.withheldCount, "figure")) of \(grouped(protection.figures)) "
          + "withheld under policy \(protection.policy.name)\n")
    }
  }

  /// What an export says about where its figures come from.
  func exportContext(query: String) -> ExportContext {
    ExportContext(
      query: withoutIdentifiers(query.trimmed),
      parameters: state.parameters.values.sorted {
        $0.declaration.name.text < $1.declaration.name.text
      }
      .compactMap { parameter in
        parameter.value.map {
          .init(
            name: parameter.declaration.name.text,
            value: namesSomebody(parameter, in: query) ? "…" : shownValue($0))
        }
      },
      datasetName: state.dataset.name, isSynthetic: state.dataset.isSynthetic,
      policy: state.settings.policy.name, policyReason: state.settings.policyReason,
      attribution: state.dataset.attribution,
      version: version, time: now())
  }

  private func shownValue(_ members: [TypedMember]) -> String {
    members.map { member in
      switch member {
      case .missing: "missing"
      case .value(let value): plain(value)
      case .range(let low, let high): "\(low.map(plain) ?? "")..\(high.map(plain) ?? "")"
      }
    }.joined(separator: ", ")
  }

  private func plain(_ expression: TypedExpression) -> String {
    if case .constant(let value) = expression.node { plainText(of: value) } else { "" }
  }
}

extension TableDescription {
  fileprivate static let resultSummary = "a result"

  /// Whether it is of a result that was kept, not of a table of the dataset.
  var isResult: Bool { summary == TableDescription.resultSummary }
}

extension Derivation {
  /// Without the results of earlier queries that the plan does not read: they would keep their own.
  fileprivate var withoutUnusedResults: Derivation {
    let read = plan.scannedTables
    var kept = self
    kept.dataset.remove { entry in
      entry.description.isResult && !read.contains(entry.description.name)
    }
    return kept
  }
}

extension Query {
  /// Whether the result is kept, and nothing else is asked for.
  fileprivate var endsWithKeep: Bool {
    if case .keep? = steps.last?.step { true } else { false }
  }

  /// Whether a chart is the last thing that is shown.
  fileprivate var endsWithChart: Bool {
    for placed in steps.reversed() {
      switch placed.step {
      case .chart: return true
      case .export, .keep: continue
      case .where, .derive, .select, .drop, .rename, .recode, .count, .summarise, .share, .crosstab,
        .compare, .snapshot, .change, .likelihood, .standardise, .inequality, .funnel, .control,
        .parity,
        .top, .bottom, .join, .sort, .take, .distinct, .describe, .protect:
        return false
      }
    }
    return false
  }
}

/// The version of the program.
public let version = "0.1.0"

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
