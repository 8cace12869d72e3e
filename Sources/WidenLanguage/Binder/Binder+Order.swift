extension Binder {
  mutating func bindSort(_ orders: [Order], _ pipeline: inout Pipeline) throws(Diagnostic) {
    var keys: [SortKey] = []
    for order in orders {
      keys.append(
        SortKey(
          try expression(order.value, in: pipeline.scope), isDescending: order.isDescending))
    }
    pipeline.plan = Plan(
      .sort(pipeline.plan, keys), columns: pipeline.plan.columns, label: "sort")
  }

  mutating func bindTake(_ count: Count, _ pipeline: inout Pipeline) throws(Diagnostic) {
    pipeline.plan = Plan(
      .take(pipeline.plan, try wholeNumber(count)), columns: pipeline.plan.columns, label: "take")
  }

  mutating func bindTop(_ step: TopStep, isBottom: Bool, _ pipeline: inout Pipeline)
    throws(Diagnostic)
  {
    let by = try column(step.by, in: pipeline.scope)
    var within: [Int] = []
    for path in step.within { within.append(try column(path, in: pipeline.scope)) }
    let top = TopPlan(
      count: try wholeNumber(step.rows), by: by, within: within, isBottom: isBottom)
    pipeline.plan = Plan(
      .top(pipeline.plan, top), columns: pipeline.plan.columns,
      label: isBottom ? "bottom" : "top")
  }

  mutating func bindDistinct(
    _ paths: [Path], _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    var keys: [TypedExpression] = []
    var columns: [ColumnDescription] = []
    if paths.isEmpty {
      for (index, column) in pipeline.scope.columns.enumerated() where !column.isHidden {
        var column = column
        column.parts = nil
        keys.append(pipeline.scope.expression(column: index, place: placed.place))
        columns.append(column)
      }
    }
    for path in paths {
      let value = try self.path(path, in: pipeline.scope)
      keys.append(value)
      columns.append(value.description(named: path.names[path.names.count - 1].text))
    }
    try requireDifferentNames(columns, placed.place)
    pipeline.advance(
      to: Plan(
        .aggregate(pipeline.plan, keys: keys, aggregates: []), columns: columns,
        label: "distinct"), losing: placed)
    pipeline.keys = columns.map(\.name)
    pipeline.additive = []
  }

  mutating func bindDescribe(_ placed: PlacedStep, _ pipeline: inout Pipeline) {
    let columns = [
      ColumnDescription(name: "column", type: .text), ColumnDescription(name: "type", type: .text),
      ColumnDescription(name: "missing", type: .integer),
      ColumnDescription(name: "distinct", type: .integer),
      ColumnDescription(name: "least", type: .text), ColumnDescription(name: "median", type: .text),
      ColumnDescription(name: "greatest", type: .text),
      ColumnDescription(name: "most_common", type: .text),
    ]
    pipeline.advance(
      to: Plan(.describe(pipeline.plan), columns: columns, label: "describe"),
      losing: placed)
    pipeline.scope.table = nil
    pipeline.keys = []
    pipeline.additive = []
  }

  /// The number of a `take` or `top`, from a parameter where it stands there.
  func wholeNumber(_ count: Count) throws(Diagnostic) -> Int {
    switch count {
    case .number(let number, _): return number
    case .parameter(let name):
      let values = try parameter(name)
      guard values.count == 1, case .value(let value) = values[0],
        case .integer(let number)? = value.constant, number >= 0
      else {
        throw MeaningProblem.wholeNumberNeeded(what: "parameter '\(name.text)'").at(name.place)
      }
      return number
    }
  }
}
