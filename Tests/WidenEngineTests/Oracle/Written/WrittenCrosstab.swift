import SQLiteOracle
import WidenLanguage

/// A cross-tabulation at the end of a query, laid out here from groups that SQL computes.
struct WrittenCrosstab {
  private let rows: WrittenColumn
  private let columns: WrittenColumn
  private let figure: String
  private let percent: String?
  private let hasTotals: Bool
  private let stages: String
  /// Whether a cell without rows is 0, as a count is.
  private let emptyIsZero: Bool

  /// Adds the step to a query; nil when there are no two columns to lay out.
  init?(_ query: inout WrittenQuery, _ random: inout Seeded) {
    let keys = query.writer.columns.filter {
      $0.isExact && $0.kind != .decimal && $0.kind != .date
    }.shuffled(using: &random)
    guard keys.count > 1 else { return nil }
    rows = keys[0]
    columns = keys[1]
    var text = "crosstab \(written(rows.name)) by \(written(columns.name))"
    var sql = "count(*)"
    var isCount = true
    if random.once(in: 2),
      let column = query.writer.column(&random, where: { $0.kind.isNumber && $0.isSummable })
    {
      text += " of sum \(written(column.name))"
      sql = "sum(\(quoted(column.name)))"
      isCount = false
    } else if !query.writer.isTable || random.once(in: 2) {
      text += " of count"
    }
    percent = [nil, "row", "column", "total"][random.below(4)]
    hasTotals = !random.once(in: 3)
    if let percent { text += " percent of \(percent)" }
    if !hasTotals { text += " without totals" }
    figure = sql
    emptyIsZero = isCount
    stages = query.stagesText
    query.add(text, "")
  }

  /// The cells, as the answer shows them: the key of each row, then its figures.
  func answer(_ database: SQLite) throws -> [[Value]] {
    let (a, b) = (quoted(rows.name), quoted(columns.name))
    func groups(_ keys: String) throws -> [[Value]] {
      let list = keys.isEmpty ? figure : "\(keys), \(figure)"
      return try database.rows(
        "\(stages) select \(list) from s" + (keys.isEmpty ? "" : " group by \(keys)"))
    }
    let byRow = try groups(a).sorted { isBefore($0[0], $1[0], rows.kind) }
    let byColumn = try groups(b).sorted { isBefore($0[0], $1[0], columns.kind) }
    let all = try groups("")[0][0]
    var cells: [[Value]: Value] = [:]
    for cell in try groups("\(a), \(b)") { cells[[cell[0], cell[1]]] = cell[2] }
    let empty = emptyIsZero ? Value.integer(0) : .missing
    var table: [[Value]] = []
    for row in byRow + (hasTotals ? [[.text("Total"), all]] : []) {
      let isTotal = table.count == byRow.count
      var line = [isTotal ? row[0] : key(row[0])]
      for column in byColumn {
        let cell = isTotal ? column[1] : cells[[row[0], column[0]]] ?? empty
        line.append(share(cell, row: row[1], column: column[1], all: all))
      }
      if hasTotals { line.append(share(row[1], row: row[1], column: all, all: all)) }
      if percent == "row" { line.append(row[1]) }
      table.append(line)
    }
    return table
  }

  private func share(_ cell: Value, row: Value, column: Value, all: Value) -> Value {
    guard let percent else { return cell }
    let whole = percent == "row" ? row : percent == "column" ? column : all
    guard let part = numeric(cell), let whole = numeric(whole), whole != 0 else { return .missing }
    return .decimal(part / whole)
  }

  /// Beside a row of totals the keys become text.
  private func key(_ value: Value) -> Value {
    guard hasTotals, case .integer(let number) = value else { return value }
    switch rows.kind {
    case .boolean: return .text(number == 1 ? "yes" : "no")
    case .month: return .text("\(Month(number: number))")
    case .year: return .text("\(Period(kind: .financialYear, number: number))")
    case .text, .integer, .decimal, .date: return .text("\(number)")
    }
  }

  /// The order of keys: missing last, texts where they stand among their values.
  private func isBefore(_ left: Value, _ right: Value, _ kind: WrittenKind) -> Bool {
    switch (left, right) {
    case (.missing, _): return false
    case (_, .missing): return true
    case (.text(let a), .text(let b)):
      guard let order = kind.order else { return a < b }
      return order.firstIndex(of: a) ?? 0 < order.firstIndex(of: b) ?? 0
    default: return numeric(left) ?? 0 < numeric(right) ?? 0
    }
  }
}

/// The number that a value is in SQLite.
func numeric(_ value: Value) -> Double? {
  switch value {
  case .integer(let number): Double(number)
  case .decimal(let number): number
  case .boolean(let flag): flag ? 1 : 0
  case .date(let day): Double(day.number)
  case .month(let month): Double(month.number)
  case .period(let period): Double(period.number)
  case .missing, .text: nil
  }
}
