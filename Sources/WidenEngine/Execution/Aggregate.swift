import WidenLanguage

extension Executor {
  /// A row for each combination of keys that occurs, ordered by the keys.
  func aggregate(
    _ plan: Plan, _ input: Plan, keys: [TypedExpression], aggregates: [TypedAggregate]
  ) throws -> Relation {
    if let remote = try remoteInput(
      input, reading: keys + aggregates.flatMap(\.expressions))
    {
      return try aggregate(plan, remote, keys: keys, aggregates: aggregates)
    }
    let read = Set(keys.flatMap(\.columnsRead)).union(aggregates.flatMap(\.columnsRead))
    let relation = groupable(try run(input, needed: .some(read)))
    if let (control, people) = control(of: relation) {
      let names = zip(keys, plan.columns).map { relation.described($0, as: $1) }
      // Who is behind groups of which nothing is computed has to be known, too.
      let asked = aggregates.isEmpty ? [TypedAggregate(.count, label: "count")] : aggregates
      return try guardedAggregate(
        plan, PeopleBehind(relation, people, asked), keys, names, control)
    }
    var aggregation = Aggregation(
      of: relation.frame, names: relation.columns.map(\.name), evaluator: evaluator,
      context: context)
    let groups = try aggregation.run(keys: keys, aggregates: aggregates)
    tellDoubleCounting(plan, groups, aggregates)
    var frame = Frame(columns: groups.keys + groups.values, rowCount: groups.rowCount)
    try withhold(in: &frame, of: relation, keys, aggregates)
    return Relation(
      frame: frame, columns: zip(plan.columns, groups.keys + groups.values).map(described))
  }

  /// The same of rows about people: figures are withheld or marked as the policy says.
  func guardedAggregate(
    _ plan: Plan, _ behind: PeopleBehind, _ keys: [TypedExpression],
    _ names: [ColumnDescription], _ control: DisclosureControl
  ) throws -> Relation {
    let guardian = FigureGuard(
      control: control, behind: behind, evaluator: evaluator, context: context)
    let guarded = try guardian.groups(by: keys, described: names)
    let groups = guarded.groups
    tellDoubleCounting(plan, groups, behind.aggregates)
    let values = groups.values.prefix(plan.columns.count - keys.count)
    var frame = Frame(columns: groups.keys + values, rowCount: groups.rowCount)
    for (index, withheld) in guarded.withheld.enumerated() where index < values.count {
      frame.withheld[keys.count + index] = withheld
    }
    noteFew(in: &frame, guarded, names, showsFigures: !values.isEmpty)
    return Relation(
      frame: frame,
      columns: zip(plan.columns, frame.columns).map(described))
  }

  /// A column's description; a sum that outgrew whole numbers is a number with a fraction.
  func described(_ column: ColumnDescription, _ data: Column) -> ColumnDescription {
    var column = column
    if column.type == .integer, case .decimals = data { column.type = .decimal }
    return column
  }
}
