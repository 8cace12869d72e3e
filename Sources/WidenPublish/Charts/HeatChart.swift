import WidenLanguage

/// A cross-tabulation with its cells shaded by their values: ` `, `░`, `▒`, `▓`, `█`.
///
/// Totals are shown without shade, since they would outweigh all else.
func heatChart(_ source: ChartSource, _ style: TableStyle) throws(ChartError) -> [String] {
  guard source.labels.count == 1, source.measures.count > 1 else {
    throw ChartError(
      "a heat map needs a cross-tabulation", hint: "such as crosstab band by ethnic_group")
  }
  let (rows, note) = drawnRows(source, style)
  let layout = RowLabels(source, rows, style)
  let columns = source.measures.filter { $0.column.name != "N" }
  let inner = columns.filter { $0.column.name != "Total" }
  let body = rows.filter { source.label($0) != "Total" }
  let values = body.flatMap { row in inner.compactMap { $0.values[row] } }
  let (least, most) = (min(0, values.min() ?? 0), values.max() ?? 0)
  let widths = columns.map { measure in
    max(cellWidth(measure.column.name), 2 + (rows.map { cellWidth(measure.text($0)) }.max() ?? 0))
  }
  var shown = 0
  var width = layout.width
  for cell in widths where shown == 0 || width + 2 + cell <= style.width ?? Int.max {
    width += 2 + cell
    shown += 1
  }
  let names = zip(columns, widths).prefix(shown).map { measure, width in
    String(repeating: " ", count: 2 + width - cellWidth(measure.column.name)) + measure.column.name
  }
  let base = [
    style.bold("by " + source.labels[0].name)
      + (columns.first?.column.base.map {
        style.dim(" " + $0)
      } ?? "")
  ]
  var lines =
    base + [String(repeating: " ", count: layout.width) + style.bold(names.joined())]
  for (position, row) in rows.enumerated() {
    let cells = zip(columns, widths).prefix(shown).map { measure, width in
      let text = measure.text(row)
      let isTotal = measure.column.name == "Total" || source.label(row) == "Total"
      let mark = isTotal ? " " : shade(measure.values[row], least, most)
      let gap = String(repeating: " ", count: 2 + width - 2 - cellWidth(text))
      return gap + style.painted(mark) + " " + text
    }
    lines.append(layout.labels[position] + cells.joined())
  }
  if shown < columns.count {
    lines.append(style.dim("\(shown) of \(columns.count) columns drawn"))
  }
  let hasWithheld = columns.contains { measure in
    rows.contains { measure.column.isWithheld(row: $0) }
  }
  return lines + (hasWithheld ? legend(withheldLegend, style) : []) + note
}

/// The shade of a value between the least and the most.
private func shade(_ value: Double?, _ least: Double, _ most: Double) -> String {
  guard let value, most > least else { return " " }
  let shades = [" ", "░", "▒", "▓", "█"]
  return shades[min(4, max(0, Int((value - least) / (most - least) * 4.999)))]
}
