import WidenLanguage

/// The codes of what belongs to a post: who holds it, where, as what, from when until when.
///
/// Every column is filled from the columns before it, one pass each. Code 0 is missing.
struct StaffPosts {
  let rows: Int
  /// The row of the holder's first post, plus 1.
  let person: Buffer<UInt32>
  /// Index into `Sample.organisations`, plus 1.
  let organisation: Buffer<UInt8>
  /// Index into `Sample.roles`, plus 1.
  let role: Buffer<UInt8>
  /// Index into `Sample.bands`, plus 1; missing for doctors.
  let band: Buffer<UInt8>
  /// Days from `Sample.firstLeavingDay`, plus 1; missing for those in post.
  let left: Buffer<UInt16>
  /// Age on the day of the extract, less 16, plus 1.
  let age: Buffer<UInt8>
  /// Days since 1 January 1970.
  let joined: Buffer<UInt16>

  init(posts: Int) {
    rows = Sample.rows(posts: posts)
    person = StaffPosts.people(rows)
    organisation = StaffPosts.organisations(person)
    role = StaffPosts.roles(person, organisation)
    band = StaffPosts.bands(person, role)
    left = StaffPosts.leavingDays(role)
    age = StaffPosts.ages(person, role, band, left)
    joined = StaffPosts.joiningDays(role, age, left)
  }

  /// Whether a row is the second post of the person eight rows before; about 4 in 100 hold two.
  @inline(__always)
  static func isSecondPost(_ row: Int, _ chance: Chance) -> Bool {
    row & 15 >= 8 && chance[row].isAmong(100, bit: 0) && !Sample.isEnded(row)
      && !Sample.isEnded(row - 8)
  }

  private static func people(_ rows: Int) -> Buffer<UInt32> {
    let chance = Chance(.secondPost)
    return Buffer.drawn(rows) { codes, rows in
      for row in rows {
        codes[row] = UInt32(row + 1 - (isSecondPost(row, chance) ? 8 : 0))
      }
    }
  }

  /// Organisations by their headcounts; a quarter of the second posts are in another trust.
  private static func organisations(_ person: Buffer<UInt32>) -> Buffer<UInt8> {
    let headcounts = Sample.organisations.map(\.headcount)
    let trusts = Sample.organisations.map { $0.kind == .commissioning ? 0 : $0.headcount }
    let dice = Dice([headcounts, trusts], bits: 16)
    let chance = Chance(.organisation)
    let people = person.elements
    return Buffer.drawn(people.count) { codes, rows in
      for row in rows {
        let first = Int(people[row]) - 1
        let random = chance[row]
        let isElsewhere = first != row && random.isAmong(250, bit: 16)
        codes[row] =
          first == row || isElsewhere
          ? UInt8(dice(isElsewhere ? 1 : 0, random) + 1) : codes[first]
      }
    }
  }

  private static func roles(_ person: Buffer<UInt32>, _ organisation: Buffer<UInt8>) -> Buffer<
    UInt8
  > {
    let dice = Dice(roleWeights(), bits: 12)
    let chance = Chance(.role)
    let kinds = [0] + Sample.organisations.map(\.kind.rawValue)
    let (people, organisations) = (person.elements, organisation.elements)
    return Buffer.drawn(people.count) { codes, rows in
      for row in rows {
        let first = Int(people[row]) - 1
        if first == row {
          let die = kinds[Int(organisations[row])] * 2 + (Sample.isEnded(row) ? 1 : 0)
          codes[row] = UInt8(dice(die, chance[row]) + 1)
        } else {
          codes[row] = codes[first]
        }
      }
    }
  }

  /// For each kind of organisation: the weights of the roles among those in post and among leavers.
  private static func roleWeights() -> [[Int]] {
    Sample.Organisation.Kind.allCases.flatMap { kind in
      let weight: (Sample.Role) -> Int = {
        kind == .commissioning ? $0.commissioningWeight : $0.weight
      }
      var totals = [Int](repeating: 0, count: Sample.StaffGroup.allCases.count)
      for role in Sample.roles { totals[role.group.rawValue] += weight(role) }
      let inPost = Sample.roles.map { role in
        let group = role.group.weights
        let share =
          switch kind {
          case .acute, .specialist: group.acute
          case .mentalHealth: group.mentalHealth
          case .commissioning: group.commissioning
          }
        return weight(role) * share * 1000 / max(1, totals[role.group.rawValue])
      }
      return [inPost, zip(inPost, Sample.roles).map { $0 * $1.leavers }]
    }
  }

  private static func bands(_ person: Buffer<UInt32>, _ role: Buffer<UInt8>) -> Buffer<UInt8> {
    let dice = Dice(
      [[]]
        + Sample.roles.map { role in
          [Int](repeating: 0, count: role.lowestBand.rawValue) + role.bandWeights
        })
    let hasBand = [false] + Sample.roles.map { !$0.bandWeights.isEmpty }
    let chance = Chance(.band)
    let (people, roles) = (person.elements, role.elements)
    return Buffer.drawn(people.count) { codes, rows in
      for row in rows where hasBand[Int(roles[row])] {
        codes[row] = UInt8(dice(Int(roles[row]), chance[Int(people[row]) - 1]) + 1)
      }
    }
  }
}
