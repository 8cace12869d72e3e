extension Proportion {
  /// The interval of the share by Wilson's score method, inside 0 to 1.
  ///
  ///     try Proportion(events: 65, people: 100).interval()   // 0.5525 to 0.7364
  ///
  /// (2x + z² ∓ z√(z² + 4x(1 − x/n))) / (2(n + z²)). E. Wilson, Journal of the American Statistical
  /// Association 22, 1927; no events give a lower limit of 0, and nothing but events an upper of 1.
  public func interval(_ confidence: Confidence = .ninetyFive) -> Interval {
    let z = confidence.z
    let square = z * z
    let centre = 2 * events + square
    let spread = z * (square + 4 * events * (others / people)).squareRoot()
    let divisor = 2 * (people + square)
    let low = events == 0 ? 0 : (centre - spread) / divisor
    let high = others == 0 ? 1 : (centre + spread) / divisor
    return Interval(low: min(low, share), high: max(high, share)).cut(to: 0...1)
  }
}
