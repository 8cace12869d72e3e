import Testing
import WidenStatistics

/// Expected figures were computed by R, scipy 1.17 and statsmodels.
@Suite("Comparisons")
struct ComparisonTests {
  private let white = Result { try Proportion(events: 117, people: 389) }
  private let minorityEthnic = Result { try Proportion(events: 2, people: 10) }

  @Test func appointmentsOfTheBoard() throws {
    let (first, second) = (try white.get(), try minorityEthnic.get())
    let found = relativeLikelihood(of: first, against: second)
    check(found.ratio, 1.503_856_041_131_105_3)
    check(found.interval, 0.431_372_430_863_732_95, 5.242_762_009_426_922)
    let outer = relativeLikelihood(of: first, against: second, .ninetyNinePointEight)
    check(outer.interval, 0.209_936_898_643_564, 10.772_679_824_551_908)
    let rule = try fourFifths([first, second])
    check(rule.ratio, 0.664_957_264_957_265)
    #expect(rule.isBelow)
    let test = try #require(try twoGroupTest(first, second))
    #expect(test.method == .fisher)
    check(test.test.pValue, 0.729_778_279_324_384_4)
  }

  @Test func likelihoodWithoutAnInterval() throws {
    let none = try Proportion(events: 0, people: 10)
    let all = try Proportion(events: 10, people: 10)
    let some = try Proportion(events: 5, people: 10)
    #expect(relativeLikelihood(of: none, against: some).ratio == 0)
    #expect(relativeLikelihood(of: none, against: some).absence == .noEvents)
    #expect(relativeLikelihood(of: some, against: none).ratio == nil)
    #expect(relativeLikelihood(of: none, against: none).absence == .noEvents)
    #expect(relativeLikelihood(of: all, against: all).absence == .onlyEvents)
    #expect(relativeLikelihood(of: all, against: some).interval != nil)
  }

  @Test func oddsDifferenceAndTest() throws {
    let first = try Proportion(events: 30, people: 100)
    let second = try Proportion(events: 15, people: 100)
    let odds = oddsRatio(of: first, against: second)
    check(odds.ratio, 2.428_571_428_571_428_6)
    check(odds.interval, 1.210_999_208_927_629_6, 4.870_324_555_287_085)
    check(
      difference(of: first, from: second), 0.15, 0.034_107_703_501_411_19, 0.261_485_982_048_113_1)
    let test = pooledTest(first, second)
    check(test?.statistic, 2.540_002_540_003_809_5)
    check(test?.pValue, 0.011_085_166_380_602_711)
    #expect(try twoGroupTest(first, second)?.method == .pooled)
    let none = try Proportion(events: 0, people: 100)
    #expect(oddsRatio(of: none, against: second).interval == nil)
    #expect(oddsRatio(of: none, against: second).ratio == 0)
    #expect(oddsRatio(of: first, against: none).ratio == nil)
    #expect(pooledTest(none, none) == nil)
    #expect(try twoGroupTest(none, none) == nil)
  }

  @Test(arguments: [
    (3, 4, 1, 4, 0.485_714_285_714_285_65), (0, 10, 5, 10, 0.032_507_739_938_080_496),
    (500, 100_000, 650, 100_000, 1.022_754_661_582_319_8e-5),
    (12, 15, 3, 40, 3.847_072_445_292_551e-7), (0, 5, 0, 7, 1), (5, 5, 7, 7, 1),
  ])
  func fisher(_ events: Int, _ people: Int, _ others: Int, _ other: Int, _ expected: Double)
    throws
  {
    let first = try Proportion(events: events, people: people)
    let second = try Proportion(events: others, people: other)
    check(try fisherTest(first, second).pValue, expected)
    check(try fisherTest(second, first).pValue, expected)
  }

  @Test func fisherOfABillion() throws {
    let first = try Proportion(events: 500_010_000, people: 1_000_000_000)
    let second = try Proportion(events: 500_000_000, people: 1_000_000_000)
    // With counts like these the exact test and the normal one agree.
    let normal = try #require(pooledTest(first, second)).pValue
    check(try fisherTest(first, second).pValue, normal, within: 1e-3)
  }

  @Test func independence() throws {
    let found = try independenceTest([[30, 70], [45, 55], [20, 80]])
    check(found.test.statistic, 14.634_146_341_463_415)
    #expect(found.test.degreesOfFreedom == 2)
    check(found.test.pValue, 0.000_664_103_085_871_274_5)
    check(found.cramersV, 0.220_863_052_149_693_1)
    check(found.leastExpectedCount, 95.0 * 100 / 300)
    let padded = try independenceTest([[30, 0, 70], [45, 0, 55], [0, 0, 0], [20, 0, 80]])
    #expect(padded == found)
  }

  @Test func trend() throws {
    let counts: [(Double, Double)] = [(12, 100), (18, 110), (25, 120), (33, 130), (41, 140)]
    let groups = try counts.map { try Proportion(events: $0.0, people: $0.1) }
    let rise = try trendTest(groups)
    check(rise?.statistic.map { $0 * $0 }, 13.280_035_717_191_6)
    check(rise?.pValue, 0.000_268_247_386_486_256)
    let fall = try trendTest(Array(groups.reversed()))
    check(fall?.statistic, rise?.statistic.map { -$0 })
    let years = try trendTest(groups, scores: [2020, 2021, 2022, 2023, 2024])
    check(years?.pValue, rise?.pValue)
    #expect(try trendTest(groups, scores: [1, 1, 1, 1, 1]) == nil)
  }

  @Test func exactlyFourFifthsIsNotBelow() throws {
    let groups = [
      try Proportion(events: 36, people: 80), try Proportion(events: 54, people: 150),
    ]
    #expect(try fourFifths(groups).isBelow == false)
    let less = try Proportion(events: 53, people: 150)
    #expect(try fourFifths(groups + [less]).isBelow)
    let none = try Proportion(events: 0, people: 5)
    let nobody = try fourFifths([none, none])
    #expect(nobody.ratio == nil && !nobody.isBelow)
  }

  @Test func representationOfAGroup() throws {
    let share = try Proportion(events: 30, people: 100)
    let found = try representation(of: share, benchmark: 0.4)
    check(found.index, 75, share.interval().low * 250, share.interval().high * 250)
    check(found.gapPoints.value, -10)
    #expect(try representation(of: share, benchmark: 0).index == nil)
    check(try weightedBenchmark([(share: 0.2, weight: 0.75), (share: 0.6, weight: 0.25)]), 0.3)
  }

  @Test func disparity() throws {
    let white = TierCounts(lower: 600, middle: 300, upper: 100)
    let minorityEthnic = TierCounts(lower: 400, middle: 120, upper: 20)
    let found = try disparityRatios(of: white, against: minorityEthnic)
    check(found.lowerToUpper.ratio, 10 / 3.0)
    check(found.lowerToUpper.interval, 2.028_895_544_883_578_6, 5.476_433_293_547_88)
    check(found.lowerToMiddle.ratio, 5 / 3.0)
    check(found.middleToUpper.ratio, 2)
    let none = TierCounts(lower: 400, middle: 120, upper: 0)
    #expect(try disparityRatios(of: white, against: none).lowerToUpper.ratio == nil)
    #expect(try disparityRatios(of: none, against: white).lowerToUpper.interval == nil)
  }
}
