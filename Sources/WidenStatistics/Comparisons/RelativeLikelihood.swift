/// How many times likelier one group is than another.
public struct RelativeLikelihood: Hashable, Sendable {
  /// The ratio of the shares; nil when the second group has no events.
  public var ratio: Double?
  /// Its interval; nil when there is none, and `absence` says why.
  public var interval: Interval?
  /// Why there is no interval.
  public var absence: NoInterval?
}

/// Why a ratio has no interval.
public enum NoInterval: Hashable, Sendable {
  /// A count in the ratio is 0, and the logarithm of the ratio is infinite.
  case noEvents
  /// Everybody in both groups has the event, and the formula would claim to be certain.
  case onlyEvents
}

/// The relative likelihood of one group against another, with Katz's interval.
///
///     let white = try Proportion(events: 117, people: 389)
///     let minorityEthnic = try Proportion(events: 2, people: 10)
///     relativeLikelihood(of: white, against: minorityEthnic)      // 1.504, 0.431 to 5.243
///
/// RR = (a/n)/(b/m), limits exp(ln RR ∓ z√(1/a − 1/n + 1/b − 1/m)). D. Katz and others, Biometrics 34,
/// 1978. Published indicators differ in which group comes first: WRES 2 is White against minority
/// ethnic, WRES 3 the reverse.
public func relativeLikelihood(
  of first: Proportion, against second: Proportion, _ confidence: Confidence = .ninetyFive
) -> RelativeLikelihood {
  guard second.events > 0 else {
    return RelativeLikelihood(ratio: nil, interval: nil, absence: .noEvents)
  }
  let ratio = first.share / second.share
  guard first.events > 0 else {
    return RelativeLikelihood(ratio: ratio, interval: nil, absence: .noEvents)
  }
  guard first.others > 0 || second.others > 0 else {
    return RelativeLikelihood(ratio: ratio, interval: nil, absence: .onlyEvents)
  }
  // 1/a − 1/n is (n − a)/(a·n), which does not cancel.
  let variance =
    first.others / first.events / first.people + second.others / second.events / second.people
  return RelativeLikelihood(
    ratio: ratio, interval: logarithmicInterval(ratio, variance: variance, confidence),
    absence: nil)
}

/// The interval of a ratio whose logarithm is normal with a variance.
func logarithmicInterval(_ ratio: Double, variance: Double, _ confidence: Confidence) -> Interval {
  let factor = exponential(confidence.z * variance.squareRoot())
  return Interval(low: ratio / factor, high: ratio * factor)
}
