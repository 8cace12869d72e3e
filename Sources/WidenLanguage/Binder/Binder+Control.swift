extension Binder {
  /// `control aggregate over key [baseline until time]`: the figure of each time, with the limits of
  /// what is ordinary.
  mutating func bindControl(_ step: ControlStep, _ placed: PlacedStep, _ pipeline: inout Pipeline)
    throws(Diagnostic)
  {
    noteEndedRows(placed, &pipeline)
    let key = try bind(step.over, in: pipeline.scope)
    noteSnapshots([key], placed, &pipeline)
    guard key.value.type.isTime || key.value.type.isNumber || key.value.isOrdered else {
      throw MeaningProblem.noOrder(name: key.description.name).at(step.over.value.place)
    }
    var calls: [TypedAggregate] = []
    let figure = try self.figure(
      NamedAggregate(step.aggregate, Name("value")), in: pipeline.scope, calls: &calls)
    guard figure.interval == nil else {
      throw StatisticsProblem.intervalElsewhere(step: "control").at(step.aggregate.place)
    }
    let plan = ControlPlan(
      value: figure.value.mappingColumns { $0 + 1 }, parts: figure.parts?.shifted(by: 1),
      emptyIsZero: countsRows(figure, calls), until: try until(step, key))
    var value = figure.value.description(named: "value")
    (value.format, value.base) = (figure.format, figure.base)
    var columns = [key.description, value]
    for name in ["centre", "low", "high"] {
      columns.append(ColumnDescription(name: name, type: .decimal, format: figure.format))
    }
    columns.append(ColumnDescription(name: "cause", type: .text))
    if let parts = figure.parts {
      columns[1].parts = .init(numerator: 6, denominator: 7)
      for (name, part) in [("numerator", parts.numerator), ("denominator", parts.denominator)] {
        columns.append(
          ColumnDescription(
            name: "value_" + name, type: calls[part].resultType, isHidden: true))
      }
    }
    try requireDifferentNames(columns, placed.place)
    let input = aggregated(pipeline.plan, [key], calls)
    pipeline.advance(
      to: Plan(.control(input, plan), columns: columns, label: "control"), losing: placed)
    grouped(&pipeline, keys: [key], additive: [])
  }

  /// Whether the figure is a plain count, which is 0 where there are no rows.
  private func countsRows(_ figure: Figure, _ calls: [TypedAggregate]) -> Bool {
    guard case .column(let index) = figure.value.node else { return false }
    switch calls[index].kind {
    case .count, .distinct, .missing, .recorded, .sum: return true
    case .mean, .median, .minimum, .maximum, .standardDeviation, .percentile, .correlation:
      return false
    }
  }

  /// The end of the baseline.
  private mutating func until(_ step: ControlStep, _ key: BoundKey) throws(Diagnostic) -> Value? {
    guard let written = step.until else { return nil }
    let bound = try expression(written, in: Scope(columns: []))
    guard let value = bound.constant, value != .missing else {
      throw MeaningProblem.constantNeeded(what: "the end of the baseline").at(written.place)
    }
    if key.value.type.isTime, value.span == nil {
      throw StatisticsProblem.timeNeeded(what: "the end of the baseline").at(written.place)
    }
    try requireComparable(
      key.value, bound, (key.description.name, words(at: written.place)), written.place)
    return value
  }
}
