/// A scale with round numbers on it.
struct Axis {
  let least: Double
  let most: Double
  /// The numbers that are written beside it.
  let ticks: [Double]

  /// A scale that holds these values, and zero where that is asked for.
  init(_ values: [Double], includesZero: Bool, count: Int = 5) {
    var low = values.min() ?? 0
    var high = values.max() ?? 1
    if includesZero { (low, high) = (min(0, low), max(0, high)) }
    if high <= low {
      let margin = max(abs(low) * 0.1, low == 0 ? 1 : 0)
      (low, high) = (low - margin, high + margin)
    }
    let step = Axis.roundStep((high - low) / Double(max(1, count - 1)))
    let first = (low / step).rounded(.down)
    let last = (high / step).rounded(.up)
    ticks = (0...max(1, Int(last - first))).prefix(20).map { (first + Double($0)) * step }
    least = first * step
    most = ticks.last ?? high
  }

  /// Where a number stands, from 0 to 1.
  func place(_ number: Double) -> Double {
    most > least ? min(1, max(0, (number - least) / (most - least))) : 0
  }

  /// The next of 1, 2 and 5 times a power of ten that is not smaller.
  private static func roundStep(_ wanted: Double) -> Double {
    guard wanted.isFinite, wanted > 1e-300 else { return 1 }
    var power = 1.0
    while power > wanted { power /= 10 }
    while power * 10 <= wanted { power *= 10 }
    return ([1, 2, 5, 10].first { $0 * power >= wanted * 0.999 } ?? 10) * power
  }
}
