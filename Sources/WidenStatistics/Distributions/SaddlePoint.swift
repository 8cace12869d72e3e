// Probabilities of single values, exact to the last digits even where the factorials overflow.
// Source: C. Loader, "Fast and accurate computation of binomial probabilities", 2000.

/// What Stirling's formula leaves out: ln Γ(n + 1) − (n + ½) ln n + n − ½ ln 2π, for n > 0.
func stirlingError(_ number: Double) -> Double {
  var shifted = number
  var sum = 0.0
  // The series needs a number of 16 or more; each step up is known in closed form.
  while shifted < 16 {
    sum += (shifted + 0.5) * logarithmOfOnePlus(1 / shifted) - 1
    shifted += 1
  }
  let square = 1 / (shifted * shifted)
  let series = stirlingCoefficients.reduce(0) { $0 * square + $1 }
  return sum + series / shifted
}

/// The coefficients of Stirling's series, the last first.
private let stirlingCoefficients = [
  -691.0 / 360_360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12,
]

/// x ln(x / mean) + mean − x, without the cancellation of writing it so; both above 0.
func deviance(_ value: Double, from mean: Double) -> Double {
  let difference = value - mean
  guard abs(difference) < 0.5 * (value + mean) else {
    return value * logarithm(value / mean) - difference
  }
  let ratio = difference / (value + mean)
  let square = ratio * ratio
  var sum = difference * ratio
  var power = 2 * value * ratio
  var divisor = 3.0
  while true {
    power *= square
    let next = sum + power / divisor
    if next == sum { return sum }
    sum = next
    divisor += 2
  }
}

/// μˣ e^(−μ) / Γ(x + 1), for any x ≥ 0 and μ ≥ 0.
func poissonDensity(_ value: Double, mean: Double) -> Double {
  if mean == 0 { return value == 0 ? 1 : 0 }
  if value < 1e-300 { return exponential(-mean) }
  let exponent = -stirlingError(value) - deviance(value, from: mean)
  return exponential(exponent) / (2 * Double.pi * value).squareRoot()
}

/// Γ(s + f + 1) / (Γ(s + 1) Γ(f + 1)) pˢ qᶠ, for any successes and failures ≥ 0; q is 1 − p, given
/// apart because the difference may have lost its digits.
func binomialDensity(
  successes: Double, failures: Double, probability: Double, complement: Double
) -> Double {
  if successes == 0 { return powerOfOneOutcome(complement, probability, failures) }
  if failures == 0 { return powerOfOneOutcome(probability, complement, successes) }
  if probability == 0 || complement == 0 { return 0 }
  let trials = successes + failures
  let exponent =
    stirlingError(trials) - stirlingError(successes) - stirlingError(failures)
    - deviance(successes, from: trials * probability)
    - deviance(failures, from: trials * complement)
  return exponential(exponent)
    * (trials / (2 * Double.pi * successes)).squareRoot() / failures.squareRoot()
}

/// The probability that every trial ends in the same way.
private func powerOfOneOutcome(_ probability: Double, _ complement: Double, _ trials: Double)
  -> Double
{
  if trials == 0 { return 1 }
  return exponential(
    trials * (complement < 0.5 ? logarithmOfOnePlus(-complement) : logarithm(probability)))
}
