import WidenLanguage

extension StaffPosts {
  /// The days on which posts ended, more in some months than in others.
  static func leavingDays(_ role: Buffer<UInt8>) -> Buffer<UInt16> {
    let dice = Dice([
      leavingWeights(.others), leavingWeights(.assistants), leavingWeights(.juniors),
    ])
    let kinds =
      [0]
      + Sample.roles.map { role in
        role.name == Sample.healthcareAssistant ? 1 : role.ages == .junior ? 2 : 0
      }
    let starts = Sample.monthStarts
    let chance = Chance(.left)
    let roles = role.elements
    return Buffer.drawn(roles.count) { codes, rows in
      for row in rows where Sample.isEnded(row) {
        let random = chance[row]
        let month = dice(kinds[Int(roles[row])], random)
        let day = starts[month] + random.below(starts[month + 1] - starts[month], bit: 16)
        codes[row] = UInt16(day - Sample.firstLeavingDay + 1)
      }
    }
  }

  private enum Leavers {
    case others, assistants, juniors
  }

  /// Weights of the 48 months, April first.
  ///
  /// Summer and the end of the year see more leave, junior
  /// doctors rotate in August, and after the November 2014 frameworks fewer assistants go.
  private static func leavingWeights(_ leavers: Leavers) -> [Int] {
    (0..<48).map { month in
      let season = [92, 94, 98, 108, 132, 120, 100, 92, 90, 104, 88, 112][month % 12]
      return switch leavers {
      case .others: season
      case .assistants: month < 31 ? 100 + (season - 100) / 3 : 62 + (season - 100) / 5
      case .juniors: month % 12 == 4 ? 700 : month % 12 == 10 ? 250 : 60
      }
    }
  }

  /// Ages on the day of the extract; those who have left are as much older as they are gone.
  static func ages(
    _ person: Buffer<UInt32>, _ role: Buffer<UInt8>, _ band: Buffer<UInt8>, _ left: Buffer<UInt16>
  ) -> Buffer<UInt8> {
    let patterns = Sample.AgePattern.allCases.map(\.weights)
    // Leavers: more of the young, who move on, and of those about to retire.
    let dice = Dice(
      patterns.flatMap {
        [$0, zip($0, [15, 15, 14, 12, 9, 8, 7, 8, 16, 38, 50, 60]).map { $0 * $1 }]
      })
    let senior = Sample.AgePattern.senior.rawValue
    let patternOfRole = [0] + Sample.roles.map(\.ages.rawValue)
    let chance = Chance(.age)
    let (people, roles, bands) = (person.elements, role.elements, band.elements)
    let leaving = left.elements
    return Buffer.drawn(people.count) { codes, rows in
      for row in rows {
        let first = Int(people[row]) - 1
        if first != row {
          codes[row] = codes[first]
          continue
        }
        let isSenior = bands[row] > UInt8(Sample.Band.seven.rawValue + 1)
        let pattern = isSenior ? senior : patternOfRole[Int(roles[row])]
        let random = chance[row]
        let bin = dice(pattern * 2 + (leaving[row] > 0 ? 1 : 0), random)
        let age = bin == 0 ? 17 + random.below(3, bit: 16) : 15 + bin * 5 + random.below(5, bit: 16)
        codes[row] = UInt8(age + yearsGone(leaving[row]) - 15)
      }
    }
  }

  /// The days on which people started in the post: long ago for the settled, lately for the mobile.
  ///
  /// With exponential times in post the stock of any past day is as large and as settled as that of
  /// the extract, so that snapshots show a workforce and not the remains of one.
  static func joiningDays(
    _ role: Buffer<UInt8>, _ age: Buffer<UInt8>, _ left: Buffer<UInt16>
  ) -> Buffer<UInt16> {
    let isJunior = [false] + Sample.roles.map { $0.ages == .junior }
    let quantiles = exponential
    let chance = Chance(.joined)
    let (roles, ages, leaving) = (role.elements, age.elements, left.elements)
    return Buffer.drawn(roles.count) { codes, rows in
      for row in rows {
        let random = chance[row]
        let hasLeft = leaving[row] > 0
        let end = hasLeft ? Sample.firstLeavingDay + Int(leaving[row]) - 1 : Sample.extractDay
        let isMobile = isJunior[Int(roles[row])] || random.isAmong(hasLeft ? 580 : 290, bit: 0)
        let mean = isMobile ? isJunior[Int(roles[row])] ? 1400 : 1660 : 5600
        let step = random.below(64, bit: 16)
        let low = quantiles[step]
        let high = quantiles[step + 1]
        var days = mean * (low + random.below(high - low, bit: 32)) / 1000
        // Nobody starts before the seventeenth year of life, or before 1970.
        let ageAtEnd = Int(ages[row]) + 15 - yearsGone(leaving[row])
        let longest = min(15_000, max(0, ageAtEnd - 17) * 365 + 90)
        if days > longest { days = longest / 2 + days % (longest / 2 + 1) }
        codes[row] = UInt16(end - max(30, days))
      }
    }
  }

  /// Whole years between leaving and the extract.
  @inline(__always)
  private static func yearsGone(_ left: UInt16) -> Int {
    left > 0 ? (Sample.extractDay - Sample.firstLeavingDay + 1 - Int(left)) / 365 : 0
  }

  /// The quantiles of the exponential distribution with mean 1,000, at each 64th.
  private static let exponential: [Int] = [
    0, 16, 32, 48, 65, 81, 98, 116, 134, 152, 170, 189, 208, 227, 247, 267, 288, 309, 330, 352, 375,
    398, 421, 445, 470, 495, 521, 548, 575, 604, 633, 662, 693, 725, 758, 792, 827, 863, 901, 940,
    981, 1023, 1068, 1114, 1163, 1214, 1269, 1326, 1386, 1451, 1520, 1594, 1674, 1761, 1856, 1962,
    2079, 2213, 2367, 2549, 2773, 3060, 3466, 4159, 5400,
  ]
}
