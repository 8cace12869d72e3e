/// How many times higher the odds of one group are than those of another.
public struct OddsRatio: Hashable, Sendable {
  /// The ratio of the odds; nil when its divisor is 0.
  public var ratio: Double?
  /// Its interval; nil when one of the four counts is 0.
  public var interval: Interval?
}

/// The odds ratio of one group against another, with Woolf's interval.
///
///     let ratio = oddsRatio(
///       of: try Proportion(events: 30, people: 100), against: try Proportion(events: 15, people: 100))
///     ratio.ratio         // 2.429
///     ratio.interval      // 1.211 to 4.870
///
/// (a/(n − a)) / (b/(m − b)), limits exp(ln OR ∓ z√(1/a + 1/(n − a) + 1/b + 1/(m − b))). B. Woolf,
/// Annals of Human Genetics 19, 1955.
public func oddsRatio(
  of first: Proportion, against second: Proportion, _ confidence: Confidence = .ninetyFive
) -> OddsRatio {
  guard second.events > 0, first.others > 0 else { return OddsRatio(ratio: nil, interval: nil) }
  let ratio = first.events / first.others * (second.others / second.events)
  guard first.events > 0, second.others > 0 else { return OddsRatio(ratio: ratio, interval: nil) }
  let variance =
    1 / first.events + 1 / first.others + 1 / second.events + 1 / second.others
  return OddsRatio(
    ratio: ratio, interval: logarithmicInterval(ratio, variance: variance, confidence))
}
