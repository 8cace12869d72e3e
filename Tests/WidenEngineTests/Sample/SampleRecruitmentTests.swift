import Testing
import WidenEngine
import WidenLanguage

@Suite("The sample's applications")
struct SampleRecruitmentTests {
  private let groups = sample.texts("applications", "ethnicity").map(group)
  private let shortlisted = sample.flags("applications", "shortlisted")
  private let appointed = sample.flags("applications", "appointed")

  @Test func whoeverIsAppointedWasShortlisted() {
    #expect(zip(shortlisted, appointed).allSatisfy { $0 || !$1 })
    #expect((0.25...0.32).contains(fraction(shortlisted)))
    #expect((0.06...0.10).contains(fraction(appointed)))
  }

  @Test func whiteApplicantsAreLikelierToBeAppointed() {
    let ratio = likelihood { _ in true }
    #expect((1.45...1.75).contains(ratio))
    let organisations = sample.texts("applications", "organisation")
    let ratios = ["R1H", "RF4", "RAL", "RWK", "RQX", "RRV"].map { code in
      likelihood { organisations[$0] == code }
    }
    #expect((ratios.max() ?? 0) > 1.7 && (ratios.min() ?? 0) < 1.25)
  }

  private func likelihood(_ isCounted: (Int) -> Bool) -> Double {
    let rows = groups.indices.filter { shortlisted[$0] && isCounted($0) }
    let rates = [Group.white, .minority].map { group in
      let own = rows.filter { groups[$0] == group }
      return Double(own.count { appointed[$0] }) / Double(max(1, own.count))
    }
    return rates[0] / rates[1]
  }

  @Test func vacanciesHaveOneEmployerAndOneBand() {
    for column in ["organisation", "band"] {
      var seen: [String?: String?] = [:]
      let values = sample.texts("applications", column)
      for (vacancy, value) in zip(sample.texts("applications", "vacancy"), values) {
        #expect(seen.updateValue(value, forKey: vacancy) ?? value == value)
      }
      #expect(seen.count == 2000)
    }
  }

  @Test func applicantsAreUnlikeTheStaff() {
    let known = groups.filter { $0 != .unknown }
    #expect((0.5...0.62).contains(fraction(known.map { $0 == .minority })))
    #expect(sample.texts("applications", "disability").contains("Yes"))
    #expect(sample.table(named: "applications")?.isPersonal == true)
  }
}

@Suite("The sample's cases and training")
struct SampleConductTests {
  private let rowOfPost = Dictionary(
    uniqueKeysWithValues: sample.texts("staff", "post_id").enumerated().map { ($1, $0) })
  private let inPost = sample.posts(on: day(2015, 3, 31))

  @Test(arguments: [("cases", "opened"), ("training", "completed")])
  func belongsToSomebodyInPost(table: String, column: String) {
    let (joined, left) = (sample.numbers("staff", "joined"), sample.numbers("staff", "left"))
    let people = sample.texts("staff", "person_id")
    let posts = sample.texts(table, "post_id").map { rowOfPost[$0] ?? -1 }
    #expect(!posts.isEmpty && !posts.contains(-1))
    #expect(sample.texts(table, "person_id") == posts.map { people[$0] })
    for (post, day) in zip(posts, sample.numbers(table, column)) {
      #expect(day ?? 0 >= joined[post] ?? .max && day ?? .max < left[post] ?? extractDay + 1)
    }
  }

  @Test func casesCloseAfterTheyOpen() {
    let closed = sample.numbers("cases", "closed")
    #expect(
      zip(sample.numbers("cases", "opened"), closed).allSatisfy {
        ($0 ?? .max) <= $1 ?? .max && $1 ?? 0 <= extractDay
      })
    #expect(closed.contains(nil))
    #expect(Set(sample.texts("cases", "kind")) == ["capability", "disciplinary"])
  }

  @Test func minoritiesAreLikelierToBeDisciplined() {
    let groups = sample.texts("staff", "ethnicity").map(group)
    let posts = posts(in: "cases") { sample.texts("cases", "kind")[$0] == "disciplinary" }
    let ratio =
      rate(groups.map { $0 == .minority }, posts) / rate(groups.map { $0 == .white }, posts)
    #expect((1.25...1.75).contains(ratio))
  }

  @Test func thoseWithDisabilitiesAreLikelierToEnterCapability() {
    let disability = sample.texts("staff", "disability")
    let kinds = sample.texts("cases", "kind")
    let posts = posts(in: "cases") { kinds[$0] == "capability" }
    #expect(
      rate(disability.map { $0 == "Yes" }, posts) > rate(disability.map { $0 == "No" }, posts))
  }

  @Test func whiteStaffGetALittleMoreTraining() {
    let groups = sample.texts("staff", "ethnicity").map(group)
    let mandatory = sample.flags("training", "mandatory")
    let posts = posts(in: "training") { !mandatory[$0] }
    let ratio =
      rate(groups.map { $0 == .white }, posts) / rate(groups.map { $0 == .minority }, posts)
    #expect((1.03...1.17).contains(ratio))
  }

  /// The posts that some rows of a table point to.
  private func posts(in table: String, where isCounted: (Int) -> Bool) -> Set<Int> {
    let posts = sample.texts(table, "post_id")
    return Set(posts.indices.filter(isCounted).compactMap { rowOfPost[posts[$0]] })
  }

  /// How many of those in post who belong to a group are among some posts.
  private func rate(_ isInGroup: [Bool], _ posts: Set<Int>) -> Double {
    let rows = isInGroup.indices.filter { isInGroup[$0] && inPost[$0] }
    return Double(rows.count(where: posts.contains)) / Double(max(1, rows.count))
  }
}

@Suite("The sample's benchmarks")
struct SampleBenchmarkTests {
  @Test func catchmentsAddUpToOne() {
    let shares = sample.values("catchments", "share")
    var sums: [String?: Int] = [:]
    for (code, share) in zip(sample.texts("catchments", "organisation"), shares) {
      guard case .decimal(let share) = share else {
        Issue.record("a share is missing")
        continue
      }
      #expect(share > 0 && share <= 1)
      sums[code, default: 0] += Int((share * 10_000).rounded())
    }
    #expect(sums.count == 27)
    #expect(sums.values.allSatisfy { $0 == 10_000 })
  }

  @Test func standardPopulationIsThatOf2013() {
    #expect(
      sample.numbers("standard_population", "people")
        == [17_100, 10_400, 12_500, 14_000, 14_000, 12_500, 19_500])
    #expect(
      sample.table(named: "standard_population")?.column(named: "age_band")?.categories
        == sample.table(named: "population")?.column(named: "age_band")?.categories)
  }
}

private enum Group { case white, minority, unknown }

private func group(_ ethnicity: String?) -> Group {
  guard let ethnicity, ethnicity != "Z" else { return .unknown }
  return ["A", "B", "C"].contains(ethnicity) ? .white : .minority
}

private func fraction(_ flags: [Bool]) -> Double {
  Double(flags.count { $0 }) / Double(max(1, flags.count))
}

extension Dataset {
  /// The yes and no of a column; missing is no.
  fileprivate func flags(_ table: String, _ column: String) -> [Bool] {
    values(table, column).map { $0 == .boolean(true) }
  }
}
