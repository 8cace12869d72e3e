extension SeededGenerator {
  /// A number of the gamma distribution with a mean and variance of a count, 0 for none.
  ///
  /// G. Marsaglia and W. Tsang, ACM Transactions on Mathematical Software 26, 2000.
  mutating func gamma(_ shape: Double) -> Double {
    guard shape > 0 else { return 0 }
    if shape < 1 {
      return gamma(shape + 1) * exponential(logarithm(uniform()) / shape)
    }
    let base = shape - 1.0 / 3
    let scale = 1 / (9 * base).squareRoot()
    while true {
      let normal = normal()
      let root = 1 + scale * normal
      guard root > 0 else { continue }
      let cube = root * root * root
      let limit = 0.5 * normal * normal + base * (1 - cube + logarithm(cube))
      if logarithm(uniform()) < limit { return base * cube }
    }
  }

  /// How many of so many people it happens to; of a part of a person nothing does.
  mutating func binomial(_ people: Double, _ probability: Double) -> Double {
    let trials = people.rounded(.down)
    if trials <= 0 || probability <= 0 { return 0 }
    if probability >= 1 { return trials }
    if probability > 0.5 { return trials - binomial(trials, 1 - probability) }
    let mean = trials * probability
    guard mean < 30 else {
      // With 30 on the rarer side the normal distribution is near enough for a range.
      let drawn = mean + (mean * (1 - probability)).squareRoot() * normal()
      return min(trials, max(0, drawn.rounded()))
    }
    // The gaps between those it happens to are geometric.
    let gap = logarithmOfOnePlus(-probability)
    var count = -1.0
    var place = 0.0
    while place <= trials {
      place += (logarithm(uniform()) / gap).rounded(.down) + 1
      count += 1
    }
    return count
  }

  /// How many events there are when so many are to be expected.
  mutating func poisson(_ mean: Double) -> Double {
    if mean <= 0 { return 0 }
    guard mean < 30 else { return max(0, (mean + mean.squareRoot() * normal()).rounded()) }
    var count = -1.0
    var time = 0.0
    while time <= mean {
      time -= logarithm(uniform())
      count += 1
    }
    return count
  }
}
