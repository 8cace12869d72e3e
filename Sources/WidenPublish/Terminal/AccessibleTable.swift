import WidenLanguage

/// A table for those who listen to the screen: no lines and no columns, one labelled sentence a row.
func accessibleTable(_ columns: [PageColumn], _ rows: ShownRows) -> String {
  var lines = ["\(counted(rows.count, "row")), \(counted(columns.count, "column"))"]
  if rows.count == 0 {
    lines.append("the columns are " + columns.map(\.name).joined(separator: ", "))
  }
  for column in columns {
    if let base = column.base { lines.append("\(column.name) is \(base)") }
  }
  for (position, row) in rows.indices.enumerated() {
    if let cut = rows.cutAfter, position == cut {
      lines.append("rows \(grouped(cut + 1)) to \(grouped(rows.count - rows.tail)) are not shown")
    }
    let cells = columns.map { "\($0.name): \($0.text(row: row))" }
    lines.append("row \(grouped(row + 1)). " + cells.joined(separator: "; "))
  }
  let hidden = HiddenParts(rows: rows, columnCount: columns.count, leftOut: [])
  return (lines + hidden.lines(width: nil)).map { $0 + "\n" }.joined()
}
