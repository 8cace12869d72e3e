/// The regularised incomplete beta functions Iₓ(a, b) and 1 − Iₓ(a, b), for a and b above 0 and x from
/// 0 to 1; the complement is 1 − x, given apart because the difference may have lost its digits.
///
/// The continued fraction of A. DiDonato and A. Morris, "Algorithm 708", ACM Transactions on
/// Mathematical Software 18, 1992, on the side of the mean where it converges.
func regularisedBeta(_ first: Double, _ second: Double, at value: Double, complement: Double)
  -> Tails
{
  if value <= 0 { return Tails(lower: 0, upper: 1) }
  if complement <= 0 { return Tails(lower: 1, upper: 0) }
  if first * complement < second * value {
    return lowerBeta(second, first, at: complement, complement: value).swapped
  }
  return lowerBeta(first, second, at: value, complement: complement)
}

private func lowerBeta(_ first: Double, _ second: Double, at value: Double, complement: Double)
  -> Tails
{
  let density = binomialDensity(
    successes: first, failures: second, probability: value, complement: complement)
  let below = first * complement - second * value
  var step = 0.0
  let fraction = continuedFraction(first: first * (below + 1) / (first + 1)) {
    step += 1
    let middle = first + 2 * step
    let numerator =
      (first + step - 1) / (middle - 1) * ((first + second + step - 1) / (middle - 1))
      * (step * (second - step) * value * value)
    let denominator =
      step + step * (second - step) * value / (middle - 1)
      + (first + step) * (below + 1 + step * (1 + complement)) / (middle + 1)
    return (numerator, denominator)
  }
  // The density has n! / (a! b!) where the integral needs 1 / B(a, b).
  let lower = min(1, density * (first / (first + second)) * second * fraction)
  return Tails(lower: lower, upper: 1 - lower)
}
