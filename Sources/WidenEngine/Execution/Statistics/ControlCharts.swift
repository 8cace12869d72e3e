import WidenLanguage
import WidenStatistics

extension Executor {
  /// A row for each time: its figure, the limits of what is ordinary, and which rules it breaks.
  func control(_ plan: Plan, _ relation: Relation, _ control: ControlPlan) throws -> Relation {
    let series = TimeSeries(
      relation, values: try evaluator.column(control.value, over: relation.frame), control)
    if series.missingTimes > 0 {
      context.tell(
        Answer.Note(
          .note,
          "\(counted(series.missingTimes, "row")) without \(relation.columns[0].name) "
            + "\(series.missingTimes == 1 ? "is" : "are") left out"))
    }
    if series.filled > 0 {
      context.tell(
        Answer.Note(
          .note,
          "\(grouped(Double(series.filled))) without any rows \(series.filled == 1 ? "counts" : "count")"
            + " as 0"))
    }
    let charted = series.points.indices.filter { series.points[$0].value != nil }
    let numbers = charted.compactMap { series.points[$0].value }
    let baseline = control.until.map { until in
      charted.count {
        isUntil(series.points[$0].time, until, relation.columns[0].categories)
      }
    }
    let chart = try chart(numbers, baseline: baseline, control)
    tell(chart, numbers, baseline: baseline, control)
    let causes = Dictionary(
      uniqueKeysWithValues: zip(charted, chart.points.map { $0.causes.map(\.rawValue) }))
    let type = plan.columns[1].type
    let limits = [chart.centre, chart.limits.low, chart.limits.high].map { cell($0) }
    let rows: [[Value]] = series.points.enumerated().map { index, point in
      let cause = causes[index, default: []].joined(separator: "; ")
      return [point.time, cell(point.value, type)] + limits
        + [cause.isEmpty ? .missing : .text(cause)]
        + point.parts.map { cell($0, .integer) }
    }
    return table(plan, rows)
  }

  private func table(_ plan: Plan, _ rows: [[Value]]) -> Relation {
    let columns = plan.columns.enumerated().map { index, description in
      Column.values(
        rows.map { $0[index] }, type: description.type, categories: description.categories)
    }
    return Relation(frame: Frame(columns: columns, rowCount: rows.count), columns: plan.columns)
  }

  private func chart(_ numbers: [Double], baseline: Int?, _ plan: ControlPlan)
    throws(ExecutionError)
    -> ControlChart
  {
    if let baseline, let until = plan.until, baseline < 2, numbers.count >= 2 {
      throw .failed(
        "the baseline until \(plainText(until)) has \(counted(baseline, "point")), and needs 2 or more",
        hint: "a later end gives it more")
    }
    guard numbers.count >= 2 else {
      throw .failed(
        "a control chart needs 2 points or more, and has \(numbers.count)",
        hint: "follow the figure over more or shorter times, such as month(…)")
    }
    return try figure { () throws(StatisticsError) in
      try controlChart(numbers, baselineCount: baseline)
    }
  }

  private func tell(
    _ chart: ControlChart, _ numbers: [Double], baseline: Int?, _ plan: ControlPlan
  ) {
    func tell(_ text: String) { context.tell(Answer.Note(.note, text)) }
    let count = baseline ?? numbers.count
    let marked = chart.points.count { !$0.causes.isEmpty }
    tell(
      marked == 0
        ? "nothing but ordinary variation: no point breaks a rule"
        : "\(marked) of \(counted(numbers.count, "point")) \(marked == 1 ? "is" : "are") more than "
          + "ordinary variation; the column cause says by which rule")
    if let baseline, baseline < numbers.count, let until = plan.until {
      let after = numbers[baseline...]
      let mean = after.reduce(0, +) / Double(after.count)
      tell(
        "the mean is \(grouped(chart.centre)) until \(plainText(until)) and \(grouped(mean)) after it"
      )
    }
    if plan.emptyIsZero, chart.centre < 3, chart.centre > 0 {
      tell(
        "with fewer than 3 events at a time the rules mark too much; longer times, such as "
          + "quarter(…), make a better chart")
    }
    if count < 12 {
      tell("limits from \(counted(count, "point")) are rough; 12 or more make them firm")
    }
    if chart.screenedRangeCount > 0 {
      tell(
        "\(counted(chart.screenedRangeCount, "great jump")) between neighbours "
          + "\(chart.screenedRangeCount == 1 ? "is" : "are") left out of the limits")
    }
  }

  /// Whether a time lies in the baseline.
  private func isUntil(_ time: Value, _ until: Value, _ categories: [String]?) -> Bool {
    if let end = time.span?.last, let last = until.span?.last { return end <= last }
    switch (time, until) {
    case (.text(let text), .text(let last)):
      guard let place = categories?.firstIndex(of: text), let end = categories?.firstIndex(of: last)
      else { return text <= last }
      return place <= end
    case (.integer, _), (.decimal, _):
      guard let number = time.asNumber, let last = until.asNumber else { return false }
      return number <= last
    case (.missing, _), (.boolean, _), (.text, _), (.date, _), (.month, _), (.period, _):
      return false
    }
  }
}

extension Value {
  /// Its number, when it is one.
  fileprivate var asNumber: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .decimal(let number): number
    case .missing, .boolean, .text, .date, .month, .period: nil
    }
  }
}
