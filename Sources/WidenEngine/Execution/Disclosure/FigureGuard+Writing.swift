import WidenLanguage
import WidenStatistics

/// What the figures of groups become once it is known which are withheld for their own sake.
extension FigureGuard {
  /// Protects one aggregate's figures.
  func protect(
    _ index: Int, of guarded: inout GuardedGroups, described names: [ColumnDescription],
    given: [Int: Protection.Reason]
  ) throws(ExecutionError) {
    let count = guarded.groups.rowCount
    var reasons = given
    var written: [Int?]
    switch control.policy.method {
    case .none: return control.note { $0.figures += count }
    case .safe, .midpoint: written = self.written(index, guarded)
    case .suppress, .hes:
      let table = try table(index, of: guarded, described: names)
      let protected = try protect(table, given: given)
      written = table.cells.map { protected.written.cells[$0] }
      for group in 0..<count where written[group] == nil && reasons[group] == nil {
        reasons[group] = .secondary
      }
    }
    for group in reasons.keys { written[group] = nil }
    for group in 0..<count where written[group] == nil && reasons[group] == nil {
      reasons[group] = .small
    }
    apply(reasons, written, to: index, of: &guarded)
  }

  /// Marks what is withheld, and where the result leaves takes it out and rounds the rest.
  func apply(
    _ reasons: [Int: Protection.Reason], _ written: [Int?], to index: Int,
    of guarded: inout GuardedGroups
  ) {
    let count = guarded.groups.rowCount
    control.note { protection in
      protection.figures += count
      for reason in reasons.values { protection.withheld[reason, default: 0] += 1 }
    }
    guarded.withheld[index] = bitmap(of: reasons, count: count)
    guard control.isPublishing else { return }
    let steps = guarded.steps[index] ?? []
    if !steps.isEmpty {
      control.note {
        $0.add("figures of people's numbers are rounded so that nobody's can be seen")
      }
    }
    let old = guarded.groups.values[index].rounded(to: steps)
    let numbers = Numbers(guarded.groups.values[index])
    let rounded = Numbers(old)
    // What is rounded to nothing would be taken for nothing.
    for group in steps.indices where guarded.withheld[index]?[group] != true {
      if rounded.units(ofRow: group) == 0, numbers.units(ofRow: group) != 0 {
        var bits = guarded.withheld[index] ?? Bitmap(count: count, repeating: false)
        bits[group] = true
        guarded.withheld[index] = bits
        control.note { $0.withheld[.small, default: 0] += 1 }
      }
    }
    guarded.groups.values[index] =
      isCount(index) ? .integers(written) : old.without(guarded.withheld[index])
  }

  private func bitmap(of reasons: [Int: Protection.Reason], count: Int) -> Bitmap? {
    if reasons.isEmpty { return nil }
    var bits = Bitmap(count: count, repeating: false)
    for group in reasons.keys { bits[group] = true }
    return bits
  }

  /// What a policy without secondary suppression writes for each group; nil: small.
  private func written(_ index: Int, _ guarded: GuardedGroups) -> [Int?] {
    (0..<guarded.groups.rowCount).map { group in
      guard isCount(index) else { return 0 }
      return control.policy.written(
        Int(guarded.groups.values[index].number(ofRow: group) ?? 0))
    }
  }

  /// What stands for a figure in a table of counts: itself, or how many people are behind it.
  func tableCount(_ index: Int, _ group: Int, _ guarded: GuardedGroups) -> Int {
    isCount(index)
      ? Int(guarded.groups.values[index].number(ofRow: group) ?? 0) : guarded.people[index][group]
  }

  /// The groups as a table of counts with margins, at most four keys across.
  ///
  /// Figures that are no counts are withheld as the counts of the people behind them are.
  private func table(
    _ index: Int, of guarded: GuardedGroups, described names: [ColumnDescription]
  ) throws(ExecutionError) -> (table: CountTable, cells: [Int]) {
    let count = guarded.groups.rowCount
    var labels: [[Int]] = []
    var dimensions: [TableShape.Dimension] = []
    func add(_ values: [[Value]], isSpecial: Bool) {
      var numbers: [[Value]: Int] = [:]
      labels.append(
        values.map { value in
          if let known = numbers[value] { return known }
          numbers[value] = numbers.count
          return numbers.count - 1
        })
      dimensions.append(.init(levels: max(1, numbers.count), isSpecialCategory: isSpecial))
    }
    let keys = guarded.groups.keys
    let single = keys.count > 4 ? 3 : keys.count
    for key in 0..<single {
      add(
        (0..<count).map { [keys[key][$0]] },
        isSpecial: names[key].sensitivity == .special)
    }
    if keys.count > 4 {
      add((0..<count).map { row in keys[3...].map { $0[row] } }, isSpecial: false)
    }
    if keys.isEmpty { dimensions = [.init(levels: max(1, count), hasTotal: false)] }
    do throws(DisclosureError) {
      let shape = try TableShape(dimensions)
      let cells = (0..<count).map { row in
        shape.cell(keys.isEmpty ? [row] : labels.map { $0[row] }) ?? 0
      }
      var counts = [Int](repeating: 0, count: shape.cellCount)
      for row in 0..<count {
        counts[cells[row]] = tableCount(index, row, guarded)
      }
      let table = try CountTable(
        shape: shape, innerCounts: shape.innerCells.map { counts[$0] })
      return (table, cells)
    } catch {
      throw tooLarge(error)
    }
  }

  /// Runs the policy over a table, and keeps what the audit found.
  private func protect(
    _ table: (table: CountTable, cells: [Int]), given: [Int: Protection.Reason]
  ) throws(ExecutionError) -> ProtectedTable {
    try protect(table.table, given: Set(given.keys.map { table.cells[$0] }))
  }

  /// Runs the policy over a table, and keeps what the audit found.
  func protect(_ table: CountTable, given: Set<Int>) throws(ExecutionError) -> ProtectedTable {
    do throws(DisclosureError) {
      let protected = try WidenStatistics.protect(table, policy: control.policy, given: given)
      control.note { protection in
        protection.isAuditPassed =
          (protection.isAuditPassed ?? true) && protected.verdict.isSafe
        if protected.fellBack {
          protection.add("the audit did not pass under hes, so that safe was followed")
        }
        if protected.isWithheldWhole {
          protection.add(
            "no choice of figures protects the small ones: the whole table is withheld")
        }
        if protected.verdict.undecided > 0 {
          protection.add(
            "the audit left \(counted(protected.verdict.undecided, "withheld figure")) undecided")
        }
      }
      return protected
    } catch {
      throw tooLarge(error)
    }
  }

  func tooLarge(_ error: DisclosureError) -> ExecutionError {
    .refused(
      "the table cannot be protected under policy \(control.policy.name): \(error)",
      hint: "group by less, or use policy safe, which has no limit")
  }
}

extension Column {
  /// The values, missing where a figure is withheld.
  func without(_ withheld: Bitmap?) -> Column {
    guard let withheld, withheld.setCount > 0 else { return self }
    var rows = RowList(0..<UInt32(count))
    for row in rows.indices where withheld[row] { rows[row] = noRow }
    return gathered(rows)
  }
}
