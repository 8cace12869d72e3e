/// How wide the columns of a table are drawn, and how many of them have room.
struct ColumnWidths {
  /// One for each column that has room, from the left.
  private(set) var widths: [Int]

  /// The space between two columns.
  static let gap = 2

  /// Gives way in stages until the table fits.
  ///
  /// Bases wrap and long text is cut, then names wrap, then text is cut more, and then columns are
  /// left out on the right. Numbers are never cut while two columns are left.
  init(_ columns: [WantedWidth], limit: Int?) {
    widths = columns.map(\.natural)
    guard let limit else { return }
    let columns = columns.prefix(ColumnWidths.count(of: columns, limit: limit))
    widths = columns.map { min($0.natural, max(limit, $0.minimum)) }
    shrink(to: limit, floors: columns.map(\.comfortable))
    shrink(to: limit, floors: columns.map { $0.canBeCut ? $0.comfortable : $0.minimum })
    shrink(to: limit, floors: columns.map(\.minimum))
    widths = zip(columns, widths).map { $0.tightened($1) }
    grow(to: limit, ceilings: columns.map { $0.canBeCut ? $0.natural : 0 })
    if columns.count == 1, total > limit { widths = [max(1, limit)] }
  }

  private var total: Int { widths.reduce(0, +) + ColumnWidths.gap * max(0, widths.count - 1) }

  /// How many columns fit when each takes the least it can do with; one at least.
  private static func count(of columns: [WantedWidth], limit: Int) -> Int {
    var total = -gap
    for (index, column) in columns.enumerated() {
      total += column.minimum + gap
      if index > 0, total > limit { return index }
    }
    return columns.count
  }

  /// Takes from the widest column, again and again, down to the floors.
  private mutating func shrink(to limit: Int, floors: [Int]) {
    var excess = total - limit
    while excess > 0 {
      let open = widths.indices.filter { widths[$0] > floors[$0] }
      guard let widest = open.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  /// Gives room that is left to the narrowest column that still cuts text.
  private mutating func grow(to limit: Int, ceilings: [Int]) {
    var room = limit - total
    while room > 0 {
      let open = widths.indices.filter { widths[$0] < ceilings[$0] }
      guard let narrowest = open.min(by: { widths[$0] < widths[$1] }) else { return }
      widths[narrowest] += 1
      room -= 1
    }
  }
}
