import PrivateServer
import Testing
import WidenEngine
import WidenLanguage

/// Random queries as text give at a server what they give here.
///
/// `WIDEN_SERVER_CASES` says how many are asked of PostgreSQL, `WIDEN_SPARK_CASES` how many of Spark,
/// `WIDEN_ORACLE_SEED` which come first.
@Suite(.serialized) struct ServerOracleTests {
  private typealias Comparison = ServerComparison

  /// Where tables are put, and where they are then.
  private struct Place {
    var fill: (Dataset.Entry) throws -> Void
    var address: String
    /// What orders rows where the server has no keys.
    var key: String?
  }

  @Test func agreesWithPostgreSQL() throws {
    guard let place = try postgreSQL() else { return }
    try compareQueries(place, cases: Comparison.setting("WIDEN_SERVER_CASES") ?? 2000, perTable: 50)
  }

  @Test func agreesWithSpark() throws {
    guard let place = spark() else { return }
    try compareQueries(place, cases: Comparison.setting("WIDEN_SPARK_CASES") ?? 100, perTable: 100)
  }

  /// Random plans, which sums beyond 64 bits and cells of numbers at their limits are part of.
  @Test func plansAgreeWithPostgreSQL() throws {
    guard let place = try postgreSQL() else { return }
    try comparePlans(place, cases: Comparison.setting("WIDEN_SERVER_CASES") ?? 3000)
  }

  @Test func plansAgreeWithSpark() throws {
    guard let place = spark() else { return }
    try comparePlans(place, cases: (Comparison.setting("WIDEN_SPARK_CASES") ?? 100) / 2)
  }

  private func postgreSQL() throws -> Place? {
    guard let server = PrivateServer.shared else { return nil }
    let database = try server.makeDatabase()
    return Place(
      fill: { try server.fill($0, in: database) }, address: server.address(database), key: nil)
  }

  private func spark() -> Place? {
    SparkCluster.shared.map { server in
      Place(
        fill: { try server.fill($0, in: "oracle") }, address: server.address("oracle"), key: "rn")
    }
  }

  private func compareQueries(_ place: Place, cases wanted: Int, perTable: Int) throws {
    let first = Comparison.setting("WIDEN_ORACLE_SEED") ?? 0
    var tried = 0
    var refused = 0
    var differences = 0
    for seed in first..<first + (wanted + perTable - 1) / perTable {
      var random = Seeded(seed)
      let rows = [40, 0, 130, 7, 64, 1][seed % 6]
      let tables = WrittenTables(rows: rows, &random)
      for entry in tables.dataset.entries { try place.fill(entry) }
      let there = try Comparison.remote(tables.dataset, place.address, key: place.key)
      for _ in 0..<min(perTable, wanted - tried) {
        let query = WrittenQuery(&random)
        tried += 1
        switch try Comparison.compare(query.text, tables.dataset, there) {
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

  private func comparePlans(_ place: Place, cases wanted: Int) throws {
    let perTable = 50
    for table in 0..<(wanted + perTable - 1) / perTable {
      var random = Seeded(table)
      let entry = randomEntry(
        [64, 0, 130, 1][table % 4], missing: [0, 3, 12][table % 3], seed: table)
      try place.fill(entry)
      let here = Dataset(name: "here", entries: [entry])
      let there = try Comparison.remote(here, place.address, key: place.key)
      for _ in 0..<perTable {
        let plan = Question(over: entry, &random).plan.plan
        if case .different(let difference)? = try Comparison.compare(plan, here, there) {
          Issue.record("table \(table): \(difference)")
          return
        }
      }
    }
  }
}
