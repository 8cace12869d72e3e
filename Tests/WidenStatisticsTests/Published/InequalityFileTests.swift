import Testing
import WidenStatistics

/// The slope and relative indices of PHEindicatormethods 2.1; it simulates their limits.
@Suite("Published inequality", .enabled(if: CheckFiles.folder != nil))
struct InequalityFileTests {
  private func scale(_ row: CheckRow) -> InequalityScale {
    switch row.text("ValueType") {
    case "1": .logarithmic
    case "2": .logistic
    default: .plain
    }
  }

  private func multiplier(_ description: String) -> Double {
    if description.contains("(x 100)") { return 100 }
    if description.contains("(x -100)") { return -100 }
    return description.contains("negative multiplier") ? -1 : 1
  }

  /// The levels of a test's limits; where there is a level of 98 %, only the description says so.
  private func levels(_ row: CheckRow) -> [Double] {
    let description = row.text("TestDescription")
    if description.contains("98") { return description.contains("95") ? [95, 98] : [98] }
    return row.text("Confidence").split(whereSeparator: { !$0.isNumber }).compactMap { Double($0) }
  }

  private func quantiles(_ rows: [CheckRow]) throws -> [InequalityQuantile] {
    try rows.map {
      InequalityQuantile(
        population: try $0.number("Population"), value: try $0.number("Value"),
        standardError: $0["StandardError"])
    }
  }

  private func tests() throws -> [String: [CheckRow]] {
    Dictionary(
      grouping: try CheckFiles.rows("phe/SII__testdata_SII_first_half.csv"),
      by: { $0.text("TestDescription") })
  }

  @Test func indices() throws {
    var limits = 0
    var slopes = 0
    for (description, rows) in try tests() {
      guard let first = rows.first, let slope = first["sii"] else { continue }
      slopes += 1
      func found(_ confidence: Confidence) throws -> Inequality {
        try inequality(
          across: try quantiles(rows), scale: scale(first),
          isFittedOnScale: description.contains("transform"),
          multiplier: multiplier(description), confidence)
      }
      let levels = levels(first)
      for (index, level) in levels.enumerated() {
        let found = try found(try Confidence(level / 100))
        check(found.slope, slope)
        if let relative = first["rii"] { check(found.relative, relative) }
        if let intercept = first["Intercept"] { check(found.intercept, intercept) }
        for (column, limit) in [
          ("sii_lowercl", found.slopeInterval?.low), ("sii_uppercl", found.slopeInterval?.high),
          ("rii_lowercl", found.relativeInterval?.low),
          ("rii_uppercl", found.relativeInterval?.high),
        ] {
          guard let expected = first["\(column)_\(index + 1)"] else { continue }
          limits += 1
          check(limit, expected, within: 0.05, "\(description): \(column)")
        }
      }
    }
    #expect(slopes == 22)
    #expect(limits == 92)
  }

  @Test func standardErrorsFromLimits() throws {
    var checked = 0
    for (description, rows) in try tests() where !description.contains("error handling") {
      for row in rows {
        guard let low = row["LowerCL"], let high = row["UpperCL"],
          let expected = row["StandardError"]
        else { continue }
        checked += 1
        let estimate = Estimate(
          value: try row.number("Value"), interval: Interval(low: low, high: high))
        let found = try InequalityQuantile(
          population: try row.number("Population"), estimate: estimate, scale: scale(row))
        // Most of the file divides by 1.96 where the quantile is 1.959964.
        check(found.standardError, expected, within: 2e-5, "\(description)")
      }
    }
    #expect(checked > 200)
  }

  @Test func badInput() throws {
    let tests = try tests()
    let negative = try #require(tests["error handling - negative populations"])
    check(error: "the population of row 2 is -200; it must be more than 0") {
      try inequality(across: try quantiles(negative))
    }
    let invalid = try #require(tests["error handling - invalid proportion in CLs"])
    check(error: "the standard error is not a finite number") {
      try invalid.map { row in
        try InequalityQuantile(
          population: try row.number("Population"),
          estimate: Estimate(
            value: try row.number("Value"),
            interval: Interval(low: try row.number("LowerCL"), high: try row.number("UpperCL"))),
          scale: .logistic)
      }
    }
    let missing = try #require(tests["error handling - missing confidence limits and se"])
    #expect(try inequality(across: try quantiles(missing)).slopeInterval == nil)
  }
}
