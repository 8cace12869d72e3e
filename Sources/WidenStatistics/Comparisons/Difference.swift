/// The difference of two shares, with Newcombe's interval.
///
///     difference(
///       of: try Proportion(events: 30, people: 100), from: try Proportion(events: 15, people: 100))
///     // 0.15, 0.034 to 0.261
///
/// With the Wilson limits (l, u) of each share p: d − √((p₁ − l₁)² + (u₂ − p₂)²) and
/// d + √((u₁ − p₁)² + (p₂ − l₂)²). R. Newcombe, Statistics in Medicine 17, 1998, method 10. As a share,
/// from −1 to 1: 100 times this are percentage points.
public func difference(
  of first: Proportion, from second: Proportion, _ confidence: Confidence = .ninetyFive
) -> Estimate {
  let one = first.interval(confidence)
  let other = second.interval(confidence)
  let value = first.share - second.share
  func root(_ across: Double, _ along: Double) -> Double {
    (across * across + along * along).squareRoot()
  }
  return Estimate(
    value: value,
    interval: Interval(
      low: value - root(first.share - one.low, other.high - second.share),
      high: value + root(one.high - first.share, second.share - other.low)
    ).cut(to: -1...1))
}
