/// The Cochran–Armitage test that shares rise or fall with a score.
///
///     let years = try [(12, 100), (18, 110), (25, 120), (33, 130), (41, 140)].map {
///       try Proportion(events: $0.0, people: $0.1)
///     }
///     try trendTest(years)        // z 3.644, p 0.000268
///
/// z = Σ s(x − np) / √(p(1 − p)(Σ ns² − (Σ ns)²/N)) with the pooled share p; z above 0 is a rise, and z²
/// is the χ² for a trend with one degree of freedom. P. Armitage, Biometrics 11, 1955. The scores are
/// 1, 2, 3… unless given. Nil when nobody or everybody has the event, or all scores are equal. The
/// error is `tooFew` below 2 groups, `unequalLengths` or `notANumber`.
public func trendTest(_ groups: [Proportion], scores: [Double]? = nil) throws(StatisticsError)
  -> SignificanceTest?
{
  try enough(groups, .groups, needed: 2)
  let scores = scores ?? groups.indices.map { Double($0 + 1) }
  guard scores.count == groups.count else {
    throw .unequalLengths(.scores, scores.count, .groups, groups.count)
  }
  for (index, score) in scores.enumerated() { try finite(score, Argument(.score, row: index + 1)) }
  let all = pooled(groups)
  let others = groups.reduce(0) { $0 + $1.others }
  guard all.events > 0, others > 0 else { return nil }
  // Round their mean, large scores such as years keep their digits.
  let mean = zip(groups, scores).reduce(0) { $0 + $1.0.people / all.people * $1.1 }
  var trend = 0.0
  var spread = 0.0
  for (group, score) in zip(groups, scores) {
    trend += (score - mean) * (group.events - group.people * all.share)
    spread += group.people * (score - mean) * (score - mean)
  }
  guard spread > 0 else { return nil }
  let z = trend / (all.share * (others / all.people) * spread).squareRoot()
  return SignificanceTest(
    statistic: z, degreesOfFreedom: nil, pValue: NormalDistribution.twoSided(z))
}
