public import WidenEngine
public import WidenLanguage

/// A result drawn as a chart for a terminal, its last line ended too.
///
/// Without a kind, the shape of the result decides: a control or a funnel chart for the results of
/// those steps, lines over time, a heat map for a cross-tabulation, dots where there are intervals
/// or a benchmark, and bars for all else. Values are written beside what is drawn, so that nothing
/// depends on colour or on judging lengths.
///
///     try terminalChart(answer, kind: .bar)
///
/// - Throws: `ChartError` when the result has not what the kind needs.
public func terminalChart(
  _ answer: Answer, kind: ChartKind? = nil, style: TableStyle = TableStyle()
) throws(ChartError) -> String {
  let source = try ChartSource(answer, style: style)
  // Those who listen to the screen get the table: its sentences say all that a drawing shows.
  if style.isAccessible { return spread(source) + terminalTable(answer, style: style) }
  let lines =
    switch kind ?? source.suitedKind {
    case .bar: barChart(source, style)
    case .line: try lineChart(source, style)
    case .dot: dotChart(source, style)
    case .funnel: try funnelChart(source, style)
    case .control: try controlChart(source, style)
    case .heat: try heatChart(source, style)
    }
  return lines.map { $0 + "\n" }.joined()
}

/// What a drawing shows at a glance, as a sentence: `n by band: from 43 (VSM) to 3,790 (5)`.
private func spread(_ source: ChartSource) -> String {
  let measure = source.chosen
  let rows = (0..<source.rowCount).filter { measure.values[$0] != nil }
  func value(_ row: Int) -> Double { measure.values[row] ?? 0 }
  guard let least = rows.min(by: { value($0) < value($1) }),
    let most = rows.max(by: { value($0) < value($1) })
  else { return "" }
  return heading(measure, source, TableStyle())
    + ": from \(measure.text(least)) (\(source.label(least)))"
    + " to \(measure.text(most)) (\(source.label(most)))\n"
}

extension ChartSource {
  /// The kind that suits the shape of the result.
  var suitedKind: ChartKind {
    if numbers["centre"] != nil, text("cause") != nil { return .control }
    if numbers["low95"] != nil, text("flag") != nil { return .funnel }
    if let time, Set((0..<rowCount).map { labels[time].text(row: $0) }).count > 2 { return .line }
    let formats = Set(measures.map(\.column.description.format))
    if labels.count == 1, measures.count > 2, formats.count == 1, numbers["n"] == nil {
      return .heat
    }
    if chosen.lows != nil || numbers["benchmark"] != nil { return .dot }
    return .bar
  }
}

/// What is drawn and what it is of: the first line of a chart.
func heading(_ measure: ChartSource.Measure, _ source: ChartSource, _ style: TableStyle) -> String {
  let by = source.labels.map(\.name).joined(separator: ", ")
  let base = measure.column.base.map { style.dim(" \($0)") } ?? ""
  let common = source.common.isEmpty ? "" : " (\(source.common.joined(separator: ", ")))"
  return style.bold(measure.column.name + (by.isEmpty ? "" : " by " + by) + common) + base
}

/// Which rows are drawn, and the line that says what is left out.
func drawnRows(_ source: ChartSource, _ style: TableStyle) -> (rows: [Int], note: [String]) {
  let limit = style.maximumRows ?? source.rowCount
  guard source.rowCount > limit else { return (Array(0..<source.rowCount), []) }
  return (
    Array(0..<limit),
    [style.dim("\(grouped(limit)) of \(grouped(source.rowCount)) rows drawn")]
  )
}
