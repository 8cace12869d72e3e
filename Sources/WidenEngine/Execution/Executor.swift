public import WidenLanguage

/// Runs a plan and gives its table with the row flow and the notes that arose.
///
/// Throws `ExecutionError`, and whatever the context's `perform` throws.
public func execute(_ plan: Plan, in context: ExecutionContext) throws -> Answer {
  let executor = Executor(context)
  return try executor.answer(executor.run(plan, needed: .all))
}

/// Rows and what their columns are called.
struct Relation {
  var frame: Frame
  /// As many as the frame has columns.
  var columns: [ColumnDescription]
}

/// One run of a plan.
final class Executor {
  let context: ExecutionContext
  let evaluator: Evaluator
  /// Whether a table of invented people has been read.
  private var isSynthetic = false

  init(_ context: ExecutionContext) {
    self.context = context
    evaluator = Evaluator(context)
  }

  /// The rows as a table, with all that is to be told so far.
  func answer(_ relation: Relation, columnsAreChosen: Bool = false) throws(ExecutionError)
    -> Answer
  {
    let frame = try relation.frame.compacted(in: context)
    let columns = zip(relation.columns, frame.columns).map { TableColumn($0, $1) }
    return Answer(
      table: Table(columns: columns, rowCount: frame.rowCount), flow: context.flow,
      notes: context.notes, isSynthetic: isSynthetic, columnsAreChosen: columnsAreChosen)
  }

  /// The rows of a plan; columns that are not needed may stand empty.
  func run(_ plan: Plan, needed: ColumnSet) throws -> Relation {
    try context.checkCancelled()
    let result = try perform(plan, needed: needed)
    if let label = plan.label { context.passed(label, rows: result.frame.selectedCount) }
    return result
  }

  private func perform(_ plan: Plan, needed: ColumnSet) throws -> Relation {
    switch plan.operation {
    case .scan(let table): return try scan(table, plan, needed)
    case .filter(let input, let filter): return try self.filter(input, filter, needed)
    case .derive(let input, let expressions): return try derive(plan, input, expressions, needed)
    case .project(let input, let columns): return try project(plan, input, columns, needed)
    case .aggregate(let input, let keys, let aggregates):
      return try aggregate(plan, input, keys: keys, aggregates: aggregates)
    case .share(let input, let share): return try self.share(plan, input, share, needed)
    case .crosstab(let input, let crosstab): return try self.crosstab(plan, input, crosstab)
    case .sort(let input, let keys): return try sort(input, by: keys, needed)
    case .take(let input, let count): return try take(input, count, needed)
    case .top(let input, let top): return try self.top(input, top, needed)
    case .join(let input, let join): return try self.join(plan, input, join, needed)
    case .snapshots(let input, let dates): return try snapshots(plan, input, dates, needed)
    case .change(let input, let change): return try self.change(plan, input, change, needed)
    case .intervals(let input, let intervals):
      return try self.intervals(plan, input, intervals, needed)
    case .likelihood(let input, let likelihood):
      return try self.likelihood(plan, input, likelihood)
    case .standardise(let input, let standardise):
      return try self.standardise(plan, input, standardise)
    case .inequality(let input, let inequality):
      return try self.inequality(plan, input, inequality)
    case .funnel(let input, let funnel): return try self.funnel(plan, input, funnel)
    case .control(let input, let control): return try self.control(plan, input, control)
    case .parity(let input, let parity): return try self.parity(plan, input, parity)
    case .describe(let input): return try describe(plan, input)
    case .tap(let input, let action): return try tap(input, action)
    }
  }

  private func scan(_ name: String, _ plan: Plan, _ needed: ColumnSet) throws(ExecutionError)
    -> Relation
  {
    guard let entry = context.dataset.entry(named: name) else {
      throw .failed("there is no table '\(name)'", hint: "'show tables' lists the tables")
    }
    if entry.description.isSynthetic { isSynthetic = true }
    let table = entry.table
    try table.requireRead(needed)
    return Relation(
      frame: Frame(columns: table.columns.map(\.data), rowCount: table.rowCount),
      columns: plan.columns)
  }

  private func derive(
    _ plan: Plan, _ input: Plan, _ expressions: [TypedExpression], _ needed: ColumnSet
  ) throws -> Relation {
    let first = input.columns.count
    let wanted = expressions.indices.filter { needed.contains(first + $0) }
    var relation = try run(
      input, needed: needed.below(first).union(reading: wanted.map { expressions[$0] }))
    let frame = relation.frame
    for (index, expression) in expressions.enumerated() {
      relation.frame.columns.append(
        needed.contains(first + index) ? try evaluator.column(expression, over: frame) : .unread)
    }
    relation.columns += plan.columns.suffix(expressions.count)
    return relation
  }

  private func project(_ plan: Plan, _ input: Plan, _ columns: [Int], _ needed: ColumnSet) throws
    -> Relation
  {
    let wanted = columns.indices.filter { needed.contains($0) }.map { columns[$0] }
    let relation = try run(input, needed: .some(Set(wanted)))
    var result = relation
    result.frame.columns = columns.map { relation.frame.columns[$0] }
    // What the binder could not know, such as the base of a percentage, comes with the rows.
    result.columns = zip(plan.columns, columns).map { described, source in
      var description = described
      description.base = described.base ?? relation.columns[source].base
      return description
    }
    return result
  }

  private func take(_ input: Plan, _ count: Int, _ needed: ColumnSet) throws -> Relation {
    var relation = try run(input, needed: needed)
    guard relation.frame.selectedCount > count else { return relation }
    let rows = relation.frame.selectedRows(first: max(0, count))
    relation.frame = try relation.frame.gathered(rows, needed: needed, in: context)
    return relation
  }

  private func tap(_ input: Plan, _ action: Action) throws -> Relation {
    let relation = try run(input, needed: .all)
    switch action {
    case .keep, .chart: try context.perform(action, answer(relation))
    case .export(_, let columnsAreChosen):
      try context.perform(action, answer(relation, columnsAreChosen: columnsAreChosen))
    }
    return relation
  }
}
