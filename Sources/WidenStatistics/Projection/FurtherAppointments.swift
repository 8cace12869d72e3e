/// How many more appointments a year a share needs.
public struct FurtherAppointments: Hashable, Sendable {
  /// People a year, with a fraction; nil when all appointments would not be enough.
  public var value: Double?
  /// The low end of the range; nil when even there all appointments would not be enough.
  public var low: Double?
  /// The high end of the range; nil when there all appointments would not be enough.
  public var high: Double?

  /// Whole people a year that are sure to be enough by the rates as counted.
  public var people: Int? { value.flatMap { Int(exactly: ($0 - 1e-9).rounded(.up)) } }
}

/// How many more people a year have to be appointed to a state for a share to reach its target in time.
///
///     // Minority ethnic staff at 8a and above, in place of others there.
///     try furtherAppointments(
///       workforce, to: 1, inPlaceOf: 3, share: StateShare(part: [1], of: [1, 3]),
///       target: StateShare(part: [0, 1], of: [0, 1, 2, 3]), years: 4)
///
/// The model of `parityProjection` with that many joiners more a year, found by bisection: 0 when the
/// share gets there anyway. In place of others, no more than were appointed to that state in the
/// counted year. The range is over the rates that one year's counts allow. The errors are those of
/// `parityProjection`.
public func furtherAppointments(
  _ workforce: Workforce, to state: Int, inPlaceOf other: Int? = nil, share: StateShare,
  target: StateShare, years: Int, _ confidence: Confidence = .ninetyFive,
  _ simulation: Simulation = Simulation(repetitions: 500)
) throws(StatisticsError) -> FurtherAppointments {
  try check(workforce, [share, target, StateShare(part: [state, other ?? state], of: [])], years)
  let repetitions = try simulation.checked()
  let appointed = other.map { other in
    workforce.moves.reduce(workforce.states[other].joiners) {
      $0 + ($1.to == other ? $1.people : 0)
    }
  }
  func needed(_ rates: WorkforceRates) -> Double? {
    func gap(_ more: Double) -> Double {
      var changed = rates
      changed.joiners[state] += more
      if let other { changed.joiners[other] -= more }
      let people = workforce.path(changed, years: years)[years]
      return share.value(people) - target.value(people)
    }
    return leastReaching(gap, atMost: appointed)
  }
  var generator = SeededGenerator(seed: simulation.seed)
  var draws: [Double] = []
  for _ in 0..<repetitions {
    draws.append(needed(workforce.drawn(&generator)) ?? .infinity)
  }
  draws.sort()
  let last = Double(draws.count - 1)
  let low = draws[Int((confidence.tail * last).rounded())]
  let high = draws[Int(((1 - confidence.tail) * last).rounded())]
  return FurtherAppointments(
    value: needed(workforce.counted), low: low.isFinite ? low : nil,
    high: high.isFinite ? high : nil)
}

/// The least number that takes a rising gap to 0; nil when the most that is allowed does not.
private func leastReaching(_ gap: (Double) -> Double, atMost limit: Double?) -> Double? {
  if gap(0) >= 0 { return 0 }
  var low = 0.0
  var high = limit ?? 1
  if limit == nil {
    while gap(high) < 0 {
      guard high < largestParameter else { return nil }
      low = high
      high *= 2
    }
  }
  guard gap(high) >= 0 else { return nil }
  for _ in 0..<60 where high - low > 1e-9 * high {
    let middle = low + (high - low) / 2
    if gap(middle) >= 0 { high = middle } else { low = middle }
  }
  return high
}
