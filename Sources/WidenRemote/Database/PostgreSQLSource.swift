internal import Synchronization
internal import WidenEngine
internal import WidenLanguage

/// A PostgreSQL database that answers questions about its tables.
final class PostgreSQLSource: RemoteSource {
  let connection: Connection
  /// Its tables; set once, when its schema has been read.
  private let known = Mutex<ServerTables>(ServerTables(dialect: .postgreSQL))
  /// Values that have been looked up, by column and by whether they are all.
  private let knownValues = Mutex<[Looked: [ValueCount]?]>([:])

  private let knownCounts = Mutex<[ColumnDescription.Origin: Int?]>([:])

  private struct Looked: Hashable {
    var column: ColumnDescription.Origin
    var isComplete: Bool
  }

  var name: String { connection.name }

  init(_ connection: Connection) { self.connection = connection }

  var tables: ServerTables {
    get { known.withLock { $0 } }
    set {
      var tables = newValue
      tables.owner = ObjectIdentifier(self)
      let set = tables
      known.withLock { $0 = set }
    }
  }

  func obstacle(to plan: Plan, in dataset: Dataset) -> String? {
    do throws(Unsendable) {
      _ = try Renderer(tables, dataset).rows(plan, Set(plan.columns.indices))
      return nil
    } catch {
      return error.reason
    }
  }

  func groups(of question: RemoteQuestion, for run: RemoteRun) throws(ExecutionError) -> RemoteTable
  {
    let renderer = Renderer(tables, run.dataset, withPeople: !question.people.isEmpty)
    let categories = question.keys.map(\.categories) + question.aggregates.map(\.shownCategories)
    let result = try rendered(question.plan) { () throws(Unsendable) in
      try renderer.groups(question)
    }
    return try fetch(result, categories, run)
  }

  func parts(of question: RemoteQuestion, for run: RemoteRun) throws(ExecutionError) -> RemoteTable
  {
    let renderer = Renderer(tables, run.dataset, withPeople: true)
    let result = try rendered(question.plan) { () throws(Unsendable) in
      try renderer.parts(question)
    }
    return try fetch(result, question.keys.map(\.categories), run)
  }

  func contributions(
    to operand: TypedExpression, of question: RemoteQuestion, for run: RemoteRun
  ) throws(ExecutionError) -> RemoteTable {
    let renderer = Renderer(tables, run.dataset, withPeople: true)
    let result = try rendered(question.plan) { () throws(Unsendable) in
      try renderer.contributions(to: operand, question)
    }
    return try fetch(result, question.keys.map(\.categories), run)
  }

  func rows(
    of plan: Plan, columns: [Int], withPeople: Bool, limit: Int, for run: RemoteRun
  ) throws(ExecutionError) -> RemoteTable {
    let renderer = Renderer(tables, run.dataset, withPeople: withPeople)
    let result = try rendered(plan) { () throws(Unsendable) in
      try renderer.table(plan, columns: columns, limit: limit)
    }
    return try fetch(result, columns.map { plan.columns[$0].categories }, run)
  }

  func counts(of plans: [Plan], for run: RemoteRun) throws(ExecutionError) -> [Int] {
    let renderer = Renderer(tables, run.dataset)
    var parts: [String] = []
    for plan in plans {
      parts.append(
        try rendered(plan) { () throws(Unsendable) in try renderer.count(plan) })
    }
    renderer.startAnew()
    let query = renderer.query("select \(parts.joined(separator: ",\n"))")
    let kinds = plans.map { _ in SQLKind.integer }
    let table = try fetch(SQLResult(query: query, kinds: kinds), [], run)
    return table.columns.map { column in
      if column.count > 0, case .integer(let number) = column[0] { number } else { 0 }
    }
  }

  /// Renders, and says of what cannot be sent which step it is.
  private func rendered<Result>(_ plan: Plan, _ render: () throws(Unsendable) -> Result)
    throws(ExecutionError) -> Result
  {
    do throws(Unsendable) {
      return try render()
    } catch {
      throw .failed(
        "this cannot be asked of \(connection.name), because \(error.reason)",
        hint: "take that out, or ask it of a result that is here")
    }
  }

  private func fetch(_ result: SQLResult, _ categories: [[String]?], _ run: RemoteRun)
    throws(ExecutionError) -> RemoteTable
  {
    var builders = result.kinds.map { ColumnBuilder($0) }
    var count = 0
    do throws(ServerError) {
      try connection.run(
        result.query.sql, result.query.parameters, isCancelled: run.isCancelled
      ) { row in
        for index in builders.indices { builders[index].add(row.bytes(index)) }
        count += 1
      }
    } catch {
      throw error.execution(step: result.query.step(at: error.position))
    }
    return RemoteTable(
      columns: builders.enumerated().map { index, builder in
        builder.column(index < categories.count ? categories[index] : nil)
      }, rowCount: count)
  }
}

extension TypedAggregate {
  /// The categories of its values, where it gives some of its operand's.
  var shownCategories: [String]? {
    switch kind {
    case .minimum, .maximum: operand?.categories
    case .count, .distinct, .sum, .mean, .median, .standardDeviation, .missing, .recorded,
      .percentile, .correlation:
      nil
    }
  }
}

// MARK: - For people

extension PostgreSQLSource {
  /// So long a list of values may take, that a menu waits for.
  private static let patienceSeconds = 0.3
  /// Columns with more values are not listed.
  private static let mostValues = 10_000
  /// Tables up to this size are looked through as a whole.
  private static let mostListedRows = 1_000_000

  func values(of column: ColumnDescription.Origin, isComplete: Bool) -> [ValueCount]? {
    let looked = Looked(column: column, isComplete: isComplete)
    if let found = knownValues.withLock({ $0[looked] }) { return found }
    let found = lookUp(column, isComplete: isComplete)
    knownValues.withLock { $0[looked] = .some(found) }
    return found
  }

  private func lookUp(_ origin: ColumnDescription.Origin, isComplete: Bool) -> [ValueCount]? {
    guard let table = tables.tables[origin.table], let column = table.columns[origin.column],
      case .text = column.type
    else { return nil }
    let dialect = tables.dialect
    let (own, from) = (dialect.quoted(column.name), table.qualified(dialect))
    let complete = """
      select \(own)::text, count(*) from \(from) where \(own) is not null
      and (select reltuples from pg_class where oid = '\(from.replacing("'", with: "''"))'::regclass)
        <= \(PostgreSQLSource.mostListedRows)
      group by 1 order by 1 collate "C" limit \(PostgreSQLSource.mostValues + 1)
      """
    if let all = list(complete), !all.isEmpty, all.count <= PostgreSQLSource.mostValues {
      return all.sorted { isShownBefore($0.value, $1.value) }
    }
    guard !isComplete else { return nil }
    // What the server's statistics remember, which costs nothing.
    let common = """
      select v, (f * c.reltuples)::bigint from pg_stats s join pg_class c
        on c.oid = '\(from.replacing("'", with: "''"))'::regclass,
        unnest(s.most_common_vals::text::text[], s.most_common_freqs) as u(v, f)
      where s.schemaname = $1 and s.tablename = $2 and s.attname = $3
      """
    let found = list(common, [table.schema, table.name, column.name]) ?? []
    return found.isEmpty ? nil : found.sorted { isShownBefore($0.value, $1.value) }
  }

  func recordedRows(of origin: ColumnDescription.Origin) -> Int? {
    if let found = knownCounts.withLock({ $0[origin] }) { return found }
    guard let table = tables.tables[origin.table], let column = table.columns[origin.column] else {
      return nil
    }
    let own = tables.dialect.quoted(column.name)
    let from = table.qualified(tables.dialect)
    let found = list("select '', count(\(own)) from \(from)")?.first?.rows
    knownCounts.withLock { $0[origin] = .some(found) }
    return found
  }

  func holds(_ text: String, in origin: ColumnDescription.Origin) -> Bool {
    guard let table = tables.tables[origin.table], let column = table.columns[origin.column],
      !text.utf8.contains(0)
    else { return false }
    let own = tables.dialect.quoted(column.name)
    let from = table.qualified(tables.dialect)
    let query = "select 'x', 1 from \(from) where \(own)::text = $1 limit 1"
    return list(query, [text]).map { !$0.isEmpty } ?? true
  }

  private func list(_ query: String, _ parameters: [String] = []) -> [ValueCount]? {
    var found: [ValueCount] = []
    do throws(ServerError) {
      try connection.run(query, parameters, patience: PostgreSQLSource.patienceSeconds) { row in
        guard let value = row.text(0) else { return }
        found.append(ValueCount(value: value, rows: row.text(1).flatMap { Int($0) } ?? 0))
      }
    } catch {
      return nil
    }
    return found
  }

  func queries(for plan: Plan, in dataset: Dataset) -> [String] {
    if case .aggregate(let input, let keys, let aggregates) = plan.operation,
      obstacle(to: input, in: dataset) == nil
    {
      let question = RemoteQuestion(plan: input, keys: keys, aggregates: aggregates)
      return text(try? Renderer(tables, dataset).groups(question))
    }
    if case .crosstab(let input, let crosstab) = plan.operation,
      obstacle(to: input, in: dataset) == nil
    {
      let question = RemoteQuestion(
        plan: input, keys: [crosstab.rows, crosstab.columns], aggregates: crosstab.aggregates)
      return text(try? Renderer(tables, dataset).groups(question))
    }
    if obstacle(to: plan, in: dataset) == nil {
      let limit = 1_000_000
      return text(
        try? Renderer(tables, dataset).table(
          plan, columns: Array(plan.columns.indices), limit: limit))
    }
    return plan.inputs.flatMap { queries(for: $0, in: dataset) }
  }

  /// A query with the values that are sent beside it, for reading.
  private func text(_ result: SQLResult?) -> [String] {
    guard let query = result?.query else { return [] }
    let values = query.parameters.enumerated().map { "-- $\($0 + 1) is \($1 ?? "missing")" }
    return [([query.sql] + values).joined(separator: "\n")]
  }
}
