import Testing
import WidenStatistics

@Suite("Charts")
struct ChartTests {
  /// Limits for 100 people and 80.642448 %, from PHEindicatormethods 2.1.
  @Test func funnelLimitsOfAHundred() throws {
    let limits = try funnelLimits(pooledShare: 0.80642448, people: 50)
    check(limits.inner, 0.696_910_35, 0.915_938_61, within: 1e-7)
    check(limits.outer, 0.633_755_95, 0.979_093_01, within: 1e-7)
    let small = try funnelLimits(pooledShare: 0.80642448, people: 1)
    check(small.inner, 0.032_042_64, 1, within: 1e-6)
    #expect(small.outer.low == 0)
  }

  @Test func funnelFlags() throws {
    let counts: [(Double, Double)] = [
      (500, 1000), (47, 100), (60, 100), (66, 100), (40, 100), (34, 100),
    ]
    let groups = try counts.map { try Proportion(events: $0.0, people: $0.1) }
    let found = try funnel(groups)
    #expect(
      found.points.map(\.flag) == [.within, .within, .high, .veryHigh, .low, .veryLow])
    check(found.pooledShare, 747.0 / 1500)
    #expect(found.overdispersion == 1)
  }

  /// φ was computed by numpy: winsorised z scores, type 7 quantiles.
  @Test func overdispersionWidens() throws {
    let counts: [(Double, Double)] = [
      (30, 100), (45, 100), (260, 1000), (80, 200), (12, 60), (150, 400), (33, 90),
    ]
    let groups = try counts.map { try Proportion(events: $0.0, people: $0.1) }
    let plain = try funnel(groups)
    let wide = try funnel(groups, withOverdispersion: true)
    check(wide.overdispersion, 4.789_077_039_293_651)
    let ratio = wide.overdispersion.squareRoot()
    check(
      wide.points[0].limits.inner.high - wide.pooledShare,
      (plain.points[0].limits.inner.high - plain.pooledShare) * ratio)
    let alike = [try Proportion(events: 5, people: 10), try Proportion(events: 5, people: 10)]
    #expect(try funnel(alike, withOverdispersion: true).overdispersion == 1)
    let none = [try Proportion(events: 0, people: 10)]
    #expect(try funnel(none, withOverdispersion: true).points[0].flag == .within)
  }

  @Test func controlLimits() throws {
    let chart = try controlChart([12, 14, 11, 13, 12, 15, 11, 30])
    check(chart.centre, 14.75)
    check(chart.averageMovingRange, 2.5)
    check(chart.limits, 14.75 - 2.66 * 2.5, 14.75 + 2.66 * 2.5)
    #expect(chart.screenedRangeCount == 1)
    #expect(chart.points[7].causes.contains(.outside))
    #expect(chart.points[0].movingRange == nil && chart.points[7].movingRange == 19)
  }

  @Test func baselineSetsTheLimits() throws {
    let chart = try controlChart([10, 12, 10, 12, 30, 30], baselineCount: 4)
    check(chart.centre, 11)
    check(chart.limits, 11 - 2.66 * 2, 11 + 2.66 * 2)
    #expect(
      chart.points.map { $0.causes.contains(.outside) } == [
        false, false, false, false, true, true,
      ])
  }

  /// The rules that values break, a letter each: o outside, s side, t trend, n near a limit.
  private func rules(_ values: [Double]) throws -> [String] {
    try controlChart(values).points.map { point in
      point.causes.map { cause in
        switch cause {
        case .outside: "o"
        case .oneSide: "s"
        case .trend: "t"
        case .nearLimit: "n"
        }
      }.joined()
    }
  }

  @Test func sevenOnOneSide() throws {
    let six: [Double] = [-1, -2, -1, -2, -1, -2, 1, 2, 1, 2, 1, 2]
    #expect(try rules(six).allSatisfy { $0 == "" })
    let seven: [Double] = [-1, -2, -1, -2, -1, -2, -1, 2, 1, 2, 1, 2]
    let found = try rules(seven)
    #expect(
      found.map { $0.contains("s") } == Array(repeating: true, count: 7) + [
        false, false, false, false, false,
      ])
  }

  @Test func sevenRising() throws {
    let found = try rules([5, -6, 1, 2, 3, 4, 5, 6, 7, -6, 5, -9, 3, -8])
    #expect(
      found.map { $0.contains("t") } == [
        false, true, true, true, true, true, true, true, true, false, false, false, false, false,
      ])
    let six = try rules([1, 2, 3, 4, 5, 6, 2, 5, 1, 6])
    #expect(!six.contains { $0.contains("t") })
  }

  @Test func twoOfThreeNearALimit() throws {
    let found = try rules([0, 1, -1, 1, -1, 1, -1, 0, 4, 1, 4, 0, -1, 1, -1, 1, -1, 0, -1, 1, -1])
    #expect(found.enumerated().filter { $0.element.contains("n") }.map(\.offset) == [8, 10])
  }

  @Test func constantValuesAreOrdinary() throws {
    let chart = try controlChart(Array(repeating: 3, count: 9))
    #expect(chart.limits == Interval(low: 3, high: 3))
    #expect(chart.points.allSatisfy { $0.causes.isEmpty })
  }
}
