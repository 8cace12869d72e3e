/// A chart of single values over time, with the limits of what is ordinary.
public struct ControlChart: Hashable, Sendable {
  /// The mean of the baseline.
  public var centre: Double
  /// Three standard errors, as the moving ranges show them, on either side of the centre.
  public var limits: Interval
  /// The mean difference between neighbours in the baseline, without the screened ones.
  public var averageMovingRange: Double
  /// How many moving ranges were too great to count as ordinary.
  public var screenedRangeCount: Int
  /// The values, in the order given.
  public var points: [ControlPoint]
}

/// A value on a control chart.
public struct ControlPoint: Hashable, Sendable {
  /// The value.
  public var value: Double
  /// Its difference from the value before, without a sign; nil for the first.
  public var movingRange: Double?
  /// Which rules say that it is no ordinary variation, in the order of the rules; mostly none.
  public var causes: [ControlRule]
}

/// An XmR chart: single values (X) with limits from moving ranges (mR).
///
///     let chart = try controlChart([12, 14, 11, 13, 12, 15, 11, 30])
///     chart.centre                    // 14.75
///     chart.points[7].causes          // [outside]
///
/// Limits are mean ± 2.66 × mean moving range; moving ranges above 3.267 times their mean are screened
/// out of it once. D. Wheeler, Understanding Variation, 2000; NHS England, Making Data Count. With a
/// baseline only its first values set centre and limits. The error is `tooFew` below 2 values or a
/// baseline of fewer, `tooMany` for a longer baseline than values, or `notANumber` with its row.
public func controlChart(_ values: [Double], baselineCount: Int? = nil) throws(StatisticsError)
  -> ControlChart
{
  try enough(values, .points, needed: 2)
  for (index, value) in values.enumerated() { try finite(value, Argument(.value, row: index + 1)) }
  let count = baselineCount ?? values.count
  guard count >= 2 else { throw .tooFew(.points, count, needed: 2) }
  guard count <= values.count else { throw .tooMany(.points, count, allowed: values.count) }
  let centre = values.prefix(count).reduce(0) { $0 + $1 / Double(count) }
  let ranges = zip(values.dropFirst(), values).map { abs($0 - $1) }
  let baseline = ranges.prefix(count - 1)
  let ceiling = 3.267 * mean(baseline)
  let ordinary = baseline.filter { $0 <= ceiling }
  let average = mean(ordinary)
  let limits = Interval(low: centre - 2.66 * average, high: centre + 2.66 * average)
  let causes = specialCauses(values, centre: centre, limits: limits)
  let points = values.indices.map { index in
    ControlPoint(
      value: values[index], movingRange: index == 0 ? nil : ranges[index - 1],
      causes: causes[index])
  }
  return ControlChart(
    centre: centre, limits: limits, averageMovingRange: average,
    screenedRangeCount: baseline.count - ordinary.count, points: points)
}

private func mean(_ values: some Collection<Double>) -> Double {
  values.isEmpty ? 0 : values.reduce(0) { $0 + $1 / Double(values.count) }
}
