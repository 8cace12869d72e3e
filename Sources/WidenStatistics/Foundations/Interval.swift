/// The range that holds the true value with a level of confidence.
public struct Interval: Hashable, Sendable {
  /// The lower limit.
  public var low: Double
  /// The upper limit.
  public var high: Double

  /// A range from one limit to another.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Whether a value lies in the range, its limits included.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// The range in another unit; a negative factor turns it round.
  func multiplied(by factor: Double) -> Interval {
    factor < 0
      ? Interval(low: high * factor, high: low * factor)
      : Interval(low: low * factor, high: high * factor)
  }

  /// The range without what lies outside limits that the quantity itself has.
  func cut(to limits: ClosedRange<Double>) -> Interval {
    Interval(
      low: min(max(low, limits.lowerBound), limits.upperBound),
      high: min(max(high, limits.lowerBound), limits.upperBound))
  }
}

/// A figure with its interval.
public struct Estimate: Hashable, Sendable {
  /// The figure.
  public var value: Double
  /// Its interval.
  public var interval: Interval

  /// A figure with its interval.
  public init(value: Double, interval: Interval) {
    self.value = value
    self.interval = interval
  }
}
