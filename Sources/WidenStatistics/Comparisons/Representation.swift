/// How a share of the workforce compares with a benchmark, such as the population it serves.
public struct Representation: Hashable, Sendable {
  /// The share of the workforce, from 0 to 1, with its Wilson interval.
  public var share: Estimate
  /// The share of the benchmark, from 0 to 1; it is taken to be known exactly.
  public var benchmark: Double
  /// 100 times share over benchmark: 100 is parity; nil when the benchmark is 0.
  public var index: Estimate?
  /// Share minus benchmark in percentage points.
  public var gapPoints: Estimate
}

/// The representation index with its gap.
///
///     try representation(of: try Proportion(events: 30, people: 100), benchmark: 0.4)
///     // index 75, 54.7 to 99.0; gap −10 points, −18.1 to −0.4
///
/// 100 × share / benchmark, with Wilson limits of the share. The error is `outside` or `notANumber`.
public func representation(
  of workforce: Proportion, benchmark: Double, _ confidence: Confidence = .ninetyFive
) throws(StatisticsError) -> Representation {
  try inside(0...1, benchmark, Argument(.benchmark))
  let share = workforce.share
  let interval = workforce.interval(confidence)
  let index = Estimate(
    value: share / benchmark * 100, interval: interval.multiplied(by: 100 / benchmark))
  return Representation(
    share: Estimate(value: share, interval: interval), benchmark: benchmark,
    index: benchmark > 0 ? index : nil,
    gapPoints: Estimate(
      value: (share - benchmark) * 100,
      interval: Interval(
        low: (interval.low - benchmark) * 100, high: (interval.high - benchmark) * 100)))
}

/// A benchmark made of several: the mean of their shares, each times its weight.
///
///     try weightedBenchmark([(share: 0.2, weight: 0.75), (share: 0.6, weight: 0.25)])     // 0.3
///
/// The weights are those of a catchment, and need not add up to 1. The error is `tooFew` for none,
/// `outside`, `negative` or `notANumber` with its row, or `allZero` weights.
public func weightedBenchmark(_ parts: [(share: Double, weight: Double)]) throws(StatisticsError)
  -> Double
{
  try enough(parts, .groups, needed: 1)
  var sum = 0.0
  var weights = 0.0
  for (index, part) in parts.enumerated() {
    try inside(0...1, part.share, Argument(.benchmark, row: index + 1))
    try notNegative(part.weight, Argument(.weight, row: index + 1))
    sum += part.share * part.weight
    weights += part.weight
  }
  guard weights > 0 else { throw .allZero(.weight) }
  return min(1, sum / weights)
}
