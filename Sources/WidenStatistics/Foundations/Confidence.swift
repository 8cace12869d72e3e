/// A level of confidence, and the normal quantile that goes with it.
///
///     let confidence = try Confidence(0.95)
///     confidence.z  // 1.959964
///
/// The level is a proportion, not a percentage. z = Φ⁻¹(c + (1 − c) / 2).
public struct Confidence: Hashable, Sendable {
  /// The level, between 0 and 1.
  public let level: Double
  /// The normal quantile: how many standard errors lie on either side.
  public let z: Double

  /// A level between 0 and 1; the error is `notBetween` or `notANumber`.
  public init(_ level: Double) throws(StatisticsError) {
    let argument = Argument(.confidence)
    try finite(level, argument)
    guard level > 0, level < 1 else {
      throw .notBetween(argument, level, low: 0, high: 1)
    }
    self.init(checked: level)
  }

  private init(checked level: Double) {
    self.level = level
    self.z = -normalQuantile((1 - level) / 2)
  }

  /// 95 %, the level unless another is asked for.
  public static let ninetyFive = Confidence(checked: 0.95)

  /// 99.8 %, the outer limits of funnels: three standard errors.
  public static let ninetyNinePointEight = Confidence(checked: 0.998)

  /// The probability outside on one side.
  var tail: Double { (1 - level) / 2 }
}
