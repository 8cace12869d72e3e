import Testing
import WidenLanguage

/// Scripts over published files whose results others have computed too.
@Suite(.enabled(if: CheckData.folder != nil))
struct PublishedAnswersTests {
  /// Each expected row is found by its key column and compared in the named columns.
  private func check(
    _ script: String, equals file: String, key: (ours: String, theirs: String),
    columns: [(ours: String, theirs: String)], leavingOut: Set<String> = []
  ) throws {
    let (rows, _) = try CheckData.result(of: script)
    let expected = try CheckData.answers(file)
      .filter { !leavingOut.contains($0[key.theirs] ?? "") }
    #expect(!expected.isEmpty)
    #expect(rows.count == expected.count)
    for answer in expected {
      let name = answer[key.theirs] ?? ""
      let row = rows.first { $0[key.ours] == .text(name) }
      for column in columns {
        #expect(
          isClose(row?[column.ours], answer[column.theirs] ?? ""),
          "\(name), \(column.ours): \(String(describing: row?[column.ours])) against \(answer[column.theirs] ?? "nothing")"
        )
      }
    }
  }

  private func turnover(_ condition: String) -> String {
    """
    load "DATA/nhs_turnover_2025-11.csv" as turnover
    from turnover\(condition)
    summarise sum HC where TYPE = "Denominator at end of period" as at_end,
      sum HC where TYPE = "Denominator at start of period" as at_start,
      sum HC where TYPE = "Joiners" as joined, sum HC where TYPE = "Leavers" as gone
      by STAFF_GROUP_1_NAME as staff_group
    derive coalesce(gone, 0) as leavers, coalesce(joined, 0) as joiners, (at_start + at_end) / 2 as average
    derive 100 * leavers / average as leaver_rate, 100 * joiners / average as joiner_rate
    """
  }

  private let turnoverColumns = [
    ("at_end", "Denominator at end of period"), ("at_start", "Denominator at start of period"),
    ("joiners", "Joiners"), ("leavers", "Leavers"), ("average", "avg_hc"),
    ("leaver_rate", "leaver_rate_pct"), ("joiner_rate", "joiner_rate_pct"),
  ].map { (ours: $0.0, theirs: $0.1) }

  @Test func turnoverOfEngland() throws {
    try check(
      turnover(""), equals: "o5_turnover_rate_england_nov25.csv",
      key: ("staff_group", "STAFF_GROUP_1_NAME"), columns: turnoverColumns)
  }

  @Test func turnoverOfLondon() throws {
    try check(
      turnover(" | where NHSE_REGION_NAME = \"London\""),
      equals: "o5_turnover_rate_london_nov25.csv",
      key: ("staff_group", "STAFF_GROUP_1_NAME"), columns: turnoverColumns)
  }

  private let boroughs = """
    load "DATA/census2021_ethnicity_by_local_authority.csv" as census
    let boroughs = from census
    where ethnic_group ends with "(number)"
    where ltla21_name in ("Barking and Dagenham", "Barnet", "Camden", "City of London", "Enfield",
      "Hackney", "Haringey", "Havering", "Islington", "Newham", "Redbridge", "Tower Hamlets",
      "Waltham Forest")

    """

  @Test func shareOfBoroughs() throws {
    let script =
      boroughs + """
        from boroughs
        summarise sum value as everyone, sum value where ethnic_group starts with "White:" as white
          by ltla21_name
        derive 100 * (1 - white / everyone) as bme
        """
    try check(
      script, equals: "o6_bme_share_ncel_boroughs_census2021.csv",
      key: ("ltla21_name", "ltla21_name"),
      columns: [("everyone", "all"), ("white", "white"), ("bme", "bme_pct")],
      leavingOut: ["ALL 13"])
  }

  @Test func shareOfAllBoroughs() throws {
    let script =
      boroughs + """
        from boroughs
        summarise sum value as everyone, sum value where ethnic_group starts with "White:" as white
        derive 100 * (1 - white / everyone) as bme
        """
    let row = try #require(try CheckData.result(of: script).rows.first)
    let answers = try CheckData.answers("o6_bme_share_ncel_boroughs_census2021.csv")
    let all = try #require(answers.first { $0["ltla21_name"] == "ALL 13" })
    #expect(isClose(row["everyone"], all["all"] ?? ""))
    #expect(isClose(row["white"], all["white"] ?? ""))
    #expect(isClose(row["bme"], all["bme_pct"] ?? ""))
  }

  @Test func apprenticeshipStarts() throws {
    let script = """
      load "DATA/apprenticeships_demographics.csv" as starts
      from starts
      where provider_name = "Total (All providers)" and measure = "Starts"
      summarise sum count as starts by characteristic_type, characteristic, year
      """
    let (rows, notes) = try CheckData.result(of: script)
    #expect(notes.contains { $0.contains("low") && $0.contains("81,009") })
    let answers = try CheckData.answers("o7_apprentice_starts_by_characteristic.csv")
    #expect(answers.count == 18)
    for answer in answers {
      for year in ["2022/23", "2023/24", "2024/25", "2025/26 (Aug to Apr)"] {
        let row = rows.first {
          $0["characteristic_type"] == .text(answer["characteristic_type"] ?? "")
            && $0["characteristic"] == .text(answer["characteristic"] ?? "")
            && $0["year"] == .text(year)
        }
        #expect(isClose(row?["starts"], answer[year] ?? ""), "\(answer) \(year)")
      }
    }
  }

  @Test(arguments: [
    ("nhs_turnover_2025-11.csv", 9351), ("hchs_fte_by_organisation_2017-09_2018-06.csv", 81_603),
    ("apprenticeships_demographics.csv", 195_444), ("organisations_with_bom.csv", 148),
  ])
  func loads(file: String, rows: Int) throws {
    let (result, _) = try CheckData.result(of: "load \"DATA/\(file)\" as t; from t | count")
    #expect(result.first?["n"] == .integer(rows))
  }
}
