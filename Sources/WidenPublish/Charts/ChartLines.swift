import WidenLanguage

/// The lines of a chart over time: one for each of the other labels, or for each measure when there
/// are none.
struct ChartLines {
  /// One line.
  struct Line {
    var name: String
    /// Its values by their place along the chart; places without one are gaps.
    var points: [Int: Double]

    /// The value at its end.
    var last: Double? { points.max { $0.key < $1.key }?.value }
  }

  /// What stands along the chart, in order.
  private(set) var places: [String] = []
  /// All lines, in the order of the rows or of the columns.
  private(set) var all: [Line] = []

  init(_ source: ChartSource) throws(ChartError) {
    guard !source.labels.isEmpty else {
      throw ChartError(
        "a line chart needs something to go along", hint: "such as count by fy(started) as year")
    }
    let along = source.time ?? source.labels.count - 1
    var known: [String: Int] = [:]
    for row in 0..<source.rowCount {
      let place = source.labels[along].text(row: row)
      if known[place] == nil {
        known[place] = places.count
        places.append(place)
      }
    }
    func place(_ row: Int) -> Int { known[source.labels[along].text(row: row)] ?? 0 }
    if source.labels.count > 1 {
      let others = source.labels.indices.filter { $0 != along }
      var index: [String: Int] = [:]
      for row in 0..<source.rowCount {
        let name = others.map { source.labels[$0].text(row: row) }.joined(separator: ", ")
        let line = index[name] ?? all.count
        if line == all.count {
          index[name] = line
          all.append(Line(name: name, points: [:]))
        }
        all[line].points[place(row)] = source.chosen.values[row]
      }
    } else {
      let format = source.chosen.column.description.format
      let drawn =
        source.numbers["n"] == nil && source.numbers["previous"] == nil
        ? source.measures.filter { $0.column.description.format == format } : [source.chosen]
      for measure in drawn {
        var line = Line(name: measure.column.name, points: [:])
        for row in 0..<source.rowCount { line.points[place(row)] = measure.values[row] }
        all.append(line)
      }
    }
  }

  /// So many lines, those that end highest, in that order; all in their own order when they are few.
  func drawn(most: Int) -> [Line] {
    all.count > most
      ? Array(all.sorted { ($0.last ?? 0) > ($1.last ?? 0) }.prefix(most)) : all
  }
}

/// Rates against how many they are of, between limits, as the step `funnel` computes them.
struct FunnelShape {
  let flags: [String]
  let rate: ChartSource.Measure
  let sizes: [Double?]
  let pooled: [Double?]
  /// The limits from the lowest to the highest.
  let limits: [[Double?]]
  /// The rows that can be drawn, the smallest size first.
  let rows: [Int]
  let largest: Double

  init(_ source: ChartSource) throws(ChartError) {
    guard let flags = source.text("flag"),
      let rate = source.measures.first(where: { $0.column.name == "rate" }),
      let sizes = rate.denominators, let pooled = source.numbers["pooled"]
    else {
      throw ChartError(
        "a funnel chart needs the result of 'funnel'",
        hint: "such as funnel left is recorded by organisation | chart funnel")
    }
    limits = ["low998", "low95", "high95", "high998"].compactMap { source.numbers[$0] }
    rows = (0..<source.rowCount).filter { sizes[$0] != nil && rate.values[$0] != nil }
      .sorted { sizes[$0] ?? 0 < sizes[$1] ?? 0 }
    guard let last = rows.last, let largest = sizes[last], largest > 0 else {
      throw ChartError("there is nothing to draw: no row has a rate")
    }
    self.flags = flags
    self.rate = rate
    self.sizes = sizes
    self.pooled = pooled
    self.largest = largest
  }

  /// Whether a row is beyond the limits.
  func isOutside(_ row: Int) -> Bool { flags[row] != "within the limits" }

  /// How far right a row stands, from 0 to 1: the root spreads small units, which lie close together.
  func place(_ row: Int) -> Double { ((sizes[row] ?? 0) / largest).squareRoot() }

  /// All values that are drawn.
  var values: [Double] {
    rows.flatMap { row in [rate.values[row]] + limits.map { $0[row] } }.compactMap { $0 }
  }
}

/// Values in their order between limits, as the step `control` computes them.
struct ControlShape {
  let causes: [String]
  let value: ChartSource.Measure
  let centre: [Double?]
  let low: [Double?]
  let high: [Double?]

  init(_ source: ChartSource) throws(ChartError) {
    guard let causes = source.text("cause"), let centre = source.numbers["centre"],
      let low = source.numbers["low"], let high = source.numbers["high"],
      let value = source.measures.first(where: { $0.column.name != "centre" })
    else {
      throw ChartError(
        "a control chart needs the result of 'control'",
        hint: "such as control count over month(started) | chart control")
    }
    self.causes = causes
    self.value = value
    self.centre = centre
    self.low = low
    self.high = high
  }

  /// Why a row is beyond ordinary variation; nil when it is not.
  func cause(_ row: Int, missing: String) -> String? {
    causes[row].isEmpty || causes[row] == missing ? nil : causes[row]
  }

  /// All values that are drawn.
  var values: [Double] { (value.values + low + high).compactMap { $0 } }
}
