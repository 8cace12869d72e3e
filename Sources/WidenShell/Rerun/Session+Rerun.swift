internal import WidenEngine
internal import WidenLanguage
public import WidenPublish
internal import WidenStatistics

extension Session {
  /// See `Shell`; every result starts from the dataset as it was opened.
  public func rerun(_ export: RecordedExport, to sinks: Sinks) -> Outcome {
    var run = Run(source: "", name: fileName(of: export.path), sinks: sinks)
    do {
      let comparison = try compare(export, &run)
      if comparison.hasMoved {
        sinks.output(comparison.headline)
        if let table = comparison.table {
          present(.answer(table, diagnostics: [], isQuery: false, milliseconds: 0), run)
        }
        sinks.output(fitted(comparison.explanation, to: options.width()))
      } else {
        sinks.output(comparison.headline)
        for note in comparison.notes { sinks.messages("note: \(visible(note))\n") }
      }
      if export.isUntouched == false {
        sinks.messages(
          "warning: the manifest of '\(visible(export.path))' is of another version of it: it was "
            + "changed afterwards, or an export that replaced it was interrupted; what is compared "
            + "is what the manifest keeps\n")
      }
      let isAsWritten = !comparison.hasMoved && export.isUntouched != false
      return Outcome(isAsWritten ? .done : .failed)
    } catch {
      return outcome(of: error, run)
    }
  }

  private func compare(_ export: RecordedExport, _ run: inout Run) throws(Failure) -> Comparison {
    var comparison = Comparison(of: export)
    if export.results.isEmpty {
      throw .sentence("'\(export.path)' holds no result of a query", hint: nil)
    }
    let opened = state
    var loaded: [String: Dataset.Entry] = [:]
    for result in export.results {
      guard let script = result.recipe.script else {
        throw .sentence(
          "'\(export.path)' cannot be run again: "
            + (result.recipe.obstacle ?? "its manifest does not hold the query"),
          hint: "the query stands in the manifest as far as it may; write it anew")
      }
      state = opened
      run.source = script
      let query = try prepare(script, result.recipe, export, &loaded, run)
      let answer = try again(query, run)
      var was = result.figures
      var told = RecordedFigures(answer, format: export.format)
      var most = RecordedFigures.mostCells
      // Rows about single people are not named, as the manifest does not keep them.
      if was.rows == nil, told.hash != was.hash, !answer.holdsPeople,
        let kept = export.figuresInFile(result)
      {
        was = kept
        most = RecordedExport.mostCellsReadBack
        told = RecordedFigures(answer, format: export.format, mostCells: most)
      }
      var moved = MovedFigures(from: was, to: told)
      let recipe = recipe(for: query)
      var causes = Causes()
      if !moved.isSame, isSealed(result.recipe) {
        // Figures that stand as they were published are known; only what moved needs protection
        // from being held beside what was released.
        looksPastReleases = true
        defer { looksPastReleases = false }
        let plain = self.told(try evaluate(query, quiet(run)).answer)
        let figures = RecordedFigures(plain, format: export.format, mostCells: most)
        moved = MovedFigures(from: was, to: figures, telling: told)
        if let before = try withOldDefinitions(query, result.recipe, recipe, run) {
          causes = Causes(
            was: was, between: RecordedFigures(before, format: export.format, mostCells: most),
            now: figures)
        }
      }
      comparison.add(result, moved, causes, recipe, answer.protection)
    }
    return comparison
  }

  /// A result as it would be written now.
  private func again(_ query: Query, _ run: Run) throws(Failure) -> Answer {
    let evaluated = try evaluate(query, quiet(run))
    let answer = told(evaluated.answer)
    try release(answer, evaluated.control, query: query, to: nil)
    return answer
  }

  /// A result from the data as they are and the definitions as they were; nil unless both changed.
  private func withOldDefinitions(
    _ query: Query, _ old: Recipe, _ new: Recipe, _ run: Run
  ) throws(Failure) -> Answer? {
    guard old.definitions != new.definitions, old.columns != new.columns else { return nil }
    let definitions = state.definitions
    defer { state.definitions = definitions }
    for placed in old.definitions.flatMap({ parse($0.content).program.statements }) {
      if case .define(let definition) = placed.statement {
        state.definitions.add(definition, isReviewed: true)
      }
    }
    do throws(Failure) {
      return told(try evaluate(query, quiet(run)).answer)
    } catch {
      // Old definitions may name columns that there are no more: then nobody can tell them apart.
      if case .cancelled = error { throw error }
      return nil
    }
  }

  /// Whether this user's widen wrote it, and nobody has changed it.
  private func isSealed(_ recipe: Recipe) -> Bool {
    guard let seal = recipe.seal, let key = FingerprintKey(folder: options.stateFolder) else {
      return false
    }
    return seal == key.print(of: recipe.sealedText)
  }

  private func quiet(_ run: Run) -> Run {
    var quiet = run
    quiet.sinks = Sinks(
      output: { _ in }, messages: { _ in }, isCancelled: run.sinks.isCancelled)
    return quiet
  }

  /// Runs what stands before the query of a script, and gives back the query.
  private func prepare(
    _ script: String, _ recipe: Recipe, _ export: RecordedExport,
    _ loaded: inout [String: Dataset.Entry], _ run: Run
  ) throws(Failure) -> Query {
    try follow(recipe)
    let quiet = quiet(run)
    let parsed = parse(script)
    guard parsed.diagnostics.isEmpty else {
      throw .text(parsed.diagnostics, source: script, name: run.name)
    }
    guard case .query(let query)? = parsed.program.statements.last?.statement else {
      throw notOurs(export)
    }
    try prepareTables(quiet)
    for placed in parsed.program.statements.dropLast() {
      if run.sinks.isCancelled() { throw .cancelled }
      guard case .load(var statement) = placed.statement else {
        guard let harmless = placed.onlyNaming else { throw notOurs(export) }
        _ = try perform(harmless, quiet)
        continue
      }
      let name = statement.name?.text ?? tableName(of: statement.file)
      let text = print(placed.statement)
      if let entry = loaded[text] {
        state.dataset.add(entry)
        note(placed.statement, named: name)
        continue
      }
      guard let file = export.located(statement.file) else {
        throw .sentence(
          "the file '\(statement.file)' that '\(export.path)' was made from is not where it was",
          hint: "start widen rerun in the folder in which its name leads to it")
      }
      statement.name = Name(name)
      statement.file = file
      _ = try load(statement, quiet)
      note(placed.statement, named: name)
      loaded[text] = state.dataset.entry(named: name)
    }
    if query.lowersProtection, !isSealed(recipe) { throw notOurs(export) }
    return query.withoutExports
  }

  /// A manifest may have been made up: what it holds writes nothing, and lowers no protection.
  private func notOurs(_ export: RecordedExport) -> Failure {
    .sentence(
      "the manifest of '\(export.path)' holds statements that are run for its own user alone",
      hint: "run them yourself, if you trust whoever wrote it")
  }

  /// Sets what was set then; a dataset that asks for more protection now gets it.
  private func follow(_ recipe: Recipe) throws(Failure) {
    guard let policy = DisclosurePolicy(named: recipe.policy) else {
      throw .sentence(
        "its manifest names the policy '\(recipe.policy)', which there is not",
        hint: "there are \(list(disclosurePolicyNames))")
    }
    let isAllowed =
      !policy.isWeaker(than: ownPolicy) || recipe.policyReason != nil && isSealed(recipe)
    state.settings.policy = isAllowed ? policy : ownPolicy
    state.settings.policyReason = isAllowed ? recipe.policyReason : nil
    state.settings.display = .policy
    state.settings.unknown = .warning
  }
}
