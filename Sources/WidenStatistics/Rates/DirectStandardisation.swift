/// A stratum, such as an age band, of a rate to be standardised directly.
public struct Stratum: Hashable, Sendable {
  /// The events in the stratum.
  public var events: Double
  /// The people in the stratum.
  public var people: Double
  /// How much the stratum counts: the people of the standard population in it.
  public var weight: Double

  /// A stratum; it is checked where it is used.
  public init(events: Double, people: Double, weight: Double) {
    self.events = events
    self.people = people
    self.weight = weight
  }
}

/// A rate as it would be if the people had the structure of the standard population.
public struct DirectlyStandardisedRate: Hashable, Sendable {
  /// All the events.
  public var events: Double
  /// All the people.
  public var people: Double
  /// The rate as it is, per multiplier.
  public var crude: Double
  /// The standardised rate with its interval, per multiplier; nil under 10 events, where the method
  /// does not hold.
  public var standardised: Estimate?
}

/// A directly standardised rate with Dobson's interval.
///
///     let bands = [Stratum(events: 30, people: 400, weight: 6_000),
///                  Stratum(events: 12, people: 300, weight: 4_000)]
///     try directlyStandardisedRate(bands, per: 1_000).standardised    // 61, 43.9 to 82.5
///
/// Σ(wᵢxᵢ/nᵢ)/Σw, with the variance Σ(wᵢ²xᵢ/nᵢ²)/(Σw)², and limits DSR + √(var/X)·(Byar(X) − X).
/// A. Dobson and others, Statistics in Medicine 10, 1991. The error is `tooFew` without strata,
/// `negative`, `notPositive` or `notANumber` with the row of the stratum, or `allZero` weights.
public func directlyStandardisedRate(
  _ strata: [Stratum], per multiplier: Double, _ confidence: Confidence = .ninetyFive
) throws(StatisticsError) -> DirectlyStandardisedRate {
  try directlyStandardisedRate([RepeatedEvents(each: 1, strata)], per: multiplier, confidence)
}

/// The people who had the same number of events each, by stratum.
public struct RepeatedEvents: Hashable, Sendable {
  /// How many events each of these people had.
  public var each: Double
  /// The strata; their events count the people who had so many events.
  public var strata: [Stratum]

  /// People with the same number of events.
  public init(each: Double, _ strata: [Stratum]) {
    self.each = each
    self.strata = strata
  }
}

/// A directly standardised rate of events of which one person may have several.
///
/// The rates add up, each times its number of events, and the variances times its square: events of
/// one person are not independent, and the interval is wider for it. Public Health England,
/// PHEindicatormethods, `phe_dsr` with `independent_events = FALSE`. The errors are those of the plain
/// rate, and `notPositive` for a number of events.
public func directlyStandardisedRate(
  _ frequencies: [RepeatedEvents], per multiplier: Double, _ confidence: Confidence = .ninetyFive
) throws(StatisticsError) -> DirectlyStandardisedRate {
  try positive(multiplier, Argument(.multiplier))
  guard let first = frequencies.first else { throw .tooFew(.strata, 0, needed: 1) }
  var events = 0.0
  var rate = 0.0
  var variance = 0.0
  for frequency in frequencies {
    try positive(frequency.each, Argument(.multiplier))
    let part = try standardised(frequency.strata)
    events += frequency.each * part.events
    rate += frequency.each * part.rate
    variance += frequency.each * frequency.each * part.variance
  }
  let people = first.strata.reduce(0) { $0 + $1.people }
  let shown = Estimate(
    value: rate * multiplier,
    interval: dobson(rate, variance: variance, events: events, confidence)
      .multiplied(by: multiplier))
  return DirectlyStandardisedRate(
    events: events, people: people, crude: events / people * multiplier,
    standardised: events < 10 ? nil : shown)
}

/// Dobson's limits of a weighted sum of counts.
func dobson(_ rate: Double, variance: Double, events: Double, _ confidence: Confidence)
  -> Interval
{
  let limits = byarLimits(events, confidence)
  let scale = events > 0 ? (variance / events).squareRoot() : 0
  return Interval(
    low: max(0, rate + scale * (limits.low - events)),
    high: rate + scale * (limits.high - events))
}

/// The weighted rate and its variance, per person.
private func standardised(_ strata: [Stratum]) throws(StatisticsError)
  -> (events: Double, rate: Double, variance: Double)
{
  try enough(strata, .strata, needed: 1)
  var events = 0.0
  var weights = 0.0
  var rate = 0.0
  var variance = 0.0
  for (index, stratum) in strata.enumerated() {
    try notNegative(stratum.events, Argument(.events, row: index + 1))
    try positive(stratum.people, Argument(.people, row: index + 1))
    try notNegative(stratum.weight, Argument(.weight, row: index + 1))
    let part = stratum.weight / stratum.people
    events += stratum.events
    weights += stratum.weight
    rate += part * stratum.events
    variance += part * part * stratum.events
  }
  guard weights > 0 else { throw .allZero(.weight) }
  return (events, rate / weights, variance / weights / weights)
}
