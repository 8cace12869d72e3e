import Foundation
import Testing
import WidenStatistics

/// How often intervals hold the truth when it is known; every draw starts from the same seed.
@Suite("Coverage")
struct CoverageTests {
  private static let draws = 4000
  /// Three standard errors of a share of 0.95, and what the approximations are known to be off by.
  private let allowed = 3 * (0.95 * 0.05 / 4000).squareRoot() + 0.006

  private func draw(_ people: Int, _ probability: Double, _ generator: inout SeededGenerator)
    -> Double
  {
    var count = 0.0
    for _ in 0..<people where Double.random(in: 0..<1, using: &generator) < probability {
      count += 1
    }
    return count
  }

  private func check(
    seed: UInt64, at place: SourceLocation = #_sourceLocation,
    _ holds: (inout SeededGenerator) throws -> Bool?
  ) throws {
    var generator = SeededGenerator(seed: seed)
    var held = 0.0
    var made = 0.0
    for _ in 0..<Self.draws {
      guard let isHeld = try holds(&generator) else { continue }
      made += 1
      if isHeld { held += 1 }
    }
    #expect(made > Double(Self.draws) * 0.95, sourceLocation: place)
    #expect(
      abs(held / made - 0.95) < allowed, "held in \(held / made * 100) %", sourceLocation: place)
  }

  @Test func wilson() throws {
    try check(seed: 1) { generator in
      let truth = Double.random(in: 0.02..<0.98, using: &generator)
      let people = Int.random(in: 20..<150, using: &generator)
      let events = draw(people, truth, &generator)
      return try Proportion(events: events, people: Double(people)).interval().contains(truth)
    }
  }

  @Test func byar() throws {
    try check(seed: 2) { generator in
      let mean = Double.random(in: 8..<40, using: &generator)
      var events = -1.0
      var time = 0.0
      while time <= mean {
        time -= log(Double.random(in: 0x1p-53..<1, using: &generator))
        events += 1
      }
      return try byarInterval(events: events).contains(mean)
    }
  }

  @Test func katz() throws {
    try check(seed: 3) { generator in
      let (first, second) = (
        Double.random(in: 0.1..<0.6, using: &generator),
        Double.random(in: 0.1..<0.6, using: &generator)
      )
      let people = Int.random(in: 60..<200, using: &generator)
      let found = relativeLikelihood(
        of: try Proportion(events: draw(people, first, &generator), people: Double(people)),
        against: try Proportion(events: draw(100, second, &generator), people: 100))
      return found.interval?.contains(first / second)
    }
  }

  @Test func newcombe() throws {
    try check(seed: 4) { generator in
      let (first, second) = (
        Double.random(in: 0.05..<0.95, using: &generator),
        Double.random(in: 0.05..<0.95, using: &generator)
      )
      let people = Int.random(in: 30..<120, using: &generator)
      let found = difference(
        of: try Proportion(events: draw(people, first, &generator), people: Double(people)),
        from: try Proportion(events: draw(60, second, &generator), people: 60))
      return found.interval.contains(first - second)
    }
  }

  @Test func orderStatisticsOfTheMedian() throws {
    let ranks = try percentileRanks(0.5, count: 25)
    let confidence = ranks.coverage
    var generator = SeededGenerator(seed: 5)
    var held = 0.0
    for _ in 0..<Self.draws {
      let values = (0..<25).map { _ in Double.random(in: 0..<1, using: &generator) }
      let found = try percentileInterval(0.5, of: values)
      if let low = found.low, let high = found.high, low <= 0.5, 0.5 <= high { held += 1 }
    }
    #expect(abs(held / Double(Self.draws) - confidence) < allowed)
  }
}
