/// A quantile of a population by deprivation, with the figure of its people.
public struct InequalityQuantile: Hashable, Sendable {
  /// The people in the quantile: above 0.
  public var population: Double
  /// Their figure: a rate, a share or a mean, in whatever unit.
  public var value: Double
  /// The standard error of the figure on its scale; nil when it is not known.
  public var standardError: Double?

  /// A quantile; it is checked where it is used.
  public init(population: Double, value: Double, standardError: Double? = nil) {
    self.population = population
    self.value = value
    self.standardError = standardError
  }

  /// A quantile whose figure has an interval; its width on the scale gives the standard error.
  ///
  /// The error is `notANumber` when a limit has no logarithm, such as a rate of 0.
  public init(
    population: Double, estimate: Estimate, scale: InequalityScale,
    _ confidence: Confidence = .ninetyFive
  ) throws(StatisticsError) {
    let low = scale.scaled(estimate.interval.low)
    let high = scale.scaled(estimate.interval.high)
    let width = try finite(high - low, Argument(.standardError))
    self.init(
      population: population, value: estimate.value,
      standardError: width / (2 * confidence.z))
  }

  /// A quantile whose figure is a share of its people; the width of Wilson's interval gives the
  /// standard error on the plain scale, so that shares of 0 and 1 have one too.
  public init(_ proportion: Proportion) {
    let confidence = Confidence.ninetyFive
    let interval = proportion.interval(confidence)
    self.init(
      population: proportion.people, value: proportion.share,
      standardError: (interval.high - interval.low) / (2 * confidence.z))
  }
}

/// The scale on which the chance in a figure is taken to be normal.
public enum InequalityScale: Hashable, Sendable, CaseIterable {
  /// The figure itself: means, such as life expectancy.
  case plain
  /// Its logarithm: rates.
  case logarithmic
  /// The logarithm of its odds: shares.
  case logistic

  /// The figure on this scale.
  func scaled(_ value: Double) -> Double {
    switch self {
    case .plain: value
    case .logarithmic: logarithm(value)
    case .logistic: logit(value)
    }
  }

  /// The figure that has this place on the scale.
  func unscaled(_ value: Double) -> Double {
    switch self {
    case .plain: value
    case .logarithmic: exponential(value)
    case .logistic: proportion(ofLogit: value)
    }
  }
}
