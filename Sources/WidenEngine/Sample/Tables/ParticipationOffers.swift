import WidenLanguage

/// Which initiatives the holder of a post is drawn to, and when.
struct ParticipationOffers {
  /// A possible start.
  struct Offer {
    var initiative: Int
    /// Days since 1 January 1970.
    var day: Int
    /// 0 to 3; nobody starts two of a family.
    var family: Int
  }

  private let roles: UnsafeBufferPointer<UInt8>
  private let bands: UnsafeBufferPointer<UInt8>
  private let organisations: UnsafeBufferPointer<UInt8>
  private let ages: UnsafeBufferPointer<UInt8>
  private let quintiles: UnsafeBufferPointer<UInt8>
  private let ethnicities: UnsafeBufferPointer<UInt8>
  private let eventDays = Sample.eventDays.map(\.number)
  private let offer = Chance(.offer)
  private let start = Chance(.start)
  private let kinds: [RoleKind]
  /// For each organisation the four years' chances of an apprenticeship, of 65,536.
  private let apprenticeships: [Uptake]
  private let isMentalHealth: [Bool]
  /// For each organisation, in percent of elsewhere, how likely the pathway is.
  private let pathwayPercent: [Int]
  private let years = Sample.yearStarts

  /// For each code of an age, in percent of others, how likely somebody is to take part.
  private let percentOfAge = (0...100).map { code in
    let age = code + 15
    return age < 25 ? 140 : age < 35 ? 125 : age < 45 ? 108 : age < 55 ? 92 : age < 65 ? 66 : 30
  }
  private let developmentFund = Uptake(Sample.Uptake.developmentFund)
  private let primaryCare = Uptake(Sample.Uptake.primaryCare)
  private let pathway = Uptake(Sample.Uptake.pathway)
  private let salarySupport = Uptake(Sample.Uptake.salarySupport)

  /// Of 65,536 posts, how many start in the first year, in the first two, and so on.
  private struct Uptake {
    let first: Int
    let second: Int
    let third: Int
    let fourth: Int

    init(_ years: [Int]) {
      first = years[0]
      second = first + years[1]
      third = second + years[2]
      fourth = third + years[3]
    }
  }

  private enum RoleKind: UInt8 {
    case healthcareAssistant, supportWorker, otherClinical, scientific, other
  }

  /// The offers to these staff, who must outlive them.
  init(_ staff: Sample.Staff) {
    roles = staff.posts.role.elements
    bands = staff.posts.band.elements
    organisations = staff.posts.organisation.elements
    ages = staff.posts.age.elements
    quintiles = staff.people.deprivation.elements
    ethnicities = staff.people.ethnicity.elements
    kinds =
      [.other]
      + Sample.roles.map { role in
        switch role.group {
        case .clinicalSupport:
          role.name == Sample.healthcareAssistant
            ? .healthcareAssistant
            : role.name == "Healthcare support worker" ? .supportWorker : .otherClinical
        case .scientific: .scientific
        case .administrative, .therapy, .estates, .scientists, .medical, .nursing, .students: .other
        }
      }
    apprenticeships = Sample.organisations.map { organisation in
      let starts = Sample.apprenticeStarts[organisation.code] ?? Sample.otherApprenticeStarts
      return Uptake(starts.map { $0 * 65_536 / 10 / Sample.eligiblePerThousand })
    }
    pathwayPercent = Sample.organisations.map { Sample.nurseTrainingPercent[$0.code] ?? 100 }
    isMentalHealth = Sample.organisations.map { $0.kind == .mentalHealth }
  }

  /// Whether the initiatives are for posts like this: bands 1 to 4, and technicians in band 5.
  @inline(__always)
  func isEligible(_ row: Int) -> Bool {
    let band = bands[row]
    return band > 0
      && (band <= 4 || band == 5 && kinds[Int(roles[row])] == .scientific)
  }

  /// Calls `body` with what the holder of a post starts, if in post on the day.
  func forEach(_ row: Int, _ body: (Offer) -> Void) {
    let random = offer[row]
    let willing = inclination(row)
    let kind = kinds[Int(roles[row])]
    let band = bands[row]
    let organisation = Int(organisations[row]) - 1
    if band <= 4,
      let year = year(random.below(65_536, bit: 0), apprenticeships[organisation], willing)
    {
      let isClinical = kind != .other && kind != .scientific
      let initiative = isClinical ? band <= 2 ? 4 : 5 : 6
      body(Offer(initiative: initiative, day: day(row, year, family: 0), family: 0))
    }
    if band <= 4,
      let year = year(random.below(65_536, bit: 16), developmentFund, willing)
    {
      body(Offer(initiative: 0, day: day(row, year, family: 1), family: 1))
    }
    let pull = kind == .healthcareAssistant ? pathwayPercent[organisation] : 100
    if let programme = programme(kind, isCommunity: isMentalHealth[organisation]),
      let year = year(random.below(65_536, bit: 32), programme.uptake, willing * pull / 100)
    {
      body(Offer(initiative: programme.initiative, day: day(row, year, family: 2), family: 2))
    }
    if kind == .healthcareAssistant || kind == .supportWorker {
      let place = random.below(65_536, bit: 48)
      if place < Sample.Uptake.event * eventDays.count {
        let event = place / Sample.Uptake.event
        body(Offer(initiative: 9 + event, day: eventDays[event], family: 3))
      }
    }
  }

  private func programme(_ kind: RoleKind, isCommunity: Bool) -> (initiative: Int, uptake: Uptake)?
  {
    switch kind {
    case .healthcareAssistant: (2, pathway)
    case .supportWorker where isCommunity: (1, primaryCare)
    case .supportWorker, .otherClinical, .scientific: (3, salarySupport)
    case .other: nil
    }
  }

  /// The year in which a draw of 65,536 falls, or nil, as for most.
  private func year(_ draw: Int, _ uptake: Uptake, _ percent: Int) -> Int? {
    let draw = draw * 100
    if draw >= uptake.fourth * percent { return nil }
    return draw < uptake.first * percent
      ? 0 : draw < uptake.second * percent ? 1 : draw < uptake.third * percent ? 2 : 3
  }

  /// A day of a year; courses mostly start in September, the fund pays at any time.
  private func day(_ row: Int, _ year: Int, family: Int) -> Int {
    let random = start[row &* 4 &+ family]
    let isAutumn = family == 2 || family == 0 && random.isAmong(450, bit: 0)
    let first = years[year]
    return isAutumn
      ? first + 153 + random.below(family == 2 ? 25 : 75, bit: 16)
      : first + random.below(years[year + 1] - first, bit: 16)
  }

  /// How much likelier than others somebody is to take part, in percent: the young, those who live in
  /// deprived areas, and slightly those who are White.
  private func inclination(_ row: Int) -> Int {
    let ofAge = percentOfAge[Int(ages[row])]
    let quintile = Int(quintiles[row])
    let ofPlace = quintile == 0 ? 100 : 119 - quintile * 7
    let category = Int(ethnicities[row])
    let ofGroup = category >= 1 && category <= 3 ? 105 : 97
    return ofAge * ofPlace * ofGroup / 10_000
  }
}
