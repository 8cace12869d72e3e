import WidenLanguage

/// How wide a column would like to be, what is still comfortable, and the least it can do with.
struct WantedWidth {
  let natural: Int
  let comfortable: Int
  let minimum: Int
  /// Text may be cut, with an ellipsis; numbers and dates may not.
  let canBeCut: Bool
  private let column: PageColumn
  private let cell: Int

  /// The wishes of a column whose widest cell takes `cell`.
  init(_ column: PageColumn, cell: Int) {
    self.column = column
    self.cell = cell
    canBeCut = column.description.type.isText
    let name = cellWidth(column.name)
    let namePiece = longestPiece(column.name, isName: true)
    let basePiece = column.base.map { longestPiece($0) } ?? 0
    let base = column.base.map { WantedWidth.width(ofBase: $0, from: max(cell, name)) } ?? 0
    natural = max(cell, name, base)
    if canBeCut {
      comfortable = min(16, natural)
      minimum = min(max(10, min(namePiece, 14)), comfortable)
    } else {
      comfortable = min(max(cell, name, min(basePiece, 12)), natural)
      minimum = min(max(cell, min(namePiece, 12), min(basePiece, 10)), comfortable)
    }
  }

  /// The least width that shows as much as `width` does, once names and bases are wrapped to it.
  func tightened(_ width: Int) -> Int {
    if canBeCut, cell > width { return width }
    let lines =
      wrapped(column.name, to: width, isName: true)
      + (column.base.map { wrapped($0, to: width) } ?? [])
    return max(cell, lines.map { cellWidth($0) }.max() ?? 0)
  }

  /// The least width that shows a base in three lines, up to 24 cells.
  private static func width(ofBase base: String, from least: Int) -> Int {
    var width = max(least, min(longestPiece(base), 24))
    while width < 24, wrapped(base, to: width).count > 3 { width += 1 }
    return width
  }
}
