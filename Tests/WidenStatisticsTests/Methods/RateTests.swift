import Testing
import WidenStatistics

@Suite("Rates")
struct RateTests {
  @Test func byarFromTenEvents() throws {
    let found = try rate(events: 65, people: 5000, per: 1000)
    #expect(found.method == .byar)
    check(found.estimate, 13, 50.163_187_710_459_454 / 5, 82.849_138_545_939_84 / 5)
  }

  @Test func exactBelowTen() throws {
    let found = try rate(events: 9, people: 1000, per: 1000)
    #expect(found.method == .exact)
    check(found.estimate, 9, 4.115_373_097_378_334, 17.084_803_451_419_166)
    #expect(try rate(events: 0, people: 10, per: 1).estimate.interval.low == 0)
  }

  private let bands = [
    Stratum(events: 30, people: 400, weight: 6000), Stratum(events: 12, people: 300, weight: 4000),
  ]

  /// The limits were computed by numpy from the published formula.
  @Test func directlyStandardised() throws {
    let found = try directlyStandardisedRate(bands, per: 1000)
    check(found.standardised, 61, 43.935_920_220_505_35, 82.485_182_664_134_88)
    #expect(found.events == 42 && found.people == 700 && found.crude == 60)
  }

  @Test func notShownUnderTenEvents() throws {
    let few = [
      Stratum(events: 9, people: 400, weight: 1), Stratum(events: 0, people: 3, weight: 1),
    ]
    #expect(try directlyStandardisedRate(few, per: 1000).standardised == nil)
    let ten = few + [Stratum(events: 1, people: 10, weight: 1)]
    #expect(try directlyStandardisedRate(ten, per: 1000).standardised != nil)
  }

  @Test func weightsMatterOnlyToEachOther() throws {
    let scaled = bands.map {
      Stratum(events: $0.events, people: $0.people, weight: $0.weight / 1e4)
    }
    let found = try directlyStandardisedRate(scaled, per: 1000)
    check(found.standardised, 61, 43.935_920_220_505_35, 82.485_182_664_134_88)
  }

  @Test func eventsOfOnePersonWidenTheInterval() throws {
    let once = try directlyStandardisedRate(bands, per: 1000).standardised
    let halved = bands.map {
      Stratum(events: $0.events / 2, people: $0.people, weight: $0.weight)
    }
    let twice = try directlyStandardisedRate([RepeatedEvents(each: 2, halved)], per: 1000)
    #expect(twice.events == 42)
    // Half as many people with twice the events: the variance doubles.
    let width = try #require(once).interval.high - 61
    check(twice.standardised?.value, 61)
    check(twice.standardised.map { $0.interval.high - 61 }, width * 2.0.squareRoot())
  }

  @Test func indirectlyStandardised() throws {
    let band = ReferenceStratum(people: 400, referenceEvents: 60, referencePeople: 1000)
    let found = try indirectlyStandardisedRatio(observed: 30, [band])
    #expect(found.expected == 24 && found.method == .byar)
    check(found.ratio, 1.25, 0.843_205_795_552_766_2, 1.784_515_497_583_279_3)
    check(found.rate.value, 0.075)
    let small = ReferenceStratum(people: 100, referenceEvents: 50, referencePeople: 1000)
    let few = try indirectlyStandardisedRatio(observed: 4, [small])
    #expect(few.method == .exact)
    check(few.ratio, 0.8, 0.217_973_074_725_264_98, 2.048_317_735_080_739)
  }
}
