/// Events per so many people, with their interval.
public struct Rate: Hashable, Sendable {
  /// The rate, and its interval, per multiplier.
  public var estimate: Estimate
  /// How the interval was computed.
  public var method: CountMethod
}

/// Events per so many people (or years, or posts): a person may have more than one event.
///
///     try rate(events: 65, people: 5_000, per: 1_000)     // 13, 10.03 to 16.57, by Byar
///
/// The interval is that of the count over the people: Byar's from 10 events, the exact one below.
/// Public Health England, Technical Guide: Confidence Intervals, 2018. The error is `negative`,
/// `notPositive` or `notANumber`.
public func rate(
  events: Double, people: Double, per multiplier: Double, _ confidence: Confidence = .ninetyFive
) throws(StatisticsError) -> Rate {
  try notNegative(events, Argument(.events))
  try positive(people, Argument(.people))
  try positive(multiplier, Argument(.multiplier))
  let (interval, method) = try countInterval(events, confidence)
  let unit = multiplier / people
  return Rate(
    estimate: Estimate(value: events * unit, interval: interval.multiplied(by: unit)),
    method: method)
}
