import WidenLanguage

/// Rates against how many they are of, between the limits of what chance alone would show.
func funnelChart(_ source: ChartSource, _ style: TableStyle) throws(ChartError) -> [String] {
  guard let flags = source.text("flag"),
    let rate = source.measures.first(where: { $0.column.name == "rate" }),
    let sizes = rate.denominators, let pooled = source.numbers["pooled"]
  else {
    throw ChartError(
      "a funnel chart needs the result of 'funnel'",
      hint: "such as funnel left is recorded by organisation | chart funnel")
  }
  let limits = ["low998", "low95", "high95", "high998"].compactMap { source.numbers[$0] }
  let rows = (0..<source.rowCount).filter { sizes[$0] != nil && rate.values[$0] != nil }
    .sorted { sizes[$0] ?? 0 < sizes[$1] ?? 0 }
  guard let last = rows.last, let largest = sizes[last], largest > 0 else {
    throw ChartError("there is nothing to draw: no row has a rate")
  }
  let values = rows.flatMap { row in [rate.values[row]] + limits.map { $0[row] } }.compactMap { $0 }
  var plot = Plot(values, style: style, text: rate.shown)
  // The root of the size spreads small units, which lie close together.
  func point(_ row: Int, _ value: Double) -> (x: Double, y: Double) {
    (((sizes[row] ?? 0) / largest).squareRoot(), plot.height(of: value))
  }
  for curve in limits + [pooled] {
    for (one, next) in zip(rows, rows.dropFirst()) {
      if let a = curve[one], let b = curve[next] {
        plot.canvas.line(from: point(one, a), to: point(next, b))
      }
    }
  }
  var outside: [String] = []
  let signs = Array("123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  for row in rows {
    guard let value = rate.values[row] else { continue }
    var mark: Character = style.usesUnicode ? "●" : "o"
    if flags[row] != "within the limits", outside.count < signs.count {
      mark = signs[outside.count]
      outside.append("\(mark) \(source.label(row)): \(rate.text(row)), \(flags[row])")
    }
    plot.canvas.mark(mark, at: point(row, value))
  }
  let lines =
    [heading(rate, source, style)]
    + plot.lines(below: ["0", "of " + grouped(Int(largest))])
  return lines + (outside.isEmpty ? [style.dim("all are within the limits")] : outside)
    + namedGaps(rate, source, style)
}

/// Values in their order between the limits of what is ordinary, and those that have a cause.
func controlChart(_ source: ChartSource, _ style: TableStyle) throws(ChartError) -> [String] {
  guard let causes = source.text("cause"), let centre = source.numbers["centre"],
    let low = source.numbers["low"], let high = source.numbers["high"],
    let value = source.measures.first(where: { $0.column.name != "centre" })
  else {
    throw ChartError(
      "a control chart needs the result of 'control'",
      hint: "such as control count over month(started) | chart control")
  }
  let rows = 0..<source.rowCount
  let shown = rows.flatMap { [value.values[$0], low[$0], high[$0]] }.compactMap { $0 }
  // Limits are no counts, and keep their decimals.
  func text(_ number: Double) -> String { value.column.text(of: .decimal(number)) }
  var plot = Plot(shown, style: style, right: 12, text: text)
  func point(_ row: Int, _ number: Double) -> (x: Double, y: Double) {
    (rows.count > 1 ? Double(row) / Double(rows.count - 1) : 0.5, plot.height(of: number))
  }
  for curve in [centre, low, high, value.values] {
    for row in rows.dropFirst() {
      if let a = curve[row - 1], let b = curve[row] {
        plot.canvas.line(from: point(row - 1, a), to: point(row, b))
      }
    }
  }
  var notable: [String] = []
  for row in rows {
    guard let number = value.values[row] else { continue }
    let hasCause = !causes[row].isEmpty && causes[row] != style.missing
    plot.canvas.mark(
      hasCause ? (style.usesUnicode ? "◆" : "X") : (style.usesUnicode ? "●" : "o"),
      at: point(row, number))
    if hasCause { notable.append("◆ \(source.label(row)): \(value.text(row)), \(causes[row])") }
  }
  var behind: [Int: String] = [:]
  for (name, curve) in [("upper", high), ("centre", centre), ("lower", low)] {
    if let last = curve.last ?? nil { behind[plot.row(of: last)] = style.dim("\(name) limit") }
    if name == "centre", let last = curve.last ?? nil {
      behind[plot.row(of: last)] = style.dim(name)
    }
  }
  return [heading(value, source, style)] + plot.lines(behind: behind, below: rows.map(source.label))
    + (notable.isEmpty ? [style.dim("nothing beyond ordinary variation")] : notable)
    + namedGaps(value, source, style)
}
