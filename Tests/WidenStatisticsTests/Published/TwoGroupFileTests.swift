import Testing
import WidenStatistics

/// Every figure of scipy, statsmodels and R, but Yates' correction and R's Wald difference.
@Suite("Figures of scipy, statsmodels and R", .enabled(if: CheckFiles.folder != nil))
struct TwoGroupFileTests {
  private func groups(_ row: CheckRow) throws -> (Proportion, Proportion) {
    (
      try Proportion(events: try row.number("a_events"), people: try row.number("a_n")),
      try Proportion(events: try row.number("b_events"), people: try row.number("b_n"))
    )
  }

  @Test func twoGroupsByScipy() throws {
    let rows = try CheckFiles.rows("stats/two_group_tests_scipy_statsmodels.csv")
    #expect(rows.count == 12)
    for row in rows {
      let (first, second) = try groups(row)
      check(first.share, row["p_a"])
      check(second.share, row["p_b"])
      let likelihood = relativeLikelihood(of: first, against: second)
      check(likelihood.ratio, row["relative_likelihood"])
      check(likelihood.interval, row["rr_lower95"], row["rr_upper95"])
      let outer = relativeLikelihood(of: first, against: second, .ninetyNinePointEight)
      check(outer.interval, row["rr_lower99_8"], row["rr_upper99_8"])
      check(oddsRatio(of: first, against: second).ratio, row["odds_ratio"])
      check(
        difference(of: first, from: second), row["diff"], row["newcombe_lower95"],
        row["newcombe_upper95"])
      let test = try #require(pooledTest(first, second))
      check(test.statistic, row["z_pooled"])
      check(test.pValue, row["p_z"])
      try checkTable(row, first, second, "chi2_nocorr", "p_chi2_nocorr")
      check(try fisherTest(first, second).pValue, row["fisher_p"])
      check(try fourFifths([first, second]).ratio, row["four_fifths_ratio"])
    }
  }

  private func checkTable(
    _ row: CheckRow, _ first: Proportion, _ second: Proportion, _ statistic: String,
    _ pValue: String
  ) throws {
    let table = try independenceTest(
      [first, second].map { [$0.events, $0.people - $0.events] })
    check(table.test.statistic, row[statistic])
    check(table.test.pValue, row[pValue])
  }

  @Test func twoGroupsByR() throws {
    let rows = try CheckFiles.rows("stats/two_group_tests_R_stats.csv")
    #expect(rows.count == 12)
    for row in rows {
      let (first, second) = try groups(row)
      try checkTable(row, first, second, "X2", "p")
      check(try fisherTest(first, second).pValue, row["fisher_p"])
    }
  }

  @Test func poisson() throws {
    let rows = try CheckFiles.rows("stats/poisson_exact_scipy.csv")
    #expect(rows.count == 16)
    for row in rows {
      let interval = try exactPoissonInterval(
        events: try row.number("x"), try Confidence(try row.number("confidence")))
      check(interval, row["lower"], row["upper"])
    }
  }

  @Test func largerTables() throws {
    let rows = try CheckFiles.rows("stats/chisq_rxc_scipy.csv")
    #expect(rows.count == 3)
    for row in rows {
      let text = try #require(row.text("table").split(separator: "[[").last)
      let counts = text.replacing("]]", with: "").split(separator: "], [").map { line in
        line.split(separator: ", ").compactMap { Double($0) }
      }
      #expect(counts.count == Int(try row.number("rows")))
      let found = try independenceTest(counts)
      check(found.test.statistic, row["chi2"])
      #expect(found.test.degreesOfFreedom == Int(try row.number("df")))
      check(found.test.pValue, row["p"])
      check(found.cramersV, row["cramers_v"])
    }
  }

  @Test func trend() throws {
    let rows = try CheckFiles.rows("stats/trend_test_R_stats.csv")
    #expect(rows.count == 1)
    for row in rows {
      let events = row.text("events").split(separator: " ").compactMap { Double($0) }
      let people = row.text("n").split(separator: " ").compactMap { Double($0) }
      let groups = try zip(events, people).map { try Proportion(events: $0, people: $1) }
      let found = try #require(try trendTest(groups))
      check(found.statistic.map { $0 * $0 }, row["X2_trend"])
      check(found.pValue, row["p"])
    }
  }
}
