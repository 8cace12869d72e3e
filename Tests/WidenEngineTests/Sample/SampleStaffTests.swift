import Testing
import WidenEngine
import WidenLanguage

@Suite("The sample's staff")
struct SampleStaffTests {
  private let inPost = sample.posts(on: extractDay)
  private let bands = sample.texts("staff", "band")
  private let ethnicities = sample.texts("staff", "ethnicity")

  private func share(_ column: String, _ value: String?) -> Double {
    let counts = tally(sample.texts("staff", column), where: inPost)
    return Double(counts[value] ?? 0) / Double(counts.values.reduce(0, +))
  }

  @Test func bandsAreSpreadAsInTheHealthService() {
    let supportShare = ["1", "2", "3", "4"].reduce(0) { $0 + share("band", $1) }
    #expect((0.33...0.43).contains(supportShare))
    #expect((0.15...0.22).contains(share("band", "5")))
    #expect((0.12...0.18).contains(share("band", "6")))
    #expect((0.07...0.12).contains(share("band", "7")))
    #expect(
      (0.05...0.11).contains(
        ["8a", "8b", "8c", "8d", "9", "VSM"].reduce(0) { $0 + share("band", $1) }))
    let description = sample.table(named: "staff")?.column(named: "band")
    #expect(
      description?.categories
        == ["1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "VSM"])
    #expect(description?.isOrdered == true)
  }

  @Test func onlyDoctorsHaveNoBand() {
    for (band, group) in zip(bands, sample.texts("staff", "staff_group")) {
      #expect((band == nil) == (group == "Medical and Dental"))
    }
  }

  @Test func minoritiesAreRarerTheHigherTheBand() {
    let clusters: [Set<String>] = [
      ["1", "2", "3", "4"], ["5", "6", "7"], ["8a", "8b"], ["8c", "8d", "9", "VSM"],
    ]
    let shares = clusters.map { cluster in
      minorityShare { bands[$0].map(cluster.contains) ?? false }
    }
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 > $1 + 0.04 })
    #expect((0.45...0.58).contains(shares[0]))
    #expect((0.10...0.28).contains(shares[3]))
    #expect((0.40...0.52).contains(minorityShare { _ in true }))
  }

  private func minorityShare(_ isCounted: (Int) -> Bool) -> Double {
    var (minority, known) = (0, 0)
    for row in bands.indices where inPost[row] && isCounted(row) {
      guard let category = ethnicities[row], category != "Z" else { continue }
      known += 1
      if !["A", "B", "C"].contains(category) { minority += 1 }
    }
    return Double(minority) / Double(known)
  }

  @Test func someThingsAreNotRecorded() {
    #expect((0.02...0.04).contains(share("ethnicity", nil)))
    #expect((0.03...0.05).contains(share("ethnicity", "Z")))
    #expect((0.025...0.045).contains(share("disability", "Yes")))
    #expect((0.15...0.25).contains(share("disability", "Not declared")))
    #expect((0.02...0.06).contains(share("disability", nil)))
    #expect(sample.texts("staff", "ethnicity").contains("R"))
    #expect((0.74...0.79).contains(share("sex", "Female")))
    #expect((0.20...0.32).contains(share("borough", "Outside the area")))
    let quintiles = tally(sample.numbers("staff", "imd_quintile"), where: inPost)
    #expect(Set(quintiles.keys) == [1, 2, 3, 4, 5, nil])
  }

  @Test func fewHoldTwoPostsAndAreTheSamePersonInBoth() {
    let people = sample.texts("staff", "person_id")
    let posts = tally(people, where: inPost)
    let held = Double(posts.values.count { $0 == 2 }) / Double(posts.count)
    #expect((0.02...0.06).contains(held))
    #expect(posts.values.allSatisfy { $0 <= 2 })
    for column in ["ethnicity", "sex", "age", "disability", "imd_quintile", "borough"] {
      var seen: [String?: Value] = [:]
      for (person, value) in zip(people, sample.values("staff", column)) {
        #expect(seen.updateValue(value, forKey: person) ?? value == value, "\(column)")
      }
    }
  }

  @Test func datesFollowEachOther() {
    let joined = sample.numbers("staff", "joined")
    let left = sample.numbers("staff", "left")
    let ages = sample.numbers("staff", "age")
    let reasons = sample.texts("staff", "leaving_reason")
    for row in joined.indices {
      guard let start = joined[row], let age = ages[row] else {
        Issue.record("row \(row) has no start or no age")
        continue
      }
      let end = left[row] ?? extractDay
      #expect(start < end && end <= extractDay)
      #expect(left[row] == nil || end >= day(2012, 4, 1))
      #expect(age - (extractDay - start) / 365 >= 16)
      #expect(left[row] != nil || reasons[row] == nil)
    }
  }

  @Test func snapshotsOfEarlierYearsAreWorkforces() {
    let sizes = (2012...2016).map { year in sample.posts(on: day(year, 3, 31)).count { $0 } }
    #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $1 > $0 * 98 / 100 && $1 < $0 * 104 / 100 })
    let left = sample.numbers("staff", "left")
    for year in 2012...2015 {
      let leavers = left.count {
        $0.map { $0 >= day(year, 4, 1) && $0 <= day(year + 1, 3, 31) } ?? false
      }
      #expect((0.09...0.13).contains(Double(leavers) / Double(sizes[year - 2012])))
    }
  }

  @Test func payIsThatOfTheBand() {
    let limits = ["2": 14_294...17_425, "5": 21_478...27_901, "8a": 39_239...47_088]
    for (band, salary) in zip(bands, sample.numbers("staff", "salary")) {
      guard let band, let limit = limits[band] else { continue }
      #expect(salary.map(limit.contains) ?? false)
    }
    let hours = sample.values("staff", "fte")
    #expect(
      hours.allSatisfy { if case .decimal(let fte) = $0 { fte >= 0.4 && fte <= 1 } else { false } })
    let full = Double(hours.count { $0 == .decimal(1) }) / Double(hours.count)
    #expect((0.55...0.72).contains(full))
  }

  @Test func fewerAssistantsLeaveAfterTheFrameworks() {
    let isAssistant = sample.texts("staff", "role").map { $0 == "Healthcare assistant" }
    let left = sample.numbers("staff", "left")
    let days = zip(isAssistant, left).compactMap { $0 ? $1 : nil }
    let before = Double(days.count { $0 < day(2014, 11, 1) }) / 31
    let after = Double(days.count { $0 >= day(2014, 11, 1) }) / 17
    #expect(after < before * 0.85)
  }
}
