extension Binder {
  /// `likelihood of event for column "group" against "reference" [using column] [by keys [with
  /// total]]`: both groups are counted for each keys, and compared.
  mutating func bindLikelihood(
    _ step: LikelihoodStep, _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    noteEndedRows(placed, &pipeline)
    let scope = pipeline.scope
    let keys = try bind(step.keys, in: scope)
    noteSnapshots(keys, placed, &pipeline)
    let event = try condition(step.event, in: scope)
    let group = try member(step.group, of: step.column, in: scope)
    let reference = try member(step.reference, of: step.column, in: scope)
    guard group.value != reference.value else {
      throw StatisticsProblem.sameGroups(value: group.name).at(step.reference.place)
    }
    let written = WrittenTally(event: step.event, using: step.using, place: placed.word)
    let weight = try weight(written, in: scope, counted: pipeline.countedNames)
    var calls: [TypedAggregate] = []
    let first = tally(event, among: [group.test], each: weight, placed.word, calls: &calls)
    let second = tally(event, among: [reference.test], each: weight, placed.word, calls: &calls)
    let everybody = index(of: counting(where: nil, each: weight), &calls)
    let input = aggregated(pipeline.plan, keys, calls)
    let plan = LikelihoodPlan(
      keyCount: keys.count, group: first.parts.shifted(by: keys.count),
      reference: second.parts.shifted(by: keys.count), everybody: everybody + keys.count,
      groupName: group.name, referenceName: reference.name,
      columnName: step.column.names[step.column.names.count - 1].text, withTotal: step.withTotal)
    let described = keys.map { step.withTotal ? totalled($0.description) : $0.description }
    let columns = described + likelihoodColumns(plan, weight?.value.type ?? .integer)
    try requireDifferentNames(columns, placed.place)
    pipeline.advance(
      to: Plan(.likelihood(input, plan), columns: columns, label: "likelihood"),
      losing: placed)
    grouped(&pipeline, keys: keys, additive: [])
  }

  /// A group: the test that a row belongs to it, its value, and how it is called.
  private mutating func member(_ written: LiteralExpression, of column: Path, in scope: Scope)
    throws(Diagnostic) -> (test: TypedExpression, value: Value?, name: String)
  {
    let place = written.place
    let value = try expression(written, in: Scope(columns: [])).constant
    let test = try condition(
      .comparison(Comparison(.equal, .path(column), written, place: place)), in: scope)
    guard case .text(let text)? = value else {
      return (test, value, value == .missing ? "missing" : words(at: place))
    }
    return (test, value, text)
  }

  private func likelihoodColumns(_ plan: LikelihoodPlan, _ count: ValueType)
    -> [ColumnDescription]
  {
    let level = shownLevel(Interval.usualLevel)
    let first = plan.keyCount + 7
    func rate(_ name: String, _ group: String, _ part: Int) -> ColumnDescription {
      ColumnDescription(
        name: name, type: .decimal, format: .percentage,
        parts: .init(numerator: part, denominator: part + 1), base: "of \(group)")
    }
    return [
      rate("rate_for", plan.groupName, first),
      rate("rate_against", plan.referenceName, first + 2),
      ColumnDescription(
        name: "likelihood", type: .decimal, format: .ratio,
        base: "\(plan.groupName) ÷ \(plan.referenceName)"),
      ColumnDescription(name: "low", type: .decimal, format: .ratio, base: level),
      ColumnDescription(name: "high", type: .decimal, format: .ratio, base: level),
      ColumnDescription(name: "p", type: .decimal, format: .probability),
      ColumnDescription(
        name: "four_fifths", type: .category, categories: ["met", "not met"]),
    ]
      + [
        "rate_for_numerator", "rate_for_denominator", "rate_against_numerator",
        "rate_against_denominator",
      ].map { ColumnDescription(name: $0, type: count, isHidden: true) }
  }

  /// A key beside which a row for all keys together stands: text, and no longer a column's own.
  private func totalled(_ key: ColumnDescription) -> ColumnDescription {
    ColumnDescription(
      name: key.name, type: .text, notRecorded: key.notRecorded, sensitivity: key.sensitivity)
  }

  /// Groups the rows by keys and computes the calls.
  func aggregated(_ plan: Plan, _ keys: [BoundKey], _ calls: [TypedAggregate]) -> Plan {
    Plan(
      .aggregate(plan, keys: keys.map(\.value), aggregates: calls),
      columns: keys.map(\.description)
        + calls.map { ColumnDescription(name: $0.label, type: $0.resultType) })
  }
}

extension Binder.Pipeline {
  /// The columns that count rows which have been grouped already.
  var countedNames: [String] { scope.table == nil ? additive : [] }
}

extension ColumnDescription.Parts {
  /// The same counts in columns that stand further to the right.
  func shifted(by offset: Int) -> ColumnDescription.Parts {
    .init(numerator: numerator + offset, denominator: denominator + offset)
  }
}
