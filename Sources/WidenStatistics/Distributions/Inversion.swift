/// The value above 0 where a rising (or falling) tail has a given probability.
///
/// Newton's method between the logarithms of the value and of the tail, where tails are nearly
/// straight lines; a bracket keeps it safe. `tail` gives the tail and the density at a value.
func inverted(
  _ target: Double, from start: Double, isRising: Bool,
  tail: (Double) -> (probability: Double, density: Double)
) -> Double {
  var low = 0.0
  var high = Double.infinity
  var value = start
  for _ in 0..<500 {
    let (probability, density) = tail(value)
    if probability == target { return value }
    if (probability < target) == isRising { low = value } else { high = value }
    let slope = (isRising ? 1 : -1) * value * density / probability
    let step = (logarithm(target) - logarithm(probability)) / slope
    var next = value * exponential(step)
    let isOutside = !(next > low && next < high)
    if isOutside { next = between(low, high) }
    if next == value || next == low || next == high { return next }
    // The error is the square of the step: the next one would change nothing.
    if !isOutside, abs(step) < 1e-9 { return next }
    value = next
  }
  return value
}

/// A value inside a bracket of which an end may be missing.
private func between(_ low: Double, _ high: Double) -> Double {
  if high == .infinity { return low == 0 ? 1 : low * 4 }
  if low == 0 { return high / 4 }
  return low.squareRoot() * high.squareRoot()
}
