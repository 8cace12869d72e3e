import WidenLanguage

extension Executor {
  /// A row for each value of one key, a column for each value of another, and both margins.
  ///
  /// Margins are aggregated from the rows again, never added up from the cells.
  func crosstab(_ plan: Plan, _ input: Plan, _ crosstab: CrosstabPlan) throws -> Relation {
    let reading = [crosstab.rows, crosstab.columns] + crosstab.aggregates.flatMap(\.expressions)
    if let remote = try remoteInput(input, reading: reading) {
      return try self.crosstab(plan, remote, crosstab)
    }
    let read = crosstab.rows.columnsRead.union(crosstab.columns.columnsRead)
      .union(crosstab.aggregates.flatMap(\.columnsRead))
    let relation = groupable(try run(input, needed: .some(read)))
    var keyed = relation
    keyed.frame.columns += [
      try evaluator.column(crosstab.rows, over: relation.frame),
      try evaluator.column(crosstab.columns, over: relation.frame),
    ]
    let described = [
      relation.described(crosstab.rows, as: plan.columns[0]),
      relation.described(
        crosstab.columns,
        as: ColumnDescription(name: crosstab.columnsName, type: crosstab.columns.type)),
    ]
    keyed.columns += described
    var rows = crosstab.rows
    rows.node = .column(relation.frame.columns.count)
    var columns = crosstab.columns
    columns.node = .column(relation.frame.columns.count + 1)
    let margins: Margins
    if let (control, people) = control(of: keyed) {
      if try tellsOfFew(relation, [crosstab.rows, crosstab.columns]) {
        throw tableOfFew(control.policy)
      }
      let behind = PeopleBehind(
        keyed, people, crosstab.aggregates,
        telling: try tellingOfFew(crosstab.aggregates, in: relation))
      let guardian = FigureGuard(
        control: control, behind: behind,
        evaluator: evaluator, context: context)
      margins = try guardian.margins(rows: rows, columns: columns, described: described)
    } else {
      margins = try Margins(rows: rows, columns: columns) { keys, isInner throws(ExecutionError) in
        try groups(of: keyed, by: keys, crosstab.aggregates, tellsNotes: isInner)
      }
    }
    return try laidOut(plan, margins, crosstab)
  }

  /// The same of rows in a database, which is asked for the cells and for each margin.
  private func crosstab(_ plan: Plan, _ input: RemoteInput, _ crosstab: CrosstabPlan) throws
    -> Relation
  {
    let margins: Margins
    if let control = context.disclosure, input.people != nil {
      let relation = Relation(frame: Frame(columns: [], rowCount: 0), columns: input.columns)
      let described = [
        relation.described(crosstab.rows, as: plan.columns[0]),
        relation.described(
          crosstab.columns,
          as: ColumnDescription(name: crosstab.columnsName, type: crosstab.columns.type)),
      ]
      let guardian = FigureGuard(
        control: control,
        behind: try peopleBehind(
          input, by: [crosstab.rows, crosstab.columns], crosstab.aggregates, control),
        evaluator: evaluator, context: context)
      margins = try guardian.margins(
        rows: crosstab.rows, columns: crosstab.columns, described: described)
    } else {
      margins = try Margins(rows: crosstab.rows, columns: crosstab.columns) {
        keys, isInner throws(ExecutionError) in
        GuardedGroups(
          groups: try input.groups(by: keys, crosstab.aggregates, tellsNotes: isInner).groups,
          people: [], withheld: crosstab.aggregates.map { _ in nil })
      }
    }
    return try laidOut(plan, margins, crosstab)
  }

  private func laidOut(_ plan: Plan, _ margins: Margins, _ crosstab: CrosstabPlan) throws
    -> Relation
  {
    if margins.byColumn.groups.rowCount > Pivot.mostColumns {
      throw ExecutionError.failed(
        "the cross-tabulation would have \(grouped(margins.byColumn.groups.rowCount)) columns; "
          + "\(grouped(Pivot.mostColumns)) is the most",
        hint: "give '\(crosstab.columnsName)' fewer values first, or use 'count by'")
    }
    let pivot = Pivot(
      crosstab, cells: try Figures(margins.cells, crosstab, evaluator),
      byRow: try Figures(margins.byRow, crosstab, evaluator),
      byColumn: try Figures(margins.byColumn, crosstab, evaluator),
      all: try Figures(margins.all, crosstab, evaluator),
      withheldEmpty: margins.withheldEmpty(readBy: crosstab), control: context.disclosure)
    return pivot.relation(rowKey: plan.columns[0])
  }

  /// Groups of rows that are about nobody in particular.
  private func groups(
    of relation: Relation, by keys: [TypedExpression], _ aggregates: [TypedAggregate],
    tellsNotes: Bool
  ) throws(ExecutionError) -> GuardedGroups {
    var aggregation = Aggregation(
      of: relation.frame, names: relation.columns.map(\.name), evaluator: evaluator,
      context: context)
    let found = try aggregation.run(keys: keys, aggregates: aggregates, tellsNotes: tellsNotes)
    var frame = Frame(columns: found.keys + found.values, rowCount: found.rowCount)
    try withhold(in: &frame, of: relation, keys, aggregates)
    return GuardedGroups(
      groups: AggregatedGroups(
        keys: found.keys, values: Array(frame.columns.dropFirst(keys.count)),
        rowCount: found.rowCount), people: [],
      withheld: aggregates.indices.map { frame.withheld[keys.count + $0] })
  }
}

/// The groups of a cross-tabulation: its cells, and both margins.
struct Margins {
  var cells: GuardedGroups
  var byRow: GuardedGroups
  var byColumn: GuardedGroups
  var all: GuardedGroups
  /// For an aggregate the cells that nobody is in and that are withheld nevertheless.
  var withheldEmpty: [Int: Set<CellPlace>] = [:]
}

/// Where a cell of a cross-tabulation stands.
struct CellPlace: Hashable {
  var row: Int
  var column: Int
}

extension Margins {
  /// The empty cells in which a figure that is computed from these aggregates is withheld.
  func withheldEmpty(readBy crosstab: CrosstabPlan) -> Set<CellPlace> {
    crosstab.aggregatesRead.reduce(into: []) { $0.formUnion(withheldEmpty[$1] ?? []) }
  }

  /// Groups that `make` gives by their keys.
  init(
    rows: TypedExpression, columns: TypedExpression,
    _ make: (_ keys: [TypedExpression], _ isInner: Bool) throws(ExecutionError) -> GuardedGroups
  ) throws(ExecutionError) {
    byColumn = try make([columns], false)
    cells = try make([rows, columns], true)
    byRow = try make([rows], false)
    all = try make([], false)
  }
}

extension CrosstabPlan {
  /// The aggregates that its figures are computed from.
  fileprivate var aggregatesRead: Set<Int> {
    value.columnsRead.union(parts.map { [$0.numerator, $0.denominator] } ?? [])
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
  /// The groups whose figure is withheld.
  let withheld: Bitmap?
  let count: Int

  init(_ guarded: GuardedGroups, _ crosstab: CrosstabPlan, _ evaluator: Evaluator)
    throws(ExecutionError)
  {
    let groups = guarded.groups
    withheld = crosstab.aggregatesRead.reduce(nil) { found, index in
      guard let bits = guarded.withheld[index] else { return found }
      return found?.union(bits) ?? bits
    }
    keys = groups.keys
    count = groups.rowCount
    values = try evaluator.column(
      crosstab.value, over: Frame(columns: groups.values, rowCount: groups.rowCount))
    numerators = crosstab.parts.map { groups.values[$0.numerator] }
    denominators = crosstab.parts.map { groups.values[$0.denominator] }
  }
}
