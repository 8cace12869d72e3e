/// Rows under the text: a menu or a hint.
///
/// Readline does not know of them, so they are taken away before it draws into their place, and all
/// moves are from the cursor, because the screen may scroll while they are drawn.
struct Footer {
  /// Where the text and the cursor were when the rows were drawn.
  struct Ground {
    var cursor: ScreenLayout.Cell
    var lastRow: Int

    /// Moves from the cursor to the first cell of the row under the text.
    ///
    /// The row is there or the screen scrolls.
    var codesToFooter: String { "\r" + down(lastRow - cursor.row) + "\n" }

    /// Moves back from this many rows under the text.
    func codesBack(from rows: Int) -> String {
      "\r" + up(lastRow - cursor.row + rows)
        + (cursor.column > 0 ? "\u{1B}[\(cursor.column)C" : "")
    }

    private func up(_ rows: Int) -> String { rows > 0 ? "\u{1B}[\(rows)A" : "" }
    private func down(_ rows: Int) -> String { rows > 0 ? "\u{1B}[\(rows)B" : "" }
  }

  /// As they are drawn, colours included; each narrower than the screen.
  var rows: [String] = []

  /// What draws the rows and comes back to the cursor.
  func codes(over ground: Ground) -> String {
    guard !rows.isEmpty else { return "" }
    return ground.codesToFooter + "\u{1B}[J" + rows.joined(separator: "\r\n")
      + ground.codesBack(from: rows.count)
  }

  /// What takes all rows under the text away and comes back to the cursor.
  static func codesToErase(_ ground: Ground) -> String {
    ground.codesToFooter + "\u{1B}[J" + ground.codesBack(from: 1)
  }
}
