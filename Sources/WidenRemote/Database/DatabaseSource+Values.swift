internal import Synchronization
internal import WidenEngine
internal import WidenLanguage

/// What people are shown of a database while they write: values, and the queries that are sent.
extension DatabaseSource {
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

  /// A table and one of its columns, as the database writes its values.
  private func column(_ origin: ColumnDescription.Origin)
    -> (table: ServerTable, column: ServerColumn, value: String)?
  {
    guard let table = tables.tables[origin.table], let column = table.columns[origin.column] else {
      return nil
    }
    let own = tables.dialect.quoted(column.name)
    return (table, column, tables.dialect.stored(column.type, own))
  }

  private func lookUp(_ origin: ColumnDescription.Origin, isComplete: Bool) -> [ValueCount]? {
    guard let (table, column, value) = column(origin), case .text = column.type else { return nil }
    if table.rowCount ?? .max <= DatabaseSource.mostListedRows {
      let complete = """
        select \(value), count(*) from \(table.qualified(tables.dialect)) where \(value) is not null
        group by 1 limit \(DatabaseSource.mostValues + 1)
        """
      if let all = list(complete), !all.isEmpty, all.count <= DatabaseSource.mostValues {
        return all.sorted { isShownBefore($0.value, $1.value) }
      }
    }
    guard !isComplete else { return nil }
    let frequent = catalogue.frequentValues(of: column, in: table)
    let found = list(frequent.query, frequent.parameters) ?? []
    return found.isEmpty ? nil : found.sorted { isShownBefore($0.value, $1.value) }
  }

  func recordedRows(of origin: ColumnDescription.Origin) -> Int? {
    if let found = knownCounts.withLock({ $0[origin] }) { return found }
    // Of rows that nobody has counted, a number of some says nothing.
    guard let (table, _, value) = column(origin), table.rowCount != nil else { return nil }
    let found = list("select '', count(\(value)) from \(table.qualified(tables.dialect))")?.first?
      .rows
    knownCounts.withLock { $0[origin] = .some(found) }
    return found
  }

  func holds(_ text: String, in origin: ColumnDescription.Origin) -> Bool {
    guard let (table, column, value) = column(origin), !text.utf8.contains(0) else { return false }
    let dialect = tables.dialect
    let type = dialect.type(.text)
    var own = value
    if case .text = column.type {} else { own = dialect.cast("(\(value))", type) }
    let query =
      "select 'x', 1 from \(table.qualified(dialect)) where \(own) = \(dialect.parameter(1, type))"
      + " limit 1"
    return list(query, [text]).map { !$0.isEmpty } ?? true
  }

  private func list(_ query: String, _ parameters: [String] = []) -> [ValueCount]? {
    var found: [ValueCount] = []
    do throws(ServerError) {
      try connection.run(query, parameters, patience: catalogue.patienceSeconds) { row in
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
    let values = query.parameters.enumerated().map {
      "-- \(tables.dialect.parameterName($0 + 1)) is \($1 ?? "missing")"
    }
    return [([query.sql] + values).joined(separator: "\n")]
  }
}
