extension Sample {
  /// The 13 boroughs of north central and east London, in the order of the census tables here.
  static let boroughs = [
    "Barking and Dagenham", "Barnet", "Camden", "City of London", "Enfield", "Hackney", "Haringey",
    "Havering", "Islington", "Newham", "Redbridge", "Tower Hamlets", "Waltham Forest",
  ]

  /// Where a person may live: one of the boroughs, or somewhere else.
  static let residences = boroughs + ["Outside the area"]

  /// Where an organisation may have its headquarters: one of them stands in Harrow.
  static let headquarters = (boroughs + ["Harrow"]).sorted()

  /// Where the staff of each trust live, by `residences`, in percent; invented.
  static let residenceWeights: [String: [Int]] = [
    "R1H": [6, 1, 1, 1, 1, 6, 1, 5, 2, 15, 10, 14, 10, 27],
    "RAL": [1, 20, 12, 0, 11, 3, 7, 1, 5, 1, 1, 2, 2, 34],
    "RAN": [1, 14, 3, 0, 4, 1, 3, 1, 2, 1, 1, 1, 1, 67],
    "RAP": [1, 5, 1, 0, 36, 4, 18, 1, 2, 2, 2, 2, 6, 20],
    "RAT": [13, 1, 1, 0, 2, 3, 1, 24, 1, 6, 15, 2, 12, 19],
    "RF4": [15, 1, 0, 0, 1, 1, 1, 30, 1, 6, 18, 2, 4, 20],
    "RKE": [1, 8, 9, 0, 8, 7, 17, 1, 21, 2, 1, 3, 3, 19],
    "RNK": [1, 11, 16, 1, 5, 7, 9, 1, 11, 2, 1, 3, 3, 29],
    "RP4": [2, 7, 9, 1, 5, 7, 6, 3, 10, 4, 4, 5, 4, 33],
    "RP6": [3, 6, 5, 1, 6, 9, 5, 4, 10, 5, 6, 6, 5, 29],
    "RQX": [2, 2, 2, 0, 4, 34, 6, 2, 5, 8, 5, 6, 10, 14],
    "RRP": [1, 15, 3, 0, 25, 5, 20, 1, 4, 2, 1, 2, 5, 16],
    "RRV": [2, 8, 12, 1, 5, 6, 6, 2, 12, 4, 3, 5, 4, 30],
    "RWK": [4, 1, 2, 1, 2, 14, 3, 4, 3, 15, 8, 18, 7, 18],
    "TAF": [1, 10, 16, 0, 7, 8, 12, 1, 18, 2, 1, 3, 4, 17],
  ]

  /// The same for an organisation that is not listed: a third live in its own borough.
  static func residenceWeights(of organisation: Organisation) -> [Int] {
    residenceWeights[organisation.code]
      ?? residences.map {
        $0 == organisation.borough ? 33 : $0 == residences.last ? 31 : 3
      }
  }

  /// How many in a hundred of a borough's staff live in areas of each deprivation quintile, the most
  /// deprived first; invented after the boroughs' scores in the English Indices of Deprivation 2019.
  static let deprivationWeights: [[Int]] = [
    [44, 36, 14, 5, 1], [8, 22, 30, 25, 15], [18, 27, 24, 18, 13], [6, 16, 28, 28, 22],
    [28, 26, 20, 15, 11], [42, 38, 14, 4, 2], [32, 28, 20, 13, 7], [9, 22, 28, 25, 16],
    [30, 34, 22, 10, 4], [35, 42, 17, 5, 1], [9, 24, 32, 24, 11], [33, 30, 18, 12, 7],
    [24, 36, 26, 11, 3], [14, 20, 22, 22, 22],
  ]
}
