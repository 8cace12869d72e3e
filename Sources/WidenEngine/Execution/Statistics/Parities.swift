import WidenLanguage
import WidenStatistics

extension Executor {
  /// A row for each year from now on: the share, the share of the whole workforce, and the gap.
  func parity(_ plan: Plan, _ relation: Relation, _ parity: ParityPlan) throws -> Relation {
    let flows = YearOfFlows(relation.frame)
    guard flows.peopleInBase > 0 else {
      throw ExecutionError.failed(
        "at the end of \(parity.year) nobody is in \(parity.baseName), so that there is no share to "
          + "project", hint: "choose another year, or a wider group")
    }
    let share = StateShare(part: [1], of: [1, 3])
    let all = StateShare(part: [0, 1], of: [0, 1, 2, 3])
    let horizon = max(parity.years, YearOfFlows.horizon)
    let (workforce, found, needed) = try figure { () throws(StatisticsError) in
      let workforce = try flows.workforce()
      return (
        workforce,
        try parityProjection(
          workforce, share: share, target: all, years: horizon, .ninetyFive,
          Simulation(repetitions: 1000)),
        try furtherAppointments(
          workforce, to: 1, inPlaceOf: 3, share: share, target: all, years: parity.years,
          .ninetyFive, Simulation(repetitions: 200))
      )
    }
    tell(workforce, found, needed, parity)
    let rows: [[Value]] = found.years.prefix(parity.years + 1).map { year in
      let period = Period(kind: parity.year.kind, number: parity.year.number + year.year)
      func cells(_ estimate: Estimate, over scale: Double = 1) -> [Value] {
        [estimate.value, estimate.interval.low, estimate.interval.high].map { cell($0 / scale) }
      }
      return [.period(period)] + cells(year.share) + cells(year.target)
        + cells(year.gapPoints, over: 100)
    }
    let columns = plan.columns.enumerated().map { index, description in
      Column.values(rows.map { $0[index] }, type: description.type)
    }
    return Relation(frame: Frame(columns: columns, rowCount: rows.count), columns: plan.columns)
  }

  private func tell(
    _ workforce: Workforce, _ found: ParityProjection, _ needed: FurtherAppointments,
    _ plan: ParityPlan
  ) {
    func tell(_ text: String) { context.tell(Answer.Note(.note, text)) }
    let state = workforce.states[1]
    let moved = workforce.moves.reduce(0) { $0 + ($1.to == 1 ? $1.people : 0) }
    tell(
      "in \(plan.year) \(grouped(state.joiners)) with \(plan.eventName) joined \(plan.baseName), "
        + "\(grouped(moved)) moved up into it and \(grouped(state.leavers)) left; now there are "
        + "\(grouped(state.people)) of \(grouped(state.people + workforce.states[3].people))")
    tell(when(found.parity, plan))
    tell(howMany(needed, plan))
    for assumption in ProjectionAssumption.allCases { tell("assumed: \(assumption.rawValue)") }
  }

  /// When the shares are equal, with the range of chance.
  private func when(_ time: ProjectedTime, _ plan: ParityPlan) -> String {
    func named(_ years: Double) -> String {
      Period(
        kind: plan.year.kind, number: plan.year.number + Int(years.rounded(.up))
      ).description
    }
    let later = "later than \(YearOfFlows.horizon) years from now"
    let range =
      time.early == nil
      ? "95 % range: \(later)"
      : "95 % range \(time.early.map(named) ?? later) to \(time.late.map(named) ?? later)"
    guard let value = time.value else {
      return "at these rates the share of \(plan.eventName) among \(plan.baseName) does not equal "
        + "that of all within \(max(plan.years, YearOfFlows.horizon)) years (\(range))"
    }
    if value == 0 { return "the share already equals that of all, or is above it" }
    return
      "at these rates the share of \(plan.eventName) among \(plan.baseName) equals that of all "
      + "in \(named(value)), \(grouped(value, places: 1)) years from now (\(range))"
  }

  /// How many more appointments a year would do.
  private func howMany(_ needed: FurtherAppointments, _ plan: ParityPlan) -> String {
    let year = Period(kind: plan.year.kind, number: plan.year.number + plan.years)
    guard let people = needed.people else {
      return "no number of appointments a year, in place of others, would do it by \(year)"
    }
    if people == 0 { return "no further appointments are needed to get there by \(year)" }
    func shown(_ number: Double?) -> String { number.map { grouped($0, places: 0) } ?? "too many" }
    return
      "\(counted(people, "more appointment")) a year, in place of others, would do it by \(year) "
      + "(95 % range \(shown(needed.low)) to \(shown(needed.high)))"
  }
}

/// Where people of two kinds were at the start of a year and are at its end.
private struct YearOfFlows {
  /// Years beyond which nobody plans.
  static let horizon = 50

  /// By kind, from and to: 0 outside, 1 elsewhere, 2 where the share is taken.
  private var counts: [[[Double]]] = Array(
    repeating: Array(repeating: Array(repeating: 0, count: 3), count: 3), count: 2)

  init(_ frame: Frame) {
    for row in 0..<frame.rowCount {
      let places = (0..<3).compactMap { frame.columns[$0].number(ofRow: row).map { Int($0) } }
      guard places.count == 3, (0...1).contains(places[0]), (0...2).contains(places[1]),
        (0...2).contains(places[2])
      else { continue }
      counts[places[0]][places[1]][places[2]] += frame.columns[3].number(ofRow: row) ?? 0
    }
  }

  /// How many people of either kind are in the base at the end of the year.
  var peopleInBase: Double {
    counts.reduce(0) { $0 + $1.reduce(0) { $0 + $1[2] } }
  }

  /// The states: those with the event elsewhere and in the base, then the others likewise.
  func workforce() throws(StatisticsError) -> Workforce {
    var states: [WorkforceState] = []
    var moves: [WorkforceMove] = []
    for (first, kind) in [(0, 1), (2, 0)] {
      let counts = counts[kind]
      for place in 1...2 {
        states.append(
          WorkforceState(
            people: counts[0][place] + counts[1][place] + counts[2][place],
            joiners: counts[0][place], leavers: counts[place][0],
            averagePeople: counts[place].reduce(0, +)))
      }
      moves.append(WorkforceMove(from: first, to: first + 1, people: counts[1][2]))
      moves.append(WorkforceMove(from: first + 1, to: first, people: counts[2][1]))
    }
    return try Workforce(states: states, moves: moves)
  }
}
