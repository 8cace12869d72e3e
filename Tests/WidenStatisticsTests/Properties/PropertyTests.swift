import Testing
import WidenStatistics

@Suite("Properties")
struct PropertyTests {
  private let sizes: [Double] = [1, 2, 3, 10, 57, 1000, 1e6, 1e9]

  private func proportions() throws -> [Proportion] {
    try sizes.flatMap { people in
      try [0, 1, 2, (people / 3).rounded(), people - 1, people].filter { 0...people ~= $0 }
        .map { try Proportion(events: $0, people: people) }
    }
  }

  @Test func wilsonHoldsTheShareAndStaysInside() throws {
    for proportion in try proportions() {
      for confidence in [Confidence.ninetyFive, .ninetyNinePointEight] {
        let interval = proportion.interval(confidence)
        #expect(interval.low >= 0 && interval.high <= 1 && interval.low < interval.high)
        #expect(interval.contains(proportion.share))
      }
    }
  }

  @Test func wilsonIsSymmetric() throws {
    for proportion in try proportions() where proportion.people <= 1e6 {
      let others = proportion.people - proportion.events
      let mirrored = try Proportion(events: others, people: proportion.people).interval()
      let interval = proportion.interval()
      #expect(abs(interval.low - (1 - mirrored.high)) < 1e-12)
      #expect(abs(interval.high - (1 - mirrored.low)) < 1e-12)
    }
  }

  @Test func intervalsNarrowAsCountsGrow() throws {
    var previous = Double.infinity
    var outer = Double.infinity
    var ratios = Double.infinity
    var differences = Double.infinity
    for people in [10.0, 20, 50, 100, 1000, 1e5, 1e8] {
      let half = try Proportion(events: people / 2, people: people)
      let fifth = try Proportion(events: people / 5, people: people)
      let interval = half.interval()
      #expect(interval.high - interval.low < previous)
      previous = interval.high - interval.low
      let events = try byarInterval(events: people)
      #expect((events.high - events.low) / people < outer)
      outer = (events.high - events.low) / people
      let ratio = try #require(relativeLikelihood(of: half, against: fifth).interval)
      #expect(ratio.high / ratio.low < ratios)
      ratios = ratio.high / ratio.low
      let gap = difference(of: half, from: fifth).interval
      #expect(gap.high - gap.low < differences)
      differences = gap.high - gap.low
    }
  }

  @Test func intervalsWidenWithConfidence() throws {
    let share = try Proportion(events: 12, people: 40)
    let levels = try [0.5, 0.8, 0.95, 0.99, 0.998, 0.999_999].map { try Confidence($0) }
    for (less, more) in zip(levels, levels.dropFirst()) {
      #expect(share.interval(more).low < share.interval(less).low)
      #expect(share.interval(more).high > share.interval(less).high)
      let narrow = try exactPoissonInterval(events: 12, less)
      let wide = try exactPoissonInterval(events: 12, more)
      #expect(wide.low < narrow.low && wide.high > narrow.high)
    }
  }

  @Test func comparisonsTurnRound() throws {
    let first = try Proportion(events: 30, people: 110)
    let second = try Proportion(events: 12, people: 90)
    let there = try #require(relativeLikelihood(of: first, against: second).interval)
    let back = relativeLikelihood(of: second, against: first).interval
    check(back, 1 / there.high, 1 / there.low, within: 1e-12)
    let gap = difference(of: first, from: second)
    let turned = difference(of: second, from: first)
    check(turned, -gap.value, -gap.interval.high, -gap.interval.low, within: 1e-12)
    let odds = try #require(oddsRatio(of: first, against: second).interval)
    check(
      oddsRatio(of: second, against: first).interval, 1 / odds.high, 1 / odds.low, within: 1e-12)
    let test = try #require(pooledTest(first, second))
    let table = try independenceTest([[30, 80], [12, 78]])
    check(test.statistic.map { $0 * $0 }, table.test.statistic, within: 1e-12)
    check(test.pValue, table.test.pValue, within: 1e-12)
  }

  @Test func differenceStaysInside() throws {
    for first in try proportions() {
      for second in try proportions() {
        let gap = difference(of: first, from: second)
        #expect(gap.interval.low >= -1 && gap.interval.high <= 1)
        #expect(gap.interval.contains(gap.value))
        if let interval = relativeLikelihood(of: first, against: second).interval {
          #expect(interval.low > 0 && interval.low <= interval.high && interval.high.isFinite)
        }
      }
    }
  }

  @Test func poissonLimitsHoldTheirTails() throws {
    for events in [1, 2, 9, 10, 400] {
      let interval = try exactPoissonInterval(events: Double(events))
      check(try PoissonDistribution(mean: interval.low).upperTail(events), 0.025, within: 1e-11)
      check(try PoissonDistribution(mean: interval.high).cumulative(events), 0.025, within: 1e-11)
    }
  }

  @Test func quantilesInvertTheirDistributions() throws {
    for degrees in [0.5, 1, 2, 7, 40, 1000, 1e6] {
      let chiSquared = try ChiSquaredDistribution(degreesOfFreedom: degrees)
      let student = try StudentDistribution(degreesOfFreedom: degrees)
      for probability in [1e-9, 0.001, 0.025, 0.3, 0.5, 0.6, 0.975, 0.999] {
        check(
          chiSquared.cumulative(try chiSquared.quantile(probability)), probability, within: 1e-11)
        check(student.cumulative(try student.quantile(probability)), probability, within: 1e-11)
      }
    }
  }

  @Test func fisherIsTheSumOfItsTables() throws {
    for events in 0...9 {
      for others in 0...6 {
        let found = try fisherTest(
          try Proportion(events: events, people: 9), try Proportion(events: others, people: 6))
        let tables = (0...events + others).map { first in
          product(9, first) * product(6, events + others - first)
        }
        let all = tables.reduce(0, +)
        let limit = tables[events] * (1 + 1e-7)
        check(
          found.pValue, tables.filter { $0 <= limit }.reduce(0, +) / all, within: 1e-12,
          "\(events) of 9 and \(others) of 6: \(found.pValue)")
      }
    }
  }

  /// How many ways there are to choose so many of so many.
  private func product(_ from: Int, _ count: Int) -> Double {
    guard count <= from else { return 0 }
    return (0..<count).reduce(1.0) { $0 * Double(from - $1) / Double($1 + 1) }
  }
}
