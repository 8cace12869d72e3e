import WidenLanguage

/// Rates against how many they are of, between the limits of what chance alone would show.
func drawFunnel(_ source: ChartSource) throws(ChartError) -> Drawing {
  let shape = try FunnelShape(source)
  var drawing = Drawing()
  drawHeading(shape.rate, source, to: &drawing)
  let area = PlotArea(&drawing, shape.values, includesZero: false, right: 20) {
    shortText(shape.rate, $0)
  }
  for curve in shape.limits {
    drawing.line(
      shape.rows.compactMap { row in curve[row].map { area.point(shape.place(row), $0) } },
      class: "limit")
  }
  drawing.line(
    shape.rows.compactMap { row in shape.pooled[row].map { area.point(shape.place(row), $0) } },
    class: "axis")
  var outside: [String] = []
  for row in shape.rows {
    guard let value = shape.rate.values[row] else { continue }
    let point = area.point(shape.place(row), value)
    let isOutside = shape.isOutside(row)
    drawing.mark(isOutside ? 3 : 0, at: point, class: isOutside ? "c3" : "c1")
    guard isOutside, outside.count < 40 else { continue }
    outside.append(
      "\(outside.count + 1)  \(source.label(row)): \(shape.rate.text(row)), \(shape.flags[row])")
    drawing.text("\(outside.count)", point.x + 8, point.y - 6, class: "b")
  }
  area.writeBelow(["0", "of \(grouped(Int(shape.largest)))"], to: &drawing)
  drawing.footnote("Dashed: the limits of 95 % and 99.8 %; between them the rate of all together")
  for line in outside { drawing.footnote(line) }
  if outside.isEmpty { drawing.footnote("All are within the limits") }
  drawing.height += 6
  return drawing
}

/// Values in their order between the limits of what is ordinary, and those that have a cause.
func drawControl(_ source: ChartSource) throws(ChartError) -> Drawing {
  let shape = try ControlShape(source)
  var drawing = Drawing()
  drawHeading(shape.value, source, to: &drawing)
  let area = PlotArea(&drawing, shape.values, includesZero: false, right: 100) {
    shortText(shape.value, $0)
  }
  let rows = 0..<source.rowCount
  func point(_ row: Int, _ value: Double) -> (x: Double, y: Double) {
    area.point(rows.count > 1 ? Double(row) / Double(rows.count - 1) : 0.5, value)
  }
  let curves = [
    (shape.high, "limit", "upper limit"), (shape.centre, "axis", "centre"),
    (shape.low, "limit", "lower limit"), (shape.value.values, "l l1", ""),
  ]
  for (curve, name, label) in curves {
    drawing.line(rows.compactMap { row in curve[row].map { point(row, $0) } }, class: name)
    if !label.isEmpty, let last = curve.last ?? nil {
      drawing.text(label, area.right + 8, area.point(1, last).y + 5, class: "f")
    }
  }
  var notable: [String] = []
  for row in rows {
    guard let value = shape.value.values[row] else { continue }
    let cause = shape.cause(row, missing: TableStyle().missing)
    drawing.mark(cause == nil ? 0 : 3, at: point(row, value), class: cause == nil ? "c1" : "c3")
    if let cause {
      notable.append("◆ \(source.label(row)): \(shape.value.text(row)), \(cause)")
    }
  }
  area.writeBelow(rows.map { source.label($0) }, to: &drawing)
  for line in notable.prefix(40) { drawing.footnote(line) }
  if notable.isEmpty { drawing.footnote("Nothing beyond ordinary variation") }
  drawing.height += 6
  return drawing
}
