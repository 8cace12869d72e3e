/// The χ² distribution.
///
///     let distribution = try ChiSquaredDistribution(degreesOfFreedom: 1)
///     distribution.upperTail(3.841459)        // 0.05
///     try distribution.quantile(0.95)         // 3.841459
///
/// P(X ≤ x) = P(ν/2, x/2), the incomplete gamma function: Digital Library of Mathematical
/// Functions, 8.2.
public struct ChiSquaredDistribution: Hashable, Sendable {
  /// The degrees of freedom; they need not be whole.
  public let degreesOfFreedom: Double

  /// A distribution; the error is `notPositive`, `outside` beyond 10¹², or `notANumber`.
  public init(degreesOfFreedom: Double) throws(StatisticsError) {
    let argument = Argument(.degreesOfFreedom)
    try positive(degreesOfFreedom, argument)
    try inside(0...largestParameter, degreesOfFreedom, argument)
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value or less; 0 below 0.
  public func cumulative(_ value: Double) -> Double { tails(value).lower }

  /// The probability of more than a value, exact far out.
  public func upperTail(_ value: Double) -> Double { tails(value).upper }

  /// The value below which a probability lies; the error is `notBetween` unless 0 < p < 1.
  public func quantile(_ probability: Double) throws(StatisticsError) -> Double {
    try openProbability(probability)
    return probability < 0.5
      ? quantile(lower: probability) : quantile(upper: 1 - probability)
  }

  /// The value with a probability below it.
  func quantile(lower: Double) -> Double {
    inverted(lower, from: start(normalQuantile(lower)), isRising: true) {
      (tails($0).lower, density($0))
    }
  }

  /// The value with a probability above it.
  func quantile(upper: Double) -> Double {
    inverted(upper, from: start(-normalQuantile(upper)), isRising: false) {
      (tails($0).upper, density($0))
    }
  }

  private func tails(_ value: Double) -> Tails {
    value.isNaN
      ? Tails(lower: .nan, upper: .nan)
      : regularisedGamma(shape: degreesOfFreedom / 2, at: value / 2)
  }

  private func density(_ value: Double) -> Double {
    poissonDensity(degreesOfFreedom / 2, mean: value / 2) * degreesOfFreedom / (2 * value)
  }

  /// Near the quantile, after Wilson and Hilferty, 1931.
  private func start(_ normal: Double) -> Double {
    let spread = 2 / (9 * degreesOfFreedom)
    let root = 1 - spread + normal * spread.squareRoot()
    return degreesOfFreedom * max(0.01, root * root * root)
  }
}
