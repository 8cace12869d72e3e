/// The people of a group in the three tiers of Agenda for Change bands.
public struct TierCounts: Hashable, Sendable {
  /// Bands up to 5.
  public var lower: Double
  /// Bands 6 and 7.
  public var middle: Double
  /// Bands 8a and above.
  public var upper: Double

  /// The people in each tier; they are checked where they are used.
  public init(lower: Double, middle: Double, upper: Double) {
    self.lower = lower
    self.middle = middle
    self.upper = upper
  }
}

/// How much harder it is for one group to be in a higher tier than for another.
public struct DisparityRatio: Hashable, Sendable {
  /// The ratio: 1 is parity, above 1 the first group is further up; nil when a divisor is 0.
  public var ratio: Double?
  /// Its interval; nil when one of the four counts is 0.
  public var interval: Interval?
}

/// The three race disparity ratios.
public struct DisparityRatios: Hashable, Sendable {
  /// From the lower tier to the middle.
  public var lowerToMiddle: DisparityRatio
  /// From the middle tier to the upper.
  public var middleToUpper: DisparityRatio
  /// From the lower tier to the upper.
  public var lowerToUpper: DisparityRatio
}

/// The race disparity ratios of one group against another.
///
///     let white = TierCounts(lower: 600, middle: 300, upper: 100)
///     let minorityEthnic = TierCounts(lower: 400, middle: 120, upper: 20)
///     try disparityRatios(of: white, against: minorityEthnic).lowerToUpper    // 3.33, 2.03 to 5.47
///
/// (White upper / White lower) ÷ (minority ethnic upper / minority ethnic lower): NHS England, WRES
/// technical guidance. It is an odds ratio, and has its interval (B. Woolf, 1955). The error is
/// `negative` or `notANumber` with row 1 for the first group and 2 for the second.
public func disparityRatios(
  of first: TierCounts, against second: TierCounts, _ confidence: Confidence = .ninetyFive
) throws(StatisticsError) -> DisparityRatios {
  for (index, group) in [first, second].enumerated() {
    for count in [group.lower, group.middle, group.upper] {
      try notNegative(count, Argument(.people, row: index + 1))
    }
  }
  func ratio(_ lower: KeyPath<TierCounts, Double>, _ upper: KeyPath<TierCounts, Double>)
    -> DisparityRatio
  {
    let counts = [
      first[keyPath: upper], first[keyPath: lower], second[keyPath: upper], second[keyPath: lower],
    ]
    guard counts[1] > 0, counts[2] > 0 else { return DisparityRatio(ratio: nil, interval: nil) }
    let ratio = counts[0] / counts[1] * (counts[3] / counts[2])
    guard counts[0] > 0, counts[3] > 0 else { return DisparityRatio(ratio: ratio, interval: nil) }
    let variance = counts.reduce(0) { $0 + 1 / $1 }
    return DisparityRatio(
      ratio: ratio, interval: logarithmicInterval(ratio, variance: variance, confidence))
  }
  return DisparityRatios(
    lowerToMiddle: ratio(\.lower, \.middle), middleToUpper: ratio(\.middle, \.upper),
    lowerToUpper: ratio(\.lower, \.upper))
}
