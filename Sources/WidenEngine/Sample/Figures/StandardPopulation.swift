extension Sample {
  /// The European Standard Population of 2013 by five years of age, 0-4 first and 90+ last.
  ///
  /// Source: Eurostat, Revision of the European Standard Population, 2013.
  static let europeanStandard = [
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000,
    2500, 1500, 1000,
  ]

  /// The first age of each of `ageBands`.
  static let firstAges = [0, 16, 25, 35, 45, 55, 65]

  /// The standard population in `ageBands`; each year of five has a fifth of their people.
  static let standardPeople: [Int] = {
    var people = [Int](repeating: 0, count: ageBands.count)
    for (index, fiveYears) in europeanStandard.enumerated() {
      for age in index * 5..<index * 5 + 5 {
        let band = firstAges.lastIndex { $0 <= age } ?? 0
        people[band] += fiveYears / 5
      }
    }
    return people
  }()
}
