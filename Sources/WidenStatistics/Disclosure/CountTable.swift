/// A table of counts, or of sums in whole units, with its margins.
public struct CountTable: Hashable, Sendable {
  /// The greatest count of a cell; with it the sum of the largest table is exact.
  public static let largestCount = 10_000_000_000_000

  /// The layout.
  public let shape: TableShape
  /// The count of each cell, margins included.
  public let counts: [Int]
  /// Whether a cell is empty for a reason that everybody knows, such as men in maternity care.
  public let isStructuralZero: [Bool]

  /// A table from the counts of its inner cells, in order; the margins are added up.
  ///
  /// The errors are `cells`, `count` and `structuralZero`.
  public init(shape: TableShape, innerCounts: [Int], structuralZeros: Set<Int> = [])
    throws(DisclosureError)
  {
    let inner = shape.innerCells
    guard innerCounts.count == inner.count else {
      throw .cells(found: innerCounts.count, expected: inner.count)
    }
    var counts = [Int](repeating: 0, count: shape.cellCount)
    var isStructural = [Bool](repeating: false, count: shape.cellCount)
    for (row, cell) in inner.enumerated() {
      let count = innerCounts[row]
      guard (0...Self.largestCount).contains(count) else { throw .count(row: row, count) }
      guard count == 0 || !structuralZeros.contains(cell) else {
        throw .structuralZero(cell: cell, count: count)
      }
      counts[cell] = count
      isStructural[cell] = structuralZeros.contains(cell)
    }
    shape.addMargins(&counts, none: 0, sum: +)
    shape.addMargins(&isStructural, none: true) { $0 && $1 }
    self.shape = shape
    self.counts = counts
    isStructuralZero = isStructural
  }

  /// A table from all its cells, margins included, which have to add up.
  ///
  /// The errors are those of the other initialiser and `margin`.
  public init(shape: TableShape, cells: [Int], structuralZeros: Set<Int> = [])
    throws(DisclosureError)
  {
    guard cells.count == shape.cellCount else {
      throw .cells(found: cells.count, expected: shape.cellCount)
    }
    try self.init(
      shape: shape, innerCounts: shape.innerCells.map { cells[$0] },
      structuralZeros: structuralZeros)
    for cell in 0..<shape.cellCount where cells[cell] != counts[cell] {
      throw .margin(cell: cell, found: cells[cell], expected: counts[cell])
    }
  }

  /// A table from rows of labels and counts, and the labels of each dimension's levels.
  ///
  ///     try CountTable.tabulate([(["Asian", "Band 5"], 12), (["White", "Band 5"], 40)])
  ///
  /// Levels come in the order of their first row. Rows with the same labels are added; a
  /// combination without a row counts nobody. The errors are `labels`, `count`, `dimensions`,
  /// `noLevels` and `tooManyCells`.
  public static func tabulate<Label: Hashable>(
    _ rows: [(labels: [Label], count: Int)], hasTotal: Bool = true,
    specialCategories: Set<Int> = []
  ) throws(DisclosureError) -> (table: CountTable, labels: [[Label]]) {
    let width = rows.first?.labels.count ?? 0
    var labels = [[Label]](repeating: [], count: width)
    var numbers = [[Label: Int]](repeating: [:], count: width)
    for (row, entry) in rows.enumerated() {
      guard entry.labels.count == width else {
        throw .labels(row: row, found: entry.labels.count, expected: width)
      }
      guard (0...largestCount).contains(entry.count) else { throw .count(row: row, entry.count) }
      for (number, label) in entry.labels.enumerated() where numbers[number][label] == nil {
        numbers[number][label] = labels[number].count
        labels[number].append(label)
      }
    }
    let inner = try TableShape(labels.map { .init(levels: $0.count, hasTotal: false) })
    var counts = [Int](repeating: 0, count: inner.cellCount)
    for (row, entry) in rows.enumerated() {
      let levels = entry.labels.enumerated().map { numbers[$0.offset][$0.element] }
      guard let cell = inner.cell(levels) else { continue }
      counts[cell] += entry.count
      guard counts[cell] <= largestCount else { throw .count(row: row, entry.count) }
    }
    let shape = try TableShape(
      labels.enumerated().map { number, labels in
        .init(
          levels: labels.count, hasTotal: hasTotal,
          isSpecialCategory: specialCategories.contains(number))
      })
    return (try CountTable(shape: shape, innerCounts: counts), labels)
  }
}
