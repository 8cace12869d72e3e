/// The codes of the terms of a post: hours, pay, and why it ended.
struct StaffTerms {
  /// Hundredths of full time.
  let fte: Buffer<UInt8>
  /// Pounds a year at full time, less the lowest pay there is, plus 1.
  let salary: Buffer<UInt32>
  /// Index into `reasons`, plus 1; missing for those in post.
  let reason: Buffer<UInt8>

  static let reasons = [
    "Dismissal", "Employee transfer", "End of fixed-term contract", "Redundancy", "Retirement",
    "Voluntary resignation",
  ]

  init(_ posts: StaffPosts, _ people: StaffPeople) {
    fte = StaffTerms.hours(posts, people.sex)
    salary = StaffTerms.salaries(posts)
    reason = StaffTerms.leavingReasons(posts)
  }

  /// Full time for most; a third of women work part time, and so does everybody with two posts.
  private static func hours(_ posts: StaffPosts, _ sex: Buffer<UInt8>) -> Buffer<UInt8> {
    let parts = [100, 96, 92, 88, 80, 75, 67, 64, 60, 53, 50, 40]
    let women = [640, 12, 22, 10, 96, 28, 22, 30, 72, 18, 40, 10]
    let men = [872, 8, 10, 4, 38, 8, 6, 8, 22, 6, 12, 6]
    let twoPosts = [0, 0, 0, 0, 0, 0, 0, 0, 30, 10, 40, 20]
    let dice = Dice([[], women, men, twoPosts])
    let second = Chance(.secondPost)
    let chance = Chance(.fte)
    let (people, sexes) = (posts.person.elements, sex.elements)
    return Buffer.drawn(people.count) { codes, rows in
      for row in rows {
        let isOneOfTwo =
          Int(people[row]) - 1 != row
          || (row & 15 < 8 && row + 8 < people.count
            && StaffPosts.isSecondPost(row + 8, second))
        codes[row] = UInt8(parts[dice(isOneOfTwo ? 3 : Int(sexes[row]), chance[row])])
      }
    }
  }

  /// Pay between the limits of the band, or of the role for doctors, higher after more years.
  private static func salaries(_ posts: StaffPosts) -> Buffer<UInt32> {
    let steps = 8
    let ofRole = [(lowest: 0, highest: 0)] + Sample.roles.map(\.pay)
    let ofBand = [(lowest: 0, highest: 0)] + Sample.pay
    let lowest = Sample.payLimits.lowest
    let chance = Chance(.salary)
    let (roles, bands, joined) = (posts.role.elements, posts.band.elements, posts.joined.elements)
    let leaving = posts.left.elements
    return Buffer.drawn(roles.count) { codes, rows in
      for row in rows {
        let pay = bands[row] > 0 ? ofBand[Int(bands[row])] : ofRole[Int(roles[row])]
        let end =
          leaving[row] > 0
          ? Sample.firstLeavingDay + Int(leaving[row]) - 1 : Sample.extractDay
        let years = (end - Int(joined[row])) / 365
        let step = min(steps, years + chance[row].below(4, bit: 0))
        codes[row] = UInt32(pay.lowest + (pay.highest - pay.lowest) * step / steps - lowest + 1)
      }
    }
  }

  /// Why people left, after their age; contracts of junior doctors end.
  private static func leavingReasons(_ posts: StaffPosts) -> Buffer<UInt8> {
    let dice = Dice([
      [24, 60, 90, 26, 0, 800], [20, 60, 50, 60, 130, 680], [10, 25, 20, 45, 720, 180],
      [4, 40, 780, 2, 0, 174],
    ])
    let isJunior = [false] + Sample.roles.map { $0.ages == .junior }
    let chance = Chance(.reason)
    let (ages, roles, leaving) = (posts.age.elements, posts.role.elements, posts.left.elements)
    return Buffer.drawn(roles.count) { codes, rows in
      for row in rows where leaving[row] > 0 {
        let age = Int(ages[row]) + 15
        let die = isJunior[Int(roles[row])] ? 3 : age < 52 ? 0 : age < 59 ? 1 : 2
        let random = chance[row]
        // 2 in 100 leavers gave no reason.
        codes[row] = random.isAmong(20, bit: 16) ? 0 : UInt8(dice(die, random) + 1)
      }
    }
  }
}
