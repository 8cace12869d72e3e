/// Finds the sets of small groups, with few people in all, whose vector is in a span.
///
/// The columns of a span stand for groups, the large ones first. A vector of small groups only is
/// a combination of the rows that begin in a small group, and as each begins in a column of its
/// own, of each row it takes none or one over its first entry. So sets of rows are tried. Rows
/// that share no column add nothing to each other, so only connected sets are.
struct SmallGroups {
  private let sizes: [Int]
  private let threshold: Int
  /// The entries of each row, all rows over one divisor: an entry of `unit` is one group.
  private var rows: [[(column: Int, entry: Int)]] = []
  private var firsts: [Int] = []
  private var rowsOfColumn: [Int: [Int]] = [:]
  private var isEverNegative: Set<Int> = []
  private var unit = 1
  private var sum: [Int: Int] = [:]
  private var steps: Int
  /// The sets that were found, each as columns in order.
  private(set) var groups: [[Int]] = []
  /// Whether some sets were not tried.
  private(set) var isPartial = false

  /// The sets with up to `threshold` people, of groups from column `firstSmall` on.
  init(in span: Span, sizes: [Int], firstSmall: Int, threshold: Int, steps: Int = 20_000) {
    self.sizes = sizes
    self.threshold = threshold
    self.steps = steps
    let small = span.pivots.indices.filter { span.pivots[$0] >= firstSmall }
      .sorted { span.pivots[$0] < span.pivots[$1] }
    for index in small {
      let first = span.rows[index][span.pivots[index]]
      let next = unit / greatestCommonDivisor(unit, first) * first
      if next > 1 << 20 { isPartial = true } else { unit = next }
    }
    for index in small {
      let (row, pivot) = (span.rows[index], span.pivots[index])
      guard unit % row[pivot] == 0 else { continue }
      let factor = unit / row[pivot]
      let entries = (pivot..<row.count).filter { row[$0] != 0 }
        .map { (column: $0, entry: row[$0].multipliedReportingOverflow(by: factor).partialValue) }
      for entry in entries {
        rowsOfColumn[entry.column, default: []].append(rows.count)
        if entry.entry < 0 { isEverNegative.insert(entry.column) }
      }
      rows.append(entries)
      firsts.append(pivot)
    }
    for root in rows.indices {
      add(root)
      grow(from: root, next: neighbours(of: root, after: root), used: [root])
      remove(root)
    }
    if self.steps <= 0 { isPartial = true }
  }

  private mutating func add(_ row: Int) {
    for (column, entry) in rows[row] { sum[column, default: 0] += entry }
  }

  private mutating func remove(_ row: Int) {
    for (column, entry) in rows[row] { sum[column, default: 0] -= entry }
  }

  private func neighbours(of row: Int, after root: Int) -> [Int] {
    var found: Set<Int> = []
    for (column, _) in rows[row] { found.formUnion(rowsOfColumn[column] ?? []) }
    return found.filter { $0 > root }.sorted()
  }

  /// Every connected set is met once: each row to come is taken, or given up for good.
  private mutating func grow(from root: Int, next: [Int], used: Set<Int>) {
    steps -= 1
    guard steps > 0, mayBecomeSmall() else { return }
    let columns = sum.filter { $0.value != 0 }
    if columns.values.allSatisfy({ $0 == unit }),
      columns.keys.reduce(0, { $0 + sizes[$1] }) <= threshold
    {
      groups.append(columns.keys.sorted())
    }
    var seen = used
    for (place, row) in next.enumerated() {
      seen.insert(row)
      let further = neighbours(of: row, after: root)
        .filter { !seen.contains($0) && !next.contains($0) }
      add(row)
      grow(from: root, next: next[(place + 1)...] + further, used: seen.union(next))
      remove(row)
    }
  }

  /// Whether the people who can no longer be taken away are few, and each is counted once.
  private func mayBecomeSmall() -> Bool {
    var people = 0
    for (column, entry) in sum where entry > 0 && !isEverNegative.contains(column) {
      if entry > unit { return false }
      people += sizes[column]
      if people > threshold { return false }
    }
    return true
  }
}
