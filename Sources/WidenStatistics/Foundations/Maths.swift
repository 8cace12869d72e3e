internal import Glibc

// The only file that leaves the standard library: the functions that the processor does not have.

/// The natural logarithm; −∞ at 0.
func logarithm(_ value: Double) -> Double { log(value) }

/// The natural logarithm of 1 + value, exact for small values too.
func logarithmOfOnePlus(_ value: Double) -> Double { log1p(value) }

/// e to a power.
func exponential(_ value: Double) -> Double { exp(value) }

/// The complement of the error function, exact far out in the tail.
func complementaryError(_ value: Double) -> Double { erfc(value) }

/// The logarithm of the odds of a proportion.
func logit(_ proportion: Double) -> Double { log(proportion) - log1p(-proportion) }

/// The proportion that has these logarithmic odds.
func proportion(ofLogit value: Double) -> Double { 1 / (1 + exp(-value)) }
