/// What a reader can work out about the withheld cells of one part of a table.
struct InferenceProgram {
  private let written: WrittenTable
  private let policy: DisclosurePolicy
  private let small: ClosedRange<Int>?
  private let structural: Set<Int>
  private let likely: [Int]?
  private let inner: [Int]
  private let margins: [Int]
  private let withheld: [Int]

  /// The knowledge about a part: its published numbers, and what a mark is known to mean.
  ///
  /// Likely values only save time: the search starts from them.
  init(
    written: WrittenTable, part: [Int], policy: DisclosurePolicy, small: ClosedRange<Int>?,
    structural: Set<Int>, likely: [Int]?
  ) {
    self.written = written
    self.policy = policy
    self.small = small
    self.structural = structural
    self.likely = likely
    inner = part.filter { !written.shape.isMargin($0) }
    margins = part.filter { written.shape.isMargin($0) }
    withheld = part.filter { written.cells[$0] == nil }
  }

  /// The withheld cells whose interval is less wide than the window, and those undecided.
  func narrowCells(window: Int, work: inout Int) throws(DisclosureError)
    -> (problems: [AuditProblem], undecided: [Int])
  {
    do throws(SimplexFailure) {
      var simplex = try program(work: work)
      defer { work = simplex.work }
      try simplex.makeFeasible()
      return narrowCells(&simplex, window: window)
    } catch {
      switch error {
      case .infeasible: throw .notAdditive
      case .tooMuchWork, .tooLargeNumbers: return ([], withheld)
      }
    }
  }

  private func narrowCells(_ simplex: inout IntegerSimplex, window: Int)
    -> (problems: [AuditProblem], undecided: [Int])
  {
    var number = [Int: Int](minimumCapacity: inner.count + margins.count)
    for (index, cell) in (inner + margins).enumerated() { number[cell] = index }
    var seen = withheld.map { SeenRange(cell: $0, variable: number[$0] ?? 0) }
    var problems: [AuditProblem] = []
    for index in seen.indices {
      do throws(SimplexFailure) {
        look(&seen, simplex)
        for direction in [1, -1] where seen[index].width < window {
          try walk(&simplex, direction: direction, index: index, window: window, &seen)
        }
      } catch {
        return (problems, seen[index...].filter { $0.width < window }.map(\.cell))
      }
      let range = seen[index]
      if range.width < window {
        problems.append(
          AuditProblem(
            cell: range.cell, kind: range.width <= 0 ? .exact : .narrow,
            range: range.low...max(range.low, range.high)))
      }
    }
    return (problems, [])
  }

  /// Goes to one end of a cell's interval, or until the interval is wide enough.
  private func walk(
    _ simplex: inout IntegerSimplex, direction: Int, index: Int, window: Int,
    _ seen: inout [SeenRange]
  ) throws(SimplexFailure) {
    while seen[index].width < window {
      switch try simplex.step(towards: direction, of: seen[index].variable) {
      case .moved: look(&seen, simplex)
      case .optimal: return
      case .endless:
        seen[index].high = Int.max / 2
        return
      }
    }
  }

  /// Every point on the way widens what is known of the intervals of all cells.
  private func look(_ seen: inout [SeenRange], _ simplex: IntegerSimplex) {
    for index in seen.indices {
      let numerator = simplex.numerator(of: seen[index].variable)
      let floor = numerator.dividedRoundingDown(by: simplex.denominator)
      let ceiling = floor * simplex.denominator == numerator ? floor : floor + 1
      seen[index].low = min(seen[index].low, ceiling)
      seen[index].high = max(seen[index].high, floor)
    }
  }

  private func program(work: Int) throws(SimplexFailure) -> IntegerSimplex {
    let ranges = inner.map { range(of: $0) }
    var number = [Int: Int](minimumCapacity: inner.count)
    for (index, cell) in inner.enumerated() { number[cell] = index }
    let rows = margins.map { written.shape.members(of: $0).compactMap { number[$0] } }
    let rowRanges = margins.map { range(of: $0) }
    return try IntegerSimplex(
      low: ranges.map(\.low), high: ranges.map(\.high), start: ranges.map(\.start), rows: rows,
      rowLow: rowRanges.map(\.low), rowHigh: rowRanges.map(\.high), work: work)
  }

  /// What is known of a single cell, and a likely value to start from.
  private func range(of cell: Int) -> (low: Int, high: Int, start: Int) {
    if structural.contains(cell) { return (0, 0, 0) }
    if let count = written.cells[cell] {
      let range = policy.meaning(of: count)
      let start = min(max(likely?[cell] ?? count, range.lowerBound), range.upperBound)
      return (range.lowerBound, range.upperBound, start)
    }
    guard let small else { return (0, IntegerSimplex.unbounded, max(0, likely?[cell] ?? 0)) }
    let start = likely?[cell] ?? (small.lowerBound + small.upperBound) / 2
    let low = small.lowerBound
    return (low, small.upperBound, min(max(start, low), small.upperBound))
  }
}

/// The least and the greatest whole value of a cell that were met at feasible points.
private struct SeenRange {
  var cell: Int
  var variable: Int
  var low = Int.max / 2
  var high = Int.min / 2

  init(cell: Int, variable: Int) {
    self.cell = cell
    self.variable = variable
  }

  var width: Int { high - low }
}

extension Int {
  /// The greatest whole number that is not more than the quotient, for a positive divisor.
  fileprivate func dividedRoundingDown(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
