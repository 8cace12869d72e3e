import WidenEngine
import WidenLanguage

/// A plan under construction: what the binder does, by hand.
struct PlanBuilder {
  var plan: Plan

  /// All rows of a table.
  init(_ entry: Dataset.Entry) {
    plan = Plan(
      .scan(table: entry.description.name), columns: entry.description.columns,
      label: entry.description.name)
  }

  init(_ plan: Plan) {
    self.plan = plan
  }

  /// The index of a column.
  func index(_ name: String) -> Int {
    plan.columns.firstIndex { $0.name == name } ?? -1
  }

  /// A column as an expression.
  subscript(name: String) -> TypedExpression {
    let index = index(name)
    let column = plan.columns[index]
    return TypedExpression(
      .column(index), type: column.type, categories: column.categories,
      isOrdered: column.isOrdered, notRecorded: column.notRecorded, origin: column.origin)
  }

  /// An aggregate of a column.
  func aggregate(
    _ kind: TypedAggregate.Kind, _ name: String? = nil, where condition: TypedExpression? = nil
  ) -> TypedAggregate {
    TypedAggregate(
      kind, operand: name.map { self[$0] }, condition: condition,
      label: "\(kind) \(name ?? "")")
  }

  private func then(
    _ operation: Operation, _ columns: [ColumnDescription]? = nil, label: String? = nil
  ) -> PlanBuilder {
    PlanBuilder(Plan(operation, columns: columns ?? plan.columns, label: label))
  }

  func filter(_ condition: TypedExpression, watched: [String] = []) -> PlanBuilder {
    then(.filter(plan, Filter(condition: condition, watched: watched.map(index))), label: "where")
  }

  func derive(_ expression: TypedExpression, _ name: String) -> PlanBuilder {
    then(
      .derive(plan, [expression]),
      plan.columns + [ColumnDescription(name: name, type: expression.type)], label: "derive")
  }

  func select(_ names: String...) -> PlanBuilder {
    then(.project(plan, names.map(index)), names.map { plan.columns[index($0)] }, label: "select")
  }

  func group(by keys: [String], _ aggregates: [(String, TypedAggregate)]) -> PlanBuilder {
    group(keys: keys.map { ($0, self[$0]) }, aggregates)
  }

  func group(keys: [(String, TypedExpression)], _ aggregates: [(String, TypedAggregate)])
    -> PlanBuilder
  {
    let described =
      keys.map { name, key in
        ColumnDescription(
          name: name, type: key.type, categories: key.categories, notRecorded: key.notRecorded,
          origin: key.origin)
      } + aggregates.map { ColumnDescription(name: $0.0, type: resultType($0.1)) }
    return then(
      .aggregate(plan, keys: keys.map(\.1), aggregates: aggregates.map(\.1)), described,
      label: "summarise")
  }

  func count(by keys: String...) -> PlanBuilder { group(by: keys, [("n", aggregate(.count))]) }

  private func resultType(_ aggregate: TypedAggregate) -> ValueType {
    switch aggregate.kind {
    case .count, .distinct, .missing, .recorded: .integer
    case .minimum, .maximum: aggregate.operand?.type ?? .integer
    case .sum: aggregate.operand?.type ?? .integer
    case .mean, .median, .standardDeviation, .percentile, .correlation: .decimal
    }
  }

  func sort(_ keys: (String, Bool)...) -> PlanBuilder {
    then(
      .sort(plan, keys.map { SortKey(self[$0.0], isDescending: $0.1) }), label: "sort")
  }

  func take(_ count: Int) -> PlanBuilder { then(.take(plan, count), label: "take") }

  func top(_ count: Int, by name: String, within: [String] = [], isBottom: Bool = false)
    -> PlanBuilder
  {
    then(
      .top(
        plan,
        TopPlan(count: count, by: index(name), within: within.map(index), isBottom: isBottom)),
      label: "top")
  }

  func share(
    of name: String, within: [String] = [], excluding: TypedExpression? = nil,
    watched: [String] = []
  ) -> PlanBuilder {
    let type = plan.columns[index(name)].type
    return then(
      .share(
        plan,
        SharePlan(
          value: index(name), within: within.map(index), excluding: excluding,
          watched: watched.map(index), withinNames: within)),
      plan.columns + [
        ColumnDescription(name: "share", type: .decimal, format: .percentage),
        ColumnDescription(name: "share_numerator", type: type, isHidden: true),
        ColumnDescription(name: "share_denominator", type: type, isHidden: true),
      ], label: "share")
  }

  func join(
    _ right: PlanBuilder, on keys: [(String, String)], taking columns: [String],
    _ unmatched: JoinStep.Unmatched = .keep
  ) -> PlanBuilder {
    var right = right
    right.plan.label = nil
    let name = if case .scan(let table) = right.plan.operation { table } else { "right" }
    return then(
      .join(
        plan,
        JoinPlan(
          right: right.plan, title: "join \(name)", leftKeys: keys.map { index($0.0) },
          rightKeys: keys.map { right.index($0.1) }, columns: columns.map(right.index),
          unmatched: unmatched)),
      plan.columns + columns.map { right.plan.columns[right.index($0)] }, label: "join")
  }

  func snapshots(_ start: String, _ end: String, _ dates: [(String, Value)]) -> PlanBuilder {
    let days = dates.compactMap { text, label in
      parsedDay(text).map { SnapshotPlan.Date(day: $0, label: label) }
    }
    return then(
      .snapshots(plan, SnapshotPlan(start: index(start), end: index(end), dates: days)),
      plan.columns + [ColumnDescription(name: "snapshot", type: .text)], label: "snapshot")
  }

  func change(of value: String, over: String, from baseline: Value? = nil, within: [String] = [])
    -> PlanBuilder
  {
    let type = plan.columns[index(value)].type
    return then(
      .change(
        plan,
        ChangePlan(
          value: index(value), over: index(over), baseline: baseline, within: within.map(index))),
      plan.columns + [
        ColumnDescription(name: "previous", type: type),
        ColumnDescription(name: "change", type: type),
        ColumnDescription(name: "ratio", type: .decimal),
      ], label: "change")
  }

  func crosstab(
    _ rows: String, by columns: String, of aggregates: [TypedAggregate]? = nil,
    value: TypedExpression? = nil, parts: ColumnDescription.Parts? = nil,
    percent: CrosstabStep.Base? = nil, withoutTotals: Bool = false
  ) -> PlanBuilder {
    then(
      .crosstab(
        plan,
        CrosstabPlan(
          rows: self[rows], columns: self[columns],
          aggregates: aggregates ?? [aggregate(.count)],
          value: value ?? TypedExpression(.column(0), type: .integer), parts: parts,
          percent: percent, withoutTotals: withoutTotals, columnsName: columns)),
      [plan.columns[index(rows)]], label: "crosstab")
  }

  func tap(_ action: Action) -> PlanBuilder { then(.tap(plan, action)) }
}

/// Runs a plan over these tables.
func run(
  _ builder: PlanBuilder, over entries: [Dataset.Entry], threads: Int = 1,
  segmentRows: Int = standardSegmentRows,
  isCancelled: @escaping @Sendable () -> Bool = { false },
  perform: @escaping (Action, Answer, Plan) throws -> Void = { _, _, _ in }
) throws -> Answer {
  let context = ExecutionContext(
    dataset: Dataset(name: "test", entries: entries), threads: threads,
    segmentRows: segmentRows, isCancelled: isCancelled,
    perform: perform)
  return try execute(builder.plan, in: context)
}

/// A comparison of a column and a constant.
func compare(_ left: TypedExpression, _ sign: ComparisonOperator, _ right: Value)
  -> TypedExpression
{
  let constant = TypedExpression(.constant(right), type: left.type)
  return TypedExpression(
    .comparison(sign, left, constant, left.type.isText ? .text : .natural), type: .boolean)
}
