/// A table as it was written: what a reader of the file sees.
public struct WrittenTable: Hashable, Sendable {
  /// The layout.
  public var shape: TableShape
  /// The number in each cell, nil where it is withheld.
  public var cells: [Int?]

  /// What was written into each cell of a layout; the error is `cells`.
  public init(shape: TableShape, cells: [Int?]) throws(DisclosureError) {
    guard cells.count == shape.cellCount else {
      throw .cells(found: cells.count, expected: shape.cellCount)
    }
    self.shape = shape
    self.cells = cells
  }
}

/// What an outsider can learn from a table as written.
public struct AuditVerdict: Hashable, Sendable {
  /// What is wrong, in the order of the cells.
  public var problems: [AuditProblem]
  /// How many cells are withheld.
  public var withheld: Int
  /// How many of them could not be decided within the work allowed.
  public var undecided: Int

  /// Whether nothing is wrong and nothing is left undecided.
  public var isSafe: Bool { problems.isEmpty && undecided == 0 }
}

/// A cell that gives away too much.
public struct AuditProblem: Hashable, Sendable {
  /// What is wrong with a cell.
  public enum Kind: String, Hashable, Sendable {
    /// A withheld count can be worked out exactly.
    case exact
    /// A withheld count is known to within less than the window.
    case narrow
    /// A small count is published.
    case small
    /// A number is written that the policy never gives.
    case notOfPolicy
    /// A total is not the sum of the published cells, so that it says more than they do.
    case total
  }

  /// The cell.
  public var cell: Int
  /// What is wrong with it.
  public var kind: Kind
  /// The least and the greatest count that agree with what is published.
  public var range: ClosedRange<Int>?

  /// Something wrong with a cell.
  public init(cell: Int, kind: Kind, range: ClosedRange<Int>? = nil) {
    self.cell = cell
    self.kind = kind
    self.range = range
  }
}

/// Checks a table as it was written, not as it was meant.
///
/// Under `suppress` and `hes` the interval of every withheld cell is worked out by linear
/// programming from all published cells and margins, as an outsider would (M. Fischetti and J.
/// Salazar, "Models and algorithms for optimizing cell suppression in tabular data with linear
/// constraints", Journal of the American Statistical Association 95, 2000): it has to be as wide
/// as the policy's window. Under `hes` every mark means 1 to the threshold, so the
/// window is at most one less. Under `safe` and midpoints each total has to be the sum of the
/// published cells: then margins say nothing that the cells do not, and the interval of each is
/// its own class.
///
/// - Parameters:
///   - marksAreSmall: whether every mark stands for a small count and readers know it, as under
///     `hes` without other reasons.
///   - structuralZeros: cells that everybody knows to be empty.
///   - truth: the table itself, which the search starts from; where it is given up, a box of
///     withheld cells, found again from what was written, proves a window.
///   - work: how many steps of arithmetic are allowed; what is not decided by then is counted.
///
/// The error is `notAdditive`.
public func audit(
  _ written: WrittenTable, policy: DisclosurePolicy, marksAreSmall: Bool = false,
  structuralZeros: Set<Int> = [], truth: CountTable? = nil, work: Int = 500_000_000
) throws(DisclosureError) -> AuditVerdict {
  var verdict = AuditVerdict(
    problems: definitionProblems(written, policy: policy),
    withheld: written.cells.count { $0 == nil }, undecided: 0)
  guard policy.method != .none, !policy.totalsAreSumsOfPublished else { return verdict }
  let small = marksAreSmall ? (policy.withholdsZeros ? 0 : 1)...max(1, policy.threshold) : nil
  let window = small.map { min(policy.window, $0.upperBound - $0.lowerBound) } ?? policy.window
  var remaining = work
  for part in written.shape.independentParts {
    guard part.contains(where: { written.cells[$0] == nil }) else { continue }
    let program = InferenceProgram(
      written: written, part: part, policy: policy, small: small, structural: structuralZeros,
      likely: truth?.shape == written.shape ? truth?.counts : nil)
    let found = try program.narrowCells(window: window, work: &remaining)
    verdict.problems += found.problems
    verdict.undecided += found.undecided.count { cell in
      !isProvenByBox(cell, of: truth, in: written, policy: policy)
    }
  }
  verdict.problems.sort { $0.cell < $1.cell }
  return verdict
}

/// Whether a withheld cell of exact numbers has a box of withheld cells with the window.
private func isProvenByBox(
  _ cell: Int, of truth: CountTable?, in written: WrittenTable, policy: DisclosurePolicy
) -> Bool {
  guard policy.method == .suppress, let truth, truth.shape == written.shape else { return false }
  let search = BoxSearch(table: truth, window: policy.window, costs: BoxCosts())
  return search.witness(around: cell, withheld: written.cells.map { $0 == nil }) != nil
}

/// What can be seen without working anything out: small counts, wrong numbers, sums.
private func definitionProblems(
  _ written: WrittenTable, policy: DisclosurePolicy
) -> [AuditProblem] {
  var problems: [AuditProblem] = []
  let shape = written.shape
  for (cell, count) in written.cells.enumerated() {
    guard let count else { continue }
    if policy.totalsAreSumsOfPublished, shape.isMargin(cell) {
      let sum = shape.members(of: cell).reduce(0) { $0 + (written.cells[$1] ?? 0) }
      if sum != count { problems.append(AuditProblem(cell: cell, kind: .total)) }
    } else if policy.isSmall(count) {
      problems.append(AuditProblem(cell: cell, kind: .small))
    } else if policy.written(policy.meaning(of: count).upperBound) != count {
      problems.append(AuditProblem(cell: cell, kind: .notOfPolicy))
    }
  }
  return problems
}

extension TableShape {
  /// The cells of the parts that no total joins: one for each combination of the levels of the
  /// dimensions without a total.
  var independentParts: [[Int]] {
    let fixed = dimensions.indices.filter { !dimensions[$0].hasTotal }
    let groups = Dictionary(grouping: 0..<cellCount) { cell in
      fixed.map { place(of: cell, along: $0) }
    }
    return groups.values.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
  }
}
