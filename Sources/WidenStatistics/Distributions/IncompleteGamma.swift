/// Both sides of a distribution.
///
/// The smaller is exact; the greater is what is left of 1.
struct Tails: Hashable {
  /// The probability of the value or less.
  var lower: Double
  /// The probability of more.
  var upper: Double

  /// The tails of the mirrored distribution.
  var swapped: Tails { Tails(lower: upper, upper: lower) }
}

/// The regularised incomplete gamma functions P(a, x) and Q(a, x), for a > 0 and x ≥ 0.
///
/// Below the mean by its series, above by its continued fraction: NIST Digital Library of
/// Mathematical Functions, 8.11.4 and 8.9.2.
func regularisedGamma(shape: Double, at value: Double) -> Tails {
  if value <= 0 { return Tails(lower: 0, upper: 1) }
  if value == .infinity { return Tails(lower: 1, upper: 0) }
  let density = poissonDensity(shape, mean: value)
  if value < shape + 1 {
    let lower = min(1, density * gammaSeries(shape, value))
    return Tails(lower: lower, upper: 1 - lower)
  }
  let upper = min(1, density * shape * gammaFraction(shape, value))
  return Tails(lower: 1 - upper, upper: upper)
}

/// The series 1 + x / (a + 1) + x² / ((a + 1)(a + 2)) + and so on.
private func gammaSeries(_ shape: Double, _ value: Double) -> Double {
  var term = 1.0
  var sum = 1.0
  var divisor = shape + 1
  while true {
    term *= value / divisor
    let next = sum + term
    if next == sum { return sum }
    sum = next
    divisor += 1
  }
}

/// 1 / (x + 1 − a − 1(1 − a) / (x + 3 − a − 2(2 − a) / (x + 5 − a − …))).
private func gammaFraction(_ shape: Double, _ value: Double) -> Double {
  var step = 0.0
  return continuedFraction(first: value + 1 - shape) {
    step += 1
    return (-step * (step - shape), value + 2 * step + 1 - shape)
  }
}

/// The continued fraction 1 / (b₀ + a₁ / (b₁ + a₂ / (b₂ + …))); `next` gives aₙ and bₙ.
///
/// The method of W. Lentz as modified by I. Thompson and A. Barnett, Journal of Computational
/// Physics 64, 1986.
func continuedFraction(first: Double, next: () -> (numerator: Double, denominator: Double))
  -> Double
{
  let tiny = 1e-300
  var fraction = first == 0 ? tiny : first
  var front = fraction
  var back = 0.0
  while true {
    let (numerator, denominator) = next()
    back = denominator + numerator * back
    front = denominator + numerator / front
    if back == 0 { back = tiny }
    if front == 0 { front = tiny }
    back = 1 / back
    let factor = front * back
    fraction *= factor
    if abs(factor - 1) <= 0x1p-53 || !factor.isFinite { return 1 / fraction }
  }
}
