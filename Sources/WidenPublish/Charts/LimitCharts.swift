import WidenLanguage

/// Rates against how many they are of, between the limits of what chance alone would show.
func funnelChart(_ source: ChartSource, _ style: TableStyle) throws(ChartError) -> [String] {
  let shape = try FunnelShape(source)
  let (rate, limits, rows) = (shape.rate, shape.limits, shape.rows)
  var plot = Plot(shape.values, style: style, text: rate.shown)
  func point(_ row: Int, _ value: Double) -> (x: Double, y: Double) {
    (shape.place(row), plot.height(of: value))
  }
  for curve in limits + [shape.pooled] {
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
    var mark: Character = "●"
    if shape.isOutside(row), outside.count < signs.count {
      mark = signs[outside.count]
      outside.append("\(mark) \(source.label(row)): \(rate.text(row)), \(shape.flags[row])")
    }
    plot.canvas.mark(mark, at: point(row, value))
  }
  let lines =
    [heading(rate, source, style)]
    + plot.lines(below: ["0", "of " + grouped(Int(shape.largest))])
  return lines + (outside.isEmpty ? [style.dim("all are within the limits")] : outside)
    + namedGaps(rate, source, style)
}

/// Values in their order between the limits of what is ordinary, and those that have a cause.
func controlChart(_ source: ChartSource, _ style: TableStyle) throws(ChartError) -> [String] {
  let shape = try ControlShape(source)
  let (value, centre, low, high) = (shape.value, shape.centre, shape.low, shape.high)
  let rows = 0..<source.rowCount
  // Limits are no counts, and keep their decimals.
  func text(_ number: Double) -> String { value.column.text(of: .decimal(number)) }
  var plot = Plot(shape.values, style: style, right: 12, text: text)
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
    let cause = shape.cause(row, missing: style.missing)
    plot.canvas.mark(cause != nil ? "◆" : "●", at: point(row, number))
    if let cause { notable.append("◆ \(source.label(row)): \(value.text(row)), \(cause)") }
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
