import WidenLanguage
import WidenStatistics

/// Steps over rows that lie with a remote source: what it can do is done there.
extension Executor {
  /// More rows than this nobody looks at.
  private static let mostRows = 1_000_000
  /// Rows about single people are for looking at a few of them.
  private static let mostPeople = 10_000

  /// The source that can give a plan's rows; nil when they are here, or have to be made here.
  func source(of plan: Plan) -> (any RemoteSource)? {
    guard plan.isByRow, let source = plan.firstSource(in: context.dataset) else { return nil }
    if let obstacle = source.obstacle(to: plan, in: context.dataset) {
      obstacles.append(obstacle)
      return nil
    }
    return source
  }

  /// A plan's rows as a remote source groups them; nil when they have to be here.
  ///
  /// `reading` is what is computed of them.
  func remoteInput(_ plan: Plan, reading: [TypedExpression]) throws(ExecutionError)
    -> RemoteInput?
  {
    guard let source = source(of: plan) else { return nil }
    let input = RemoteInput(plan, source, evaluator: evaluator, context: context)
    if input.people != nil { context.disclosure?.sawPeople() }
    try tellRows(of: plan, source, isWhole: true, reading: reading)
    noteSynthetic(plan)
    return input
  }

  /// A row for each combination of keys that occurs, of rows that are not here.
  func aggregate(
    _ plan: Plan, _ input: RemoteInput, keys: [TypedExpression], aggregates: [TypedAggregate]
  ) throws -> Relation {
    if let control = context.disclosure, input.people != nil {
      let relation = Relation(frame: Frame(columns: [], rowCount: 0), columns: input.columns)
      let names = zip(keys, plan.columns).map { relation.described($0, as: $1) }
      let asked = aggregates.isEmpty ? [TypedAggregate(.count, label: "count")] : aggregates
      let behind = try peopleBehind(input, by: keys, asked, control)
      return try guardedAggregate(plan, behind, keys, names, control)
    }
    let groups = try input.groups(by: keys, aggregates, tellsNotes: true).groups
    tellDoubleCounting(plan, groups, aggregates)
    let frame = Frame(columns: groups.keys + groups.values, rowCount: groups.rowCount)
    return Relation(
      frame: frame, columns: zip(plan.columns, groups.keys + groups.values).map(described))
  }

  /// Who is behind the figures of rows in a database; groups that tell of few people are refused.
  func peopleBehind(
    _ input: RemoteInput, by keys: [TypedExpression], _ aggregates: [TypedAggregate],
    _ control: DisclosureControl
  ) throws(ExecutionError) -> PeopleBehind {
    guard control.withholds else { return PeopleBehind(input, aggregates) }
    let found = try RemoteSinglingOut.found(
      in: input, by: keys, aggregates, threshold: control.policy.threshold)
    if found.tells, !keys.isEmpty { throw tableOfFew(control.policy) }
    return PeopleBehind(input, aggregates, tells: found.tells, telling: found.telling)
  }

  /// The rows themselves, as far as they may travel.
  func remoteRows(_ plan: Plan, _ source: any RemoteSource, _ needed: ColumnSet) throws -> Relation
  {
    let people = plan.people(in: context.dataset)
    if people != nil, let control = context.disclosure {
      control.sawPeople()
      if control.withholds { throw rowsOfPeople(control.policy) }
    }
    let limit = people == nil ? Executor.mostRows : Executor.mostPeople
    let wanted = plan.columns.indices.filter { needed.contains($0) }
    let table = try source.rows(
      of: plan, columns: wanted, withPeople: people != nil, limit: limit + 1,
      for: RemoteRun(dataset: context.dataset, isCancelled: context.isCancelled))
    guard table.rowCount <= limit else { throw tooManyRows(limit, isAboutPeople: people != nil) }
    try tellRows(of: plan, source, isWhole: false)
    noteSynthetic(plan)
    var columns = [Column](repeating: .unread, count: plan.columns.count)
    for (place, column) in wanted.enumerated() { columns[column] = table.columns[place] }
    var frame = Frame(columns: columns, rowCount: table.rowCount)
    if let people, let column = table.columns.last, context.disclosure != nil {
      frame.people = People(column: column, kind: people.kind, name: people.name)
    }
    return Relation(frame: frame, columns: plan.remoteColumns)
  }

  private func tooManyRows(_ limit: Int, isAboutPeople: Bool) -> ExecutionError {
    let whose = isAboutPeople ? "rows about single people" : "rows"
    let reason = obstacles.last.map { ", because \($0)" } ?? ""
    return .failed(
      "more than \(grouped(limit)) \(whose) would have to come from the server\(reason)",
      hint: "count or summarise them, which is done there, or '| take 20' to see some")
  }

  /// Why rows that are in a database cannot be had.
  func unreachable(_ entry: Dataset.Entry) -> ExecutionError {
    let reason = obstacles.last.map { ", because \($0)" } ?? ""
    return .failed(
      "the rows of \(entry.description.name) cannot be had from \(entry.source?.name ?? "there")"
        + reason, hint: "open the database again to see what it holds")
  }

  private func noteSynthetic(_ plan: Plan) {
    for table in plan.scannedTables
    where context.dataset.entry(named: table)?.description.isSynthetic == true {
      isSynthetic = true
    }
  }
}

extension Plan {
  /// Whether it only chooses, adds to, orders or joins rows, all the way down.
  fileprivate var isByRow: Bool {
    switch operation {
    case .scan, .filter, .derive, .project, .sort, .take, .top, .join, .snapshots:
      inputs.allSatisfy(\.isByRow)
    case .aggregate, .share, .crosstab, .change, .intervals, .likelihood, .standardise, .inequality,
      .funnel, .control, .parity, .describe, .protect, .tap:
      false
    }
  }

  /// Where the rows of its first remote table are; nil when all are here.
  fileprivate func firstSource(in dataset: Dataset) -> (any RemoteSource)? {
    if case .scan(let table) = operation { return dataset.entry(named: table)?.source }
    return inputs.lazy.compactMap { $0.firstSource(in: dataset) }.first
  }
}

extension Evaluation {
  /// A table whose rows are in a database, its rows fetched: only of few rows about nobody.
  func fetched(_ entry: Dataset.Entry, from source: any RemoteSource) throws(ExecutionError)
    -> Dataset.Entry
  {
    let description = entry.description
    if let known = memory.fetched[description.name] { return known }
    let limit = 100_000
    guard !description.isAboutPeople, description.rowCount <= limit else {
      throw .failed(
        "the rows of \(description.name) are at \(source.name), and these are here",
        hint: "start from \(description.name): what its server can do is done there")
    }
    let plan = Plan(.scan(table: description.name), columns: description.columns)
    let rows = try source.rows(
      of: plan, columns: Array(description.columns.indices), withPeople: false, limit: limit,
      for: RemoteRun(dataset: context.dataset, isCancelled: context.isCancelled))
    let columns = zip(description.columns, rows.columns).map { TableColumn($0, $1) }
    let made = Dataset.Entry(
      description: description, table: Table(columns: columns, rowCount: rows.rowCount))
    memory.fetched[description.name] = made
    return made
  }
}
