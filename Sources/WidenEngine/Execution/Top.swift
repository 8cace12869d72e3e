import WidenLanguage

extension Executor {
  /// The rows with the highest or lowest values of each group, ordered by group, then by value.
  func top(_ input: Plan, _ top: TopPlan, _ needed: ColumnSet) throws -> Relation {
    var relation = try run(input, needed: needed.union([top.by]).union(top.within))
    if let present = relation.frame.columns[top.by].presence { relation.frame.narrow(to: present) }
    let rows = try candidates(relation, top)
    func keys(_ column: Int, isDescending: Bool = false) throws(ExecutionError) -> [UInt64] {
      try OrderKeys(relation.frame.columns[column], categories: relation.columns[column].categories)
        .keys(of: rows, isDescending: isDescending, in: context)
    }
    let groups = try top.within.map { try keys($0) }
    let values = try keys(top.by, isDescending: !top.isBottom)
    try context.checkCancelled()
    var kept = RowList()
    var taken = 0
    var tied = 0
    var worst: UInt64 = 0
    var previous: Int?
    let order = try order(byKeys: groups + [values], count: rows.count, in: context)
    for (place, index) in order.enumerated() {
      if place & (standardSegmentRows - 1) == 0 { try context.checkCancelled() }
      let index = Int(index)
      let isSameGroup = previous.map { last in groups.allSatisfy { $0[last] == $0[index] } } ?? true
      taken = isSameGroup ? taken + 1 : 1
      previous = index
      if taken <= top.count {
        kept.append(rows[index])
        worst = values[index]
      } else if values[index] == worst {
        tied += 1
      }
    }
    // Of the candidates of a large table nobody knows how many more are equal.
    tied = context.worthTelling(tied, areAboutPeople: relation.frame.people != nil)
    if tied > 0, top.count > 0, rows.count == relation.frame.selectedCount {
      tellTies(tied, top, relation)
    }
    relation.frame = try relation.frame.gathered(kept, needed: needed, in: context)
    return relation
  }

  /// Which of several equal rows stays is an accident of their order.
  private func tellTies(_ count: Int, _ top: TopPlan, _ relation: Relation) {
    let told = context.told(count, "row", areAboutPeople: relation.frame.people != nil)
    context.tell(
      .init(
        .warning,
        "\(top.isBottom ? "bottom" : "top") \(top.count): \(told) left out "
          + "\(count == 1 ? "has" : "have") the same \(relation.columns[top.by].name) as a row that is kept"
      ))
  }

  /// The rows that may be among the answer, in order: where groups are large, those that were among
  /// the first of their group when they came by, so that few are left to be sorted.
  private func candidates(_ relation: Relation, _ top: TopPlan) throws -> RowList {
    let frame = relation.frame
    let selected = frame.selectedCount
    guard (1...16).contains(top.count), selected > 10_000 else { return frame.selectedRows }
    var keys: [GroupKey] = []
    for column in top.within {
      keys.append(
        try GroupKey(
          frame.columns[column], categories: nil, selection: frame.selection, in: context))
    }
    let grouping = try Grouping(
      keys, rowCount: frame.rowCount, selection: frame.selection, isByRow: true,
      in: context)
    guard 4 * grouping.cellCount * top.count <= selected else { return frame.selectedRows }
    var best = BestRows(cells: grouping.cellCount, count: top.count)
    let space = TileSpace(
      CellMap(grouping, rowCount: frame.rowCount, selection: frame.selection))
    let order = OrderKeys(
      frame.columns[top.by], categories: relation.columns[top.by].categories)
    for start in stride(from: 0, to: frame.rowCount, by: tileRows) {
      if start & (standardSegmentRows - 1) == 0 { try context.checkCancelled() }
      guard space.open(start..<min(start + tileRows, frame.rowCount)) else { continue }
      let rows = (0..<space.count).map { UInt32(truncatingIfNeeded: space.row($0)) }
      best.offer(
        rows, try order.keys(of: rows, isDescending: !top.isBottom, in: context), space.places)
    }
    return best.rows
  }
}

/// The rows with the smallest keys of each cell, of equal ones the first.
private struct BestRows {
  private let count: Int
  private let cells: Int
  /// For each cell its smallest keys in order, and their rows; free places hold the greatest key.
  private let keys: Scratch<UInt64>
  private let numbers: Scratch<UInt32>

  init(cells: Int, count: Int) {
    self.cells = cells
    self.count = count
    // One cell more takes the rows that are not in.
    keys = Scratch(count: (cells + 1) * count)
    numbers = Scratch(count: (cells + 1) * count)
    for index in 0..<keys.count {
      keys[index] = .max
      numbers[index] = noRow
    }
  }

  /// Looks at rows in their order.
  mutating func offer(_ rows: RowList, _ offered: [UInt64], _ places: Places) {
    let (keys, numbers) = (keys.pointer, numbers.pointer)
    for index in rows.indices {
      let first = Int(places[index]) &* count
      let key = offered[index]
      var place = first &+ count &- 1
      if key >= keys[place], numbers[place] != noRow { continue }
      while place > first, key < keys[place &- 1] || numbers[place &- 1] == noRow {
        keys[place] = keys[place &- 1]
        numbers[place] = numbers[place &- 1]
        place &-= 1
      }
      keys[place] = key
      numbers[place] = rows[index]
    }
  }

  /// The rows of all cells, in their order.
  var rows: RowList {
    numbers.elements[..<(cells * count)].filter { $0 != noRow }.sorted()
  }
}
