import WidenLanguage

/// Lines over time, one for each of the other labels, or for each measure when there are none.
func lineChart(_ source: ChartSource, _ style: TableStyle) throws(ChartError) -> [String] {
  draw(try ChartLines(source), source, style)
}

private func draw(_ shape: ChartLines, _ source: ChartSource, _ style: TableStyle) -> [String] {
  let (all, places) = (shape.all, shape.places)
  let most = 6
  let lines = shape.drawn(most: most)
  let marks: [Character] = ["●", "○", "▲", "△", "■", "□"]
  func shown(_ value: Double) -> String { source.chosen.shown(value) }
  let values = lines.flatMap(\.points.values)
  let names = lines.map { cut($0.name, to: (style.width ?? 80) / 4) }
  let ends = zip(names, lines).map { name, line in
    lines.count == 1
      ? line.last.map(shown) ?? "" : name + (line.last.map { " " + shown($0) } ?? "")
  }
  var plot = Plot(
    values, style: style, right: 2 + (ends.map { cellWidth($0) }.max() ?? 0) + 1,
    includesZero: isNearZero(values), text: shown)
  var behind: [Int: String] = [:]
  for (index, line) in lines.enumerated() {
    let points = line.points.sorted { $0.key < $1.key }.map { place, value in
      (
        place: place,
        point: (
          x: places.count > 1 ? Double(place) / Double(places.count - 1) : 0.5,
          y: plot.height(of: value)
        )
      )
    }
    for (one, next) in zip(points, points.dropFirst()) where next.place == one.place + 1 {
      plot.canvas.line(from: one.point, to: next.point)
    }
    for point in points { plot.canvas.mark(marks[index], at: point.point) }
    if let last = line.last {
      // Names that would stand on one another move apart.
      let wanted = plot.row(of: last)
      let rows = (0..<plot.canvas.height).sorted { abs($0 - wanted) < abs($1 - wanted) }
      let free = rows.first { behind[$0] == nil } ?? wanted
      behind[free] = "\(marks[index]) \(ends[index])"
    }
  }
  let title =
    all.count > 1 && source.labels.count < 2
    ? style.bold(lines.map(\.name).joined(separator: ", ") + " by " + source.labels[0].name)
    : heading(source.chosen, source, style)
  var result = [title]
  result += plot.lines(behind: behind, below: places)
  if all.count > most {
    result.append(
      style.dim("\(most) of \(grouped(all.count)) lines drawn, those that end highest"))
  }
  result += namedGaps(source.chosen, source, style)
  return result
}

/// Whether a scale that starts at zero costs little room.
private func isNearZero(_ values: [Double]) -> Bool {
  guard let least = values.min(), let most = values.max(), least >= 0 else { return false }
  return least <= most * 0.6
}
