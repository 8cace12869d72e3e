import Testing
import WidenStatistics

@Suite("Inequality")
struct InequalityTests {
  private func fifths() throws -> [InequalityQuantile] {
    let counts: [(Double, Double)] = [
      (220, 1000), (205, 1050), (180, 980), (150, 1020), (140, 990),
    ]
    return try counts.map { InequalityQuantile(try Proportion(events: $0.0, people: $0.1)) }
  }

  /// The line was fitted by numpy with the published weights.
  @Test func line() throws {
    let found = try inequality(across: try fifths())
    check(found.intercept, 0.228_828_810_331_824_6)
    check(found.slope, -0.102_498_890_504_919)
    check(found.relative, 0.552_071_741_507_175_6)
  }

  /// On the plain scale the slope is a sum of independent normal figures, so its limits are known.
  @Test func simulatedLimitsAreThoseOfTheNormalDistribution() throws {
    let fifths = (0..<5).map {
      InequalityQuantile(population: 100, value: Double($0), standardError: 0.5)
    }
    let found = try inequality(across: fifths)
    check(found.slope, 5)
    // Equal fifths have slope weights (b − ½) / (5 · variance of b), whose squares add up to 2.5.
    let reach = 1.959964 * 0.5 * 2.5.squareRoot()
    check(found.slopeInterval, 5 - reach, 5 + reach, within: 0.02)
  }

  @Test func sameSeedSameLimits() throws {
    let first = try inequality(across: try fifths())
    #expect(try inequality(across: try fifths()) == first)
    let other = try inequality(across: try fifths(), .ninetyFive, Simulation(seed: 7))
    #expect(other.slope == first.slope && other.slopeInterval != first.slopeInterval)
    check(
      other.slopeInterval, first.slopeInterval?.low, first.slopeInterval?.high, within: 0.03)
  }

  @Test func multiplierTurnsTheDirectionRound() throws {
    let plain = try inequality(across: try fifths())
    let turned = try inequality(across: try fifths(), multiplier: -100)
    check(turned.slope, -100 * plain.slope)
    check(turned.relative, plain.relative.map { 1 / $0 })
    check(
      turned.slopeInterval, plain.slopeInterval.map { -100 * $0.high },
      plain.slopeInterval.map { -100 * $0.low })
  }

  @Test func withoutStandardErrors() throws {
    var fifths = try fifths()
    fifths[2].standardError = nil
    let found = try inequality(across: fifths)
    #expect(found.slopeInterval == nil && found.relativeInterval == nil)
    check(found.slope, -0.102_498_890_504_919)
  }

  @Test func noRelativeIndexFromNothing() throws {
    let fifths = (0..<5).map {
      InequalityQuantile(population: 1, value: Double($0) - 1, standardError: 0.1)
    }
    let found = try inequality(across: fifths)
    #expect(found.relative == nil && found.relativeInterval == nil)
    check(found.slope, 5)
  }
}
