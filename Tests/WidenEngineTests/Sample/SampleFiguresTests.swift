import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("The sample's real figures")
struct SampleFiguresTests {
  /// All residents and those of the White groups in 2021, as published for each borough.
  static let census: [(borough: String, all: Int, white: Int)] = [
    ("Barking and Dagenham", 218_871, 98_275), ("Barnet", 389_344, 224_762),
    ("Camden", 210_136, 125_064), ("City of London", 8584, 5955), ("Enfield", 329_985, 171_884),
    ("Hackney", 259_147, 137_709), ("Haringey", 264_238, 150_581), ("Havering", 262_052, 197_314),
    ("Islington", 216_590, 134_754), ("Newham", 351_030, 107_947), ("Redbridge", 310_261, 107_974),
    ("Tower Hamlets", 310_306, 122_266), ("Waltham Forest", 278_428, 147_024),
  ]

  @Test(arguments: census)
  func populationIsThatOfTheCensus(borough: String, all: Int, white: Int) {
    let people = sample.numbers("population", "people").map { $0 ?? 0 }
    let boroughs = sample.texts("population", "borough")
    let groups = sample.texts("population", "census_group")
    var (found, foundWhite) = (0, 0)
    for row in people.indices where boroughs[row] == borough {
      found += people[row]
      if groups[row]?.hasPrefix("White") == true { foundWhite += people[row] }
    }
    #expect(found == all)
    #expect(foundWhite == white)
  }

  @Test func populationHasEveryCellOnce() {
    let columns = ["borough", "census_group", "sex", "age_band"].map {
      sample.texts("population", $0)
    }
    let cells = columns[0].indices.map { row in columns.map { $0[row] } }
    #expect(cells.count == 13 * 19 * 2 * 7)
    #expect(Set(cells).count == cells.count)
    #expect(sample.table(named: "population")?.column(named: "age_band")?.isOrdered == true)
  }

  @Test func populationHasTheCensusShareOfWomenAndWorkingAge() {
    let people = sample.numbers("population", "people").map { $0 ?? 0 }
    let sexes = sample.texts("population", "sex")
    let ages = sample.texts("population", "age_band")
    var (women, working) = (0, 0)
    for row in people.indices {
      if sexes[row] == "Female" { women += people[row] }
      if ages[row] != "0-15" && ages[row] != "65+" { working += people[row] }
    }
    // Published for the 13 boroughs: 1,750,381 women and 2,356,485 people of working age.
    #expect(abs(women - 1_750_381) < 500)
    #expect(abs(working - 2_356_485) < 1500)
  }

  @Test func apportionsByLargestRemainder() {
    #expect(Sample.apportion(10, by: [1, 1, 1]) == [4, 3, 3])
    #expect(Sample.apportion(7, by: [50, 30, 20]) == [4, 2, 1])
    #expect(Sample.apportion(0, by: [3, 4]) == [0, 0])
    #expect(Sample.apportion(100, by: [0, 2, 1]) == [0, 67, 33])
  }

  @Test func organisationsHaveTheirPublishedHeadcounts() {
    let headcounts = sample.numbers("organisations", "headcount").compactMap { $0 }
    #expect(headcounts.count == 27)
    #expect(headcounts.reduce(0, +) == 62_010)
    let codes = sample.texts("organisations", "organisation")
    let names = sample.texts("organisations", "name")
    let whittington = codes.firstIndex(of: "RKE") ?? 0
    #expect(names[whittington] == "Whittington Hospital NHS Trust")
    #expect(headcounts[whittington] == 3667)
    #expect(sample.texts("organisations", "borough")[whittington] == "Islington")
  }

  @Test func postsAreInProportionToHeadcounts() {
    let inPost = sample.posts(on: extractDay)
    let posts = tally(sample.texts("staff", "organisation"), where: inPost)
    let headcounts = sample.numbers("organisations", "headcount")
    for (code, headcount) in zip(sample.texts("organisations", "organisation"), headcounts) {
      let expected = Double(headcount ?? 0) / 62_010 * 20_000
      let found = Double(posts[code] ?? 0)
      #expect(abs(found - expected) < 4 * expected.squareRoot() + 0.03 * expected, "\(code ?? "")")
    }
  }

  @Test func daysAreTheDatesTheyStandFor() {
    #expect(Sample.extractDay == Day(year: 2016, month: 3, day: 31)?.number)
    #expect(Sample.firstLeavingDay == Day(year: 2012, month: 4, day: 1)?.number)
    #expect(Sample.yearStarts == (2012...2016).map { day($0, 4, 1) })
    #expect(Sample.monthStarts.count == 49)
  }

  @Test func tablesOfFiguresFitTogether() {
    #expect(Sample.residents.count == Sample.boroughs.count)
    #expect(Sample.residents.allSatisfy { $0.count == Sample.censusGroups.count })
    #expect(Sample.agesAndSexes.count == Sample.boroughs.count)
    #expect(Sample.deprivationWeights.count == Sample.residences.count)
    #expect(Sample.residenceWeights.values.allSatisfy { $0.count == Sample.residences.count })
    #expect(
      Sample.bands.count == Sample.Band.allCases.count && Sample.pay.count == Sample.bands.count)
    #expect(Sample.minorityPercentOfBand.count == Sample.bands.count + 1)
    #expect(Sample.courses.count == Sample.initiatives.count)
    #expect(
      Sample.courses.allSatisfy { [0, Sample.destinations.count].contains($0.destinations.count) })
    #expect(
      Sample.roles.allSatisfy {
        $0.lowestBand.rawValue + $0.bandWeights.count <= Sample.bands.count
      })
    #expect(Set(Sample.roles.map(\.name)).count == Sample.roles.count)
    #expect(Sample.ethnicityTilt.count == Sample.ethnicities.count)
    let codes = Set(Sample.organisations.map(\.code))
    #expect(Sample.residenceWeights.keys.allSatisfy(codes.contains))
    #expect(Sample.apprenticeStarts.keys.allSatisfy(codes.contains))
    #expect(Sample.nurseTrainingPercent.keys.allSatisfy(codes.contains))
    #expect(Sample.organisations.allSatisfy { Sample.headquarters.contains($0.borough) })
  }
}
