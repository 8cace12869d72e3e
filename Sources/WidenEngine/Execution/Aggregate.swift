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
      let tells = try tellsOfFew(relation, keys)
      if tells, !keys.isEmpty { throw tableOfFew(control.policy) }
      let behind = PeopleBehind(
        relation, people, asked, tells: tells, telling: try tellingOfFew(asked, in: relation))
      if names.contains(where: { $0.sensitivity == .identifier }) {
        if let single = try singles(plan, relation, behind, keys, names, aggregates) {
          return single
        }
        // `distinct` without columns names all of them; none of them is to blame.
        if aggregates.isEmpty, keys.count == plan.columns.count, control.withholds,
          keys.count == input.columns.count(where: { !$0.isHidden })
        {
          throw rowsOfPeople(control.policy)
        }
      }
      return try guardedAggregate(
        plan, behind, keys, names, control)
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

  /// The same where each group is about one person at most; nil where some group has more.
  ///
  /// Its rows are still about single people, and are protected when they are grouped again.
  private func singles(
    _ plan: Plan, _ relation: Relation, _ behind: PeopleBehind, _ keys: [TypedExpression],
    _ names: [ColumnDescription], _ aggregates: [TypedAggregate]
  ) throws -> Relation? {
    guard
      case .here(let rows, let people, _, _) = try behind.rowGroups(
        by: keys, evaluator: evaluator, context: context),
      let first = rows.rowsOfSinglePeople(people)
    else { return nil }
    var aggregation = Aggregation(
      of: relation.frame, names: relation.columns.map(\.name), evaluator: evaluator,
      context: context)
    let groups = try aggregation.run(keys: keys, aggregates: aggregates)
    var frame = Frame(columns: groups.keys + groups.values, rowCount: groups.rowCount)
    frame.people = people.gathered(first, isSubset: true, in: context)
    var columns = zip(plan.columns, frame.columns).map(described)
    for (index, name) in names.enumerated() { columns[index] = name }
    for (index, aggregate) in aggregates.enumerated() {
      let read = aggregate.columnsRead.map { relation.columns[$0].sensitivity }
      columns[keys.count + index].sensitivity =
        [.special, .quasi].first { read.contains($0) }
    }
    return Relation(frame: frame, columns: columns)
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
