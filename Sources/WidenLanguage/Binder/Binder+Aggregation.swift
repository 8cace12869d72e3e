extension Binder {
  /// `count [distinct path] [as name] [by keys]`.
  mutating func bindCount(_ step: CountStep, _ placed: PlacedStep, _ pipeline: inout Pipeline)
    throws(Diagnostic)
  {
    noteEndedRows(placed, &pipeline)
    let keys = try bind(step.keys, in: pipeline.scope)
    noteSnapshots(keys, placed, &pipeline)
    var call = TypedAggregate(.count, label: "count")
    var name = step.name?.text ?? "n"
    if let path = step.distinct {
      let operand = try self.path(path, in: pipeline.scope)
      let last = path.names[path.names.count - 1].text
      call = TypedAggregate(.distinct, operand: operand, label: "count distinct \(last)")
      name = step.name?.text ?? "distinct_\(last)"
    }
    let columns = keys.map(\.description) + [ColumnDescription(name: name, type: .integer)]
    try requireDifferentNames(columns, placed.place)
    pipeline.advance(
      to: Plan(
        .aggregate(pipeline.plan, keys: keys.map(\.value), aggregates: [call]), columns: columns,
        label: "count"), losing: placed)
    grouped(&pipeline, keys: keys, additive: [name])
  }

  /// `summarise aggregates [by keys]`.
  mutating func bindSummarise(
    _ step: SummariseStep, _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    noteEndedRows(placed, &pipeline)
    let keys = try bind(step.keys, in: pipeline.scope)
    noteSnapshots(keys, placed, &pipeline)
    var calls: [TypedAggregate] = []
    var figures: [Figure] = []
    for named in step.aggregates {
      figures.append(try figure(named, in: pipeline.scope, calls: &calls))
      warnOfCountedRows(named.value, pipeline)
    }
    let callColumns = calls.map { ColumnDescription(name: $0.label, type: $0.resultType) }
    let grouped = Plan(
      .aggregate(pipeline.plan, keys: keys.map(\.value), aggregates: calls),
      columns: keys.map(\.description) + callColumns)
    var plan = outputs(figures, over: grouped, keys: keys.count)
    plan.label = "summarise"
    try requireDifferentNames(plan.columns, placed.place)
    pipeline.advance(to: plan, losing: placed)
    self.grouped(
      &pipeline, keys: keys,
      additive: figures.filter { isAdditive($0.value, calls) }.map(\.name))
  }

  func grouped(_ pipeline: inout Pipeline, keys: [BoundKey], additive: [String]) {
    pipeline.keys = keys.map(\.description.name)
    pipeline.additive = additive
    pipeline.scope.table = nil
    pipeline.mayHoldEndedRows = false
    pipeline.columnsAreChosen = false
  }

  /// Whether a figure is a plain count or sum, of which a share can be taken.
  private func isAdditive(_ value: TypedExpression, _ calls: [TypedAggregate]) -> Bool {
    guard case .column(let index) = value.node else { return false }
    switch calls[index].kind {
    case .count, .distinct, .sum, .missing, .recorded: return true
    case .mean, .median, .minimum, .maximum, .standardDeviation, .percentile, .correlation:
      return false
    }
  }

  /// Keys, then each figure with its limits, then the counts behind the rates among them.
  private func outputs(_ figures: [Figure], over grouped: Plan, keys: Int) -> Plan {
    var derived: [TypedExpression] = []
    var columns = grouped.columns
    var intervals: [IntervalPlan] = []
    var described: [(index: Int, column: ColumnDescription)] = []
    for figure in figures {
      let value = figure.value.mappingColumns { $0 + keys }
      var column = value.description(named: figure.name)
      column.format = figure.format
      column.base = figure.base
      if case .column(let index) = value.node {
        described.append((index, column))
      } else {
        derived.append(value)
        columns.append(column)
        described.append((columns.count - 1, column))
      }
      if let interval = figure.interval {
        intervals.append(interval.shifted(by: keys, named: figure.name))
      }
    }
    var full = derived.isEmpty ? grouped : Plan(.derive(grouped, derived), columns: columns)
    var limits = columns.count
    if !intervals.isEmpty {
      let added = figures.filter { $0.interval != nil }.flatMap(\.limitColumns)
      full = Plan(.intervals(full, intervals), columns: columns + added)
    }
    var order = Array(0..<keys)
    var names = order.map { grouped.columns[$0] }
    var places: [Int] = []
    for (figure, item) in zip(figures, described) {
      places.append(order.count)
      order.append(item.index)
      names.append(item.column)
      guard figure.interval != nil else { continue }
      order += [limits, limits + 1]
      names += figure.limitColumns
      limits += 2
    }
    for (place, figure) in zip(places, figures) {
      guard let parts = figure.parts else { continue }
      names[place].parts = .init(numerator: order.count, denominator: order.count + 1)
      for (part, suffix) in [(parts.numerator, "_numerator"), (parts.denominator, "_denominator")] {
        order.append(part + keys)
        let type = grouped.columns[part + keys].type
        names.append(ColumnDescription(name: figure.name + suffix, type: type, isHidden: true))
      }
    }
    return Plan(.project(full, order), columns: names)
  }

  /// Says once how many ended rows a count over a whole table contains.
  mutating func noteEndedRows(_ placed: PlacedStep, _ pipeline: inout Pipeline) {
    guard pipeline.mayHoldEndedRows, let name = pipeline.scope.table,
      let table = catalogue.table(named: name), let span = table.span,
      isRegister(table),
      let ended = catalogue.recordedRows(of: .init(table: table.name, column: span.end)), ended > 0
    else { return }
    tell(
      Diagnostic(
        .note,
        "\(table.name) keeps rows that have ended: \(WidenLanguage.grouped(ended)) of "
          + "\(WidenLanguage.grouped(table.rowCount)) have a date in \(span.end); "
          + "'snapshot at DATE' counts those in force on a day", at: placed.word.range))
  }
}

extension Binder {
  /// Says that rows on several days are counted together, which adds the same row up again.
  mutating func noteSnapshots(
    _ keys: [BoundKey], _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) {
    guard let count = pipeline.snapshotCount, count > 1,
      let column = pipeline.scope.index(of: "snapshot")
    else { return }
    pipeline.snapshotCount = nil
    if keys.contains(where: { $0.value.columnsUsed.contains(column) }) { return }
    tell(
      Diagnostic(
        .warning, "the rows of \(count) snapshots are counted together", at: placed.word.range,
        hint: "a row in force on several days counts on each: add 'by snapshot'"))
  }

  /// Whether other tables point to this one: then its rows are things that exist for a time, not
  /// events, and counting ended ones among them misleads.
  private func isRegister(_ table: TableDescription) -> Bool {
    catalogue.tableNames.contains { name in
      catalogue.table(named: name)?.relationships.contains { $0.table == table.name } ?? false
    }
  }
}

/// A key of a group, bound and named.
struct BoundKey {
  var value: TypedExpression
  var description: ColumnDescription
}

/// A figure of `summarise`: an expression over the aggregates, and how it is shown.
struct Figure {
  var name: String
  /// Over the aggregates by index.
  var value: TypedExpression
  var format: ColumnDescription.Format = .plain
  /// The counts of a rate, by index among the aggregates.
  var parts: ColumnDescription.Parts?
  /// What a rate is of.
  var base: String?
  /// Limits round it, over the aggregates by index; named when they are put beside it.
  var interval: IntervalPlan?
}

extension TypedAggregate {
  /// The type of its result.
  var resultType: ValueType {
    switch kind {
    case .count, .distinct, .missing, .recorded: .integer
    case .sum: operand?.type ?? .decimal
    case .minimum, .maximum: operand?.type ?? .decimal
    case .mean, .median, .standardDeviation, .percentile, .correlation: .decimal
    }
  }

  /// Whether its result is one of the years that it looks at.
  var givesYear: Bool { (kind == .minimum || kind == .maximum) && operand?.isYear == true }
}
