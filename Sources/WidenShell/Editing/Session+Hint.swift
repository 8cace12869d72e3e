internal import WidenEngine
internal import WidenLanguage

/// The live hint: how many rows the steps of a query keep, while it is typed.
extension Session {
  /// A hint that takes longer comes too late to be one.
  private static let patienceMilliseconds = 20.0

  /// Whether numbers of rows may be told before a query is asked: in menus, lists and hints.
  ///
  /// They are while true figures are on the screen: looking is not publishing.
  var maySayCounts: Bool { state.settings.display == .figures }

  /// See `Shell`; nil for several statements, of which the later may need what the first one makes.
  public func countedPart(of text: String) -> String? {
    guard state.settings.hint, maySayCounts, text.utf8.count < 10_000 else { return nil }
    let program = parse(text).program
    guard program.statements.count == 1, var query = program.statements.first?.statement.query
    else { return nil }
    query.steps = query.steps.filter(\.step.mayChangeRows)
    // The columns of a cross-tabulation are only known once it has run.
    if let crosstab = query.steps.firstIndex(where: { $0.step.keyword == "crosstab" }) {
      query.steps.removeSubrange(crosstab...)
    }
    return print(query)
  }

  /// See `Shell`.
  public func hint(_ part: String, isAbandoned: @escaping @Sendable () -> Bool) -> String? {
    guard maySayCounts, case .query(let query)? = parse(part).program.statements.first?.statement
    else { return nil }
    let end = SystemClock.milliseconds() + Session.patienceMilliseconds
    guard let bound = boundForCounting(query, part),
      !bound.plan.scannedTables.contains(where: { state.dataset.entry(named: $0)?.source != nil })
    else { return nil }
    let context = ExecutionContext(
      dataset: state.dataset, threads: state.settings.threads ?? SystemClock.processors,
      isCancelled: { isAbandoned() || SystemClock.milliseconds() > end })
    guard var answer = try? WidenEngine.execute(bound.plan, in: context), !answer.flow.isEmpty,
      SystemClock.milliseconds() <= end
    else { return nil }
    answer.flow.removeLast()
    return flowLine(answer)
  }

  /// The query with a last `count`, so that no row of its result has to be put together.
  ///
  /// A last step that means nothing yet is left out: it may be a name half typed.
  private func boundForCounting(_ query: Query, _ source: String) -> BoundQuery? {
    var environment = environment(unknownValues: .warning)
    environment.catalogue = CountedCatalogue(dataset: state.dataset, known: knownValues)
    guard case .query(let count)? = parse("from t | count").program.statements.first?.statement
    else { return nil }
    for steps in [query.steps, query.steps.dropLast()] {
      var trial = query
      trial.steps = steps + count.steps
      if case .success(let bound) = WidenLanguage.bind(trial, in: environment, source: source) {
        return bound
      }
    }
    return nil
  }
}

extension Step {
  /// Whether it makes other rows, and nothing besides.
  fileprivate var mayChangeRows: Bool {
    switch self {
    case .where, .derive, .select, .drop, .rename, .recode, .count, .summarise, .share, .crosstab,
      .compare, .snapshot, .change, .likelihood, .standardise, .inequality, .funnel, .control,
      .parity, .top, .bottom, .join, .take, .distinct, .describe:
      true
    case .sort, .chart, .protect, .keep, .export: false
    }
  }
}
