import Glibc
import SQLiteOracle
import Testing
import WidenEngine
import WidenLanguage

/// Random queries as text give what SQLite gives: parser, binder and engine are tried together.
///
/// `WIDEN_ORACLE_CASES` says how many are tried, `WIDEN_ORACLE_SEED` which come first.
struct WrittenOracleTests {
  @Test func agreesWithSQLite() throws {
    let wanted = setting("WIDEN_ORACLE_CASES") ?? 300
    let first = setting("WIDEN_ORACLE_SEED") ?? 0
    let database = try SQLite()
    let perTable = 20
    var differences = 0
    for seed in first..<first + (wanted + perTable - 1) / perTable {
      var random = Seeded(seed)
      let rows = [0, 1, 7, 40, 64, 130][random.below(6)]
      let tables = WrittenTables(rows: rows, &random)
      for entry in tables.dataset.entries {
        try database.fill(entry.description.name, with: entry.table)
      }
      for _ in 0..<perTable {
        let query = WrittenQuery(&random)
        guard let difference = try difference(query, tables.dataset, database) else { continue }
        Issue.record("seed \(seed): \(difference)\n\(query.text)\n\(query.sql)")
        differences += 1
        if differences == 3 { return }
      }
    }
  }

  private func setting(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  /// What the query's answer has other than SQLite's, or why there is none.
  private func difference(_ query: WrittenQuery, _ dataset: Dataset, _ database: SQLite) throws
    -> String?
  {
    let parsed = parse(query.text)
    guard parsed.diagnostics.isEmpty,
      case .query(let tree)? = parsed.program.statements.first?.statement,
      parsed.program.statements.count == 1
    else { return parsed.diagnostics.first?.message ?? "it is no query" }
    let environment = Environment(catalogue: dataset, unknownValues: .warning)
    switch bind(tree, in: environment, source: query.text) {
    case .failure(let problems): return problems.diagnostics.first?.message
    case .success(let bound):
      let answer = try execute(
        bound.plan, in: ExecutionContext(dataset: dataset, threads: 2, segmentRows: 64))
      let expected = try query.crosstab?.answer(database) ?? database.rows(query.sql)
      return difference(answer.table, expected)
    }
  }

  /// The first place where the two differ; hidden columns are not compared.
  private func difference(_ table: Table, _ expected: [[Value]]) -> String? {
    guard table.rowCount == expected.count else {
      return "\(table.rowCount) rows, not \(expected.count)"
    }
    let shown = table.columns.filter { !$0.description.isHidden }
    for row in 0..<table.rowCount {
      guard shown.count == expected[row].count else {
        return "\(shown.count) columns, not \(expected[row].count)"
      }
      for (column, other) in zip(shown, expected[row]) where !isSame(column.data[row], other) {
        return "row \(row), \(column.description.name): \(column.data[row]), not \(other)"
      }
    }
    return nil
  }

  private func isSame(_ own: Value, _ other: Value) -> Bool {
    if own == other { return true }
    guard let a = numeric(own), let b = numeric(other) else { return false }
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
  }
}
