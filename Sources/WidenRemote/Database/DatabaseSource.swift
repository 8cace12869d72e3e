internal import Synchronization
internal import WidenEngine
internal import WidenLanguage

/// A database that answers questions about its tables, in the SQL that it understands.
final class DatabaseSource: RemoteSource {
  let connection: any ServerConnection
  let catalogue: any DatabaseCatalogue
  /// Its tables; set once, when its schema has been read.
  private let known: Mutex<ServerTables>
  /// Values that have been looked up, by column and by whether they are all.
  let knownValues = Mutex<[Looked: [ValueCount]?]>([:])
  /// Numbers of recorded rows that have been looked up.
  let knownCounts = Mutex<[ColumnDescription.Origin: Int?]>([:])

  struct Looked: Hashable {
    var column: ColumnDescription.Origin
    var isComplete: Bool
  }

  var name: String { connection.name }

  init(_ connection: any ServerConnection, _ catalogue: any DatabaseCatalogue) {
    self.connection = connection
    self.catalogue = catalogue
    known = Mutex(ServerTables(dialect: catalogue.dialect))
  }

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
