import WidenEngine
import WidenLanguage

/// Horizontal bars from zero, with intervals where the result has them.
func drawBars(_ source: ChartSource) -> Drawing {
  rowsOfMarks(source, isBar: true)
}

/// Dots on one scale, with their intervals and their benchmark where there are any.
func drawDots(_ source: ChartSource) -> Drawing {
  rowsOfMarks(source, isBar: false)
}

private func rowsOfMarks(_ source: ChartSource, isBar: Bool) -> Drawing {
  var drawing = Drawing()
  let measure = source.chosen
  let benchmark = source.numbers["benchmark"]
  drawHeading(measure, source, to: &drawing)
  let (rows, note) = rowsToDraw(source)
  let texts = rows.map { rowText(measure, $0, benchmark != nil && !isBar, source) }
  let labels = rows.map { cut(source.labels.last?.text(row: $0) ?? "", to: 30) }
  let left = (labels.map(drawnWidth).max() ?? 0) + (source.labels.count > 1 ? 26 : 10)
  let right = (texts.map(drawnWidth).max() ?? 0) + 8
  let room = max(120, drawing.width - left - right)
  let axis = Axis(drawnValues(measure, rows, isBar ? nil : benchmark), includesZero: isBar)
  func x(_ value: Double) -> Double { left + axis.place(value) * room }
  var lines = Drawing(height: drawing.height)
  var head: [String] = []
  for (position, row) in rows.enumerated() {
    let others = source.labels.dropLast().map { $0.text(row: row) }
    if !others.isEmpty, others != head {
      lines.height += 24
      lines.text(others.joined(separator: ", "), 0, lines.height - 6, class: "b")
      head = others
    }
    let middle = lines.height + 14
    lines.text(labels[position], left - 10, middle + 5, .end)
    lines.height += 28
    var end = isBar ? x(0) : left + room
    if let value = measure.values[row] {
      if isBar {
        lines.rectangle(min(x(0), x(value)), middle - 9, abs(x(value) - x(0)), 18, class: "c1")
      }
      end = isBar ? max(x(0), x(value)) : end
      if let low = measure.lows?[row], let high = measure.highs?[row] {
        drawRange(x(low), x(high), at: middle, to: &lines)
        if isBar { end = max(end, x(high)) }
      }
      if !isBar {
        if let goal = benchmark?[row] {
          lines.line([(x(goal), middle - 9), (x(goal), middle + 9)], class: "goal")
        }
        lines.mark(0, at: (x(value), middle), class: "c1")
      }
    } else if measure.text(row) == TableColumn.withheldMark {
      lines.rectangle(isBar ? x(0) : left, middle - 9, 40, 18, class: "withheld")
      end = isBar ? x(0) + 40 : end
    }
    lines.text(texts[position], isBar ? end + 8 : left + room + 8, middle + 5)
  }
  // Rules lie under the marks, so they are drawn first.
  for tick in axis.ticks {
    drawing.line(
      [(x(tick), drawing.height), (x(tick), lines.height)], class: tick == 0 ? "axis" : "rule")
    drawing.text(shortText(measure, tick), x(tick), lines.height + 16, .middle, class: "f")
  }
  drawing.height = lines.height + 26
  drawing.append(lines)
  let goal = benchmark != nil && !isBar ? "The upright bar is the benchmark" : nil
  let range = measure.lows != nil ? "The thin line is the interval" : nil
  for line in [goal, range, source.notDrawn, note].compactMap(\.self) { drawing.footnote(line) }
  return drawing
}

/// All numbers that have a place on the scale.
private func drawnValues(
  _ measure: ChartSource.Measure, _ rows: [Int], _ benchmark: [Double?]?
) -> [Double] {
  rows.flatMap { row in
    [measure.values[row], measure.lows?[row], measure.highs?[row], benchmark?[row]]
      .compactMap { $0 }
  }
}

private func drawRange(_ low: Double, _ high: Double, at y: Double, to drawing: inout Drawing) {
  drawing.line([(low, y), (high, y)], class: "range")
  drawing.line([(low, y - 5), (low, y + 5)], class: "range")
  drawing.line([(high, y - 5), (high, y + 5)], class: "range")
}

private func rowText(
  _ measure: ChartSource.Measure, _ row: Int, _ hasBenchmark: Bool, _ source: ChartSource
) -> String {
  let text = measure.text(row)
  if hasBenchmark, let other = source.measures.first(where: { $0.column.name == "benchmark" }) {
    return "\(text) against \(other.text(row))"
  }
  return text
}

/// A number as it stands on a scale: without decimals that are all nought.
func shortText(_ measure: ChartSource.Measure, _ value: Double) -> String {
  let text = measure.shown(value)
  let isWhole =
    measure.column.description.format == .percentage
    ? (value * 100).rounded() == (value * 1_000_000).rounded() / 10_000
    : value == value.rounded()
  guard isWhole, let point = text.firstIndex(of: ".") else { return text }
  let rest = text[text.index(after: point)...].drop { $0 == "0" }
  return String(text[..<point] + rest)
}

extension Drawing {
  /// Puts another drawing over this one; its height is not taken over.
  mutating func append(_ other: Drawing) { add(other.elements) }

  /// A faint line of text at the end.
  mutating func footnote(_ text: String) {
    height += 18
    self.text(text, 0, height - 4, class: "f")
  }
}
