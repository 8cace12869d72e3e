/// The number of successes among independent trials.
///
///     let heads = try BinomialDistribution(trials: 10, probability: 0.5)
///     heads.probability(of: 5)        // 0.2461
///     heads.cumulative(2)             // 0.0547
///     heads.upperTail(8)              // 0.0547: 8 or more
///
/// Sums are incomplete beta functions: Digital Library of Mathematical Functions, 8.17.5.
public struct BinomialDistribution: Hashable, Sendable {
  /// How many trials there are.
  public let trials: Int
  /// The probability of success in each.
  public let probability: Double

  /// A distribution; the error is `outside` (trials 0 to 10¹², probability 0 to 1) or `notANumber`.
  public init(trials: Int, probability: Double) throws(StatisticsError) {
    try inside(0...largestParameter, Double(trials), Argument(.trials))
    try inside(0...1, probability, Argument(.probability))
    self.trials = trials
    self.probability = probability
  }

  /// The probability of exactly so many.
  public func probability(of successes: Int) -> Double {
    guard (0...trials).contains(successes) else { return 0 }
    return binomialDensity(
      successes: Double(successes), failures: Double(trials - successes),
      probability: probability, complement: 1 - probability)
  }

  /// The probability of so many or fewer.
  public func cumulative(_ successes: Int) -> Double {
    if successes < 0 { return 0 }
    if successes >= trials { return 1 }
    return regularisedBeta(
      Double(trials - successes), Double(successes) + 1, at: 1 - probability,
      complement: probability
    ).lower
  }

  /// The probability of so many or more, exact far out.
  public func upperTail(_ successes: Int) -> Double {
    if successes <= 0 { return 1 }
    if successes > trials { return 0 }
    return regularisedBeta(
      Double(successes), Double(trials - successes) + 1, at: probability,
      complement: 1 - probability
    ).lower
  }

  /// The least number with at least this probability at or below it; `outside` unless 0 ≤ p ≤ 1.
  public func quantile(_ level: Double) throws(StatisticsError) -> Int {
    try inside(0...1, level, Argument(.probability))
    var low = 0
    var high = trials
    while low < high {
      let middle = low + (high - low) / 2
      if cumulative(middle) >= level { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
