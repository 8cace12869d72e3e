import Glibc
import SQLiteOracle
import Testing
import WidenEngine
import WidenLanguage

/// Random plans give what SQLite gives; `WIDEN_ORACLE_PLANS` says how many are tried.
///
/// Each runs in short segments on several threads, too, where the tables' columns soon have zones.
struct OracleTests {
  @Test func agreesWithSQLite() throws {
    let wanted = getenv("WIDEN_ORACLE_PLANS").flatMap { Int(String(cString: $0)) } ?? 500
    let database = try SQLite()
    let perTable = 20
    for table in 0..<(wanted + perTable - 1) / perTable {
      var random = Seeded(table)
      let rows = [0, 1, 7, 64, 130, 400][random.below(6)]
      let entry = randomEntry(rows, missing: [0, 1, 3, 12][random.below(4)], seed: table)
      try database.fill("t", with: entry.table)
      for _ in 0..<perTable {
        let question = Question(over: entry, &random)
        let expected = try database.rows(question.query)
        for (threads, segmentRows) in [(3, 64), (1, standardSegmentRows), (2, 192)] {
          let answer = try run(
            question.plan, over: [entry], threads: threads, segmentRows: segmentRows)
          let difference = difference(answer.table, expected)
          #expect(difference == nil, "table \(table), \(segmentRows), \(question.query)")
          if difference != nil { return }
        }
      }
    }
  }

  /// The first place where the two differ.
  private func difference(_ table: Table, _ expected: [[Value]]) -> String? {
    guard table.rowCount == expected.count else {
      return "\(table.rowCount) rows, not \(expected.count)"
    }
    for row in 0..<table.rowCount {
      for column in table.columns.indices {
        let (own, other) = (table[row, column], expected[row][column])
        if !isSame(own, other) { return "row \(row), column \(column): \(own), not \(other)" }
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
