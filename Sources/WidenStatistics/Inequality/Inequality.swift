/// How a figure changes from the most deprived of a population to the least.
public struct Inequality: Hashable, Sendable {
  /// The figure at the most deprived end of the line.
  public var intercept: Double
  /// The slope index: the figure at the least deprived end minus that at the most deprived.
  public var slope: Double
  /// Its simulated interval; nil when a standard error is missing.
  public var slopeInterval: Interval?
  /// The relative index: the one end over the other; nil when the most deprived end is not above 0.
  public var relative: Double?
  /// Its simulated interval; nil when a standard error is missing or the index has no upper limit.
  public var relativeInterval: Interval?
}

/// How an interval is simulated: the same settings give the same limits.
public struct Simulation: Hashable, Sendable {
  /// How often the figures are drawn.
  public var repetitions: Int
  /// Where the random numbers start.
  public var seed: UInt64

  /// A simulation; 20,000 repetitions put the limits within about 2 % of their distance.
  public init(repetitions: Int = 20_000, seed: UInt64 = 20_240_331) {
    self.repetitions = repetitions
    self.seed = seed
  }

  /// The number of repetitions, when it is one that can be done.
  func checked() throws(StatisticsError) -> Int {
    try inside(100...10_000_000, Double(repetitions), Argument(.repetitions))
    return repetitions
  }
}

/// The slope and the relative index of inequality across quantiles, the most deprived first.
///
///     let fifths = try [(220, 1_000), (205, 1_050), (180, 980), (150, 1_020), (140, 990)].map {
///       InequalityQuantile(try Proportion(events: $0.0, people: $0.1))
///     }
///     let found = try inequality(across: fifths)
///     found.slope         // −0.1025: about 10 points lower at the least deprived end
///     found.relative      // 0.552
///
/// With population shares a and midpoints b of their running sum, least squares of y√a on [√a, b√a]
/// give (α, β): slope β, relative (α + β)/α. On a transformed scale the line is fitted there, and its
/// ends are taken back. A multiplier changes the unit of the slope; below 0 it turns the direction
/// round. C. Pamuk, Population Studies 39, 1985; intervals by simulation as in Public Health England's
/// PHEindicatormethods 2.1, `phe_sii`. The error is `tooFew` below 5 quantiles, `tooMany` above 100,
/// `notPositive`, `negative` or `notANumber` with the row of the quantile, `notBetween` for a share
/// that has no logit, or `outside` for the repetitions.
public func inequality(
  across quantiles: [InequalityQuantile], scale: InequalityScale = .plain,
  isFittedOnScale: Bool = false, multiplier: Double = 1,
  _ confidence: Confidence = .ninetyFive, _ simulation: Simulation = Simulation()
) throws(StatisticsError) -> Inequality {
  try check(quantiles, scale)
  guard try finite(multiplier, Argument(.multiplier)) != 0 else { throw .allZero(.multiplier) }
  let repetitions = try simulation.checked()
  let line = Line(quantiles, isFittedOnScale ? scale : .plain, multiplier)
  let scaled = quantiles.map { scale.scaled($0.value) }
  func figures(_ scaled: [Double]) -> [Double] {
    isFittedOnScale ? scaled : scaled.map { scale.unscaled($0) }
  }
  // The point estimate does not go through the scale and back where it need not.
  let point = line.fitted(isFittedOnScale ? scaled : quantiles.map(\.value))
  var found = Inequality(
    intercept: point.intercept, slope: point.slope,
    relative: point.relative.isFinite ? point.relative : nil)
  let errors = quantiles.compactMap(\.standardError)
  guard errors.count == quantiles.count else { return found }
  var generator = SeededGenerator(seed: simulation.seed)
  var slopes: [Double] = []
  var relatives: [Double] = []
  // Draws come in mirrored pairs: what one has too much of, the other has too little.
  for _ in 0..<(repetitions + 1) / 2 {
    let chances = errors.map { $0 * generator.normal() }
    for sign in [1.0, -1.0] {
      let draw = line.fitted(figures(zip(scaled, chances).map { $0 + sign * $1 }))
      slopes.append(draw.slope)
      relatives.append(draw.relative)
    }
  }
  found.slopeInterval = simulatedInterval(slopes, confidence)
  found.relativeInterval = found.relative == nil ? nil : simulatedInterval(relatives, confidence)
  return found
}

/// The middle part of simulated values; nil when a limit is not finite.
func simulatedInterval(_ values: [Double], _ confidence: Confidence) -> Interval? {
  let sorted = values.sorted()
  let place = confidence.tail * Double(sorted.count - 1)
  let interval = Interval(
    low: between(sorted, at: place), high: between(sorted, at: Double(sorted.count - 1) - place))
  return interval.low.isFinite && interval.high.isFinite ? interval : nil
}

private func check(_ quantiles: [InequalityQuantile], _ scale: InequalityScale)
  throws(StatisticsError)
{
  try enough(quantiles, .quantiles, needed: 5)
  guard quantiles.count <= 100 else { throw .tooMany(.quantiles, quantiles.count, allowed: 100) }
  for (index, quantile) in quantiles.enumerated() {
    let row = index + 1
    try positive(quantile.population, Argument(.population, row: row))
    try finite(quantile.value, Argument(.value, row: row))
    if let error = quantile.standardError {
      try notNegative(error, Argument(.standardError, row: row))
    }
    switch scale {
    case .plain: break
    case .logarithmic: try positive(quantile.value, Argument(.value, row: row))
    case .logistic:
      guard quantile.value > 0, quantile.value < 1 else {
        throw .notBetween(Argument(.value, row: row), quantile.value, low: 0, high: 1)
      }
    }
  }
}

/// The least squares line of figures on the cumulative share of the population.
private struct Line {
  private let shares: [Double]
  private let slopeWeights: [Double]
  private let scale: InequalityScale
  private let multiplier: Double

  init(_ quantiles: [InequalityQuantile], _ scale: InequalityScale, _ multiplier: Double) {
    let all = quantiles.reduce(0) { $0 + $1.population }
    let shares = quantiles.map { $0.population / all }
    var below = 0.0
    // The midpoints have the mean ½, so only their distance from it matters.
    let distances = shares.map { share in
      defer { below += share }
      return below + share / 2 - 0.5
    }
    let spread = zip(shares, distances).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    slopeWeights = zip(shares, distances).map { $0 * $1 / spread }
    self.shares = shares
    self.scale = scale
    self.multiplier = multiplier
  }

  /// The relative index is infinite where the first end of the line is not above 0.
  func fitted(_ figures: [Double]) -> (intercept: Double, slope: Double, relative: Double) {
    var mean = 0.0
    var slope = 0.0
    for index in figures.indices {
      mean += shares[index] * figures[index]
      slope += slopeWeights[index] * figures[index]
    }
    let first = scale.unscaled(mean - slope / 2)
    let last = scale.unscaled(mean + slope / 2)
    let relative = multiplier < 0 ? (last > 0 ? first / last : .infinity) : last / first
    return (
      first * abs(multiplier), (last - first) * multiplier, first > 0 ? relative : .infinity
    )
  }
}
