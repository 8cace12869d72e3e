import Glibc
import PrivateServer
import Testing
import WidenEngine
import WidenLanguage
import WidenRemote

/// Random queries as text give at a PostgreSQL server what they give here.
///
/// `WIDEN_SERVER_CASES` says how many are tried, `WIDEN_ORACLE_SEED` which come first.
@Suite(.serialized) struct ServerOracleTests {
  @Test func agreesWithPostgreSQL() throws {
    guard let server = PrivateServer.shared else { return }
    let wanted = setting("WIDEN_SERVER_CASES") ?? 300
    let first = setting("WIDEN_ORACLE_SEED") ?? 0
    let database = try server.makeDatabase()
    let perTable = 50
    var tried = 0
    var refused = 0
    var differences = 0
    for seed in first..<first + (wanted + perTable - 1) / perTable {
      var random = Seeded(seed)
      let rows = [40, 0, 130, 7, 64, 1][seed % 6]
      let tables = WrittenTables(rows: rows, &random)
      for entry in tables.dataset.entries { try server.fill(entry, in: database) }
      let there = try remote(tables.dataset, server.address(database))
      for _ in 0..<perTable {
        let query = WrittenQuery(&random)
        tried += 1
        switch try compare(query.text, tables.dataset, there) {
        case nil: break
        case .refused(let reason):
          refused += 1
          if refused > tried / 20 + 5 { Issue.record("seed \(seed): \(reason)\n\(query.text)") }
        case .different(let difference):
          Issue.record("seed \(seed): \(difference)\n\(query.text)")
          differences += 1
          if differences == 3 { return }
        }
      }
    }
    #expect(tried >= wanted && refused <= tried / 20 + 5, "\(refused) of \(tried) were refused")
  }

  /// Random plans, which sums beyond 64 bits and cells of numbers at their limits are part of.
  @Test func plansAgreeWithPostgreSQL() throws {
    guard let server = PrivateServer.shared else { return }
    let wanted = (setting("WIDEN_SERVER_CASES") ?? 300) / 2
    let database = try server.makeDatabase()
    let perTable = 50
    for table in 0..<(wanted + perTable - 1) / perTable {
      var random = Seeded(table)
      let entry = randomEntry(
        [64, 0, 130, 1][table % 4], missing: [0, 3, 12][table % 3], seed: table)
      try server.fill(entry, in: database)
      let here = Dataset(name: "here", entries: [entry])
      let there = try remote(here, server.address(database))
      for _ in 0..<perTable {
        let plan = Question(over: entry, &random).plan.plan
        let own = try execute(plan, in: ExecutionContext(dataset: here))
        let other = try execute(plan, in: ExecutionContext(dataset: there))
        let found = difference(own, other)
        #expect(found == nil, "table \(table)")
        if found != nil { return }
      }
    }
  }

  private enum Finding {
    case refused(String)
    case different(String)
  }

  private func setting(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  /// The same tables with their rows at the server.
  private func remote(_ dataset: Dataset, _ address: String) throws -> Dataset {
    let opened = try openDatabase(address)
    var there = Dataset(name: "there")
    for entry in dataset.entries {
      let source = try #require(opened.dataset.entry(named: entry.description.name)?.source)
      there.add(Dataset.Entry(description: entry.description, source: source))
    }
    return there
  }

  private func compare(_ text: String, _ here: Dataset, _ there: Dataset) throws -> Finding? {
    guard case .query(let tree)? = parse(text).program.statements.first?.statement else {
      return .different("it is no query")
    }
    // Bound once, so that both compute the same.
    let environment = Environment(catalogue: here, unknownValues: .warning)
    switch bind(tree, in: environment, source: text) {
    case .failure(let problems): return .different(problems.diagnostics.first?.message ?? "")
    case .success(let bound):
      let answer = try execute(bound.plan, in: ExecutionContext(dataset: here))
      do {
        let other = try execute(bound.plan, in: ExecutionContext(dataset: there))
        let queries = there.entries[0].source?.queries(for: bound.plan, in: there) ?? []
        let found = difference(answer, other)
        return found.map { .different($0 + "\n" + queries.joined(separator: "\n")) }
      } catch ExecutionError.failed(let message, _) {
        return message.contains("the server says") ? .different(message) : .refused(message)
      }
    }
  }

  /// The first place where the two answers differ.
  private func difference(_ own: Answer, _ other: Answer) -> String? {
    let (own, other, flows) = (own.table, other.table, (own.flow, other.flow))
    guard own.rowCount == other.rowCount else {
      return "\(other.rowCount) rows, not \(own.rowCount)"
    }
    guard own.columns.map(\.description.name) == other.columns.map(\.description.name) else {
      return "other columns"
    }
    for row in 0..<own.rowCount {
      for (column, another) in zip(own.columns, other.columns)
      where !isSame(column.data[row], another.data[row]) {
        return "row \(row), \(column.description.name): \(another.data[row]), "
          + "not \(column.data[row])"
      }
    }
    guard flows.0 == flows.1 else { return "row flow \(flows.1), not \(flows.0)" }
    return nil
  }

  private func isSame(_ own: Value, _ other: Value) -> Bool {
    if own == other { return true }
    guard let a = numeric(own), let b = numeric(other) else { return false }
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
  }
}
