extension Binder {
  /// `snapshot at date`, `snapshot each fy in FY2012/13..FY2014/15`.
  mutating func bindSnapshot(
    _ step: SnapshotStep, _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    guard let name = pipeline.scope.table, let span = catalogue.table(named: name)?.span,
      let start = pipeline.scope.index(of: span.start), let end = pipeline.scope.index(of: span.end)
    else {
      throw MeaningProblem.noSpan(table: pipeline.scope.table ?? "this result").at(placed.word)
    }
    pipeline.mayHoldEndedRows = false
    switch step {
    case .at(let written):
      let label = try time(written)
      let plan = held(pipeline.plan, at: label.day, start: start, end: end, placed.place)
      add(snapshot: label.label, to: plan, placed, &pipeline)
    case .each(let unit, let range):
      let dates = try dates(each: unit, in: range, placed)
      pipeline.snapshotCount = dates.count
      let type: ValueType = unit == .month ? .month : .period
      let columns =
        pipeline.plan.columns + [
          ColumnDescription(
            name: "snapshot", type: type, periodKind: unit == .month ? nil : unit.kind)
        ]
      try requireDifferentNames(columns, placed.place)
      pipeline.advance(
        to: Plan(
          .snapshots(pipeline.plan, SnapshotPlan(start: start, end: end, dates: dates)),
          columns: columns, label: "snapshot"))
    }
  }

  /// The rows that hold at the end of a day.
  private func held(_ plan: Plan, at day: Day, start: Int, end: Int, _ place: Place) -> Plan {
    func column(_ index: Int) -> TypedExpression {
      TypedExpression(.column(index), type: .date, place: place)
    }
    let at = TypedExpression(.date(day), type: .date, place: place)
    let begun = condition(.comparison(.lessOrEqual, column(start), at, .natural), place)
    let open = condition(.isMissing(column(end)), place)
    let later = condition(.comparison(.greater, column(end), at, .natural), place)
    let holds = condition(.all([begun, condition(.any([open, later]), place)]), place)
    return Plan(.filter(plan, Filter(condition: holds)), columns: plan.columns)
  }

  private func add(
    snapshot label: Value, to plan: Plan, _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) {
    let type = label.type
    let constant = TypedExpression(label, type: type, place: placed.place)
    let description = ColumnDescription(
      name: "snapshot", type: type, periodKind: label.periodKind)
    var derived = Plan(
      .derive(plan, [constant]), columns: plan.columns + [description], label: "snapshot")
    if let old = pipeline.scope.index(of: "snapshot") {
      var order = Array(derived.columns.indices.dropLast())
      order[old] = derived.columns.count - 1
      derived = Plan(
        .project(derived, order), columns: order.map { derived.columns[$0] }, label: "snapshot")
    }
    pipeline.advance(to: derived)
  }

  /// The last day of a written date, month or year, and the value itself.
  private mutating func time(_ written: Expression) throws(Diagnostic) -> (day: Day, label: Value) {
    let bound = try expression(written, in: Scope(columns: []))
    guard let value = bound.constant, let span = value.span else {
      throw MeaningProblem.constantNeeded(what: "the date of a snapshot").at(written.place)
    }
    return (span.last, value)
  }

  /// The ends of the periods of one unit in a range.
  private mutating func dates(
    each unit: SnapshotStep.Unit, in range: Member, _ placed: PlacedStep
  ) throws(Diagnostic) -> [SnapshotPlan.Date] {
    let (low, high) = try ends(of: range, unit, placed)
    guard let first = low.constant?.span?.first, let last = high.constant?.span?.last, first <= last
    else { throw unitProblem(unit, placed) }
    var dates: [SnapshotPlan.Date] = []
    if unit == .month {
      for number in Month(of: first).number...Month(of: last).number {
        let month = Month(number: number)
        dates.append(.init(day: month.last, label: .month(month)))
        try requireFew(dates, unit, placed)
      }
      return dates
    }
    var period = Period(unit.kind, of: Month(of: first))
    while period.last <= last {
      if period.last >= first {
        dates.append(.init(day: period.last, label: .period(period)))
        try requireFew(dates, unit, placed)
      }
      period = period.next
    }
    return dates
  }

  /// A thousand dates are more than anybody reads, and each copies the table.
  private func requireFew(
    _ dates: [SnapshotPlan.Date], _ unit: SnapshotStep.Unit, _ placed: PlacedStep
  ) throws(Diagnostic) {
    if dates.count > 1000 {
      throw MeaningProblem.tooManySnapshots(unit: unit.rawValue).at(placed.word)
    }
  }

  /// The two ends of a range that is written, named, or given as a parameter.
  private mutating func ends(
    of range: Member, _ unit: SnapshotStep.Unit, _ placed: PlacedStep
  ) throws(Diagnostic) -> (TypedExpression, TypedExpression) {
    var range = range
    if case .value(let written) = range {
      if case .parameter(let name) = written,
        case .range(let low?, let high?) =
          try parameter(name).first
      {
        return (low, high)
      }
      range = namedRange(written, in: Scope(columns: [])) ?? range
    }
    switch range {
    case .value(let one):
      let bound = try expression(one, in: Scope(columns: []))
      return (bound, bound)
    case .range(let low?, let high?):
      return (
        try expression(low, in: Scope(columns: [])), try expression(high, in: Scope(columns: []))
      )
    case .range: throw unitProblem(unit, placed)
    }
  }

  private func unitProblem(_ unit: SnapshotStep.Unit, _ placed: PlacedStep) -> Diagnostic {
    MeaningProblem.unitMismatch(unit: unit.rawValue, given: "something else").at(placed.word)
  }
}

extension SnapshotStep.Unit {
  fileprivate var kind: Period.Kind {
    switch self {
    case .fy: .financialYear
    case .ay: .academicYear
    case .year: .calendarYear
    case .quarter, .month: .quarter
    }
  }
}

extension Value {
  /// The type of a value; missing has none of its own and counts as text.
  public var type: ValueType {
    switch self {
    case .missing, .text: .text
    case .boolean: .boolean
    case .integer: .integer
    case .decimal: .decimal
    case .date: .date
    case .month: .month
    case .period: .period
    }
  }
}
