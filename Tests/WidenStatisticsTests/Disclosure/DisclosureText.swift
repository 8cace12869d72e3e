import Testing
import WidenStatistics

/// A table from text: numbers by columns, rows apart by `/`; a dimension more without `/`.
func countTable(
  _ text: String, special: Set<Int> = [], hasTotal: Bool = true, zeros: Set<Int> = []
) throws -> CountTable {
  let rows = text.split(separator: "/").map {
    $0.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
  }
  let columns = TableShape.Dimension(
    levels: rows.first?.count ?? 0, hasTotal: hasTotal, isSpecialCategory: special.contains(1))
  let lines = TableShape.Dimension(
    levels: rows.count, hasTotal: hasTotal, isSpecialCategory: special.contains(0))
  let shape = try TableShape(text.contains("/") ? [lines, columns] : [columns])
  return try CountTable(shape: shape, innerCounts: rows.flatMap { $0 }, structuralZeros: zeros)
}

/// A written table as text, totals last, `[c]` where a cell is withheld.
func text(_ table: WrittenTable) -> String {
  let width = table.shape.dimensions.last.map { $0.levels + ($0.hasTotal ? 1 : 0) } ?? 1
  let cells = table.cells.map { $0.map { String($0) } ?? "[c]" }
  return stride(from: 0, to: cells.count, by: width)
    .map { cells[$0..<min($0 + width, cells.count)].joined(separator: " ") }
    .joined(separator: " / ")
}

/// Expects what a policy publishes of a table.
func check(
  _ counts: String, _ policy: DisclosurePolicy, special: Set<Int> = [], zeros: Set<Int> = [],
  gives expected: String, at place: SourceLocation = #_sourceLocation
) throws {
  let found = try protect(countTable(counts, special: special, zeros: zeros), policy: policy)
  #expect(text(found.written) == expected, sourceLocation: place)
}

/// A written table from text: `c` where a cell is withheld, all totals included.
func writtenTable(_ text: String) throws -> WrittenTable {
  let rows = text.split(separator: "/").map { $0.split(separator: " ").map { Int($0) } }
  let columns = TableShape.Dimension(levels: (rows.first?.count ?? 1) - 1)
  let shape = try TableShape(
    rows.count > 1 ? [.init(levels: rows.count - 1), columns] : [columns])
  return try WrittenTable(shape: shape, cells: rows.flatMap { $0 })
}
