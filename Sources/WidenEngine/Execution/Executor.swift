public import WidenLanguage
import WidenStatistics

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
  var isSynthetic = false
  /// Why a remote source could not do something, for the message when its rows are too many.
  var obstacles: [String] = []
  /// The looks from rows that are not here into other tables that have been told of.
  var toldLookups: Set<String> = []

  init(_ context: ExecutionContext) {
    self.context = context
    evaluator = Evaluator(context)
  }

  /// The rows as a table, with all that is to be told so far.
  func answer(_ relation: Relation, columnsAreChosen: Bool = false) throws(ExecutionError)
    -> Answer
  {
    let frame = try relation.frame.shown.compacted(in: context)
    let isPublished = context.disclosure?.isPublishing == true
    let columns = frame.columns.indices.map { index in
      let withheld = frame.withheld[index].flatMap { bits in
        // Whoever looks at true figures sees a missing one as such.
        isPublished ? bits : frame.columns[index].presence.map { $0.intersection(bits) } ?? bits
      }
      return TableColumn(relation.columns[index], frame.columns[index], withheld: withheld)
    }
    var answer = Answer(
      table: Table(columns: columns, rowCount: frame.rowCount), flow: context.flow,
      notes: context.notes, isSynthetic: isSynthetic, columnsAreChosen: columnsAreChosen)
    answer.protection = context.disclosure?.protection
    answer.holdsPeople = frame.people != nil
    return answer
  }

  /// The rows of a plan; columns that are not needed may stand empty.
  func run(_ plan: Plan, needed: ColumnSet) throws -> Relation {
    try context.checkCancelled()
    let result = try perform(plan, needed: needed)
    if let label = plan.label {
      let rows = result.frame.shown.selectedCount
      context.passed(label, rows: result.frame.people == nil ? rows : context.publishable(rows))
    }
    return result
  }

  private func perform(_ plan: Plan, needed: ColumnSet) throws -> Relation {
    if let source = source(of: plan) { return try remoteRows(plan, source, needed) }
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
      return try statistic(of: input, keyCount: likelihood.keyCount) {
        try self.likelihood(plan, $0, likelihood)
      }
    case .standardise(let input, let standardise):
      return try statistic(of: input, keyCount: standardise.keyCount) {
        try self.standardise(plan, $0, standardise)
      }
    case .inequality(let input, let inequality):
      return try statistic(of: input, keyCount: inequality.keyCount) {
        try self.inequality(plan, $0, inequality)
      }
    case .funnel(let input, let funnel):
      return try statistic(of: input, keyCount: funnel.keyCount) {
        try self.funnel(plan, $0, funnel)
      }
    case .control(let input, let control):
      // A month that is left out would count as one with nothing in it.
      return try statistic(of: input, keyCount: control.emptyIsZero ? 0 : 1) {
        try self.control(plan, $0, control)
      }
    case .parity(let input, let parity):
      return try statistic(of: input, keyCount: 0) { try self.parity(plan, $0, parity) }
    case .describe(let input): return try describe(plan, input)
    case .protect(let input, let policy):
      return try protect(input, context.policy(named: policy), needed)
    case .tap(let input, let action): return try tap(input, action)
    }
  }

  private func scan(_ name: String, _ plan: Plan, _ needed: ColumnSet) throws -> Relation {
    guard let entry = context.dataset.entry(named: name) else {
      throw ExecutionError.failed(
        "there is no table '\(name)'", hint: "'show tables' lists the tables")
    }
    if entry.description.isSynthetic { isSynthetic = true }
    if let derivation = entry.derivation, context.disclosure != nil {
      return try derived(derivation, plan)
    }
    // Its rows are somewhere else, and what is here in their place has none.
    if entry.source != nil { throw unreachable(entry) }
    let table = entry.table
    try table.requireRead(needed)
    var frame = Frame(columns: table.columns.map(\.data), rowCount: table.rowCount)
    for (index, column) in table.columns.enumerated() {
      if let withheld = column.withheld { frame.withheld[index] = withheld }
    }
    if let control = context.disclosure {
      frame.people = try People(of: entry)
      if frame.people != nil { control.sawPeople() }
    }
    var columns = plan.columns
    for index in columns.indices where columns[index].origin == nil && frame.people != nil {
      columns[index].origin = .init(table: name, column: columns[index].name)
    }
    return Relation(frame: frame, columns: columns)
  }

  private func derive(
    _ plan: Plan, _ input: Plan, _ expressions: [TypedExpression], _ needed: ColumnSet
  ) throws -> Relation {
    let first = input.columns.count
    let wanted = expressions.indices.filter { needed.contains(first + $0) }
    var relation = try run(
      input, needed: needed.below(first).union(reading: wanted.map { expressions[$0] }))
    let frame = relation.frame
    let before = relation
    for (index, expression) in expressions.enumerated() {
      relation.frame.columns.append(
        needed.contains(first + index) ? try evaluator.column(expression, over: frame) : .unread)
      relation.frame.withheld[first + index] = frame.withheld(inAnyOf: expression.columnsRead)
      if needed.contains(first + index), try tells(expression, in: before) {
        relation.markTelling(
          first + index, threshold: context.disclosure?.policy.threshold ?? 0)
      }
    }
    relation.columns += zip(expressions, plan.columns.suffix(expressions.count)).map {
      relation.described($0, as: $1)
    }
    return relation
  }

  private func project(_ plan: Plan, _ input: Plan, _ columns: [Int], _ needed: ColumnSet) throws
    -> Relation
  {
    let wanted = columns.indices.filter { needed.contains($0) }.map { columns[$0] }
    let relation = try run(input, needed: .some(Set(wanted)))
    var result = relation
    result.frame.columns = columns.map { relation.frame.columns[$0] }
    result.frame.withheld = [:]
    for (index, source) in columns.enumerated() {
      result.frame.withheld[index] = relation.frame.withheld[source]
    }
    if let narrowing = relation.frame.narrowing {
      result.frame.narrowing?.tellingColumns = Set(
        columns.indices.filter { narrowing.tellingColumns.contains(columns[$0]) })
    }
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
    case .keep, .chart: try context.perform(action, answer(relation), input)
    case .export(_, let columnsAreChosen):
      try context.perform(action, answer(relation, columnsAreChosen: columnsAreChosen), input)
    }
    return relation
  }
}
