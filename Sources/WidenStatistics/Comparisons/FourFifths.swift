/// Whether the lowest rate of several groups falls short of four fifths of the highest.
public struct FourFifths: Hashable, Sendable {
  /// The lowest rate over the highest; nil when no group has any events.
  public var ratio: Double?
  /// Whether the ratio is below four fifths.
  ///
  /// It says nothing about chance: show it beside an interval.
  public var isBelow: Bool
}

/// The four-fifths rule.
///
///     try fourFifths(
///       [try Proportion(events: 117, people: 389), try Proportion(events: 2, people: 10)])
///     // 0.665: below
///
/// Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D, 1978. A ratio of exactly four
/// fifths, such as 54 of 150 against 36 of 80, is not below it. The error is `tooFew` below 2 groups.
public func fourFifths(_ groups: [Proportion]) throws(StatisticsError) -> FourFifths {
  try enough(groups, .groups, needed: 2)
  guard let low = groups.min(by: { $0.share < $1.share }),
    let high = groups.max(by: { $0.share < $1.share }), high.events > 0
  else { return FourFifths(ratio: nil, isBelow: false) }
  // Products of counts are exact where a quotient of shares would round 0.8 down.
  return FourFifths(
    ratio: low.share / high.share,
    isBelow: 5 * low.events * high.people < 4 * high.events * low.people)
}
