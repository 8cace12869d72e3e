import Testing
import WidenStatistics

/// Expected figures were computed by PHEindicatormethods 2.1 and by scipy 1.17.
@Suite("Intervals")
struct IntervalTests {
  @Test(arguments: [
    (65, 100, 0.552_544_432_968_879_7, 0.736_357_517_569_024_7),
    (1045, 5000, 0.197_955_498_800_132_97, 0.220_491_303_731_890_27),
    (0.445, 1, 0.043_817_447_720_588_22, 0.933_462_127_697_915_6),
    (7_776_456, 7_564_336_677, 0.001_027_320_100_164_109_4, 0.001_028_764_457_897_723_1),
  ])
  func wilson(_ events: Double, _ people: Double, _ low: Double, _ high: Double) throws {
    check(try Proportion(events: events, people: people).interval(), low, high)
  }

  @Test func wilsonAtOtherConfidence() throws {
    let share = try Proportion(events: 65, people: 100)
    check(share.interval(.ninetyNinePointEight), 0.495_494_657_407_043_1, 0.778_354_061_408_969_7)
  }

  @Test(arguments: [
    (65, 50.163_187_710_459_454, 82.849_138_545_939_84),
    (1045, 982.593_201_807_332_5, 1110.331_212_985_65),
    (1, 0.013_072_132_901_504_35, 5.563_755_582_475_260_5),
  ])
  func byar(_ events: Double, _ low: Double, _ high: Double) throws {
    check(try byarInterval(events: events), low, high)
  }

  @Test func byarIsNotNegative() throws {
    let interval = try byarInterval(events: 1, .ninetyNinePointEight)
    check(interval, 0, 9.362_180_217_908_362)
    #expect(try byarInterval(events: 0).low == 0)
  }

  @Test(arguments: [
    (0, 0, 3.688_879_454_113_935_4), (1, 0.025_317_807_984_289_897, 5.571_643_390_938_898),
    (9, 4.115_373_097_378_334, 17.084_803_451_419_166),
    (100, 81.363_991_250_923_15, 121.626_793_792_426_38),
  ])
  func exactPoisson(_ events: Double, _ low: Double, _ high: Double) throws {
    check(try exactPoissonInterval(events: events), low, high)
  }

  @Test(arguments: [(0.0, 1.0), (0.25, 3.0), (0.5, 5.0), (0.9, 8.2), (1.0, 9.0)])
  func percentiles(_ fraction: Double, _ expected: Double) throws {
    check(try percentile(fraction, of: [9, 1, 8, 2, 7, 3, 6, 4, 5]), expected)
  }

  @Test(arguments: [
    (5, nil, nil, 1.0), (6, 1, 6, 0.96875), (8, 1, 8, 0.992_187_5),
    (20, 6, 15, 0.958_610_534_667_968_8), (101, 41, 61, 0.953_955_933_070_657_2),
  ])
  func medianRanks(_ count: Int, _ low: Int?, _ high: Int?, _ coverage: Double) throws {
    let ranks = try percentileRanks(0.5, count: count)
    #expect(ranks.low == low && ranks.high == high)
    check(ranks.coverage, coverage)
  }

  @Test func medianOfAList() throws {
    let found = try percentileInterval(0.5, of: (1...20).map { Double($0 * 10) })
    #expect(found.value == 105 && found.low == 60 && found.high == 150)
    let short = try percentileInterval(0.9, of: [3, 1, 2])
    #expect(short.high == nil)
  }

  @Test func largestCounts() throws {
    for events in [0.0, 1, 999_999_999, 1_000_000_000] {
      let interval = try Proportion(events: events, people: 1e9).interval()
      #expect(interval.contains(events / 1e9) && interval.high - interval.low < 1e-4)
    }
    let exact = try exactPoissonInterval(events: 1e9)
    let byar = try byarInterval(events: 1e9)
    check(exact, byar.low, byar.high, within: 1e-9)
    #expect(try byarInterval(events: 1e300).high.isFinite)
  }
}
