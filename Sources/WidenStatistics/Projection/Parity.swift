/// A share of the workforce: some states among others.
public struct StateShare: Hashable, Sendable {
  /// The indices of the states that are counted.
  public var part: [Int]
  /// The indices of the states they are a share of, the counted ones among them.
  public var whole: [Int]

  /// A share of some states in others.
  public init(part: [Int], of whole: [Int]) {
    self.part = part
    self.whole = whole
  }

  /// The share; 0 when nobody is there.
  func value(_ people: [Double]) -> Double {
    let all = whole.reduce(0) { $0 + people[$1] }
    return all > 0 ? part.reduce(0) { $0 + people[$1] } / all : 0
  }
}

/// A year of a projection.
public struct ProjectedYear: Hashable, Sendable {
  /// Years from now: 0 is now.
  public var year: Int
  /// The people in each state.
  public var people: [Double]
  /// The share that is to rise, from 0 to 1, with its range.
  public var share: Estimate
  /// The share it is to reach, with its range.
  public var target: Estimate
  /// Share minus target in percentage points, with its range.
  public var gapPoints: Estimate
}

/// When something happens, in years from now: 2.5 is half way through the third year.
public struct ProjectedTime: Hashable, Sendable {
  /// When, by the rates as counted; nil when not within the years.
  public var value: Double?
  /// The early end of the range; nil when not within the years.
  public var early: Double?
  /// The late end of the range; nil when not within the years.
  public var late: Double?
}

/// Where the present flows lead.
public struct ParityProjection: Hashable, Sendable {
  /// The years, from now on.
  public var years: [ProjectedYear]
  /// When the share first reaches its target.
  public var parity: ProjectedTime
}

/// What every projection takes for granted; show it beside the figures.
public enum ProjectionAssumption: String, Hashable, Sendable, CaseIterable {
  /// Rates do not change.
  case steadyRates = "leavers and moves keep the rates of the year in which they were counted"
  /// The number of joiners does not change.
  case steadyJoiners = "every year as many people join each group and level as in that year"
  /// People of a state are alike.
  case alike = "everybody of a group and level is as likely to leave or move as the others"
  /// Nothing else happens.
  case nothingElse = "nobody changes group, and no posts are created, closed or regraded otherwise"
  /// What the range covers.
  case range = "the range covers chance in the counted year and later ones, not changes of policy"
}

/// When a share of the workforce reaches another at the present rates, with the range of chance.
///
///     // States: minority ethnic and other staff, below 8a and at 8a and above.
///     let found = try parityProjection(
///       workforce, share: StateShare(part: [1], of: [1, 3]),
///       target: StateShare(part: [0, 1], of: [0, 1, 2, 3]), years: 10)
///     found.parity.value      // in years from now; nil when it is further off
///
/// A Markov model of stocks and flows (D. Bartholomew, A. Forbes and S. McClean, Statistical
/// Techniques for Manpower Planning, 1991): people × (1 − leaving − moving) + moved in + joiners. The
/// range is simulated: rates are drawn from what one year's counts allow (gamma for joiners, Dirichlet
/// for the ways out), then people by those rates. `ProjectionAssumption` says what is taken for granted.
/// The error is `outside` for a state that does not exist, years (1 to 100) or repetitions.
public func parityProjection(
  _ workforce: Workforce, share: StateShare, target: StateShare, years: Int,
  _ confidence: Confidence = .ninetyFive, _ simulation: Simulation = Simulation(repetitions: 2_000)
) throws(StatisticsError) -> ParityProjection {
  try check(workforce, [share, target], years)
  let repetitions = try simulation.checked()
  let likely = workforce.path(workforce.counted, years: years)
  var generator = SeededGenerator(seed: simulation.seed)
  var shares = [[Double]](repeating: [], count: years + 1)
  var targets = shares
  var gaps = shares
  var times: [Double] = []
  for _ in 0..<repetitions {
    let rates = workforce.drawn(&generator)
    var people = workforce.states.map(\.people)
    var path: [Double] = []
    for year in 0...years {
      if year > 0 { people = workforce.next(people, rates, &generator) }
      shares[year].append(share.value(people))
      targets[year].append(target.value(people))
      path.append(share.value(people) - target.value(people))
      gaps[year].append((share.value(people) - target.value(people)) * 100)
    }
    times.append(crossing(path) ?? .infinity)
  }
  func estimate(_ value: Double, _ draws: [Double]) -> Estimate {
    let range = simulatedInterval(draws, confidence) ?? Interval(low: value, high: value)
    return Estimate(value: value, interval: range)
  }
  let projected = likely.enumerated().map { year, people in
    ProjectedYear(
      year: year, people: people, share: estimate(share.value(people), shares[year]),
      target: estimate(target.value(people), targets[year]),
      gapPoints: estimate((share.value(people) - target.value(people)) * 100, gaps[year]))
  }
  let value = crossing(likely.map { share.value($0) - target.value($0) })
  return ParityProjection(years: projected, parity: time(value, times.sorted(), confidence))
}

/// The range of a time of which some draws never come.
private func time(_ value: Double?, _ sorted: [Double], _ confidence: Confidence) -> ProjectedTime {
  let last = Double(sorted.count - 1)
  let early = sorted[Int((confidence.tail * last).rounded())]
  let late = sorted[Int(((1 - confidence.tail) * last).rounded())]
  return ProjectedTime(
    value: value, early: early.isFinite ? early : nil, late: late.isFinite ? late : nil)
}

/// When a path first reaches 0 from below, between its years on a straight line.
private func crossing(_ gaps: [Double]) -> Double? {
  guard let reached = gaps.firstIndex(where: { $0 >= 0 }) else { return nil }
  if reached == 0 { return 0 }
  let before = gaps[reached - 1]
  return Double(reached - 1) + before / (before - gaps[reached])
}

/// Checks what a projection is asked for.
func check(_ workforce: Workforce, _ shares: [StateShare], _ years: Int) throws(StatisticsError) {
  try inside(1...100, Double(years), Argument(.years))
  let last = Double(workforce.states.count - 1)
  for share in shares {
    for state in share.part + share.whole { try inside(0...last, Double(state), Argument(.state)) }
  }
}

extension Workforce {
  /// The people of each state, from now on, by the rates and no chance.
  func path(_ rates: WorkforceRates, years: Int) -> [[Double]] {
    var path = [states.map(\.people)]
    for year in 0..<years { path.append(next(path[year], rates)) }
    return path
  }
}
