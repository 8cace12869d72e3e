import WidenLanguage
import WidenStatistics

/// Protection of a cross-tabulation: its cells and its margins belong together.
extension FigureGuard {
  /// The cells and margins, protected; `described` are the two keys.
  func margins(
    rows: TypedExpression, columns: TypedExpression, described: [ColumnDescription]
  ) throws(ExecutionError) -> Margins {
    switch control.policy.method {
    case .safe, .midpoint, .none:
      // What is about people is summed from the published cells; means are figures of their own.
      let cells = try groups(by: [rows, columns], described: described)
      var margins = try Margins(rows: rows, columns: columns) {
        keys, isInner throws(ExecutionError) in
        isInner
          ? cells
          : try behind.groups(by: keys, tellsNotes: false, evaluator: evaluator, context: context)
      }
      if control.policy.method == .none { return margins }
      withholdEmpty(&margins, described)
      try addUp(&margins, rows: rows, columns: columns, described)
      return margins
    case .suppress, .hes:
      return try together(rows: rows, columns: columns, described: described)
    }
  }

  /// Withholds the cells that nobody is in where they say what everybody in their line is.
  private func withholdEmpty(_ margins: inout Margins, _ described: [ColumnDescription]) {
    let places = places(of: margins).cells
    let (levels, others) = (margins.byRow.groups.rowCount, margins.byColumn.groups.rowCount)
    let width = max(1, others) + 1
    let isSpecial = described.map { $0.sensitivity == .special }
    for index in behind.aggregates.indices {
      var telling: Set<CellPlace> = []
      let rows = margins.cells.groups.rowsTellingOfAll(
        people: [margins.cells.people[index]], isSpecial, threshold: control.policy.threshold)
      for (group, tells) in rows.enumerated() where tells {
        let (row, column) = places[group].quotientAndRemainder(dividingBy: width)
        if isSpecial[1] { telling.formUnion((0..<others).map { CellPlace(row: row, column: $0) }) }
        if isSpecial[0] {
          telling.formUnion((0..<levels).map { CellPlace(row: $0, column: column) })
        }
      }
      margins.withheldEmpty[index] = telling
    }
  }

  /// Margins of counts are sums of the published cells; the others are protected on their own.
  private func addUp(
    _ margins: inout Margins, rows: TypedExpression, columns: TypedExpression,
    _ described: [ColumnDescription]
  ) throws(ExecutionError) {
    let cells = margins.cells
    func isAdded(_ index: Int) -> Bool { isCount(index) || behind.aggregates[index].kind == .sum }
    for index in behind.aggregates.indices where isAdded(index) && control.isPublishing {
      control.note { $0.add("totals are sums of the published figures") }
      let values = cells.groups.values[index]
      let withheld = cells.withheld[index]
      func addUp(_ total: inout GuardedGroups, _ group: (Int) -> Value?, _ keys: Column?) {
        var sums: [Value?: Double] = [:]
        var hasWithheld: Set<Value?> = []
        for cell in 0..<cells.groups.rowCount {
          sums[group(cell), default: 0] += values.number(ofRow: cell) ?? 0
          if withheld?[cell] == true { hasWithheld.insert(group(cell)) }
        }
        let groups = (0..<total.groups.rowCount).map { keys?[$0] }
        let found = groups.map { sums[$0] ?? 0 }
        // Nothing is left to add up, and 0 would be taken for a count of nobody.
        let isNothing = zip(groups, found).map { hasWithheld.contains($0) && $1 == 0 }
        total.withheld[index] = isNothing.contains(true) ? Bitmap(isNothing) : nil
        let figures: Column =
          isCount(index) ? .integers(found.map { Int($0) }) : .decimals(found)
        total.groups.values[index] = figures.without(total.withheld[index])
      }
      let keys = cells.groups.keys
      addUp(&margins.byRow, { keys[0][$0] }, margins.byRow.groups.keys[0])
      addUp(&margins.byColumn, { keys[1][$0] }, margins.byColumn.groups.keys[0])
      addUp(&margins.all, { _ in nil }, nil)
    }
    guard behind.aggregates.indices.contains(where: { !isCount($0) }) else { return }
    let byRow = try reasons(of: &margins.byRow, by: [rows], described: [described[0]])
    let byColumn = try reasons(of: &margins.byColumn, by: [columns], described: [described[1]])
    let all = try reasons(of: &margins.all, by: [], described: [])
    for index in behind.aggregates.indices where !isAdded(index) || !control.isPublishing {
      if isCount(index) { continue }
      apply(byRow[index], [], to: index, of: &margins.byRow)
      apply(byColumn[index], [], to: index, of: &margins.byColumn)
      apply(all[index], [], to: index, of: &margins.all)
    }
  }

  /// Cells and true margins in one table, so that none gives another away.
  private func together(
    rows: TypedExpression, columns: TypedExpression, described: [ColumnDescription]
  ) throws(ExecutionError) -> Margins {
    try requirePublishable(described)
    var margins = try Margins(rows: rows, columns: columns) {
      keys, isInner throws(ExecutionError) in
      try behind.groups(by: keys, tellsNotes: isInner, evaluator: evaluator, context: context)
    }
    let (levels, others) = (margins.byRow.groups.rowCount, margins.byColumn.groups.rowCount)
    let places = places(of: margins)
    let own = try ownReasons(&margins, places, rows: rows, columns: columns, described)
    let sets = try differences(margins, places, rows: rows, columns: columns)
    for index in behind.aggregates.indices {
      let shape: TableShape
      let table: CountTable
      do throws(DisclosureError) {
        shape = try TableShape([
          .init(levels: max(1, levels), isSpecialCategory: described[0].sensitivity == .special),
          .init(levels: max(1, others), isSpecialCategory: described[1].sensitivity == .special),
        ])
        var counts = [Int](repeating: 0, count: shape.cellCount)
        for (group, place) in places.cells.enumerated() {
          counts[place] = tableCount(index, group, margins.cells)
        }
        table = try CountTable(shape: shape, innerCounts: shape.innerCells.map { counts[$0] })
      } catch {
        throw tooLarge(error)
      }
      var reasons: [Int: Protection.Reason] = sets.findings[index]
      reasons.merge(own[index]) { $1 }
      let found = try protect(table, given: Set(reasons.keys))
      func write(_ guarded: inout GuardedGroups, _ places: [Int]) {
        var own: [Int: Protection.Reason] = [:]
        let written = places.enumerated().map { group, place -> Int? in
          let cell = found.written.cells[place]
          if cell == nil { own[group] = reasons[place] ?? reason(found, place) }
          return cell
        }
        apply(own, written, to: index, of: &guarded)
      }
      write(&margins.cells, places.cells)
      write(&margins.byRow, places.byRow)
      write(&margins.byColumn, places.byColumn)
      write(&margins.all, places.all)
      let occupied = Set(places.cells)
      for place in shape.innerCells
      where found.written.cells[place] == nil && !occupied.contains(place) {
        let (row, column) = place.quotientAndRemainder(dividingBy: max(1, others) + 1)
        margins.withheldEmpty[index, default: []].insert(CellPlace(row: row, column: column))
      }
      let shown = found.releasedCells.compactMap { sets.sets[index][$0] }
      control.release(shown, of: behind.kind)
      let hidden = sets.sets[index].filter { found.written.cells[$0.key] == nil }
      control.withhold(
        hidden.sorted { $0.key < $1.key }.map(\.value), of: behind.kind)
    }
    return margins
  }

  /// Why figures of cells and margins are withheld for their own sake, by aggregate and place.
  ///
  /// Few people may hold many posts, so that margins are looked at as well as cells.
  private func ownReasons(
    _ margins: inout Margins,
    _ places: (cells: [Int], byRow: [Int], byColumn: [Int], all: [Int]),
    rows: TypedExpression, columns: TypedExpression, _ described: [ColumnDescription]
  ) throws(ExecutionError) -> [[Int: Protection.Reason]] {
    let parts = [
      (try reasons(of: &margins.cells, by: [rows, columns], described: described), places.cells),
      (try reasons(of: &margins.byRow, by: [rows], described: [described[0]]), places.byRow),
      (
        try reasons(of: &margins.byColumn, by: [columns], described: [described[1]]),
        places.byColumn
      ), (try reasons(of: &margins.all, by: [], described: []), places.all),
    ]
    return behind.aggregates.indices.map { index in
      var found: [Int: Protection.Reason] = [:]
      for (reasons, places) in parts {
        for (group, reason) in reasons[index] { found[places[group]] = reason }
      }
      return found
    }
  }

  private func reason(_ table: ProtectedTable, _ cell: Int) -> Protection.Reason {
    switch table.reasons[cell] {
    case .primary(.smallCount): .small
    case .primary(.attribute): .attribute
    case .primary(.given), .secondary, .wholeTable, nil: .secondary
    }
  }

  /// Where the groups stand in a table of rows and columns with a total each.
  private func places(of margins: Margins)
    -> (cells: [Int], byRow: [Int], byColumn: [Int], all: [Int])
  {
    let width = max(1, margins.byColumn.groups.rowCount) + 1
    let (levels, others) = (margins.byRow.groups.rowCount, margins.byColumn.groups.rowCount)
    func numbers(_ keys: Column) -> [Value: Int] {
      Dictionary((0..<keys.count).map { (keys[$0], $0) }, uniquingKeysWith: { first, _ in first })
    }
    let rows = numbers(margins.byRow.groups.keys[0])
    let columns = numbers(margins.byColumn.groups.keys[0])
    let keys = margins.cells.groups.keys
    let cells = (0..<margins.cells.groups.rowCount).map { group in
      (rows[keys[0][group]] ?? 0) * width + (columns[keys[1][group]] ?? 0)
    }
    let last = max(1, levels) * width
    return (
      cells, (0..<levels).map { $0 * width + width - 1 }, (0..<others).map { last + $0 },
      [last + width - 1]
    )
  }

  /// The people of every place of the table by aggregate, and what the ledger has against showing
  /// them.
  private func differences(
    _ margins: Margins, _ places: (cells: [Int], byRow: [Int], byColumn: [Int], all: [Int]),
    rows: TypedExpression, columns: TypedExpression
  ) throws(ExecutionError) -> (sets: [[Int: RecordSet]], findings: [[Int: Protection.Reason]]) {
    var sets = behind.aggregates.map { _ in [Int: RecordSet]() }
    var findings = behind.aggregates.map { _ in [Int: Protection.Reason]() }
    guard control.mode == .publishing else { return (sets, findings) }
    let keyed: [([TypedExpression], [Int])] = [
      ([rows, columns], places.cells), ([rows], places.byRow), ([columns], places.byColumn),
      ([], places.all),
    ]
    var groups: [(GroupMembers, [Int])] = []
    for (keys, places) in keyed {
      groups.append(
        (try behind.rowGroups(by: keys, evaluator: evaluator, context: context), places))
    }
    for (condition, indices) in behind.indicesByCondition {
      var found: [(place: Int, set: RecordSet)] = []
      for (groups, places) in groups {
        found += zip(places, try groups.sets(where: condition)).map { ($0, $1) }
      }
      let check = control.check(
        found.map(\.set), of: behind.kind, areStandIns: behind.isRemote)
      for finding in check.values { control.note { $0.add(finding.sentence) } }
      for index in indices {
        for (place, set) in found { sets[index][place] = set }
        for position in check.keys { findings[index][found[position].place] = .difference }
      }
    }
    return (sets, findings)
  }
}
