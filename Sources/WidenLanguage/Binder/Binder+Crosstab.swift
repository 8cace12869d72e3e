extension Binder {
  /// `crosstab rows by columns [of aggregate] [percent of row|column|total] [without totals]`.
  mutating func bindCrosstab(
    _ step: CrosstabStep, _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    let rows = try bind(step.rows, in: pipeline.scope)
    let columns = try bind(step.columns, in: pipeline.scope)
    noteSnapshots([rows, columns], placed, &pipeline)
    var calls: [TypedAggregate] = []
    var figure: Figure
    if let aggregate = step.aggregate {
      figure = try self.figure(
        NamedAggregate(aggregate, Name("value")), in: pipeline.scope, calls: &calls)
      if figure.interval != nil {
        throw StatisticsProblem.intervalElsewhere(step: "crosstab").at(aggregate.place)
      }
    } else if let count = additive(of: pipeline) {
      // Rows that were counted already are added up, not counted again.
      let value = pipeline.scope.expression(column: count, place: placed.place)
      calls = [
        TypedAggregate(.sum, operand: value, label: "sum \(pipeline.plan.columns[count].name)")
      ]
      figure = Figure(
        name: "value", value: TypedExpression(.column(0), type: value.type, place: placed.place))
    } else {
      calls = [TypedAggregate(.count, label: "count")]
      figure = Figure(
        name: "value", value: TypedExpression(.column(0), type: .integer, place: placed.place))
    }
    if step.percent != nil, figure.parts != nil || !isAdditive(figure, calls) {
      throw Diagnostic(
        .error, "a percentage needs a count or a sum in the cells", at: placed.word.range,
        hint: "leave out 'percent of', or cross-tabulate a count")
    }
    if step.percent != nil { figure.format = .percentage }
    let plan = CrosstabPlan(
      rows: rows.value, columns: columns.value, aggregates: calls, value: figure.value,
      parts: figure.parts, percent: step.percent, withoutTotals: step.withoutTotals,
      columnsName: columns.description.name)
    var description = rows.description
    if description.format != .year { description.format = .plain }
    pipeline.advance(
      to: Plan(.crosstab(pipeline.plan, plan), columns: [description], label: "crosstab"),
      losing: placed)
    pipeline.keys = [rows.description.name]
    pipeline.additive = []
    pipeline.scope.table = nil
    pipeline.columnsAreChosen = false
  }

  /// The only count of a pipeline that has been grouped.
  private func additive(of pipeline: Pipeline) -> Int? {
    guard pipeline.scope.table == nil, pipeline.additive.count == 1 else { return nil }
    return pipeline.scope.index(of: pipeline.additive[0])
  }

  private func isAdditive(_ figure: Figure, _ calls: [TypedAggregate]) -> Bool {
    guard case .column(let index) = figure.value.node else { return false }
    return calls[index].kind == .count || calls[index].kind == .sum
  }
}
