/// The interval of a count of events by Byar's approximation.
///
///     try byarInterval(events: 65)        // 50.16 to 82.85
///
/// x(1 − 1/(9x) − z/(3√x))³ and (x+1)(1 − 1/(9(x+1)) + z/(3√(x+1)))³. N. Breslow and N. Day,
/// Statistical Methods in Cancer Research II, 1987. A count is not negative: a lower limit that the
/// formula puts below 0, and that of no events, is 0. The error is `negative` or `notANumber`.
public func byarInterval(events: Double, _ confidence: Confidence = .ninetyFive)
  throws(StatisticsError) -> Interval
{
  byarLimits(try notNegative(events, Argument(.events)), confidence)
}

/// The exact interval of a Poisson count.
///
///     try exactPoissonInterval(events: 2)     // 0.2422 to 7.2247
///
/// Half the χ² quantiles (1 − c)/2 with 2x degrees of freedom and (1 + c)/2 with 2x + 2. F. Garwood,
/// Biometrika 28, 1936. No events have a lower limit of 0. The error is `negative`, `notANumber` or,
/// above 10¹¹ events, `outside`.
public func exactPoissonInterval(events: Double, _ confidence: Confidence = .ninetyFive)
  throws(StatisticsError) -> Interval
{
  try notNegative(events, Argument(.events))
  try inside(0...1e11, events, Argument(.events))
  let low =
    events == 0
    ? 0
    : try ChiSquaredDistribution(degreesOfFreedom: 2 * events).quantile(lower: confidence.tail) / 2
  let above = try ChiSquaredDistribution(degreesOfFreedom: 2 * events + 2)
  return Interval(low: low, high: above.quantile(upper: confidence.tail) / 2)
}

/// How the interval of a count was computed.
public enum CountMethod: String, Hashable, Sendable, CaseIterable {
  /// Byar's approximation: 10 events or more.
  case byar = "Byar"
  /// The exact Poisson interval: fewer than 10 events.
  case exact = "exact Poisson"
}

/// The interval of a count by the method that suits its size: exact below 10 events, else Byar's.
func countInterval(_ events: Double, _ confidence: Confidence) throws(StatisticsError)
  -> (interval: Interval, method: CountMethod)
{
  events < 10
    ? (try exactPoissonInterval(events: events, confidence), .exact)
    : (byarLimits(events, confidence), .byar)
}

/// Byar's limits of a count that is known to be 0 or more.
func byarLimits(_ events: Double, _ confidence: Confidence) -> Interval {
  func limit(_ count: Double, _ z: Double) -> Double {
    let root = 1 - 1 / (9 * count) + z / (3 * count.squareRoot())
    return count * root * root * root
  }
  let low = events == 0 ? 0 : limit(events, -confidence.z)
  return Interval(low: max(0, low), high: limit(events + 1, confidence.z))
}
