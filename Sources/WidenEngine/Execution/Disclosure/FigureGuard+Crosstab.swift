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
      try addUp(&margins)
      return margins
    case .suppress, .hes:
      return try together(rows: rows, columns: columns, described: described)
    }
  }

  /// Margins of counts are sums of the published cells; the others are protected on their own.
  private func addUp(_ margins: inout Margins) throws(ExecutionError) {
    let cells = margins.cells
    func isAdded(_ index: Int) -> Bool { isCount(index) || behind.aggregates[index].kind == .sum }
    for index in behind.aggregates.indices where isAdded(index) && control.isPublishing {
      control.note { $0.add("totals are sums of the published figures") }
      let values = cells.groups.values[index]
      func sums(_ group: (Int) -> Value?, _ keys: Column?, _ count: Int) -> Column {
        var totals: [Value?: Double] = [:]
        for cell in 0..<cells.groups.rowCount {
          totals[group(cell), default: 0] += values.number(ofRow: cell) ?? 0
        }
        let sums = (0..<count).map { totals[keys?[$0]] ?? 0 }
        return isCount(index) ? .integers(sums.map { Int($0) }) : .decimals(sums)
      }
      let keys = cells.groups.keys
      margins.byRow.groups.values[index] = sums(
        { keys[0][$0] }, margins.byRow.groups.keys[0], margins.byRow.groups.rowCount)
      margins.byColumn.groups.values[index] = sums(
        { keys[1][$0] }, margins.byColumn.groups.keys[0], margins.byColumn.groups.rowCount)
      margins.all.groups.values[index] = sums({ _ in nil }, nil, 1)
    }
    for index in behind.aggregates.indices where !isAdded(index) || !control.isPublishing {
      if isCount(index) { continue }
      try protectAlone(index, of: &margins.byRow)
      try protectAlone(index, of: &margins.byColumn)
      try protectAlone(index, of: &margins.all)
    }
  }

  private func protectAlone(_ index: Int, of guarded: inout GuardedGroups) throws(ExecutionError) {
    var reasons: [Int: Protection.Reason] = [:]
    for group in 0..<guarded.groups.rowCount
    where behind.aggregates[index].kind.isExtreme
      || control.policy.isGroupTooSmall(guarded.people[index][group])
    {
      reasons[group] = .small
    }
    apply(reasons, [], to: index, of: &guarded)
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
    let inner = try reasons(of: margins.cells, by: [rows, columns], described: described)
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
      for (group, reason) in inner[index] { reasons[places.cells[group]] = reason }
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
      let shown = found.releasedCells.compactMap { sets.sets[index][$0] }
      control.release(shown, of: behind.kind)
    }
    return margins
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
