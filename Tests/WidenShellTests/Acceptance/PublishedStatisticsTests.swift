import Foundation
import Testing
import WidenLanguage

/// Statistical steps over published files, beside a computation of their own from the same files.
@Suite(.enabled(if: CheckData.folder != nil))
struct PublishedStatisticsTests {
  private let boroughs = [
    "Barking and Dagenham", "Barnet", "Camden", "City of London", "Enfield", "Hackney", "Haringey",
    "Havering", "Islington", "Newham", "Redbridge", "Tower Hamlets", "Waltham Forest",
  ]

  @Test func boroughsBesideCatchments() throws {
    let names = boroughs.map { "\"\($0)\"" }.joined(separator: ", ")
    let (rows, _) = try CheckData.result(
      of: """
        load "DATA/census2021_ethnicity_by_local_authority.csv" as census
        load "DATA/lookup_nhs_trusts22_ltla21.csv" as catchments
        let people = from census
        where ethnic_group ends with "(number)"
        derive if ethnic_group starts with "White:" then "White" else "BME" as group
        select ltla21_code, ltla21_name, group, value
        let home = from people
        where ltla21_name in (\(names))
        summarise sum value as people by group
        derive 1 as one
        select group, people, one
        let local = from catchments
        join people on ltla21_code
        where ltla21_name in (\(names))
        distinct nhs_trust22_code
        derive 1 as one
        from local
        join home on one
        derive round(people) as people
        summarise sum people as people by nhs_trust22_code, group
        share within nhs_trust22_code
        compare to people on group using value through catchments weighted by proportion_trust_came_from_ltla
        where group = "BME"
        """)
    let (bme, all, codes) = try census()
    let home = boroughs.reduce(into: (0.0, 0.0)) {
      $0.0 += bme[codes[$1] ?? "", default: 0]
      $0.1 += all[codes[$1] ?? "", default: 0]
    }
    var benchmarks: [String: (sum: Double, weight: Double, isLocal: Bool)] = [:]
    for row in try CheckData.published("lookup_nhs_trusts22_ltla21.csv") {
      let code = row["ltla21_code"] ?? ""
      let weight = Double(row["proportion_trust_came_from_ltla"] ?? "") ?? 0
      var found = benchmarks[row["nhs_trust22_code"] ?? "", default: (0, 0, false)]
      found.sum += weight * (bme[code] ?? 0) / (all[code] ?? 1)
      found.weight += weight
      found.isLocal = found.isLocal || boroughs.contains { codes[$0] == code }
      benchmarks[row["nhs_trust22_code"] ?? ""] = found
    }
    let local = benchmarks.filter(\.value.isLocal)
    #expect(local.count > 10 && rows.count == local.count)
    for (trust, found) in local {
      let row = rows.first { $0["nhs_trust22_code"] == .text(trust) }
      let benchmark = found.sum / found.weight
      #expect(isNear(row?["share"], home.0 / home.1), "\(trust)")
      #expect(isNear(row?["benchmark"], benchmark), "\(trust)")
      #expect(isNear(row?["index"], 100 * home.0 / home.1 / benchmark), "\(trust)")
    }
  }

  /// BME and all people by authority, and the codes of the authorities.
  private func census() throws -> ([String: Double], [String: Double], [String: String]) {
    var bme: [String: Double] = [:]
    var all: [String: Double] = [:]
    var codes: [String: String] = [:]
    for row in try CheckData.published("census2021_ethnicity_by_local_authority.csv") {
      guard let group = row["ethnic_group"], group.hasSuffix("(number)"),
        let code = row["ltla21_code"], let people = Double(row["value"] ?? "")
      else { continue }
      codes[row["ltla21_name"] ?? ""] = code
      all[code, default: 0] += people
      if !group.hasPrefix("White:") { bme[code, default: 0] += people }
    }
    return (bme, all, codes)
  }

  private func turnover(by column: String, where condition: String) -> String {
    """
    load "DATA/nhs_turnover_2025-11.csv" as published
    let turnover = from published
    where \(condition)
    summarise sum HC where TYPE = "Denominator at end of period" as at_end,
      sum HC where TYPE = "Denominator at start of period" as at_start,
      sum HC where TYPE = "Leavers" as gone by \(column)
    derive coalesce(gone, 0) as leavers, (coalesce(at_start, 0) + coalesce(at_end, 0)) / 2 as average
    where average > 0
    """
  }

  @Test func turnoverWithIntervals() throws {
    let script =
      turnover(by: "STAFF_GROUP_1_NAME as staff_group", where: "HC is recorded") + """

        from turnover
        summarise rate leavers among average with interval by staff_group
        """
    let (rows, _) = try CheckData.result(of: script)
    let answers = try CheckData.answers("o5_turnover_rate_england_nov25.csv")
    #expect(rows.count == answers.count)
    for answer in answers {
      let row = rows.first { $0["staff_group"] == .text(answer["STAFF_GROUP_1_NAME"] ?? "") }
      let leavers = Double(answer["Leavers"] ?? "") ?? 0
      let average = Double(answer["avg_hc"] ?? "") ?? 0
      // The only small count is one, whose exact limits are known in closed form and in tables.
      #expect(leavers >= 10 || leavers == 1)
      let low = leavers == 1 ? -log(0.975) : byar(leavers, -1)
      let high = leavers == 1 ? 5.571643390938898 : byar(leavers, 1)
      #expect(isNear(row?["rate"], leavers / average))
      #expect(isNear(row?["rate_low"], low / average))
      #expect(isNear(row?["rate_high"], high / average))
    }
  }

  /// Byar's limit of a count on one side.
  private func byar(_ count: Double, _ side: Double) -> Double {
    let base = side < 0 ? count : count + 1
    let root = 1 - 1 / (9 * base) + side * 1.959963984540054 / (3 * base.squareRoot())
    return base * root * root * root
  }

  @Test func funnelOfTurnover() throws {
    let script =
      turnover(
        by: "REPORTING_ORG_CODE as trust", where: "STAFF_GROUP_1_NAME = \"All staff groups\"") + """

        from turnover
        funnel leavers among average by trust
        """
    let (rows, notes) = try CheckData.result(of: script)
    var counts: [String: (leavers: Double, average: Double)] = [:]
    for row in try CheckData.published("nhs_turnover_2025-11.csv")
    where row["STAFF_GROUP_1_NAME"] == "All staff groups" {
      let people = Double(row["HC"] ?? "") ?? 0
      let trust = row["REPORTING_ORG_CODE"] ?? ""
      counts[trust, default: (0, 0)].leavers += row["TYPE"] == "Leavers" ? people : 0
      counts[trust, default: (0, 0)].average +=
        row["TYPE"]?.hasPrefix("Denominator") == true ? people / 2 : 0
    }
    counts = counts.filter { $0.value.average > 0 }
    let pooled =
      counts.values.reduce(0) { $0 + $1.leavers } / counts.values.reduce(0) { $0 + $1.average }
    #expect(rows.count == counts.count && rows.count > 200)
    var outside = 0
    for (trust, count) in counts {
      let row = rows.first { $0["trust"] == .text(trust) }
      let spread = (pooled * (1 - pooled) / count.average).squareRoot()
      let distance = (count.leavers / count.average - pooled) / spread
      let words =
        switch distance {
        case ..<(-3.090232306167813): "below the lower 99.8 % limit"
        case ..<(-1.959963984540054): "below the lower 95 % limit"
        case ...1.959963984540054: "within the limits"
        case ...3.090232306167813: "above the upper 95 % limit"
        default: "above the upper 99.8 % limit"
        }
      outside += words == "within the limits" ? 0 : 1
      #expect(isNear(row?["pooled"], pooled))
      #expect(isNear(row?["high95"], min(1, pooled + 1.959963984540054 * spread)), "\(trust)")
      // A limit that is cut at 0 lets no rate of 0 lie below it.
      let isCut = pooled - 1.959963984540054 * spread < 0
      #expect(row?["flag"] == .text(words) || isCut && count.leavers == 0, "\(trust) \(words)")
    }
    #expect(notes.contains { $0.contains("\(outside) of \(rows.count) groups") })
  }

  @Test func apprenticesByEthnicity() throws {
    let (rows, _) = try CheckData.result(
      of: """
        load "DATA/apprenticeships_demographics.csv" as published
        from published
        where provider_name = "Total (All providers)" and measure = "Starts"
          and characteristic_type = "Ethnicity" and characteristic != "Total" and year in ("2022/23", "2023/24", "2024/25")
        summarise sum count as starts by year, characteristic
        share within year
        change of share over year within characteristic with test
        """)
    let years = ["2022/23", "2023/24", "2024/25"]
    let answers = try CheckData.answers("o7_apprentice_starts_by_characteristic.csv")
      .filter { $0["characteristic_type"] == "Ethnicity" && $0["characteristic"] != "Total" }
    #expect(rows.count == answers.count * years.count)
    func starts(_ answer: [String: String], _ year: String) -> Double {
      Double(answer[year] ?? "") ?? 0
    }
    for (before, year) in zip(years, years.dropFirst()) {
      let (all, earlier) = (
        answers.reduce(0) { $0 + starts($1, year) }, answers.reduce(0) { $0 + starts($1, before) }
      )
      for answer in answers {
        let (now, then) = (starts(answer, year), starts(answer, before))
        let pooled = (now + then) / (all + earlier)
        let error = (pooled * (1 - pooled) * (1 / all + 1 / earlier)).squareRoot()
        let distance = abs(now / all - then / earlier) / error
        let row = rows.first {
          $0["characteristic"] == .text(answer["characteristic"] ?? "") && $0["year"] == .text(year)
        }
        #expect(isNear(row?["change"], now / all - then / earlier))
        #expect(isNear(row?["p"], erfc(distance / 2.0.squareRoot())))
      }
    }
  }

  /// Whether a value is this number, to one part in 10⁹.
  private func isNear(_ value: Value?, _ expected: Double) -> Bool {
    switch value {
    case .decimal(let number): abs(number - expected) <= 1e-9 * max(1, abs(expected))
    case .integer(let number): Double(number) == expected
    case .missing, .boolean, .text, .date, .month, .period, nil: false
    }
  }
}
