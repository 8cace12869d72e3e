import Testing
import WidenStatistics

/// Minority ethnic staff below 8a and at 8a and above, then others; the path was computed by numpy.
@Suite("Projection")
struct ProjectionTests {
  private func board() throws -> Workforce {
    try Workforce(
      states: [
        WorkforceState(people: 400, joiners: 70, leavers: 40),
        WorkforceState(people: 40, joiners: 2, leavers: 3),
        WorkforceState(people: 1000, joiners: 90, leavers: 110),
        WorkforceState(people: 160, joiners: 12, leavers: 14),
      ],
      moves: [
        WorkforceMove(from: 0, to: 1, people: 5), WorkforceMove(from: 2, to: 3, people: 20),
      ])
  }
  private let share = StateShare(part: [1], of: [1, 3])
  private let target = StateShare(part: [0, 1], of: [0, 1, 2, 3])

  @Test func path() throws {
    let found = try parityProjection(try board(), share: share, target: target, years: 20)
    #expect(found.years.count == 21)
    #expect(found.years[0].people == [400, 40, 1000, 160])
    check(found.years[0].share.value, 0.2)
    for (found, expected) in zip(
      found.years[4].people,
      [484.355_029_296_875, 55.937_287_109_375, 868.583_88, 218.956_446_406_25])
    {
      check(found, expected)
    }
    check(found.years[20].share.value, 0.262_695_149_728_778_8)
    check(found.years[20].target.value, 0.413_462_353_083_824_5)
    check(
      found.years[20].gapPoints.value,
      (found.years[20].share.value - found.years[20].target.value) * 100)
    #expect(found.parity.value == nil)
  }

  @Test func rangeWidensAndHoldsThePath() throws {
    let found = try parityProjection(try board(), share: share, target: target, years: 8)
    let widths = found.years.map { $0.share.interval.high - $0.share.interval.low }
    #expect(widths[0] == 0)
    #expect(zip(widths, widths.dropFirst()).allSatisfy { $0 < $1 })
    for year in found.years {
      #expect(year.share.interval.contains(year.share.value))
      #expect(year.gapPoints.interval.contains(year.gapPoints.value))
    }
    #expect(try parityProjection(try board(), share: share, target: target, years: 8) == found)
  }

  @Test func parityIsBetweenYears() throws {
    let workforce = try Workforce(
      states: [
        WorkforceState(people: 10, joiners: 10, leavers: 0),
        WorkforceState(people: 30, joiners: 0, leavers: 0),
        WorkforceState(people: 50, joiners: 0, leavers: 0),
        WorkforceState(people: 50, joiners: 0, leavers: 0),
      ], moves: [])
    let found = try parityProjection(
      workforce, share: StateShare(part: [0], of: [0, 1]),
      target: StateShare(part: [2], of: [2, 3]), years: 5)
    // 10 of 40, 20 of 50, 30 of 60: the half is reached after exactly two years.
    check(found.parity.value, 2)
    let early = try #require(found.parity.early)
    #expect(early <= 2)
    let already = try parityProjection(try board(), share: target, target: share, years: 1)
    #expect(already.parity.value == 0)
  }

  @Test func appointmentsThatReachTheTarget() throws {
    let inPlace = try furtherAppointments(
      try board(), to: 1, inPlaceOf: 3, share: share, target: target, years: 4)
    check(inPlace.value, 11.971_444_440_915_97, within: 1e-6)
    #expect(inPlace.people == 12)
    let low = try #require(inPlace.low)
    #expect(low < 11.971_444_440_915_97)
    let additional = try furtherAppointments(
      try board(), to: 1, share: share, target: target, years: 4)
    check(additional.value, 18.521_728_141_349_59, within: 1e-6)
    let nobodyAppointed = try Workforce(states: try board().states, moves: [])
    let inVain = try furtherAppointments(
      nobodyAppointed, to: 1, inPlaceOf: 3, share: share, target: target, years: 1)
    #expect(inVain.value == nil && inVain.people == nil)
    let enough = try furtherAppointments(
      try board(), to: 1, share: target, target: share, years: 4)
    #expect(enough.value == 0)
  }

  @Test func assumptionsAreSentences() {
    for assumption in ProjectionAssumption.allCases {
      #expect(assumption.rawValue.count > 20 && !assumption.rawValue.hasSuffix("."))
    }
  }
}
