import WidenLanguage

/// A dot for each value on one scale, with its interval and its benchmark where there are any.
///
/// The scale need not start at zero: dots are compared by their place, not by a length.
func dotChart(_ source: ChartSource, _ style: TableStyle) -> [String] {
  let measure = source.chosen
  let benchmark = source.numbers["benchmark"]
  let (rows, note) = drawnRows(source, style)
  let layout = RowLabels(source, rows, style)
  let texts = rows.map { row in text(measure, row, benchmark != nil, source) }
  let room = max(12, (style.width ?? 80) - layout.width - 3 - (texts.map(cellWidth).max() ?? 0))
  let shown = rows.flatMap { row in
    [
      measure.values[row], measure.lows?[row], measure.highs?[row], benchmark?[row],
    ].compactMap { $0 }
  }
  let scale = Scale(shown, cells: room)
  var lines = [heading(measure, source, style)]
  let rest = source.notDrawn.map { [style.dim($0)] } ?? []
  for (position, row) in rows.enumerated() {
    lines += layout.heads[position]
    var cells = [Character](repeating: " ", count: room)
    if measure.values[row] != nil, let low = measure.lows?[row], let high = measure.highs?[row] {
      let (first, last) = (scale.cell(low), scale.cell(high))
      for cell in first...max(first, last) { cells[cell] = "─" }
      cells[first] = "├"
      cells[max(first, last)] = "┤"
    }
    if let value = benchmark?[row] { cells[scale.cell(value)] = "┃" }
    if let value = measure.values[row] { cells[scale.cell(value)] = "●" }
    lines.append(
      layout.labels[position] + "  " + style.painted(String(cells)) + " " + texts[position])
  }
  let ends = (measure.shown(scale.least), measure.shown(scale.most))
  let gap = max(1, room - cellWidth(ends.0) - cellWidth(ends.1))
  let indent = String(repeating: " ", count: layout.width + 2)
  lines.append(indent + style.dim(ends.0 + String(repeating: " ", count: gap) + ends.1))
  if benchmark != nil {
    lines.append(indent + style.dim("┃ is the benchmark"))
  }
  return lines + gaps(measure, rows, style) + rest + note
}

/// `12.3 % (10.1 % to 14.8 %)`, or beside a benchmark `12.3 % against 15.0 %`.
private func text(
  _ measure: ChartSource.Measure, _ row: Int, _ hasBenchmark: Bool, _ source: ChartSource
) -> String {
  var text = measure.text(row)
  if measure.values[row] == nil { return text }
  if let low = measure.lows?[row], let high = measure.highs?[row] {
    text += " (\(measure.shown(low)) to \(measure.shown(high)))"
  } else if hasBenchmark,
    let other = source.measures.first(where: { $0.column.name == "benchmark" })
  {
    text += " against \(other.text(row))"
  }
  return text
}

/// Where numbers stand on a line of cells.
struct Scale {
  let least: Double
  let most: Double
  let cells: Int

  init(_ values: [Double], cells: Int) {
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    let margin = high > low ? 0 : max(abs(low) * 0.1, 1)
    least = low - margin
    most = high + margin
    self.cells = cells
  }

  /// The cell of a number, inside the line.
  func cell(_ value: Double) -> Int {
    min(cells - 1, max(0, Int(((value - least) / (most - least) * Double(cells - 1)).rounded())))
  }
}

extension ChartSource.Measure {
  /// A number as this column shows its own.
  ///
  /// Of whole numbers the ends and the middle of a scale are whole, too.
  func shown(_ value: Double) -> String {
    let isWhole = column.description.type == .integer && abs(value) < 1e15
    return column.text(of: isWhole ? .integer(Int(value.rounded())) : .decimal(value))
  }
}
