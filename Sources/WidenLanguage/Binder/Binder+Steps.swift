extension Binder {
  /// Binds one step onto the pipeline.
  mutating func bind(_ placed: PlacedStep, onto pipeline: inout Pipeline) throws(Diagnostic) {
    switch placed.step {
    case .where(let condition): try bindWhere(condition, &pipeline)
    case .derive(let columns): try bindDerive(columns, placed, &pipeline)
    case .select(let paths): try bindSelect(paths, placed, &pipeline)
    case .drop(let paths): try bindDrop(paths, placed, &pipeline)
    case .rename(let renamings): try bindRename(renamings, placed, &pipeline)
    case .count(let step): try bindCount(step, placed, &pipeline)
    case .summarise(let step): try bindSummarise(step, placed, &pipeline)
    case .share(let step): try bindShare(step, placed, &pipeline)
    case .crosstab(let step): try bindCrosstab(step, placed, &pipeline)
    case .snapshot(let step): try bindSnapshot(step, placed, &pipeline)
    case .change(let step): try bindChange(step, placed, &pipeline)
    case .top(let step): try bindTop(step, isBottom: false, &pipeline)
    case .bottom(let step): try bindTop(step, isBottom: true, &pipeline)
    case .join(let step): try bindJoin(step, placed, &pipeline)
    case .sort(let orders): try bindSort(orders, &pipeline)
    case .take(let count): try bindTake(count, &pipeline)
    case .distinct(let paths): try bindDistinct(paths, placed, &pipeline)
    case .keep(let name): tap(.keep(name.text, pipeline.rows), "keep", &pipeline)
    case .export(let target):
      tap(.export(target, columnsAreChosen: pipeline.columnsAreChosen), "export", &pipeline)
    case .recode(let step): try bindRecode(step, placed, &pipeline)
    case .compare(let step): try bindCompare(step, placed, &pipeline)
    case .likelihood(let step): try bindLikelihood(step, placed, &pipeline)
    case .standardise(let step): try bindStandardise(step, placed, &pipeline)
    case .inequality(let step): try bindInequality(step, placed, &pipeline)
    case .funnel(let step): try bindFunnel(step, placed, &pipeline)
    case .control(let step): try bindControl(step, placed, &pipeline)
    case .parity(let step): try bindParity(step, placed, &pipeline)
    case .describe: bindDescribe(placed, &pipeline)
    case .chart(let kind): tap(.chart(kind), "chart", &pipeline)
    case .protect(let step): try bindProtect(step, placed, &pipeline)
    }
  }

  private func bindProtect(
    _ step: ProtectStep, _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    let names = disclosurePolicyNames
    if let policy = step.policy {
      let name = policy.text.lowercased()
      guard names.contains(name) else {
        let near = nearest(name, in: names)
        throw MeaningProblem.unknownPolicy(name: policy.text, near: near).at(
          policy.place, fix: near)
      }
      if name == "none", step.reason == nil {
        throw MeaningProblem.reasonNeeded.at(policy.place)
      }
    }
    pipeline.plan = Plan(
      .protect(pipeline.plan, policy: step.policy?.text.lowercased()),
      columns: pipeline.plan.columns)
  }

  private func tap(_ action: Action, _ label: String, _ pipeline: inout Pipeline) {
    pipeline.plan = Plan(.tap(pipeline.plan, action), columns: pipeline.plan.columns)
  }

  private mutating func bindWhere(_ condition: Expression, _ pipeline: inout Pipeline)
    throws(Diagnostic)
  {
    let bound = try self.condition(condition, in: pipeline.scope)
    if let snapshot = pipeline.scope.index(of: "snapshot"), bound.columnsUsed.contains(snapshot) {
      pipeline.snapshotCount = nil
    }
    if pipeline.mayHoldEndedRows,
      let span = catalogue.table(named: pipeline.scope.table ?? "")?.span
    {
      let asked = bound.columnsUsed.map { pipeline.scope.columns[$0].name }
      if asked.contains(span.start) || asked.contains(span.end) {
        pipeline.mayHoldEndedRows = false
      }
    }
    let filter = Filter(condition: bound, watched: bound.columnsWhoseMissingPass)
    pipeline.plan = Plan(
      .filter(pipeline.plan, filter), columns: pipeline.plan.columns, label: "where")
  }

  mutating func bindDerive(
    _ columns: [NamedExpression], _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    // One at a time, so that a later column can use an earlier one.
    for column in columns {
      let value = try expression(column.value, in: pipeline.scope)
      let input = pipeline.plan
      let name = column.name.text
      var derived = Plan(
        .derive(input, [value]), columns: input.columns + [value.description(named: name)])
      if let old = pipeline.scope.index(of: name) {
        var order = Array(derived.columns.indices.dropLast())
        order[old] = derived.columns.count - 1
        derived = Plan(.project(derived, order), columns: order.map { derived.columns[$0] })
      }
      pipeline.advance(to: derived)
    }
    pipeline.plan.label = "derive"
  }

  /// Projects onto these columns, with the hidden counts that shares among them were made of.
  func projection(of plan: Plan, onto indices: [Int], names: [String?]) -> Plan {
    var order = indices
    for index in indices {
      if let parts = plan.columns[index].parts {
        for part in [parts.numerator, parts.denominator] where !order.contains(part) {
          order.append(part)
        }
      }
    }
    let columns = order.enumerated().map { position, index in
      var column = plan.columns[index]
      if position < names.count, let name = names[position] { column.name = name }
      column.parts = column.parts.flatMap { parts in
        guard let numerator = order.firstIndex(of: parts.numerator),
          let denominator = order.firstIndex(of: parts.denominator)
        else { return nil }
        return ColumnDescription.Parts(numerator: numerator, denominator: denominator)
      }
      return column
    }
    return Plan(.project(plan, order), columns: columns)
  }

  private mutating func bindSelect(
    _ paths: [Path], _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    var indices: [Int] = []
    var names: [String] = []
    for path in paths {
      let value = try self.path(path, in: pipeline.scope)
      let name = path.names[path.names.count - 1].text
      if case .column(let index) = value.node {
        indices.append(index)
        names.append(pipeline.plan.columns[index].name)
      } else {
        pipeline.plan = Plan(
          .derive(pipeline.plan, [value]),
          columns: pipeline.plan.columns + [value.description(named: name)])
        indices.append(pipeline.plan.columns.count - 1)
        names.append(name)
      }
      if let twin = names.dropLast().first(where: { $0 == names.last }) {
        throw MeaningProblem.duplicateName(name: twin).at(path.place)
      }
    }
    var plan = projection(of: pipeline.plan, onto: indices, names: names)
    for position in indices.indices { plan.columns[position].isHidden = false }
    plan.label = "select"
    pipeline.advance(to: plan, losing: placed)
    pipeline.columnsAreChosen = true
  }

  private mutating func bindDrop(
    _ paths: [Path], _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    var gone: Set<Int> = []
    for path in paths { gone.insert(try column(path, in: pipeline.scope)) }
    let kept = pipeline.plan.columns.indices.filter {
      !gone.contains($0) && !pipeline.plan.columns[$0].isHidden
    }
    var plan = projection(of: pipeline.plan, onto: kept, names: [])
    plan.label = "drop"
    pipeline.advance(to: plan, losing: placed)
  }

  private mutating func bindRename(
    _ renamings: [Renaming], _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    var columns = pipeline.plan.columns
    for renaming in renamings {
      let index = try column(renaming.column, in: pipeline.scope)
      let old = columns[index].name
      columns[index].name = renaming.name.text
      if let parts = columns[index].parts {
        columns[parts.numerator].name = renaming.name.text + "_numerator"
        columns[parts.denominator].name = renaming.name.text + "_denominator"
      }
      pipeline.additive = pipeline.additive.map { $0 == old ? renaming.name.text : $0 }
      pipeline.keys = pipeline.keys.map { $0 == old ? renaming.name.text : $0 }
    }
    try requireDifferentNames(columns, renamings[renamings.count - 1].name.place)
    pipeline.advance(
      to: Plan(
        .project(pipeline.plan, Array(columns.indices)), columns: columns, label: "rename"),
      losing: placed)
  }

  /// No two columns may share a name.
  func requireDifferentNames(_ columns: [ColumnDescription], _ place: Place) throws(Diagnostic) {
    var seen: Set<String> = []
    for column in columns where !seen.insert(column.name.lowercased()).inserted {
      throw MeaningProblem.duplicateName(name: column.name).at(place)
    }
  }
}
