import WidenLanguage

extension Executor {
  /// A row for each combination of keys that occurs, ordered by the keys.
  func aggregate(
    _ plan: Plan, _ input: Plan, keys: [TypedExpression], aggregates: [TypedAggregate]
  ) throws -> Relation {
    let read = Set(keys.flatMap(\.columnsRead)).union(aggregates.flatMap(\.columnsRead))
    let relation = try run(input, needed: .some(read))
    var aggregation = Aggregation(
      of: relation.frame, names: relation.columns.map(\.name), evaluator: evaluator,
      context: context)
    let groups = try aggregation.run(keys: keys, aggregates: aggregates)
    tellDoubleCounting(plan, groups, aggregates)
    return Relation(
      frame: Frame(columns: groups.keys + groups.values, rowCount: groups.rowCount),
      columns: zip(plan.columns, groups.keys + groups.values).map(described))
  }

  /// A column's description; a sum that outgrew whole numbers is a number with a fraction.
  private func described(_ column: ColumnDescription, _ data: Column) -> ColumnDescription {
    var column = column
    if column.type == .integer, case .decimals = data { column.type = .decimal }
    return column
  }
}
