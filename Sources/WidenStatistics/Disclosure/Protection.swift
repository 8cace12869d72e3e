/// Makes a table safe to publish.
///
///     let safe = try protect(table, policy: .safe)
///     safe.written.cells  // what may leave; nil is the mark
///
/// - `safe`, `midpoint`: each cell on its own; totals are sums of the published cells, and
///   withheld where all that would be added is.
/// - `suppress`: small cells and, by the box method, those that protect them; where there is no
///   way, the whole table.
/// - `hes`: cells and true totals rounded on their own; `safe` if the audit does not pass.
/// - `none`: as it is.
///
/// What is written is audited before it is returned. For sums of money give them in whole units,
/// the cells that dominance withholds, and `suppress` with a threshold of 0 and a window of money.
///
/// - Parameters:
///   - given: cells that the caller withholds for reasons of its own; they are protected like
///     small ones.
///   - work: how many steps of arithmetic the audit may take.
public func protect(
  _ table: CountTable, policy: DisclosurePolicy, given: Set<Int> = [],
  costs: BoxCosts = BoxCosts(), work: Int = 500_000_000
) throws(DisclosureError) -> ProtectedTable {
  let structural = Set(table.isStructuralZero.indices.filter { table.isStructuralZero[$0] })
  // What everybody knows to be empty is no secret, whoever asks for it.
  let given = given.subtracting(structural).filter { table.counts.indices.contains($0) }
  var primary = policy.primaryCells(of: table)
  for cell in given where primary[cell] == nil { primary[cell] = .given }
  var reasons = primary.mapValues { ProtectedTable.Reason.primary($0) }
  if policy.method == .suppress {
    let further = secondarySuppression(
      of: table, primary: Set(primary.keys), window: policy.window, costs: costs)
    guard further.unprotected.isEmpty else {
      return withholdAll(of: table, policy: policy, reasons: reasons)
    }
    for cell in further.secondary { reasons[cell] = .secondary }
  }
  let written = try write(table, policy: policy, withheld: Set(reasons.keys))
  for cell in written.cells.indices where written.cells[cell] == nil && reasons[cell] == nil {
    reasons[cell] = .secondary
  }
  let marksAreSmall =
    policy.method == .hes && primary.values.allSatisfy { $0 == .smallCount }
  let verdict = try audit(
    written, policy: policy, marksAreSmall: marksAreSmall, structuralZeros: structural,
    truth: table, work: work)
  if policy.method == .hes, !verdict.isSafe {
    var replacement = policy
    replacement.method = .safe
    let safe = try protect(table, policy: replacement, given: given, costs: costs, work: work)
    return ProtectedTable(
      written: safe.written, reasons: safe.reasons, requested: policy, policy: replacement,
      verdict: safe.verdict)
  }
  // The box proves every window, so this is a safeguard against a fault of the proof.
  guard verdict.problems.isEmpty || policy.method == .none else {
    return withholdAll(of: table, policy: policy, reasons: reasons)
  }
  return ProtectedTable(
    written: written, reasons: reasons, requested: policy, policy: policy, verdict: verdict)
}

private func write(_ table: CountTable, policy: DisclosurePolicy, withheld: Set<Int>)
  throws(DisclosureError) -> WrittenTable
{
  let shape = table.shape
  var cells = table.counts.indices.map { cell in
    withheld.contains(cell) ? nil : policy.written(table.counts[cell])
  }
  if policy.totalsAreSumsOfPublished {
    var sums = cells.map { $0 ?? 0 }
    shape.addMargins(&sums, none: 0, sum: +)
    for cell in cells.indices where shape.isMargin(cell) {
      // Where nothing is left to add up, 0 would be taken for a count of nobody.
      let isNothing = sums[cell] == 0 && shape.members(of: cell).contains { cells[$0] == nil }
      cells[cell] = isNothing ? nil : sums[cell]
    }
  }
  return try WrittenTable(shape: shape, cells: cells)
}

private func withholdAll(
  of table: CountTable, policy: DisclosurePolicy, reasons: [Int: ProtectedTable.Reason]
) -> ProtectedTable {
  var reasons = reasons
  for cell in table.counts.indices where reasons[cell] == nil { reasons[cell] = .wholeTable }
  // A reason of its own does not hide that the rest went with it.
  if let first = table.counts.indices.first { reasons[first] = .wholeTable }
  let count = table.shape.cellCount
  return ProtectedTable(
    written: WrittenTable(withholding: table.shape), reasons: reasons, requested: policy,
    policy: policy, verdict: AuditVerdict(problems: [], withheld: count, undecided: 0))
}

extension WrittenTable {
  /// A table with nothing in it but marks.
  fileprivate init(withholding shape: TableShape) {
    self.shape = shape
    cells = [Int?](repeating: nil, count: shape.cellCount)
  }
}
