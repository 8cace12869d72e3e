import WidenLanguage

/// Who applied for what, and how far they got: one entry of each array for each application.
struct Applications {
  /// The number of the vacancy, from 1.
  private(set) var vacancies: [UInt32]
  /// Index into `Sample.organisations`, plus 1.
  private(set) var organisations: [UInt8]
  /// Index into `Sample.bands`, plus 1; missing for doctors.
  private(set) var bands: [UInt8]
  /// Index into `Sample.ethnicities`, plus 1.
  private(set) var ethnicities: [UInt8]
  /// 1 female, 2 male.
  private(set) var sexes: [UInt8]
  /// Index into `StaffPeople.disabilities`, plus 1.
  private(set) var disabilities: [UInt8]
  /// 1 no, 2 yes.
  private(set) var shortlisted: [UInt8]
  /// The same; only those who are shortlisted are appointed.
  private(set) var appointed: [UInt8]

  /// As many applications as `rows`.
  init(rows: Int) {
    let none = [UInt8](repeating: 0, count: rows)
    vacancies = [UInt32](repeating: 0, count: rows)
    (organisations, bands, ethnicities, sexes) = (none, none, none, none)
    (disabilities, shortlisted, appointed) = (none, none, none)
    fillVacancies()
    fillApplicants()
    fillDecisions()
  }

  /// Vacancies in the order of their numbers, each with its applicants.
  private mutating func fillVacancies() {
    let sizes = Sample.Recruitment.applicants
    let places = sizes.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
    let employers = Dice([Sample.organisations.map(\.headcount)], bits: 16)
    let grades = Dice([Sample.Recruitment.bandWeights])
    let noBand = Sample.bands.count
    let chance = Chance(.vacancy)
    for row in vacancies.indices {
      let vacancy = row / places.count * sizes.count + places[row % places.count]
      let random = chance[vacancy]
      let band = grades(0, random, bit: 16)
      vacancies[row] = UInt32(vacancy + 1)
      organisations[row] = UInt8(employers(0, random) + 1)
      bands[row] = band == noBand ? 0 : UInt8(band + 1)
    }
  }

  /// People of the employer's borough, more of minorities than live there, fewer in higher bands.
  private mutating func fillApplicants() {
    let dice = Sample.ethnicityDice
    let outside = Sample.residences.count - 1
    let homes =
      [outside]
      + Sample.organisations.map { organisation in
        Sample.boroughs.firstIndex(of: organisation.borough) ?? outside
      }
    let shares = Sample.minorityShares.map { ($0 + 45_000) / 2 }
    let ofBand = ([100] + Sample.minorityPercentOfBand.dropLast()).map { (100 + $0) / 2 }
    let conditions = Dice([Sample.Recruitment.disabilityWeights])
    let chance = Chance(.applicant)
    for row in vacancies.indices {
      let random = chance[row * 2]
      let other = chance[row * 2 + 1]
      let home = homes[Int(organisations[row])]
      let share = shares[home] * ofBand[Int(bands[row])] / 100
      let isMinority = random.below(65_536, bit: 16) < share
      let unknown = other.below(1000, bit: 0)
      ethnicities[row] =
        unknown < 25
        ? 0
        : unknown < 70
          ? UInt8(Sample.ethnicities.count)
          : UInt8(dice(home * 2 + (isMinority ? 1 : 0), random)) + 1
      sexes[row] = random.isAmong(Sample.Recruitment.women, bit: 32) ? 1 : 2
      let condition = conditions(0, other, bit: 16)
      disabilities[row] = condition == 3 ? 0 : UInt8(condition + 1)
    }
  }

  private mutating func fillDecisions() {
    let groups = Sample.Group.ofEthnicity
    let recruitment = Sample.Recruitment.self
    let chances = [
      recruitment.shortlisted.unknown, recruitment.shortlisted.white,
      recruitment.shortlisted.minority,
    ]
    let advantages =
      [100]
      + Sample.organisations.map {
        recruitment.whiteAdvantage[$0.code] ?? recruitment.otherWhiteAdvantage
      }
    let chance = Chance(.decision)
    for row in vacancies.indices {
      let random = chance[row]
      let group = groups[Int(ethnicities[row])]
      let isShortlisted = random.isAmong(chances[group.rawValue], bit: 0)
      shortlisted[row] = isShortlisted ? 2 : 1
      var likelihood = recruitment.appointed
      switch group {
      case .white: break
      case .minority: likelihood = likelihood * 100 / advantages[Int(organisations[row])]
      case .unknown: likelihood = likelihood * 4 / 5
      }
      if disabilities[row] == StaffPeople.declared {
        likelihood = likelihood * recruitment.appointedWithDisability / 100
      }
      appointed[row] = isShortlisted && random.isAmong(likelihood, bit: 16) ? 2 : 1
    }
  }
}
