import WidenLanguage

/// Where a chart with two axes lies in its drawing.
struct PlotArea {
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let axis: Axis

  /// Draws the scale at the left, with rules, and leaves room for texts at the right and below.
  init(
    _ drawing: inout Drawing, _ values: [Double], includesZero: Bool, right room: Double,
    text: (Double) -> String
  ) {
    axis = Axis(values, includesZero: includesZero)
    let texts = axis.ticks.map(text)
    left = (texts.map(drawnWidth).max() ?? 0) + 8
    right = max(left + 160, drawing.width - room - 8)
    top = drawing.height + 8
    bottom = top + 260
    for (tick, text) in zip(axis.ticks, texts) {
      let y = bottom - axis.place(tick) * (bottom - top)
      drawing.line([(left, y), (right, y)], class: tick == axis.least ? "axis" : "rule")
      drawing.text(text, left - 6, y + 5, .end, class: "f")
    }
    drawing.height = bottom
  }

  /// The point of a place from 0 to 1 and a value.
  func point(_ place: Double, _ value: Double) -> (x: Double, y: Double) {
    (left + place * (right - left), bottom - axis.place(value) * (bottom - top))
  }

  /// Writes as many of the texts below as fit, the first and the last among them.
  func writeBelow(_ texts: [String], to drawing: inout Drawing) {
    let wide = (texts.map(drawnWidth).max() ?? 1) + 14
    let step = max(1, Int((Double(texts.count) * wide / (right - left)).rounded(.up)))
    for (index, text) in texts.enumerated() {
      let isLast = index == texts.count - 1
      guard isLast || index % step == 0 && texts.count - 1 - index >= step else { continue }
      let place = texts.count > 1 ? Double(index) / Double(texts.count - 1) : 0.5
      let anchor: Drawing.Anchor =
        texts.count == 1 ? .middle : index == 0 ? .start : isLast ? .end : .middle
      drawing.text(text, point(place, axis.least).x, bottom + 20, anchor, class: "f")
    }
    drawing.height = bottom + 30
  }
}

/// Lines along time, each with its name at its end.
func drawLines(_ source: ChartSource) throws(ChartError) -> Drawing {
  let shape = try ChartLines(source)
  let lines = shape.drawn(most: 6)
  var drawing = Drawing()
  drawHeading(source.chosen, source, to: &drawing)
  let ends = lines.map { line in
    (lines.count > 1 ? cut(line.name, to: 24) + " " : "")
      + (line.last.map { source.chosen.shown($0) } ?? "")
  }
  let values = lines.flatMap(\.points.values)
  let startsNearZero = (values.min() ?? 0) >= 0 && (values.min() ?? 0) <= (values.max() ?? 0) * 0.6
  let area = PlotArea(
    &drawing, values, includesZero: startsNearZero, right: (ends.map(drawnWidth).max() ?? 0) + 14
  ) { shortText(source.chosen, $0) }
  func place(_ index: Int) -> Double {
    shape.places.count > 1 ? Double(index) / Double(shape.places.count - 1) : 0.5
  }
  var heights: [(wanted: Double, index: Int)] = []
  for (index, line) in lines.enumerated() {
    let number = index % 6 + 1
    let points = line.points.sorted { $0.key < $1.key }
    for (one, next) in zip(points, points.dropFirst()) where next.key == one.key + 1 {
      drawing.line(
        [area.point(place(one.key), one.value), area.point(place(next.key), next.value)],
        class: "l l\(number)")
    }
    for (key, value) in points {
      drawing.mark(index, at: area.point(place(key), value), class: "c\(number)")
    }
    if let last = line.last { heights.append((area.point(1, last).y, index)) }
  }
  // Names that would stand on one another move down.
  var free = -Double.infinity
  for (wanted, index) in heights.sorted(by: { $0.wanted < $1.wanted }) {
    let y = max(wanted, free)
    free = y + 19
    drawing.mark(index, at: (area.right + 14, y), class: "c\(index % 6 + 1)")
    drawing.text(ends[index], area.right + 24, y + 5)
  }
  area.writeBelow(shape.places, to: &drawing)
  drawing.height = max(drawing.height, free)
  if shape.all.count > lines.count {
    drawing.footnote(
      "\(lines.count) of \(grouped(shape.all.count)) lines drawn, those that end highest")
  }
  return drawing
}

/// A cross-tabulation with its cells shaded by their values; totals are not shaded.
func drawHeat(_ source: ChartSource) throws(ChartError) -> Drawing {
  guard source.labels.count == 1, source.measures.count > 1 else {
    throw ChartError(
      "a heat map needs a cross-tabulation", hint: "such as crosstab band by ethnic_group")
  }
  let (rows, note) = rowsToDraw(source)
  let columns = Array(source.measures.filter { $0.column.name != "N" }.prefix(14))
  let labels = rows.map { cut(source.label($0), to: 26) }
  let left = (labels.map(drawnWidth).max() ?? 0) + 10
  let least = columns.map { measure in (rows.map { drawnWidth(measure.text($0)) }.max() ?? 0) + 16 }
  let wide = max(64, least.max() ?? 0)
  var drawing = Drawing(width: max(680, left + wide * Double(columns.count)))
  let cell = (drawing.width - left) / Double(columns.count)
  drawing.height = 20
  drawing.text("by " + source.labels[0].name, 0, drawing.height, class: "b")
  if let base = columns.first?.column.base {
    drawing.height += 18
    drawing.text(base, 0, drawing.height, class: "f")
  }
  let heads = columns.map { wrapped($0.column.name, to: max(4, Int(cell / 9.4)), isName: true) }
  let lines = heads.map(\.count).max() ?? 1
  for (index, head) in heads.enumerated() {
    for (line, text) in head.enumerated() {
      let y = drawing.height + 22 + Double(lines - head.count + line) * 17
      drawing.text(text, left + (Double(index) + 0.5) * cell, y, .middle, class: "b")
    }
  }
  drawing.height += 30 + Double(lines - 1) * 17
  func isTotal(_ row: Int, _ measure: ChartSource.Measure) -> Bool {
    measure.column.name == "Total" || source.label(row) == "Total"
  }
  let inner = rows.flatMap { row in
    columns.filter { !isTotal(row, $0) }.compactMap { $0.values[row] }
  }
  let (low, high) = (min(0, inner.min() ?? 0), inner.max() ?? 0)
  for (position, row) in rows.enumerated() {
    let y = drawing.height
    drawing.text(labels[position], left - 10, y + 20, .end)
    for (index, measure) in columns.enumerated() {
      let x = left + Double(index) * cell
      if let value = measure.values[row], !isTotal(row, measure), high > low {
        drawing.rectangle(
          x + 1, y + 1, cell - 2, 28, class: "c1", opacity: (value - low) / (high - low) * 0.5)
      } else if measure.text(row) == "[c]" {
        drawing.rectangle(x + 1.5, y + 1.5, cell - 3, 27, class: "withheld")
      }
      drawing.text(measure.text(row), x + cell / 2, y + 20, .middle, class: "h")
    }
    drawing.height += 30
  }
  drawing.height += 8
  if let note { drawing.footnote(note) }
  if columns.count < source.measures.filter({ $0.column.name != "N" }).count {
    drawing.footnote("\(columns.count) of \(source.measures.count) columns drawn")
  }
  return drawing
}
