extension Binder {
  /// `share [of value] [within columns] [excluding literals] [as name]`.
  mutating func bindShare(_ step: ShareStep, _ placed: PlacedStep, _ pipeline: inout Pipeline)
    throws(Diagnostic)
  {
    let value = try sharedColumn(step, placed, pipeline)
    if step.interval != nil, pipeline.plan.columns[value].type != .integer {
      throw StatisticsProblem.shareOfAmounts(column: pipeline.plan.columns[value].name)
        .at(placed.word)
    }
    var within: [Int] = []
    for path in step.within { within.append(try column(path, in: pipeline.scope)) }
    let others = pipeline.keys.compactMap { pipeline.scope.index(of: $0) }
      .filter { !within.contains($0) }
    let excluding = try exclusion(step.excluding, among: others, in: pipeline.scope)
    let names = within.map { pipeline.plan.columns[$0].name }
    let share = SharePlan(
      value: value, within: within, excluding: excluding,
      watched: excluding == nil ? others : [], withinNames: names)
    let name = step.name?.text ?? "share"
    let input = pipeline.plan.columns
    let type = input[value].type
    let columns =
      input + [
        ColumnDescription(
          name: name, type: .decimal, format: .percentage,
          parts: .init(numerator: input.count + 1, denominator: input.count + 2)),
        ColumnDescription(name: name + "_numerator", type: type, isHidden: true),
        ColumnDescription(name: name + "_denominator", type: type, isHidden: true),
      ]
    try requireDifferentNames(columns, placed.place)
    var plan = Plan(.share(pipeline.plan, share), columns: columns, label: "share")
    if let interval = step.interval {
      plan = try limits(round: input.count, of: plan, interval, placed)
      try requireDifferentNames(plan.columns, placed.place)
    }
    pipeline.advance(to: plan)
  }

  /// Adds Wilson's limits round a share, from the counts behind it.
  func limits(round share: Int, of plan: Plan, _ interval: Interval, _ placed: PlacedStep)
    throws(Diagnostic) -> Plan
  {
    let name = plan.columns[share].name
    guard let parts = plan.columns[share].parts else {
      throw StatisticsProblem.countsNeeded(column: name).at(placed.word)
    }
    let limits = IntervalPlan(
      .proportion(parts), level: try level(of: interval, at: placed.word), name: name)
    var input = plan
    input.label = nil
    let figure = Figure(
      name: name, value: TypedExpression(.column(share), type: .decimal), format: .percentage,
      interval: limits)
    return Plan(
      .intervals(input, [limits]), columns: plan.columns + figure.limitColumns, label: plan.label)
  }

  /// The column a share is of: the one named, else the only count or sum.
  private mutating func sharedColumn(
    _ step: ShareStep, _ placed: PlacedStep, _ pipeline: Pipeline
  ) throws(Diagnostic) -> Int {
    if let name = step.value {
      let index = try column(Path([name]), in: pipeline.scope)
      guard pipeline.plan.columns[index].type.isNumber else {
        throw MeaningProblem.aggregateNeeds(
          what: "numbers", aggregate: "'share'", column: name.text,
          type: pipeline.plan.columns[index].type
        ).at(name.place)
      }
      return index
    }
    let candidates = pipeline.additive.compactMap { pipeline.scope.index(of: $0) }
    switch candidates.count {
    case 0: throw MeaningProblem.noColumnToShare.at(placed.word)
    case 1: return candidates[0]
    default:
      throw MeaningProblem.shareOfWhich(names: candidates.map { pipeline.plan.columns[$0].name })
        .at(placed.word)
    }
  }

  /// Rows whose key has one of the excluded values.
  private mutating func exclusion(
    _ literals: [LiteralExpression], among keys: [Int], in scope: Scope
  ) throws(Diagnostic) -> TypedExpression? {
    var tests: [TypedExpression] = []
    for literal in literals {
      let value = try expression(literal, in: Scope(columns: []))
      let place = literal.place
      if value.constant == .missing {
        for key in keys {
          tests.append(condition(.isMissing(scope.expression(column: key, place: place)), place))
        }
        continue
      }
      let fitting = keys.map { scope.expression(column: $0, place: place) }.filter {
        $0.type == value.type || $0.type.isText && value.type.isText
          || $0.type.isNumber && value.type.isNumber
      }
      guard !fitting.isEmpty else {
        throw MeaningProblem.unknownValue(value: words(at: place), column: "the groups", near: nil)
          .at(place)
      }
      if case .text(let text)? = value.constant {
        try check(text, at: place, inOneOf: fitting, scope)
      }
      for key in fitting {
        tests.append(
          condition(.comparison(.equal, key, value, value.type.isText ? .text : .natural), place))
      }
    }
    guard let first = tests.first else { return nil }
    return tests.count == 1 ? first : condition(.any(tests), first.place)
  }

  /// Reports an excluded text that none of these columns holds.
  private mutating func check(
    _ text: String, at place: Place, inOneOf keys: [TypedExpression], _ scope: Scope
  ) throws(Diagnostic) {
    var problem: Diagnostic?
    for key in keys {
      var trial = self
      trial.diagnostics = []
      guard case .column(let index) = key.node else { continue }
      do throws(Diagnostic) {
        try trial.check(text, at: place, against: key, called: scope.columns[index].name)
        guard let warning = trial.diagnostics.first else { return }
        problem = problem ?? warning
      } catch {
        problem = problem ?? error
      }
    }
    guard let problem else { return }
    if problem.severity == .error { throw problem }
    tell(problem)
  }

  /// `change of value over column [from literal] [within columns]`.
  mutating func bindChange(_ step: ChangeStep, _ placed: PlacedStep, _ pipeline: inout Pipeline)
    throws(Diagnostic)
  {
    let value = try column(Path([step.value]), in: pipeline.scope)
    let described = pipeline.plan.columns[value]
    guard described.type.isNumber else {
      throw MeaningProblem.aggregateNeeds(
        what: "numbers", aggregate: "'change'", column: described.name, type: described.type
      ).at(step.value.place)
    }
    let over = try column(step.over, in: pipeline.scope)
    var within: [Int] = []
    for path in step.within { within.append(try column(path, in: pipeline.scope)) }
    if step.within.isEmpty {
      // Unless told otherwise, every group has its own series.
      within = pipeline.keys.compactMap { pipeline.scope.index(of: $0) }.filter { $0 != over }
    }
    var baseline: Value?
    if let literal = step.baseline {
      let bound = try expression(literal, in: Scope(columns: []))
      let time = pipeline.scope.expression(column: over, place: step.over.place)
      try requireComparable(time, bound, (step.over.text, words(at: literal.place)), literal.place)
      baseline = bound.constant
    }
    let isFraction = described.format == .percentage
    let test = step.withTest ? try test(of: described, placed) : nil
    var columns =
      pipeline.plan.columns + [
        ColumnDescription(
          name: step.baseline == nil ? "previous" : "baseline", type: described.type,
          format: described.format),
        ColumnDescription(
          name: "change", type: described.type, format: isFraction ? .points : described.format),
        ColumnDescription(name: "ratio", type: .decimal, format: .ratio),
      ]
    if test != nil {
      columns.append(ColumnDescription(name: "p", type: .decimal, format: .probability))
    }
    try requireDifferentNames(columns, placed.place)
    let change = ChangePlan(
      value: value, over: over, baseline: baseline, within: within, test: test)
    pipeline.advance(to: Plan(.change(pipeline.plan, change), columns: columns, label: "change"))
  }

  /// What a change of this column is tested as.
  private func test(of column: ColumnDescription, _ placed: PlacedStep) throws(Diagnostic)
    -> ChangePlan.Test
  {
    if let parts = column.parts { return .shares(parts) }
    guard column.type == .integer else {
      throw StatisticsProblem.testOf(column: column.name).at(placed.word)
    }
    return .counts
  }
}
