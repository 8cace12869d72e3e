import WidenLanguage

extension Sample {
  /// The age bands of the population; those of staff begin with the second.
  static let ageBands = ["0-15", "16-24", "25-34", "35-44", "45-54", "55-64", "65+"]

  /// One row for each borough, census group, sex and age band.
  ///
  /// The census tables used here give ethnic group, and sex with broad age, by borough, not together.
  /// Each group's total is therefore spread over sexes and ages as the borough's whole population is.
  static func populationTable() -> Dataset.Entry {
    let cells = ageBands.count * 2
    let rows = boroughs.count * censusGroups.count * cells
    let table = TableMaker("population", rows: rows)
    let people = boroughs.indices.flatMap { borough in
      let weights = ageAndSexWeights(borough)
      return residents[borough].flatMap { apportion($0, by: weights) }
    }
    let most = people.max() ?? 0
    let codes: (Int, Int) -> Codes = { count, divisor in
      Codes(count: rows, cardinality: count + 1) { $0 / divisor % count + 1 }
    }
    var columns = [
      table.names(
        "borough", codes(boroughs.count, cells * censusGroups.count), TextDictionary(boroughs), nil,
        "The borough of residence."),
      table.names(
        "census_group", codes(censusGroups.count, cells),
        TextDictionary(censusGroups.map(\.name)), nil,
        "The ethnic group of the census, which counts Chinese as Asian."),
      table.names(
        "sex", codes(2, ageBands.count), TextDictionary(["Female", "Male"]), nil, "The sex."),
      table.names(
        "age_band", codes(ageBands.count, 1), TextDictionary(ageBands), nil, isOrdered: true,
        "The age band, estimated within the census's broad ages."),
      table.numbers(
        "people", Codes(count: rows, cardinality: most + 2) { people[$0] + 1 },
        .integer(minimum: 0),
        cardinality: most + 2, nil, hasMissing: false, "Residents on 21 March 2021."),
    ]
    columns[1].description.mapping = .init(
      name: "ethnicity",
      pairs: censusGroups.map { .init(value: $0.name, code: String($0.category)) })
    return table.entry(
      columns,
      summary:
        "Residents of the 13 boroughs: census totals by ethnic group, estimated by sex and age.")
  }

  /// How a borough's residents spread over sexes and, within each, age bands.
  private static func ageAndSexWeights(_ borough: Int) -> [Int] {
    // Of a thousand people from 16 to 64, how many are in each band; inner London is younger.
    let isInner = [
      "Camden", "City of London", "Hackney", "Haringey", "Islington", "Newham", "Tower Hamlets",
    ]
    .contains(boroughs[borough])
    let working = isInner ? [175, 325, 225, 155, 120] : [160, 230, 240, 200, 170]
    return [agesAndSexes[borough].women, agesAndSexes[borough].men].flatMap { ages in
      // The published youngest group reaches one year further than 15.
      let young = ages.young * 95 / 100
      return [young] + working.map { $0 * ages.working / 1000 }
        + [ages.all - ages.working - young]
    }
  }

  /// Splits a number of people by weights: the whole parts first, the rest to the largest remainders.
  static func apportion(_ people: Int, by weights: [Int]) -> [Int] {
    let total = max(1, weights.reduce(0, +))
    var parts = weights.map { people * $0 / total }
    var remainders = weights.map { people * $0 % total }
    for _ in 0..<(people - parts.reduce(0, +)) {
      guard let largest = remainders.indices.max(by: { remainders[$0] < remainders[$1] }) else {
        break
      }
      parts[largest] += 1
      remainders[largest] = -1
    }
    return parts
  }
}
