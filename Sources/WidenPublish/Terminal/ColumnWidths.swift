import WidenLanguage

/// How wide the columns of a table are drawn, and how many of them have room.
struct ColumnWidths {
  /// One for each column that has room, from the left.
  private(set) var widths: [Int]

  /// The space between two columns.
  static let gap = 2

  /// Gives way in three stages until the table fits.
  ///
  /// Names and bases wrap and long text is cut a little, then more, and
  /// then columns are left out on the right. Numbers are never cut while two columns are left.
  init(_ columns: [Wanted], limit: Int?) {
    guard let limit else {
      widths = columns.map(\.natural)
      return
    }
    var count = columns.count
    while count > 1, ColumnWidths.total(columns[..<count].map(\.minimum)) > limit { count -= 1 }
    widths = columns[..<count].map { min($0.natural, max(limit, $0.minimum)) }
    shrink(to: limit, floors: columns[..<count].map(\.comfortable))
    shrink(to: limit, floors: columns[..<count].map(\.minimum))
    if count == 1, widths[0] > limit { widths[0] = max(1, limit) }
  }

  /// Takes from the widest column, again and again, down to the floors.
  private mutating func shrink(to limit: Int, floors: [Int]) {
    var excess = ColumnWidths.total(widths) - limit
    while excess > 0 {
      let open = widths.indices.filter { widths[$0] > floors[$0] }
      guard let widest = open.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  /// What a column would like, what is still comfortable, and the least it can do with.
  struct Wanted {
    var natural: Int
    var comfortable: Int
    var minimum: Int

    /// The wishes of a column whose widest cell takes `cell`.
    init(_ column: PageColumn, cell: Int) {
      let name = cellWidth(column.name)
      let basePiece = column.base.map(longestPiece) ?? 0
      natural = max(
        cell, name, column.base.map { Wanted.width(ofBase: $0, from: max(cell, name)) } ?? 0)
      if column.description.type.isText {
        comfortable = min(natural, 24)
        minimum = min(natural, 10)
      } else {
        comfortable = max(cell, name, min(basePiece, 12))
        minimum = max(cell, min(longestPiece(column.name), 10), min(basePiece, 8))
      }
      comfortable = min(comfortable, natural)
      minimum = min(minimum, comfortable)
    }

    /// The least width that shows a base in three lines, up to 24 cells.
    private static func width(ofBase base: String, from least: Int) -> Int {
      var width = max(least, min(longestPiece(base), 24))
      while width < 24, wrapped(base, to: width).count > 3 { width += 1 }
      return width
    }
  }
}
