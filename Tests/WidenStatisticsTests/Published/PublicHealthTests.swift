import Testing
import WidenStatistics

/// Figures of PHEindicatormethods 2.1 and Public Health England's funnel plots.
@Suite("Figures of Public Health England", .enabled(if: CheckFiles.folder != nil))
struct PublicHealthTests {
  private func confidence(_ text: String) throws -> Confidence {
    try Confidence(try #require(Double(text.replacing("%", with: ""))) / 100)
  }

  @Test func byarAndWilson() throws {
    let rows = try CheckFiles.rows("phe/Byars_Wilson__testdata_B_W.csv")
    #expect(rows.count == 13)
    for row in rows {
      let confidence = try confidence(row.text("confidence"))
      let events = try row.number("x")
      let found =
        row.text("method") == "Byars"
        ? try byarInterval(events: events, confidence)
        : try Proportion(events: events, people: try row.number("n")).interval(confidence)
      // The reference leaves a limit out that would be below 0; here it is 0.
      check(found, row["lowercl"] ?? 0, row["uppercl"])
    }
  }

  @Test func proportions() throws {
    let rows = try CheckFiles.rows("phe/Proportion__testdata_Prop.csv")
    #expect(rows.count == 19)
    for row in rows {
      guard let events = row["Numerator"], let people = row["Denominator"] else {
        #expect(row["value"] == nil)
        continue
      }
      let found = try Proportion(events: events, people: people)
      let unit = try row.number("multiplier")
      check(found.share * unit, row["value"])
      let inner = found.interval()
      check(inner.low * unit, row["lower95_0cl"])
      check(inner.high * unit, row["upper95_0cl"])
      let outer = found.interval(.ninetyNinePointEight)
      check(outer.low * unit, row["lower99_8cl"])
      check(outer.high * unit, row["upper99_8cl"])
    }
  }

  @Test func groupedProportions() throws {
    let rows = try CheckFiles.rows("phe/Proportion__testdata_Prop_g.csv")
    #expect(rows.count == 11)
    for row in rows {
      guard let events = row["Numerator"], let people = row["Denominator"] else {
        #expect(row["value"] == nil)
        continue
      }
      let found = try Proportion(events: events, people: people)
      check(found.share, row["value"])
      check(
        found.interval(try confidence(row.text("confidence"))), row["lowercl"], row["uppercl"])
    }
  }

  @Test func directlyStandardisedRates() throws {
    let weights = try CheckFiles.rows("phe/pkgdata_esp2013.csv").map { try $0.number("esp2013") }
    let areas = Dictionary(
      grouping: try CheckFiles.rows("phe/DSR_ISR__testdata_multiarea.csv"), by: { $0.text("area") })
    var checked = 0
    for row in try CheckFiles.rows("phe/DSR_ISR__testresults_DSR.csv") {
      guard let area = areas[row.text("area")] else { continue }
      checked += 1
      #expect(area.count == weights.count)
      let strata = try zip(area, weights).map {
        Stratum(events: $0["count"] ?? 0, people: try $0.number("pop"), weight: $1)
      }
      let unit = row.text("statistic").hasSuffix("100000") ? 1e5 : 1e4
      let found = try directlyStandardisedRate(strata, per: unit)
      check(found.events, row["total_count"])
      check(found.people, row["total_pop"])
      check(found.standardised, row["value"], row["lower95_0cl"], row["upper95_0cl"])
      let outer = try directlyStandardisedRate(strata, per: unit, .ninetyNinePointEight)
      check(outer.standardised?.interval, row["lower99_8cl"], row["upper99_8cl"])
    }
    #expect(checked == 6)
  }

  /// The inputs of these rows are not published, but their limits belong to one another: every one
  /// is the rate plus a multiple of the distance of Byar's limit from the count.
  @Test func limitsOfRatesWithoutInputs() throws {
    var checked = 0
    for row in try CheckFiles.rows("phe/DSR_ISR__testresults_DSR.csv") {
      let area = row.text("area")
      guard area.hasSuffix("1976") || area.contains("nonind"), let rate = row["value"] else {
        #expect(area.hasSuffix("1976") || row.text("total_count") != "9" || row["value"] == nil)
        continue
      }
      checked += 1
      let events = try row.number("total_count")
      let byar = try byarInterval(events: events)
      let scale = (rate - (try row.number("lower95_0cl"))) / (events - byar.low)
      check(rate + scale * (byar.high - events), row["upper95_0cl"])
      // These four limits of 1976 are ten times too large where they come from.
      if area.hasSuffix("1976") { continue }
      let outer = try byarInterval(events: events, .ninetyNinePointEight)
      check(rate + scale * (outer.low - events), row["lower99_8cl"])
      check(rate + scale * (outer.high - events), row["upper99_8cl"])
    }
    #expect(checked == 5)
  }

  @Test func funnelOfTrusts() throws {
    let rows = try CheckFiles.rows("phe/testdata_funnel_prop_inputs.csv")
    #expect(rows.count == 303)
    let groups = try rows.map {
      try Proportion(events: try $0.number("numerator"), people: try $0.number("denominator"))
    }
    let found = try funnel(groups)
    for (row, point) in zip(rows, found.points) {
      let expected =
        switch point.flag {
        case .within: "Not significant"
        case .low: "Low (0.025)"
        case .veryLow: "Low (0.001)"
        case .high: "High (0.025)"
        case .veryHigh: "High (0.001)"
        }
      #expect(row.text("significance") == expected, "\(row.text("Area"))")
    }
    let outputs = try CheckFiles.rows("phe/testdata_funnel_prop_outputs.csv")
    #expect(outputs.count == 100)
    for row in outputs {
      let limits = try funnelLimits(
        pooledShare: found.pooledShare, people: try row.number("Population"))
      // They are printed in points, with six decimals.
      func points(_ share: Double, _ column: String) throws {
        #expect(abs(share * 100 - (try row.number(column))) < 1e-6)
      }
      try points(limits.inner.low, "Lower2s0025limit")
      try points(limits.inner.high, "Upper2s0025limit")
      try points(limits.outer.low, "Lower3s0001limit")
      try points(limits.outer.high, "Upper3s0001limit")
      try points(found.pooledShare, "Baseline")
    }
  }
}
