import WidenLanguage

/// The figures of a control chart in the order of time.
struct TimeSeries {
  struct Point {
    var time: Value
    /// Nil where there is no figure, such as the mean of nothing.
    var value: Double?
    /// The counts behind a rate.
    var parts: [Double]
  }

  private(set) var points: [Point] = []
  /// Months or years without rows that were put in as 0.
  private(set) var filled = 0
  /// Rows whose time is missing.
  private(set) var missingTimes = 0

  /// Longer gaps than this are no months that somebody follows.
  private static let longestGap = 1200

  init(_ relation: Relation, values: Column, _ plan: ControlPlan) {
    let columns = relation.frame.columns
    for row in 0..<relation.frame.rowCount {
      let time = columns[0][row]
      guard time != .missing else {
        missingTimes += 1
        continue
      }
      if plan.emptyIsZero, let last = points.last?.time { fill(from: last, to: time) }
      let parts = plan.parts.map { parts in
        [parts.numerator, parts.denominator].map { columns[$0].number(ofRow: row) ?? 0 }
      }
      points.append(
        Point(time: time, value: values.number(ofRow: row), parts: parts ?? []))
    }
  }

  /// A month or period between two that have rows is one in which nothing was counted.
  private mutating func fill(from last: Value, to next: Value) {
    switch (last, next) {
    case (.month(let last), .month(let next)):
      guard next.number - last.number <= Self.longestGap else { return }
      for number in last.number + 1..<max(last.number + 1, next.number) {
        add(.month(Month(number: number)))
      }
    case (.period(let last), .period(let next)):
      guard last.kind == next.kind, next.number - last.number <= Self.longestGap else { return }
      for number in last.number + 1..<max(last.number + 1, next.number) {
        add(.period(Period(kind: last.kind, number: number)))
      }
    case (.missing, _), (.boolean, _), (.integer, _), (.decimal, _), (.text, _), (.date, _),
      (.month, _), (.period, _):
      return
    }
  }

  private mutating func add(_ time: Value) {
    points.append(Point(time: time, value: 0, parts: []))
    filled += 1
  }
}
