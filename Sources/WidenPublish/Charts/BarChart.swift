import WidenLanguage

/// Horizontal bars, each with its label before it and its value after it.
///
/// With two labels or more, all but the last head groups of bars. Bars of negative values go to the
/// left of the line at zero.
func barChart(_ source: ChartSource, _ style: TableStyle) -> [String] {
  let measure = source.chosen
  let (rows, note) = drawnRows(source, style)
  let layout = RowLabels(source, rows, style)
  let texts = rows.map { measure.text($0) }
  let room = max(8, (style.width ?? 80) - layout.width - 2 - (texts.map(cellWidth).max() ?? 0) - 1)
  let values = rows.compactMap { measure.values[$0] }
  let most = max(0, values.max() ?? 0)
  let least = min(0, values.min() ?? 0)
  let unit = most > least ? Double(room) / (most - least) : 0
  let zero = Int((-least * unit).rounded())
  var lines = [heading(measure, source, style)]
  let rest = source.notDrawn.map { [style.dim($0)] } ?? []
  for (position, row) in rows.enumerated() {
    lines += layout.heads[position]
    var line = layout.labels[position] + "  "
    if let value = measure.values[row] {
      let length = abs(value) * unit
      if value < 0 {
        let cells = min(zero, Int(length.rounded()))
        line += String(repeating: " ", count: zero - cells)
        line += style.painted(bar(Double(cells))) + " " + texts[position]
      } else {
        line += String(repeating: " ", count: zero) + style.painted(bar(length))
        line += length < 0.125 ? texts[position] : " " + texts[position]
      }
    } else {
      line += String(repeating: " ", count: zero) + style.dim(texts[position])
    }
    lines.append(line)
  }
  return lines + gaps(measure, rows, style) + rest + note
}

/// A bar of so many cells, to an eighth of a cell.
private func bar(_ length: Double) -> String {
  let eighths = Int((length * 8).rounded())
  let ends = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  return String(repeating: "█", count: eighths / 8) + ends[eighths % 8]
}

/// The labels of a chart's rows, cut to a third of the width and padded, and the heads of groups.
struct RowLabels {
  /// The lines before each row: the other labels, where they change.
  var heads: [[String]] = []
  /// Each as wide as the widest.
  var labels: [String] = []
  var width = 0

  init(_ source: ChartSource, _ rows: [Int], _ style: TableStyle) {
    let limit = max(8, (style.width ?? 80) / 3)
    let indent = source.labels.count > 1 ? "  " : ""
    var last: [String] = []
    for row in rows {
      let texts = source.labels.map { $0.text(row: row) }
      let head = texts.dropLast().map { $0 }
      heads.append(head == last || head.isEmpty ? [] : [head.joined(separator: ", ")])
      last = head
      labels.append(cut(indent + (texts.last ?? ""), to: limit))
    }
    width = labels.map { cellWidth($0) }.max() ?? 0
    labels = labels.map { $0 + String(repeating: " ", count: width - cellWidth($0)) }
  }
}
