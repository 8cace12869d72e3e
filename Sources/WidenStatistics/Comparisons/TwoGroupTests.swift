/// The outcome of a test of significance.
public struct SignificanceTest: Hashable, Sendable {
  /// z or χ², whichever the test is made of; nil for an exact test.
  public var statistic: Double?
  /// The degrees of freedom of χ²; nil where there are none.
  public var degreesOfFreedom: Int?
  /// How likely a result at least as far out is when there is no difference.
  public var pValue: Double
}

/// The two-sided z test that two groups have the same share.
///
///     pooledTest(
///       try Proportion(events: 30, people: 100), try Proportion(events: 15, people: 100))
///     // z 2.540, p 0.0111
///
/// z = (p₁ − p₂) / √(p(1 − p)(1/n + 1/m)) with the pooled share p; z² is χ² without Yates' correction.
/// Nil when nobody or everybody has the event: there is nothing to tell the groups apart by.
public func pooledTest(_ first: Proportion, _ second: Proportion) -> SignificanceTest? {
  let all = pooled([first, second])
  let others = first.others + second.others
  guard all.events > 0, others > 0 else { return nil }
  let variance = all.share * (others / all.people) * (1 / first.people + 1 / second.people)
  let z = (first.share - second.share) / variance.squareRoot()
  return SignificanceTest(
    statistic: z, degreesOfFreedom: nil, pValue: NormalDistribution.twoSided(z))
}

/// The least count to be expected in the four cells when both groups have the same share.
public func leastExpectedCount(_ first: Proportion, _ second: Proportion) -> Double {
  let all = pooled([first, second])
  let rarer = min(all.events, first.others + second.others)
  return rarer * (min(first.people, second.people) / all.people)
}

/// Which test was made of two groups.
public enum TwoGroupMethod: String, Hashable, Sendable, CaseIterable {
  /// The pooled z test, which is χ² without Yates' correction.
  case pooled = "two proportions"
  /// Fisher's exact test: an expected count is below 5.
  case fisher = "Fisher's exact test"
}

/// The test that suits two groups: Fisher's exact one when an expected count is below 5 and all
/// counts are whole, else the pooled z test; nil when there is nothing to tell the groups apart by.
///
///     try twoGroupTest(
///       try Proportion(events: 117, people: 389), try Proportion(events: 2, people: 10))
///     // Fisher's exact test, p 0.7298
///
/// The error is `outside` for counts beyond 10¹².
public func twoGroupTest(_ first: Proportion, _ second: Proportion) throws(StatisticsError)
  -> (test: SignificanceTest, method: TwoGroupMethod)?
{
  guard let test = pooledTest(first, second) else { return nil }
  let counts = [first.events, first.people, second.events, second.people]
  let areWhole = counts.allSatisfy { $0.rounded() == $0 }
  guard areWhole, leastExpectedCount(first, second) < 5 else { return (test, .pooled) }
  return (try fisherTest(first, second), .fisher)
}
