import Testing
import WidenEngine
import WidenLanguage

@Suite("The sample's initiatives and who took part")
struct SampleInitiativesTests {
  private let names = sample.texts("initiatives", "name").compactMap { $0 }

  @Test func publishedInitiativesAreThere() {
    for words in [
      ["workforce development funding", "bands 1-4"],
      ["healthcare support workers in primary care"],
      ["associate practitioner programme", "APEL BSc Adult and Mental Health Nursing"],
      ["Salary support", "professional training"], ["Expansion of apprenticeships"],
      ["Talent for Care"], ["Widening Participation Strategy"],
      ["Valuing Healthcare Assistants", "March event at Middlesex University"],
    ] {
      #expect(names.contains { name in words.allSatisfy(name.contains) }, "\(words)")
    }
    #expect(names.count { $0.hasPrefix("Valuing Healthcare Assistants") } == 3)
    #expect(
      Set(sample.texts("initiatives", "kind")) == [
        "apprenticeship", "event", "framework", "investment", "pathway", "salary support",
      ])
  }

  @Test func frameworksStartInNovember2014AndGoOn() {
    let kinds = sample.texts("initiatives", "kind")
    let started = sample.numbers("initiatives", "started")
    let ended = sample.numbers("initiatives", "ended")
    let funding = sample.numbers("initiatives", "funding")
    for row in kinds.indices {
      let isFramework = kinds[row] == "framework"
      #expect((funding[row] == nil) == isFramework)
      #expect((ended[row] == nil) == isFramework)
      #expect((started[row] ?? 0) <= (ended[row] ?? .max))
      if isFramework { #expect(started[row] == day(2014, 11, 1)) }
    }
    #expect(kinds.count { $0 == "framework" } == 2)
  }

  @Test func onlyHoldersOfAPostTakePart() {
    let rowOfPost = Dictionary(
      uniqueKeysWithValues: sample.texts("staff", "post_id").enumerated().map { ($1, $0) })
    let joined = sample.numbers("staff", "joined")
    let left = sample.numbers("staff", "left")
    let started = sample.numbers("participation", "started")
    let ended = sample.numbers("participation", "ended")
    let posts = sample.texts("participation", "post_id").map { rowOfPost[$0] ?? -1 }
    #expect(!posts.contains(-1))
    for (row, post) in posts.enumerated() where post >= 0 {
      let start = started[row] ?? 0
      #expect(start >= joined[post] ?? .max && start < left[post] ?? .max)
      #expect(ended[row].map { $0 >= start && $0 <= left[post] ?? extractDay } ?? true)
    }
    for column in ["person_id", "organisation", "role"] {
      let ofStaff = sample.texts("staff", column)
      #expect(sample.texts("participation", column) == posts.map { ofStaff[$0] })
    }
  }

  @Test func initiativesRunWhenPeopleStart() {
    let codes = sample.texts("initiatives", "initiative")
    let first = sample.numbers("initiatives", "started")
    let last = sample.numbers("initiatives", "ended")
    let starts = sample.numbers("participation", "started")
    for (code, start) in zip(sample.texts("participation", "initiative"), starts) {
      let row = codes.firstIndex(of: code) ?? 0
      #expect(start ?? 0 >= first[row] ?? .max && start ?? 0 <= last[row] ?? .max, "\(code ?? "")")
    }
  }

  @Test func outcomesFitTheirDates() {
    let outcomes = sample.texts("participation", "outcome")
    let ended = sample.numbers("participation", "ended")
    let destinations = sample.texts("participation", "destination")
    #expect(Set(outcomes) == ["completed", "withdrawn", "in progress"])
    for row in outcomes.indices {
      #expect((outcomes[row] == "in progress") == (ended[row] == nil))
      #expect(outcomes[row] == "completed" || destinations[row] == nil)
    }
  }

  @Test func assistantsGoOnToNurseTrainingMostlyByThePathway() {
    let roles = sample.texts("participation", "role")
    let destinations = sample.texts("participation", "destination")
    let isOne = zip(roles, destinations).map {
      $0 == "Healthcare assistant" && $1 == "Registered nurse training"
    }
    let byInitiative = tally(sample.texts("participation", "initiative"), where: isOne)
    let all = byInitiative.values.reduce(0, +)
    #expect(all >= 50)
    #expect(byInitiative["WP03"] ?? 0 > all / 2)
  }

  @Test func someTrustsDoubleTheirApprenticesAndSomeMeetTheTarget() {
    let kinds = Dictionary(
      uniqueKeysWithValues: zip(
        sample.texts("initiatives", "initiative"), sample.texts("initiatives", "kind")))
    let starts = sample.numbers("participation", "started")
    let isApprentice = sample.texts("participation", "initiative").map {
      kinds[$0] == "apprenticeship"
    }
    let organisations = sample.texts("participation", "organisation")
    let early = tally(
      organisations,
      where: zip(isApprentice, starts).map {
        $0 && (day(2013, 4, 1)..<day(2014, 4, 1)).contains($1 ?? 0)
      })
    let late = tally(
      organisations, where: zip(isApprentice, starts).map { $0 && $1 ?? 0 >= day(2015, 4, 1) })
    let posts = tally(sample.texts("staff", "organisation"), where: sample.posts(on: extractDay))
    let large = posts.filter { $0.value >= 700 }.keys
    let doubled = large.filter { (late[$0] ?? 0) >= 2 * (early[$0] ?? 0) }
    let meeting = large.filter { (late[$0] ?? 0) * 1000 >= (posts[$0] ?? 0) * 23 }
    #expect(doubled.count >= 3 && doubled.count < large.count - 1)
    #expect(meeting.count >= 2 && meeting.count < large.count - 2)
  }

  @Test func takingPartIsLikelierInDeprivedAreas() {
    let taking = Set(sample.texts("participation", "post_id"))
    let posts = sample.texts("staff", "post_id")
    let support = sample.texts("staff", "band").map { ["1", "2", "3", "4"].contains($0) }
    let quintiles = sample.numbers("staff", "imd_quintile")
    let all = tally(quintiles, where: support)
    let some = tally(quintiles, where: zip(support, posts).map { $0 && taking.contains($1) })
    let rate: (Int) -> Double = { Double(some[$0] ?? 0) / Double(all[$0] ?? 1) }
    #expect(rate(1) > rate(4))
  }
}
