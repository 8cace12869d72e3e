/// A stratum of a ratio to be standardised indirectly: the people studied, and the reference.
public struct ReferenceStratum: Hashable, Sendable {
  /// The people studied who are in the stratum.
  public var people: Double
  /// The events in the reference population.
  public var referenceEvents: Double
  /// The people of the reference population.
  public var referencePeople: Double

  /// A stratum; it is checked where it is used.
  public init(people: Double, referenceEvents: Double, referencePeople: Double) {
    self.people = people
    self.referenceEvents = referenceEvents
    self.referencePeople = referencePeople
  }
}

/// Observed over expected events.
public struct StandardisedRatio: Hashable, Sendable {
  /// The events that took place.
  public var observed: Double
  /// The events there would be at the rates of the reference population.
  public var expected: Double
  /// Observed over expected with its interval: 1 is as expected, or 100 per 100.
  public var ratio: Estimate
  /// The rate of the reference population times the ratio, per person.
  public var rate: Estimate
  /// How the interval was computed.
  public var method: CountMethod
}

/// An indirectly standardised ratio: how many events there are for one that is expected.
///
///     let bands = [ReferenceStratum(people: 400, referenceEvents: 60, referencePeople: 1_000)]
///     try indirectlyStandardisedRatio(observed: 30, bands).ratio      // 1.25, 0.84 to 1.78
///
/// Σ xᵢ / Σ nᵢ·(Xᵢ/Nᵢ), with the interval of the observed count (Byar's from 10, exact below) over the
/// expected. N. Breslow and N. Day, Statistical Methods in Cancer Research II, 1987. The error is
/// `tooFew` without strata, `negative`, `notPositive` or `notANumber` with the row of the stratum,
/// or `allZero` when nothing is expected.
public func indirectlyStandardisedRatio(
  observed: Double, _ strata: [ReferenceStratum], per multiplier: Double = 1,
  _ confidence: Confidence = .ninetyFive
) throws(StatisticsError) -> StandardisedRatio {
  try notNegative(observed, Argument(.events))
  try positive(multiplier, Argument(.multiplier))
  try enough(strata, .strata, needed: 1)
  var expected = 0.0
  var referenceEvents = 0.0
  var referencePeople = 0.0
  for (index, stratum) in strata.enumerated() {
    let row = index + 1
    try notNegative(stratum.people, Argument(.people, row: row))
    try notNegative(stratum.referenceEvents, Argument(.referenceEvents, row: row))
    try positive(stratum.referencePeople, Argument(.referencePopulation, row: row))
    expected += stratum.people * stratum.referenceEvents / stratum.referencePeople
    referenceEvents += stratum.referenceEvents
    referencePeople += stratum.referencePeople
  }
  guard expected > 0 else { throw .allZero(.expectedEvents) }
  let (interval, method) = try countInterval(observed, confidence)
  func over(_ unit: Double) -> Estimate {
    Estimate(value: observed * unit, interval: interval.multiplied(by: unit))
  }
  return StandardisedRatio(
    observed: observed, expected: expected, ratio: over(multiplier / expected),
    rate: over(referenceEvents / referencePeople / expected), method: method)
}
