import WidenLanguage

/// Lines over time, one for each of the other labels, or for each measure when there are none.
func lineChart(_ source: ChartSource, _ style: TableStyle) throws(ChartError) -> [String] {
  guard !source.labels.isEmpty else {
    throw ChartError(
      "a line chart needs something to go along", hint: "such as count by fy(started) as year")
  }
  let along = source.time ?? source.labels.count - 1
  var places: [String] = []
  var known: [String: Int] = [:]
  var all: [ChartLine] = []
  for row in 0..<source.rowCount {
    let place = source.labels[along].text(row: row)
    if known[place] == nil {
      known[place] = places.count
      places.append(place)
    }
  }
  if source.labels.count > 1 {
    let others = source.labels.indices.filter { $0 != along }
    var index: [String: Int] = [:]
    for row in 0..<source.rowCount {
      let name = others.map { source.labels[$0].text(row: row) }.joined(separator: ", ")
      if index[name] == nil {
        index[name] = all.count
        all.append(ChartLine(name: name, points: [:]))
      }
      let place = known[source.labels[along].text(row: row)] ?? 0
      if let line = index[name] { all[line].points[place] = source.chosen.values[row] }
    }
  } else {
    let format = source.chosen.column.description.format
    let drawn =
      source.numbers["n"] == nil && source.numbers["previous"] == nil
      ? source.measures.filter { $0.column.description.format == format } : [source.chosen]
    for measure in drawn {
      var line = ChartLine(name: measure.column.name, points: [:])
      for row in 0..<source.rowCount {
        let place = known[source.labels[along].text(row: row)] ?? 0
        line.points[place] = measure.values[row]
      }
      all.append(line)
    }
  }
  return draw(all, along: places, source, style)
}

/// One line of a line chart.
private struct ChartLine {
  var name: String
  /// Its values by their place along the chart; places without one are gaps.
  var points: [Int: Double]

  var last: Double? { points.max { $0.key < $1.key }?.value }
}

private func draw(
  _ all: [ChartLine], along places: [String], _ source: ChartSource, _ style: TableStyle
) -> [String] {
  let most = 6
  let lines =
    all.count > most
    ? Array(all.sorted { ($0.last ?? 0) > ($1.last ?? 0) }.prefix(most)) : all
  let marks: [Character] = style.usesUnicode ? ["●", "○", "▲", "△", "■", "□"] : Array("ox*+#@")
  func shown(_ value: Double) -> String { source.chosen.shown(value) }
  let values = lines.flatMap(\.points.values)
  let names = lines.map { cut($0.name, to: (style.width ?? 80) / 4, ellipsis: style.ellipsis) }
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
