extension Sample {
  /// The NHS 16+1 ethnic categories in their order; Z is not stated.
  static let ethnicities: [Character] = Array("ABCDEFGHJKLMNPRSZ")

  /// How many categories, the first ones, are White.
  static let whiteCategories = 3

  /// For each census group the index of its category.
  static let categoryOfGroup = censusGroups.map { ethnicities.firstIndex(of: $0.category) ?? 0 }

  /// How often each category occurs among staff for every 100 residents in it; invented, but the
  /// health service of London does draw more on some communities than on others.
  static let ethnicityTilt = [
    100, 190, 95, 90, 100, 70, 80, 115, 65, 40, 160, 150, 165, 90, 80, 55, 0,
  ]

  /// How many of the residents of each of `residences` have a category, the staff's tilt applied.
  static func ethnicityWeights(isWhite: Bool) -> [[Int]] {
    let everywhere = censusGroups.indices.map { group in residents.reduce(0) { $0 + $1[group] } }
    return (residents + [everywhere]).map { residents in
      var weights = [Int](repeating: 0, count: ethnicities.count)
      for (group, category) in categoryOfGroup.enumerated()
      where (category < whiteCategories) == isWhite {
        weights[category] += residents[group] * ethnicityTilt[category]
      }
      return weights
    }
  }

  /// Two dice for each of `residences`: they alternate, so that choosing White or minority is no branch.
  static let ethnicityDice = Dice(
    zip(ethnicityWeights(isWhite: true), ethnicityWeights(isWhite: false)).flatMap { [$0, $1] })

  /// The share of black and minority ethnic people in each of `residences`, in 65,536ths.
  static let minorityShares: [Int] =
    residents.map { residents in
      var minority = 0
      for (group, category) in categoryOfGroup.enumerated() where category >= whiteCategories {
        minority += residents[group]
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
