public import WidenEngine
public import WidenLanguage

/// A result drawn as a chart in Scalable Vector Graphics, of the same kinds and by the same rules as on
/// the terminal.
///
/// Each value is written beside what is drawn, marks differ in shape as well as in colour, and the
/// description says what it shows to those who do not see it.
///
/// - Throws: `ChartError` when the result has not what the kind needs.
public func svgChart(
  _ answer: Answer, kind: ChartKind? = nil, title: String? = nil
) throws(ChartError) -> String {
  try drawing(of: answer, kind, title: title, identifier: "chart", isAlone: true)
}

/// A drawing that stands alone, or in a page under an identifier of its own.
func drawing(
  of answer: Answer, _ kind: ChartKind?, title: String?, identifier: String, isAlone: Bool
) throws(ChartError) -> String {
  let answer = answer.withoutWithheld
  let source = try ChartSource(answer, style: TableStyle())
  let kind = kind ?? source.suitedKind
  var drawing: Drawing
  switch kind {
  case .bar: drawing = drawBars(source)
  case .dot: drawing = drawDots(source)
  case .line: drawing = try drawLines(source)
  case .heat: drawing = try drawHeat(source)
  case .funnel: drawing = try drawFunnel(source)
  case .control: drawing = try drawControl(source)
  }
  let title = title ?? resultTitle(answer.table)
  return drawing.page(
    title: title, description: description(source, kind), identifier: identifier, isAlone: isAlone)
}

extension Answer {
  /// The result without the figures behind marks, should any have been left.
  var withoutWithheld: Answer {
    var result = self
    for index in table.columns.indices {
      guard let withheld = table.columns[index].withheld, withheld.setCount > 0 else { continue }
      let column = table.columns[index]
      let values = (0..<table.rowCount).map { withheld[$0] ? Value.missing : column.data[$0] }
      result.table.columns[index].data = .values(values, type: column.description.type)
    }
    return result
  }
}

/// What a chart shows, in a few sentences.
private func description(_ source: ChartSource, _ kind: ChartKind) -> String {
  // Of a cross-tabulation the totals tell most.
  let measure = kind == .heat ? source.measures[source.measures.count - 1] : source.chosen
  let names: [ChartKind: String] = [
    .bar: "Bar chart", .line: "Line chart", .dot: "Dot chart", .funnel: "Funnel chart",
    .control: "Control chart", .heat: "Heat map",
  ]
  let by = source.labels.map(\.name).joined(separator: ", ")
  var text = "\(names[kind] ?? "Chart") of \(measure.column.name)"
  text += by.isEmpty ? "." : " by \(by)."
  let known = (0..<source.rowCount).filter { measure.values[$0] != nil }
  let ordered = known.sorted { measure.values[$0] ?? 0 < measure.values[$1] ?? 0 }
  if let low = ordered.first, let high = ordered.last, known.count > 1 {
    text += " Lowest: \(source.label(low)), \(measure.text(low))."
    text += " Highest: \(source.label(high)), \(measure.text(high))."
  }
  let withheld = (0..<source.rowCount).filter { measure.text($0) == TableColumn.withheldMark }.count
  if withheld > 0 { text += " \(counted(withheld, "figure is", plural: "figures are")) withheld." }
  return text + " The figures are in the table."
}

/// What is drawn and what it is of, as the first line of a drawing.
func drawHeading(_ measure: ChartSource.Measure, _ source: ChartSource, to drawing: inout Drawing) {
  let by = source.labels.map(\.name).joined(separator: ", ")
  let common = source.common.isEmpty ? "" : " (\(source.common.joined(separator: ", ")))"
  let heading = measure.column.name + (by.isEmpty ? "" : " by " + by) + common
  for line in wrapped(heading, to: Int(drawing.width / 9.4)) {
    drawing.height += 20
    drawing.text(line, 0, drawing.height, class: "b")
  }
  if let base = measure.column.base {
    for line in wrapped(base, to: Int(drawing.width / 8)) {
      drawing.height += 18
      drawing.text(line, 0, drawing.height, class: "f")
    }
  }
  drawing.height += 10
}

/// The rows that are drawn, and what is said about the others.
func rowsToDraw(_ source: ChartSource) -> (rows: [Int], note: String?) {
  let most = 60
  guard source.rowCount > most else { return (Array(0..<source.rowCount), nil) }
  return (Array(0..<most), "\(most) of \(grouped(source.rowCount)) rows drawn")
}
