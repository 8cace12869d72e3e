import WidenEngine
import WidenLanguage

/// What a chart says of figures that are not there, so that no gap is taken for nought.
let withheldLegend = "\(TableColumn.withheldMark) is withheld, so that nobody can be recognised"

/// A sentence under a chart, on as many lines as it takes.
func legend(_ text: String, _ style: TableStyle) -> [String] {
  wrapped(text, to: max(10, style.width ?? Int.max)).map(style.dim)
}

/// Under bars and dots, where each row without a figure carries its mark.
func gaps(_ measure: ChartSource.Measure, _ rows: [Int], _ style: TableStyle) -> [String] {
  var lines: [String] = []
  let empty = rows.filter { measure.values[$0] == nil }
  if empty.contains(where: { !measure.column.isWithheld(row: $0) }) {
    lines.append(style.dim("\(style.missing) is missing"))
  }
  if empty.contains(where: { measure.column.isWithheld(row: $0) }) {
    lines += legend(withheldLegend, style)
  }
  return lines
}

/// Under lines, where a row without a figure is a gap: which those are.
func namedGaps(
  _ measure: ChartSource.Measure, _ source: ChartSource, _ style: TableStyle
) -> [String] {
  func line(_ rows: [Int], _ what: String) -> [String] {
    if rows.isEmpty { return [] }
    let names = rows.prefix(6).map(source.label).joined(separator: "; ")
    let rest = rows.count > 6 ? " and \(rows.count - 6) more" : ""
    return legend("\(what): \(names)\(rest)", style)
  }
  let empty = (0..<source.rowCount).filter { measure.values[$0] == nil }
  return line(empty.filter { !measure.column.isWithheld(row: $0) }, "missing")
    + line(
      empty.filter { measure.column.isWithheld(row: $0) }, "withheld \(TableColumn.withheldMark)")
}
