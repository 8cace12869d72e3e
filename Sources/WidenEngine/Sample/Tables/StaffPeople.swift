/// The codes of what belongs to a person and is therefore the same in both posts of one.
struct StaffPeople {
  /// Index into `Sample.residences`, plus 1.
  let borough: Buffer<UInt8>
  /// Index into `Sample.ethnicities`, plus 1.
  let ethnicity: Buffer<UInt8>
  /// 1 female, 2 male.
  let sex: Buffer<UInt8>
  /// Index into `disabilities`, plus 1.
  let disability: Buffer<UInt8>
  /// The quintile of deprivation, 1 the most deprived.
  let deprivation: Buffer<UInt8>

  static let disabilities = ["No", "Yes", "Not declared"]
  /// The code of those who declared a disability.
  static let declared: UInt8 = 2

  init(_ posts: StaffPosts) {
    borough = StaffPeople.boroughs(posts)
    ethnicity = StaffPeople.ethnicities(posts, borough)
    sex = StaffPeople.sexes(posts)
    disability = StaffPeople.disabilities(posts)
    deprivation = StaffPeople.deprivations(posts, borough)
  }

  /// Fills a column by what `code` makes of each person's first post.
  @inline(__always)
  private static func fill(_ posts: StaffPosts, _ code: (Int) -> Int) -> Buffer<UInt8> {
    let people = posts.person.elements
    return Buffer.drawn(people.count) { codes, rows in
      for row in rows {
        let first = Int(people[row]) - 1
        codes[row] = first == row ? UInt8(truncatingIfNeeded: code(row)) : codes[first]
      }
    }
  }

  /// Where people live, after where they work; 1 in 100 addresses could not be placed.
  private static func boroughs(_ posts: StaffPosts) -> Buffer<UInt8> {
    let dice = Dice([[]] + Sample.organisations.map(Sample.residenceWeights(of:)))
    let chance = Chance(.borough)
    let organisations = posts.organisation.elements
    return fill(posts) { row in
      let random = chance[row]
      return random.isAmong(10, bit: 16) ? 0 : dice(Int(organisations[row]), random) + 1
    }
  }

  /// Ethnic categories, after the borough's residents, the band, the staff group and the year of
  /// joining: the share of minorities falls as bands rise, and rises from year to year.
  private static func ethnicities(_ posts: StaffPosts, _ borough: Buffer<UInt8>) -> Buffer<UInt8> {
    let outside = Sample.residences.count - 1
    let dice = Sample.ethnicityDice
    let shares = Sample.minorityShares
    let ofBand = [Sample.minorityPercentOfBand[Sample.bands.count]] + Sample.minorityPercentOfBand
    // Those who left high bands were Whiter than those who stayed, so that stock changes slowly.
    let ofLeaversBand = ofBand.map { $0 < 70 ? $0 * 3 / 4 : $0 }
    let ofRole = [100] + Sample.roles.map { Sample.minorityPercent(of: $0.group) }
    let notStated = Sample.ethnicities.count
    let chance = Chance(.ethnicity)
    let (boroughs, bands) = (borough.elements, posts.band.elements)
    let (roles, joined) = (posts.role.elements, posts.joined.elements)
    let leaving = posts.left.elements
    return fill(posts) { row in
      let random = chance[row]
      let unknown = random.below(1000, bit: 48)
      if unknown < 30 { return 0 }
      if unknown < 68 { return notStated }
      let place = boroughs[row] > 0 ? Int(boroughs[row]) - 1 : outside
      // 1.2 percent of the share more for each year of joining since 2008, and less before it.
      let trend = 1000 + max(-110, min(100, (Int(joined[row]) - 13_879) * 12 / 365))
      let percent =
        (leaving[row] > 0 ? ofLeaversBand : ofBand)[Int(bands[row])] * ofRole[Int(roles[row])]
      let share = shares[place] * percent / 10_000 * trend / 1000
      let isMinority = random.below(65_536, bit: 16) < share
      return dice(place * 2 + (isMinority ? 1 : 0), random) + 1
    }
  }

  private static func sexes(_ posts: StaffPosts) -> Buffer<UInt8> {
    let women = [0] + Sample.roles.map(\.women)
    let chance = Chance(.sex)
    let roles = posts.role.elements
    return fill(posts) { row in chance[row].isAmong(women[Int(roles[row])], bit: 0) ? 1 : 2 }
  }

  /// Disability: few declare one, fewer as bands rise, and those who joined before records asked for
  /// it have mostly never declared anything.
  private static func disabilities(_ posts: StaffPosts) -> Buffer<UInt8> {
    let dice = Dice([
      [770, 36, 160, 34], [560, 30, 350, 60], [790, 26, 155, 29], [590, 20, 335, 55],
    ])
    let firstAsked = 13_514  // 1 January 2007
    let firstSenior = UInt8(Sample.Band.eightA.rawValue + 1)
    let chance = Chance(.disability)
    let (bands, joined) = (posts.band.elements, posts.joined.elements)
    return fill(posts) { row in
      let isSenior = bands[row] >= firstSenior || bands[row] == 0
      let number = dice((isSenior ? 2 : 0) + (Int(joined[row]) < firstAsked ? 1 : 0), chance[row])
      return number == 3 ? 0 : number + 1
    }
  }

  /// Deprivation of the area of residence: that of the borough, milder as bands rise.
  private static func deprivations(_ posts: StaffPosts, _ borough: Buffer<UInt8>) -> Buffer<UInt8> {
    let dice = Dice(
      [[]]
        + Sample.deprivationWeights.flatMap { weights in
          [[14, 12, 10, 8, 6], [10, 10, 10, 10, 10], [5, 8, 10, 13, 16]].map { tilt in
            zip(weights, tilt).map { $0 * $1 }
          }
        })
    let chance = Chance(.deprivation)
    let (boroughs, bands) = (borough.elements, posts.band.elements)
    return fill(posts) { row in
      let random = chance[row]
      guard boroughs[row] > 0, !random.isAmong(6, bit: 16) else { return 0 }
      let band = Int(bands[row])
      let level = band == 0 || band > 7 ? 2 : band > 4 ? 1 : 0
      return dice(1 + (Int(boroughs[row]) - 1) * 3 + level, random) + 1
    }
  }
}
