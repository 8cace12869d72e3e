/// The withheld cells that follow exactly from published ones, by linear combination alone.
///
/// It knows nothing of counts being 0 or more, so it finds less than the audit's linear programs;
/// but it is decided by other means, and so checks them. Nil where the work is too much. Only
/// numbers that are published exactly are combined. (Hundepool and others, "Statistical Disclosure
/// Control", Wiley 2012: a cell is exactly disclosed if its unit vector is in the
/// span of the published equations.)
public func cellsThatFollow(
  from written: WrittenTable, structuralZeros: Set<Int> = [], work: Int = 1_000_000_000
) -> [Int]? {
  let shape = written.shape
  let unknown = shape.innerCells.filter {
    written.cells[$0] == nil && !structuralZeros.contains($0)
  }
  let margins = (0..<shape.cellCount).filter { shape.isMargin($0) }
  let (steps, isTooMuch) = unknown.count.multipliedReportingOverflow(by: unknown.count)
  guard !isTooMuch, steps.multipliedReportingOverflow(by: margins.count).partialValue < work,
    steps < work
  else { return nil }
  var column = [Int: Int](minimumCapacity: unknown.count)
  for (index, cell) in unknown.enumerated() { column[cell] = index }
  func vector(_ cell: Int) -> [Int] {
    var vector = [Int](repeating: 0, count: unknown.count)
    for member in shape.members(of: cell) {
      if let index = column[member] { vector[index] = 1 }
    }
    return vector
  }
  var span = Span()
  for margin in margins where written.cells[margin] != nil { span.insert(vector(margin)) }
  var found: [Int] = []
  for cell in unknown + margins.filter({ written.cells[$0] == nil }) {
    guard let follows = span.contains(vector(cell)) else { return nil }
    if follows { found.append(cell) }
  }
  return span.isPartial ? nil : found.sorted()
}
