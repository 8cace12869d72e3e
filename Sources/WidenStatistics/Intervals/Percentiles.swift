/// A percentile of a list: between 0 (the least) and 1 (the greatest); the median is at 0.5.
///
///     try percentile(0.5, of: [3, 1, 2, 10])      // 2.5
///
/// Linear between the order statistics: type 7 of R. Hyndman and Y. Fan, The American Statistician 50,
/// 1996. The error is `tooFew` for an empty list, `outside`, or `notANumber` with its row.
public func percentile(_ fraction: Double, of values: [Double]) throws(StatisticsError) -> Double {
  try inside(0...1, fraction, Argument(.ranks))
  let sorted = try ordered(values)
  return between(sorted, at: fraction * Double(sorted.count - 1))
}

/// The places in the order of a list between which a percentile of its population lies.
public struct PercentileRanks: Hashable, Sendable {
  /// The place of the lower limit, from 1; nil where the list is too short for one.
  public var low: Int?
  /// The place of the upper limit, from 1; nil where the list is too short for one.
  public var high: Int?
  /// How often limits at these places hold the percentile: at least the confidence asked for,
  /// unless a limit is missing, and then the side without a limit is taken to be open.
  public var coverage: Double
}

/// The places of the limits of a percentile, whatever the distribution of the values.
///
///     try percentileRanks(0.5, count: 20)     // 6th and 15th: 0.9586
///
/// The number of values below a percentile is binomial: the low place is the highest with at most
/// (1 − c)/2 below it, the high place the lowest with at most (1 − c)/2 above. W. Conover, Practical
/// Nonparametric Statistics, 1999, 3.2. The error is `tooFew`, `outside` or `notBetween`.
public func percentileRanks(_ fraction: Double, count: Int, _ confidence: Confidence = .ninetyFive)
  throws(StatisticsError) -> PercentileRanks
{
  guard count > 0 else { throw .tooFew(.values, count, needed: 1) }
  try openProbability(fraction)
  let below = try BinomialDistribution(trials: count, probability: fraction)
  // The quantile is the first number that passes the tail, which is the place that does not.
  let low = try below.quantile(confidence.tail)
  let mirrored = try BinomialDistribution(trials: count, probability: 1 - fraction)
  let high = count + 1 - (try mirrored.quantile(confidence.tail))
  let lowRank = low >= 1 ? low : nil
  let highRank = high <= count ? high : nil
  let outside = below.cumulative((lowRank ?? 0) - 1) + below.upperTail(highRank ?? count + 1)
  return PercentileRanks(low: lowRank, high: highRank, coverage: 1 - outside)
}

/// A percentile with its limits, each nil where the list is too short for one.
public struct PercentileEstimate: Hashable, Sendable {
  /// The percentile itself.
  public var value: Double
  /// The value at the place of the lower limit.
  public var low: Double?
  /// The value at the place of the upper limit.
  public var high: Double?
  /// How often such limits hold the percentile.
  public var coverage: Double
}

/// A percentile with the interval of order statistics; the errors are those of both its parts.
///
///     try percentileInterval(0.5, of: [1, 2, 3, 4, 5, 6, 7, 8])   // 4.5, 1 to 8: 0.9922
public func percentileInterval(
  _ fraction: Double, of values: [Double], _ confidence: Confidence = .ninetyFive
) throws(StatisticsError) -> PercentileEstimate {
  let sorted = try ordered(values)
  let ranks = try percentileRanks(fraction, count: sorted.count, confidence)
  return PercentileEstimate(
    value: between(sorted, at: fraction * Double(sorted.count - 1)),
    low: ranks.low.map { sorted[$0 - 1] }, high: ranks.high.map { sorted[$0 - 1] },
    coverage: ranks.coverage)
}

/// A list in order, after a look at each of its values.
private func ordered(_ values: [Double]) throws(StatisticsError) -> [Double] {
  try enough(values, .values, needed: 1)
  for (index, value) in values.enumerated() { try finite(value, Argument(.value, row: index + 1)) }
  return values.sorted()
}

/// The value at a place from 0 that may lie between two members.
func between(_ sorted: [Double], at place: Double) -> Double {
  let below = min(max(0, Int(place)), sorted.count - 1)
  let above = min(below + 1, sorted.count - 1)
  let part = place - Double(below)
  if sorted[below] == sorted[above] { return sorted[below] }
  return sorted[below] * (1 - part) + sorted[above] * part
}
