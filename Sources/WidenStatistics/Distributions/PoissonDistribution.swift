/// The number of events that come independently of each other at a steady rate.
///
///     let events = try PoissonDistribution(mean: 4)
///     events.probability(of: 4)       // 0.1954
///     events.cumulative(1)            // 0.0916
///     events.upperTail(10)            // 0.0081: 10 or more
///
/// Sums are incomplete gamma functions: Digital Library of Mathematical Functions, 8.4.10.
public struct PoissonDistribution: Hashable, Sendable {
  /// The mean number of events.
  public let mean: Double

  /// A distribution; the error is `outside` (0 to 10¹²) or `notANumber`.
  public init(mean: Double) throws(StatisticsError) {
    try inside(0...largestParameter, mean, Argument(.mean))
    self.mean = mean
  }

  /// The probability of exactly so many.
  public func probability(of events: Int) -> Double {
    events < 0 ? 0 : poissonDensity(Double(events), mean: mean)
  }

  /// The probability of so many or fewer.
  public func cumulative(_ events: Int) -> Double {
    events < 0 ? 0 : regularisedGamma(shape: Double(events) + 1, at: mean).upper
  }

  /// The probability of so many or more, exact far out.
  public func upperTail(_ events: Int) -> Double {
    events <= 0 ? 1 : regularisedGamma(shape: Double(events), at: mean).lower
  }
}
