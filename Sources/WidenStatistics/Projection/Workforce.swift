/// The people of one group at one level, such as minority ethnic staff at band 8a and above, and what
/// happened to them in a year.
public struct WorkforceState: Hashable, Sendable {
  /// The people in it now.
  public var people: Double
  /// The people who joined it from outside in the year.
  public var joiners: Double
  /// The people who left the workforce from it in the year.
  public var leavers: Double
  /// The average number of people in the year, which rates are over.
  public var averagePeople: Double

  /// A state; the average is the number of people now unless it is given.
  public init(people: Double, joiners: Double, leavers: Double, averagePeople: Double? = nil) {
    self.people = people
    self.joiners = joiners
    self.leavers = leavers
    self.averagePeople = averagePeople ?? people
  }
}

/// The people who moved from one state to another in the year, such as by promotion.
public struct WorkforceMove: Hashable, Sendable {
  /// The index of the state they left.
  public var from: Int
  /// The index of the state they came to.
  public var to: Int
  /// How many they were.
  public var people: Double

  /// A move between two states.
  public init(from: Int, to: Int, people: Double) {
    self.from = from
    self.to = to
    self.people = people
  }
}

/// A workforce in states, with the flows of a year into, between and out of them.
///
///     let workforce = try Workforce(
///       states: [WorkforceState(people: 400, joiners: 60, leavers: 40),
///                WorkforceState(people: 40, joiners: 2, leavers: 3)],
///       moves: [WorkforceMove(from: 0, to: 1, people: 5)])
public struct Workforce: Hashable, Sendable {
  /// The states.
  public let states: [WorkforceState]
  /// The moves between them.
  public let moves: [WorkforceMove]

  /// A workforce; the error is `tooFew` states, `negative`, `notPositive` or `notANumber` with the row
  /// of the state or move, `outside` for a state that does not exist, or `moreThan` when more people
  /// left a state than it had.
  public init(states: [WorkforceState], moves: [WorkforceMove]) throws(StatisticsError) {
    try enough(states, .states, needed: 1)
    for (index, state) in states.enumerated() {
      let row = index + 1
      try inside(0...largestParameter, state.people, Argument(.people, row: row))
      try inside(0...largestParameter, state.joiners, Argument(.joiners, row: row))
      try notNegative(state.leavers, Argument(.leavers, row: row))
      try notNegative(state.averagePeople, Argument(.averagePeople, row: row))
    }
    var outflows = states.map(\.leavers)
    let last = Double(states.count - 1)
    for (index, move) in moves.enumerated() {
      let row = index + 1
      try notNegative(move.people, Argument(.moves, row: row))
      try inside(0...last, Double(move.from), Argument(.state, row: row))
      try inside(0...last, Double(move.to), Argument(.state, row: row))
      outflows[move.from] += move.people
    }
    for (index, state) in states.enumerated() where outflows[index] > state.averagePeople {
      throw .moreThan(
        Argument(.leavers, row: index + 1), outflows[index], whole: .averagePeople,
        state.averagePeople)
    }
    self.states = states
    self.moves = moves
  }

  /// The flows as they were counted.
  var counted: WorkforceRates {
    WorkforceRates(
      joiners: states.map(\.joiners),
      leaving: states.map { $0.leavers == 0 ? 0 : $0.leavers / $0.averagePeople },
      moving: moves.map { $0.people == 0 ? 0 : $0.people / states[$0.from].averagePeople })
  }

  /// The flows as they may be in truth, given what was counted in one year.
  func drawn(_ generator: inout SeededGenerator) -> WorkforceRates {
    var rates = counted
    rates.joiners = states.map { generator.gamma($0.joiners) }
    for (index, state) in states.enumerated() where state.averagePeople > 0 {
      let from = moves.indices.filter { moves[$0].from == index }
      let leavers = generator.gamma(state.leavers)
      let movers = from.map { generator.gamma(moves[$0].people) }
      let gone = state.leavers + from.reduce(0) { $0 + moves[$1].people }
      let all = leavers + movers.reduce(0, +) + generator.gamma(state.averagePeople - gone)
      guard all > 0 else { continue }
      rates.leaving[index] = leavers / all
      for (move, people) in zip(from, movers) { rates.moving[move] = people / all }
    }
    return rates
  }
}

/// What happens to a workforce each year.
struct WorkforceRates {
  /// People a year, by state; below 0 where appointments go to others instead.
  var joiners: [Double]
  /// The share of its people who leave the workforce, by state.
  var leaving: [Double]
  /// The share of the people of its first state who take it, by move.
  var moving: [Double]
}

extension Workforce {
  /// The people of each state a year later, by the rates and no chance.
  func next(_ people: [Double], _ rates: WorkforceRates) -> [Double] {
    var next = people.indices.map { people[$0] * (1 - rates.leaving[$0]) + rates.joiners[$0] }
    for (move, rate) in zip(moves, rates.moving) {
      next[move.from] -= people[move.from] * rate
      next[move.to] += people[move.from] * rate
    }
    return next.map { max(0, $0) }
  }

  /// The people of each state a year later, by the rates and chance.
  func next(_ people: [Double], _ rates: WorkforceRates, _ generator: inout SeededGenerator)
    -> [Double]
  {
    var staying = people
    var arriving = rates.joiners.map { generator.poisson($0) }
    var left = [Double](repeating: 1, count: people.count)
    // Each way out takes its share of those whom the ways before have left.
    func share(_ rate: Double, _ state: Int) -> Double {
      let share = left[state] > 0 ? min(1, rate / left[state]) : 0
      left[state] -= rate
      return share
    }
    for state in people.indices {
      staying[state] -= generator.binomial(staying[state], share(rates.leaving[state], state))
    }
    for (move, rate) in zip(moves, rates.moving) {
      let movers = generator.binomial(staying[move.from], share(rate, move.from))
      staying[move.from] -= movers
      arriving[move.to] += movers
    }
    return zip(staying, arriving).map { $0 + $1 }
  }
}
