import Testing
import WidenStatistics

/// Expects a number to be another, to a part of it; none to be none.
func check(
  _ found: Double?, _ expected: Double?, within tolerance: Double = 1e-9,
  _ comment: Comment? = nil, at place: SourceLocation = #_sourceLocation
) {
  guard let found, let expected else {
    #expect(found == nil && expected == nil, comment, sourceLocation: place)
    return
  }
  let allowed = tolerance * abs(expected)
  #expect(
    abs(found - expected) <= allowed, comment ?? "\(found) is not \(expected)",
    sourceLocation: place)
}

/// Expects the limits of an interval.
func check(
  _ found: Interval?, _ low: Double?, _ high: Double?, within tolerance: Double = 1e-9,
  _ comment: Comment? = nil, at place: SourceLocation = #_sourceLocation
) {
  check(found?.low, low, within: tolerance, comment, at: place)
  check(found?.high, high, within: tolerance, comment, at: place)
}

/// Expects a figure with its limits.
func check(
  _ found: Estimate?, _ value: Double?, _ low: Double?, _ high: Double?,
  within tolerance: Double = 1e-9, at place: SourceLocation = #_sourceLocation
) {
  check(found?.value, value, within: tolerance, at: place)
  check(found?.interval, low, high, within: tolerance, at: place)
}

/// Expects a sentence about what is wrong.
func check<Result>(
  error sentence: String, at place: SourceLocation = #_sourceLocation,
  _ work: () throws -> Result
) {
  let error = #expect(throws: StatisticsError.self, sourceLocation: place) { _ = try work() }
  #expect(error?.description == sentence, sourceLocation: place)
}
