/// Counts as a policy writes them, and what a reader infers from what is written.
extension DisclosurePolicy {
  /// A count that is not withheld, as it is published; nil for one that is small.
  ///
  /// `safe` and `hes`: 0 stays 0, else the nearest multiple of the base, halves up. `midpoint`:
  /// ⌈x ÷ b⌉ b − ⌊b ÷ 2⌋, and 0 for 0 (OpenSAFELY, "Statistical disclosure control").
  public func written(_ count: Int) -> Int? {
    switch method {
    case .safe, .hes: isSmall(count) ? nil : (count + base / 2) / base * base
    case .suppress: isSmall(count) ? nil : count
    case .midpoint: count == 0 ? 0 : (count + base - 1) / base * base - base / 2
    case .none: count
    }
  }

  /// Whether a count is too small to publish.
  ///
  /// Midpoints hide a small count in its class, so they withhold none; nor does `none`.
  public func isSmall(_ count: Int) -> Bool {
    switch method {
    case .safe, .suppress, .hes: (withholdsZeros ? 0...threshold : smallRange).contains(count)
    case .midpoint, .none: false
    }
  }

  /// The counts that a published number of this policy may stand for.
  ///
  /// A reader knows the policy, so counts that it withholds are not among them.
  func meaning(of written: Int) -> ClosedRange<Int> {
    switch method {
    case .safe, .hes:
      // Half a base less and, halves being rounded up, one less than half a base more.
      var low = max(0, written - base / 2)
      var high = max(low, written + (base - 1) / 2)
      while low < high, isSmall(low) { low += 1 }
      while low < high, isSmall(high) { high -= 1 }
      return low...high
    case .midpoint:
      if written == 0 { return 0...0 }
      let low = max(1, written - (base - 1 - base / 2))
      return low...max(low, written + base / 2)
    case .suppress, .none:
      return written...written
    }
  }

  /// From 1 to the threshold; empty in effect when that is 0.
  private var smallRange: ClosedRange<Int> { threshold == 0 ? -1 ... -1 : 1...threshold }
}
