/// Student's t distribution.
///
///     let student = try StudentDistribution(degreesOfFreedom: 10)
///     student.twoSided(2.228139)          // 0.05
///     try student.quantile(0.975)         // 2.228139
///
/// P(T > t) = ½ Iₓ(ν/2, ½) with x = ν / (ν + t²): Digital Library of Mathematical Functions, 8.17.
public struct StudentDistribution: Hashable, Sendable {
  /// The degrees of freedom; they need not be whole.
  public let degreesOfFreedom: Double

  /// A distribution; the error is `notPositive`, `outside` beyond 10¹², or `notANumber`.
  public init(degreesOfFreedom: Double) throws(StatisticsError) {
    let argument = Argument(.degreesOfFreedom)
    try positive(degreesOfFreedom, argument)
    try inside(0...largestParameter, degreesOfFreedom, argument)
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value or less.
  public func cumulative(_ value: Double) -> Double {
    value > 0 ? 0.5 + 0.5 * area(value).upper : 0.5 * area(value).lower
  }

  /// The probability of more than a value, exact far out.
  public func upperTail(_ value: Double) -> Double { cumulative(-value) }

  /// The probability of a value at least as far from 0, on either side.
  public func twoSided(_ value: Double) -> Double { area(value).lower }

  /// The value below which a probability lies; the error is `notBetween` unless 0 < p < 1.
  public func quantile(_ probability: Double) throws(StatisticsError) -> Double {
    try openProbability(probability)
    let centred = probability - 0.5
    if centred == 0 { return 0 }
    let start = max(0.1, abs(normalQuantile(probability)))
    let size: Double
    if abs(centred) < 0.25 {
      size = inverted(2 * abs(centred), from: start, isRising: true) {
        (area($0).upper, 2 * density($0))
      }
    } else {
      let tail = centred < 0 ? probability : 1 - probability
      size = inverted(2 * tail, from: start, isRising: false) { (area($0).lower, 2 * density($0)) }
    }
    return centred < 0 ? -size : size
  }

  /// Outside ±value as the lower tail, inside as the upper.
  private func area(_ value: Double) -> Tails {
    guard value.isFinite else {
      return value.isNaN ? Tails(lower: .nan, upper: .nan) : Tails(lower: 0, upper: 1)
    }
    // In units of the degrees of freedom nothing overflows while t² does not matter beside ν.
    let square = value * value / degreesOfFreedom
    if square == .infinity { return Tails(lower: 0, upper: 1) }
    return regularisedBeta(
      degreesOfFreedom / 2, 0.5, at: 1 / (1 + square), complement: square / (1 + square))
  }

  /// The density, from that of the beta distribution under it.
  private func density(_ value: Double) -> Double {
    let square = value * value / degreesOfFreedom
    let half = degreesOfFreedom / 2
    let beta = binomialDensity(
      successes: half, failures: 0.5, probability: 1 / (1 + square),
      complement: square / (1 + square))
    return beta * half / (half + 0.5) / (2 * abs(value))
  }
}
