extension Binder {
  /// `inequality of aggregate across column [by keys]`: the figure of each value of an ordered
  /// column, and the slope of the line through them.
  mutating func bindInequality(
    _ step: InequalityStep, _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    noteEndedRows(placed, &pipeline)
    let keys = try bind(step.keys, in: pipeline.scope)
    noteSnapshots(keys, placed, &pipeline)
    let across = try path(step.across, in: pipeline.scope)
    let name = step.across.names[step.across.names.count - 1].text
    guard across.type.isNumber || across.type.isTime || across.isOrdered else {
      throw MeaningProblem.noOrder(name: name).at(step.across.place)
    }
    var calls: [TypedAggregate] = []
    let written = try limited(step.aggregate)
    let figure = try self.figure(
      NamedAggregate(written, Name("value")), in: pipeline.scope, calls: &calls)
    let shift = keys.count + 1
    let chance: InequalityPlan.Chance
    let people: Int
    switch figure.interval?.shifted(by: shift, named: "").method {
    case .proportion(let parts): (chance, people) = (.proportion(parts), parts.denominator)
    case .rate(let parts): (chance, people) = (.rate(parts), parts.denominator)
    case .mean(_, let deviation, let count):
      (chance, people) = (.mean(deviation: deviation, count: count), count)
    case .count, nil:
      let rows = index(of: TypedAggregate(.count, label: "count"), &calls)
      (chance, people) = (.unknown, rows + shift)
    }
    let strata = keys + [BoundKey(value: across, description: across.description(named: name))]
    let plan = InequalityPlan(
      keyCount: keys.count, value: figure.value.mappingColumns { $0 + shift }, people: people,
      chance: chance, level: figure.interval?.level ?? Interval.usualLevel, acrossName: name,
      isFraction: figure.format == .percentage)
    let columns = keys.map(\.description) + inequalityColumns(plan)
    try requireDifferentNames(columns, placed.place)
    pipeline.advance(
      to: Plan(
        .inequality(aggregated(pipeline.plan, strata, calls), plan), columns: columns,
        label: "inequality"), losing: placed)
    grouped(&pipeline, keys: keys, additive: [])
  }

  /// The aggregate with an interval, where it can have one: its width says how sure the figure is.
  private func limited(_ written: Aggregate) throws(Diagnostic) -> Aggregate {
    let usual = Interval(level: "95%")
    switch written {
    case .call(var call):
      switch call.word {
      case .count, .distinct, .sum, .missing, .recorded:
        throw StatisticsProblem.inequalityOfCount(word: call.word.rawValue).at(call.place)
      case .rate, .mean: call.interval = call.interval ?? usual
      case .median, .min, .max, .sd, .percentile, .correlation: break
      }
      return .call(call)
    case .measure(var call):
      if rateCall(of: call) != nil { call.interval = call.interval ?? usual }
      return .measure(call)
    case .number, .parameter, .negative, .chain, .function: return written
    }
  }

  private func inequalityColumns(_ plan: InequalityPlan) -> [ColumnDescription] {
    let level = shownLevel(plan.level)
    let slope: ColumnDescription.Format = plan.isFraction ? .points : .plain
    func column(_ name: String, _ format: ColumnDescription.Format, _ base: String? = nil)
      -> ColumnDescription
    {
      ColumnDescription(name: name, type: .decimal, format: format, base: base)
    }
    return [
      column("slope", slope), column("slope_low", slope, level), column("slope_high", slope, level),
      column("relative", .ratio), column("relative_low", .ratio, level),
      column("relative_high", .ratio, level),
    ]
  }
}
