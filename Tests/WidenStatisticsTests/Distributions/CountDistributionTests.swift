import Testing
import WidenStatistics

/// Reference values were computed with 60 digits by mpmath 1.3, from the same binary inputs.
@Suite("Distributions of counts")
struct CountDistributionTests {
  struct Reference {
    var parameter: Double
    var count: Int
    var probability: Double
    var cumulative: Double
    var upper: Double
  }

  @Test(arguments: [
    (1, Reference(parameter: 0.3, count: 0, probability: 0.7, cumulative: 0.7, upper: 1)),
    (
      10,
      Reference(
        parameter: 0.5, count: 2, probability: 0.0439453125, cumulative: 0.0546875,
        upper: 0.9892578125)
    ),
    (
      20,
      Reference(
        parameter: 0.01, count: 3, probability: 0.000_960_955_240_457_676_703_48,
        cumulative: 0.999_957_379_072_357_559_86, upper: 0.001_003_576_168_100_116_842_5)
    ),
    (
      100,
      Reference(
        parameter: 0.999, count: 95, probability: 6.846_117_883_833_947_345_7e-8,
        cumulative: 6.956_098_934_022_650_892_2e-8, upper: 0.999_999_998_900_189_498_11)
    ),
    (
      389,
      Reference(
        parameter: 0.3, count: 117, probability: 0.044_047_272_243_541_974_625,
        cumulative: 0.538_167_265_702_668_745_29, upper: 0.505_880_006_540_873_229_34)
    ),
    (
      1000,
      Reference(
        parameter: 0.5, count: 300, probability: 5.065_988_280_449_260_621_9e-38,
        cumulative: 8.832_839_003_975_068_570_2e-38, upper: 1)
    ),
    (
      1000,
      Reference(
        parameter: 0.02, count: 60, probability: 1.287_414_827_198_250_485_3e-13,
        cumulative: 0.999_999_999_999_941_591_43, upper: 1.871_500_539_909_214_920_2e-13)
    ),
  ])
  func binomial(_ trials: Int, _ expected: Reference) throws {
    let found = try BinomialDistribution(trials: trials, probability: expected.parameter)
    check(found.probability(of: expected.count), expected.probability, within: 1e-12)
    check(found.cumulative(expected.count), expected.cumulative, within: 1e-12)
    check(found.upperTail(expected.count), expected.upper, within: 1e-12)
  }

  @Test func binomialOfABillion() throws {
    let found = try BinomialDistribution(trials: 1_000_000_000, probability: 0.25)
    check(found.probability(of: 250_020_000), 0.000_010_026_714_221_455_061_446, within: 1e-12)
    check(found.upperTail(250_020_000), 0.072_069_477_827_202_077_452, within: 1e-11)
    #expect(try found.quantile(0.5) == 250_000_000)
  }

  @Test(arguments: [
    Reference(
      parameter: 0.001, count: 0, probability: 0.999_000_499_833_374_991_65,
      cumulative: 0.999_000_499_833_374_991_65, upper: 1),
    Reference(
      parameter: 4, count: 4, probability: 0.195_366_814_813_164_589_8,
      cumulative: 0.628_836_935_179_873_523_42, upper: 0.566_529_879_633_291_066_38),
    Reference(
      parameter: 4, count: 9, probability: 0.013_231_191_691_050_300_262,
      cumulative: 0.991_867_757_203_061_136_84, upper: 0.021_363_434_487_984_163_417),
    Reference(
      parameter: 100, count: 60, probability: 4.470_714_742_875_306_088e-6,
      cumulative: 0.000_010_812_218_170_244_076_841, upper: 0.999_993_658_496_572_631_23),
    Reference(
      parameter: 1000.5, count: 1100, probability: 0.000_099_845_930_096_067_034_295,
      cumulative: 0.999_083_659_167_453_357_7, upper: 0.001_016_186_762_642_709_338_4),
    Reference(
      parameter: 1e6, count: 1_003_000, probability: 4.445_143_581_879_103_654_8e-6,
      cumulative: 0.998_646_409_870_898_750_81, upper: 0.001_358_035_272_683_128_294),
  ])
  func poisson(_ expected: Reference) throws {
    let found = try PoissonDistribution(mean: expected.parameter)
    check(found.probability(of: expected.count), expected.probability, within: 1e-12)
    check(found.cumulative(expected.count), expected.cumulative, within: 1e-12)
    check(found.upperTail(expected.count), expected.upper, within: 1e-12)
  }

  @Test func ends() throws {
    let certain = try BinomialDistribution(trials: 5, probability: 1)
    #expect(certain.probability(of: 5) == 1 && certain.probability(of: 4) == 0)
    #expect(certain.cumulative(4) == 0 && certain.upperTail(5) == 1)
    #expect(certain.probability(of: -1) == 0 && certain.probability(of: 6) == 0)
    let none = try BinomialDistribution(trials: 0, probability: 0.5)
    #expect(none.probability(of: 0) == 1)
    #expect(try none.quantile(0.9) == 0)
    let nothing = try PoissonDistribution(mean: 0)
    #expect(nothing.probability(of: 0) == 1 && nothing.probability(of: 1) == 0)
    #expect(nothing.cumulative(0) == 1 && nothing.upperTail(1) == 0)
    #expect(nothing.cumulative(-1) == 0)
  }

  @Test func quantileIsTheFirstThatReaches() throws {
    let found = try BinomialDistribution(trials: 50, probability: 0.3)
    // Further up the sums are 1 to the last digit.
    for count in 0..<35 {
      let level = found.cumulative(count)
      #expect(try found.quantile(level) == count)
      #expect(try found.quantile(level + (1 - level) * 1e-9) >= count)
    }
  }
}
