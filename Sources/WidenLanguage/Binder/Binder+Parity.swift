extension Binder {
  /// `parity of event among base over year until year`: where everybody stood at the start of a year
  /// and at its end, by person, and from it when the share of the event among the base equals the
  /// share among all.
  mutating func bindParity(_ step: ParityStep, _ placed: PlacedStep, _ pipeline: inout Pipeline)
    throws(Diagnostic)
  {
    guard let name = pipeline.scope.table, let table = catalogue.table(named: name),
      let span = table.span, let start = pipeline.scope.index(of: span.start),
      let end = pipeline.scope.index(of: span.end)
    else {
      throw MeaningProblem.noSpan(table: pipeline.scope.table ?? "this result").at(placed.word)
    }
    guard let person = table.person.flatMap({ pipeline.scope.index(of: $0) }) else {
      throw StatisticsProblem.noPerson(table: table.name).at(placed.word)
    }
    pipeline.mayHoldEndedRows = false
    let event = try condition(step.event, in: pipeline.scope)
    let base = try condition(step.base, in: pipeline.scope)
    let year = try year(step.year)
    let years = try horizon(step.until, after: year)
    let place = placed.place
    let known = condition(.not(condition(.isMissing(column(person, pipeline)), place)), place)
    let people = Plan(
      .filter(pipeline.plan, Filter(condition: known)), columns: pipeline.plan.columns)
    let dates = [
      SnapshotPlan.Date(day: Day(number: year.first.number - 1), label: .integer(0)),
      SnapshotPlan.Date(day: year.last, label: .integer(1)),
    ]
    let marker = ColumnDescription(name: "at the end", type: .integer, isHidden: true)
    let held = Plan(
      .snapshots(people, SnapshotPlan(start: start, end: end, dates: dates)),
      columns: people.columns + [marker])
    let flows = flows(
      held, person: column(person, pipeline), event: event, base: base, place: place)
    let columns = parityColumns(year)
    pipeline.advance(
      to: Plan(
        .parity(
          flows,
          ParityPlan(
            year: year, years: years, eventName: words(at: step.event.place),
            baseName: words(at: step.base.place))), columns: columns, label: "parity"),
      losing: placed)
    grouped(
      &pipeline, keys: [BoundKey(value: column(0, pipeline), description: columns[0])],
      additive: [])
  }

  private func column(_ index: Int, _ pipeline: Pipeline) -> TypedExpression {
    pipeline.scope.expression(column: index, place: .none)
  }

  /// How many people of either kind came from where and went where: 0 is outside, 1 is not in the
  /// base, 2 is in it.
  private func flows(
    _ held: Plan, person: TypedExpression, event: TypedExpression, base: TypedExpression,
    place: Place
  ) -> Plan {
    func integer(_ node: TypedNode) -> TypedExpression {
      TypedExpression(node, type: .integer, place: place)
    }
    func whole(_ number: Int) -> TypedExpression { integer(.constant(.integer(number))) }
    func test(_ value: TypedExpression, _ sign: ComparisonOperator, _ number: Int)
      -> TypedExpression
    {
      condition(.comparison(sign, value, whole(number), .natural), place)
    }
    let marker = integer(.column(held.columns.count - 1))
    func count(_ parts: [TypedExpression]) -> TypedAggregate {
      TypedAggregate(.count, condition: condition(.all(parts), place), label: "count")
    }
    let calls = [
      TypedAggregate(.count, condition: event, label: "count"),
      count([test(marker, .equal, 0)]), count([test(marker, .equal, 0), base]),
      count([test(marker, .equal, 1)]), count([test(marker, .equal, 1), base]),
    ]
    let each = Plan(
      .aggregate(held, keys: [person], aggregates: calls),
      columns: [person.description(named: "person")]
        + calls.map { ColumnDescription(name: $0.label, type: .integer) })
    func state(_ all: Int, _ inside: Int) -> TypedExpression {
      let there = integer(
        .conditional(
          condition: test(integer(.column(inside)), .greater, 0), chosen: whole(2), other: whole(1))
      )
      return integer(
        .conditional(
          condition: test(integer(.column(all)), .equal, 0), chosen: whole(0), other: there))
    }
    let kind = integer(
      .conditional(
        condition: test(integer(.column(1)), .greater, 0), chosen: whole(1), other: whole(0)))
    let keys = [kind, state(2, 3), state(4, 5)]
    return Plan(
      .aggregate(each, keys: keys, aggregates: [TypedAggregate(.count, label: "count")]),
      columns: ["kind", "from", "to", "people"].map { ColumnDescription(name: $0, type: .integer) })
  }

  /// The year whose flows are counted.
  private mutating func year(_ written: Expression) throws(Diagnostic) -> Period {
    let bound = try expression(written, in: Scope(columns: []))
    guard case .period(let period)? = bound.constant, period.kind != .quarter else {
      throw StatisticsProblem.yearNeeded.at(written.place)
    }
    return period
  }

  /// How many years lie between a year and the one named.
  private mutating func horizon(_ written: Expression, after year: Period) throws(Diagnostic) -> Int
  {
    let bound = try expression(written, in: Scope(columns: []))
    let years: Int
    switch bound.constant {
    case .period(let period) where period.kind == year.kind: years = period.number - year.number
    case .integer(let number): years = number - year.last.year
    case .missing, .boolean, .decimal, .text, .date, .month, .period, nil:
      throw StatisticsProblem.yearNeeded.at(written.place)
    }
    guard (1...100).contains(years) else {
      throw StatisticsProblem.horizon(year: year.description).at(written.place)
    }
    return years
  }

  private func parityColumns(_ year: Period) -> [ColumnDescription] {
    let level = shownLevel(Interval.usualLevel)
    func column(_ name: String, _ format: ColumnDescription.Format) -> [ColumnDescription] {
      [
        ColumnDescription(name: name, type: .decimal, format: format),
        ColumnDescription(name: name + "_low", type: .decimal, format: format, base: level),
        ColumnDescription(name: name + "_high", type: .decimal, format: format, base: level),
      ]
    }
    return [ColumnDescription(name: "year", type: .period, periodKind: year.kind)]
      + column("share", .percentage) + column("target", .percentage) + column("gap", .points)
  }
}
