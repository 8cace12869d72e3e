extension Sample {
  /// The NHS 16+1 ethnic categories in their order; Z is not stated.
  static let ethnicities: [Character] = Array("ABCDEFGHJKLMNPRSZ")

  /// How often a category occurs among staff for every 100 residents in it; invented, but the
  /// health service of London does draw more on some communities than on others.
  static let ethnicityTilt: [Character: Int] = [
    "A": 100, "B": 190, "C": 95, "D": 90, "E": 100, "F": 70, "G": 80, "H": 115, "J": 65, "K": 40,
    "L": 160, "M": 150, "N": 165, "P": 90, "R": 80, "S": 55,
  ]

  /// How many of the residents of each of `residences` have a category, the staff's tilt applied.
  static func ethnicityWeights(isWhite: Bool) -> [[Int]] {
    let everywhere = censusGroups.indices.map { group in residents.reduce(0) { $0 + $1[group] } }
    return (residents + [everywhere]).map { residents in
      var weights = [Int](repeating: 0, count: ethnicities.count)
      for (group, people) in zip(censusGroups, residents)
      where "ABC".contains(group.category) == isWhite {
        let category = ethnicities.firstIndex(of: group.category) ?? 0
        weights[category] += people * (ethnicityTilt[group.category] ?? 100)
      }
      return weights
    }
  }

  /// The share of black and minority ethnic people in each of `residences`, in 65,536ths.
  static let minorityShares: [Int] =
    residents.map { residents in
      var minority = 0
      for (group, people) in zip(censusGroups, residents) where !"ABC".contains(group.category) {
        minority += people
      }
      return minority << 16 / residents.reduce(0, +)
    } + [25_000]

  /// What a band makes of that share, in percent; the last is for staff without a band, doctors.
  static let minorityPercentOfBand = [112, 109, 104, 100, 109, 95, 76, 60, 51, 42, 36, 30, 23, 100]

  /// What a staff group makes of it, in percent.
  static func minorityPercent(of group: StaffGroup) -> Int {
    switch group {
    case .scientific: 86
    case .clinicalSupport: 114
    case .administrative: 98
    case .therapy: 70
    case .estates: 118
    case .scientists: 100
    case .medical: 94
    case .nursing: 108
    case .students: 100
    }
  }
}
