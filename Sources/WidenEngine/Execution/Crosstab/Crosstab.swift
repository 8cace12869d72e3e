import WidenLanguage

extension Executor {
  /// A row for each value of one key, a column for each value of another, and both margins.
  ///
  /// Margins are aggregated from the rows again, never added up from the cells.
  func crosstab(_ plan: Plan, _ input: Plan, _ crosstab: CrosstabPlan) throws -> Relation {
    let read = crosstab.rows.columnsRead.union(crosstab.columns.columnsRead)
      .union(crosstab.aggregates.flatMap(\.columnsRead))
    let relation = try run(input, needed: .some(read))
    var frame = relation.frame
    frame.columns += [
      try evaluator.column(crosstab.rows, over: relation.frame),
      try evaluator.column(crosstab.columns, over: relation.frame),
    ]
    var rows = crosstab.rows
    rows.node = .column(relation.frame.columns.count)
    var columns = crosstab.columns
    columns.node = .column(relation.frame.columns.count + 1)
    let names = relation.columns.map(\.name) + ["", ""]
    func figures(by keys: [TypedExpression], tellsNotes: Bool = false) throws -> Figures {
      var aggregation = Aggregation(
        of: frame, names: names, evaluator: evaluator, context: context)
      let groups = try aggregation.run(
        keys: keys, aggregates: crosstab.aggregates, tellsNotes: tellsNotes)
      return try Figures(groups, crosstab, evaluator)
    }
    let byColumn = try figures(by: [columns])
    if byColumn.count > Pivot.mostColumns {
      throw ExecutionError.failed(
        "the cross-tabulation would have \(grouped(byColumn.count)) columns; "
          + "\(grouped(Pivot.mostColumns)) is the most",
        hint: "give '\(crosstab.columnsName)' fewer values first, or use 'count by'")
    }
    let pivot = Pivot(
      crosstab, cells: try figures(by: [rows, columns], tellsNotes: true),
      byRow: try figures(by: [rows]), byColumn: byColumn, all: try figures(by: []))
    return pivot.relation(rowKey: plan.columns[0])
  }
}

/// The figures of some groups, and the counts behind them.
struct Figures {
  /// The groups' keys.
  let keys: [Column]
  let values: Column
  /// The parts of a rate.
  let numerators: Column?
  let denominators: Column?
  let count: Int

  init(_ groups: AggregatedGroups, _ crosstab: CrosstabPlan, _ evaluator: Evaluator)
    throws(ExecutionError)
  {
    keys = groups.keys
    count = groups.rowCount
    values = try evaluator.column(
      crosstab.value, over: Frame(columns: groups.values, rowCount: groups.rowCount))
    numerators = crosstab.parts.map { groups.values[$0.numerator] }
    denominators = crosstab.parts.map { groups.values[$0.denominator] }
  }
}
