import WidenLanguage

/// The rows of an aggregation whose last key is a stratum, by their other keys.
struct Strata {
  /// The rows of each group, which stand together because the aggregation orders by its keys.
  let groups: [Range<Int>]
  private let relation: Relation
  private let keyCount: Int

  init(_ relation: Relation, keyCount: Int) {
    self.relation = relation
    self.keyCount = keyCount
    let keys = relation.frame.columns.prefix(keyCount)
    var groups: [Range<Int>] = []
    var start = 0
    for row in 0..<relation.frame.rowCount {
      let isLast =
        row + 1 == relation.frame.rowCount || keys.contains { $0[row] != $0[row + 1] }
      guard isLast else { continue }
      groups.append(start..<row + 1)
      start = row + 1
    }
    self.groups = groups
  }

  /// The stratum of a row.
  func stratum(ofRow row: Int) -> Value { relation.frame.columns[keyCount][row] }

  /// The keys of the groups.
  var keys: [Column] {
    let rows = RowList(groups.map { UInt32(truncatingIfNeeded: $0.lowerBound) })
    return relation.frame.columns.prefix(keyCount).map { $0.gathered(rows) }
  }

  /// The groups with their keys and what was computed for each.
  func relation(_ figures: [[Value]], _ described: [ColumnDescription]) -> Relation {
    let made = described.dropFirst(keyCount).enumerated().map { index, description in
      Column.values(figures.map { $0[index] }, type: description.type)
    }
    return Relation(
      frame: Frame(columns: keys + made, rowCount: groups.count), columns: described)
  }
}
