/// The limits of a funnel for a group of some size.
public struct FunnelLimits: Hashable, Sendable {
  /// 95 of 100 groups of this size lie within, if they differ by chance alone.
  public var inner: Interval
  /// 998 of 1,000 do.
  public var outer: Interval
}

/// Where a share lies in its funnel.
public enum FunnelFlag: Hashable, Sendable, CaseIterable {
  /// Inside the 95 % limits.
  case within
  /// Below the 95 % limit, not the 99.8 %.
  case low
  /// Below the 99.8 % limit.
  case veryLow
  /// Above the 95 % limit, not the 99.8 %.
  case high
  /// Above the 99.8 % limit.
  case veryHigh
}

/// A group in a funnel.
public struct FunnelPoint: Hashable, Sendable {
  /// Its share, from 0 to 1.
  public var share: Double
  /// The limits for a group of its size.
  public var limits: FunnelLimits
  /// Where the share lies.
  public var flag: FunnelFlag
}

/// A funnel round the pooled share of its groups.
public struct Funnel: Hashable, Sendable {
  /// All events over all people.
  public var pooledShare: Double
  /// How many times the variance between groups exceeds chance; 1 when it is not asked for or does not.
  public var overdispersion: Double
  /// The groups, in the order given.
  public var points: [FunnelPoint]
}

/// A funnel of proportions: which groups differ from the pooled share by more than chance.
///
///     let trusts = try [(30, 100), (45, 100), (260, 1_000)].map {
///       try Proportion(events: $0.0, people: $0.1)
///     }
///     try funnel(trusts).points[1].flag       // veryHigh
///
/// p ± z√(p(1 − p)/n), cut at 0 and 1, as in Public Health England's funnel plots. With
/// overdispersion the variance is multiplied by φ, the mean of the squared z scores after the outer
/// tenths are drawn in, when that is above 1: D. Spiegelhalter, Statistics in Medicine 24, 2005.
/// The error is `tooFew` without groups.
public func funnel(_ groups: [Proportion], withOverdispersion: Bool = false)
  throws(StatisticsError) -> Funnel
{
  try enough(groups, .groups, needed: 1)
  let pooledShare = pooled(groups).share
  let factor = withOverdispersion ? overdispersion(groups, pooledShare) : 1
  let points = groups.map { group in
    let limits = limits(pooledShare, group.people, factor)
    return FunnelPoint(share: group.share, limits: limits, flag: flag(group.share, limits))
  }
  return Funnel(pooledShare: pooledShare, overdispersion: factor, points: points)
}

/// The limits for a group of some size, for drawing the funnel itself.
///
///     try funnelLimits(pooledShare: 0.8, people: 100).inner       // 0.7216 to 0.8784
///
/// The error is `outside`, `notPositive` or `notANumber`.
public func funnelLimits(pooledShare: Double, people: Double, overdispersion: Double = 1)
  throws(StatisticsError) -> FunnelLimits
{
  try inside(0...1, pooledShare, Argument(.pooledShare))
  try positive(people, Argument(.people))
  try positive(overdispersion, Argument(.overdispersion))
  return limits(pooledShare, people, overdispersion)
}

private func limits(_ share: Double, _ people: Double, _ factor: Double) -> FunnelLimits {
  let standardError = (factor * share * (1 - share) / people).squareRoot()
  func around(_ confidence: Confidence) -> Interval {
    Interval(low: share - confidence.z * standardError, high: share + confidence.z * standardError)
      .cut(to: 0...1)
  }
  return FunnelLimits(inner: around(.ninetyFive), outer: around(.ninetyNinePointEight))
}

private func flag(_ share: Double, _ limits: FunnelLimits) -> FunnelFlag {
  if share < limits.outer.low { return .veryLow }
  if share > limits.outer.high { return .veryHigh }
  if share < limits.inner.low { return .low }
  return share > limits.inner.high ? .high : .within
}

private func overdispersion(_ groups: [Proportion], _ share: Double) -> Double {
  guard share > 0, share < 1 else { return 1 }
  let scores = groups.map {
    ($0.share - share) / (share * (1 - share) / $0.people).squareRoot()
  }
  let sorted = scores.sorted()
  let low = between(sorted, at: 0.1 * Double(sorted.count - 1))
  let high = between(sorted, at: 0.9 * Double(sorted.count - 1))
  let squares = scores.reduce(0) { sum, score in
    let drawn = min(max(score, low), high)
    return sum + drawn * drawn
  }
  return max(1, squares / Double(scores.count))
}
