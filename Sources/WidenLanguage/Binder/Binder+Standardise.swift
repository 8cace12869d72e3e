extension Binder {
  /// `standardise event [among base] [using column] over column using table.column [by keys]`: the
  /// events and people of each stratum, weighted by the people of a standard population; with
  /// `using total` compared with what the rates of all rows together would give.
  mutating func bindStandardise(
    _ step: StandardiseStep, _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    noteEndedRows(placed, &pipeline)
    let keys = try bind(step.keys, in: pipeline.scope)
    noteSnapshots(keys, placed, &pipeline)
    let stratum = try path(step.over, in: pipeline.scope)
    let name = step.over.names[step.over.names.count - 1].text
    var calls: [TypedAggregate] = []
    let tally = try tally(
      WrittenTally(event: step.event, base: step.base, using: step.using, place: placed.word),
      in: pipeline.scope, counted: pipeline.countedNames, calls: &calls)
    let standard = try standard(step, stratum, name)
    let strata = keys + [BoundKey(value: stratum, description: stratum.description(named: name))]
    let input = aggregated(pipeline.plan, strata, calls)
    let plan = StandardisePlan(
      keyCount: keys.count, counts: tally.parts.shifted(by: strata.count), standard: standard,
      stratumName: name)
    let base = step.base.map { "of " + print($0) }
    let types = [tally.parts.numerator, tally.parts.denominator].map { calls[$0].resultType }
    let columns =
      keys.map(\.description)
      + standardisedColumns(types, base: base, first: keys.count, isIndirect: standard == nil)
    try requireDifferentNames(columns, placed.place)
    pipeline.advance(
      to: Plan(.standardise(input, plan), columns: columns, label: "standardise"),
      losing: placed)
    grouped(&pipeline, keys: keys, additive: [])
  }

  /// The strata of the standard population and their people; nil for `using total`.
  private mutating func standard(
    _ step: StandardiseStep, _ stratum: TypedExpression, _ name: String
  ) throws(Diagnostic) -> Plan? {
    let names = step.standard.names
    if names.count == 1, names[0].text.lowercased() == "total" { return nil }
    guard names.count == 2 else {
      throw StatisticsProblem.standardNeeded(path: step.standard.text).at(step.standard.place)
    }
    let table = try table(names[0])
    let scope = Scope(columns: table.columns, table: table.name)
    let people = try path(Path([names[1]]), in: scope)
    guard people.type.isNumber else {
      throw MeaningProblem.aggregateNeeds(
        what: "numbers", aggregate: "'using'", column: step.standard.text, type: people.type
      ).at(step.standard.place)
    }
    guard
      scope.index(of: name) != nil
        || environment.definitions.column(named: name, of: table.definingTables) != nil
    else {
      throw StatisticsProblem.noStratum(table: table.name, column: name).at(step.over.place)
    }
    let key = try path(Path([step.over.names[step.over.names.count - 1]]), in: scope)
    try requireComparable(
      stratum, key, (step.over.text, "\(table.name).\(name)"), step.over.place)
    return Plan(
      .aggregate(
        Plan(.scan(table: table.name), columns: table.columns), keys: [key],
        aggregates: [TypedAggregate(.sum, operand: people, label: "sum \(names[1].text)")]),
      columns: [
        key.description(named: name), ColumnDescription(name: "standard", type: people.type),
      ])
  }

  private func standardisedColumns(
    _ counts: [ValueType], base: String?, first: Int, isIndirect: Bool
  ) -> [ColumnDescription] {
    let level = shownLevel(Interval.usualLevel)
    func percentage(_ name: String, _ base: String?) -> ColumnDescription {
      ColumnDescription(name: name, type: .decimal, format: .percentage, base: base)
    }
    var crude = percentage("crude", base)
    crude.parts = .init(numerator: first + 4, denominator: first + 5)
    let columns = [
      percentage("rate", base), percentage("low", level), percentage("high", level), crude,
      ColumnDescription(name: "events", type: counts[0]),
      ColumnDescription(name: "people", type: counts[1]),
    ]
    guard isIndirect else { return columns }
    return columns + [
      ColumnDescription(name: "expected", type: .decimal),
      ColumnDescription(name: "ratio", type: .decimal, format: .ratio),
    ]
  }
}
