import Testing
import WidenStatistics

/// Reference values were computed with 60 digits by mpmath 1.3, from the same binary inputs.
@Suite("Continuous distributions")
struct ContinuousTests {
  @Test(arguments: [
    (-37, 5.725_571_222_524_577_1e-300), (-20, 2.753_624_118_606_233_695_1e-89),
    (-8.5, 9.479_534_822_203_318_354_2e-18), (-3.090_232, 0.001_000_001_030_895_095_017_1),
    (-1.959_964, 0.024_999_999_096_442_401_994), (-0.1, 0.460_172_162_722_971_016_33),
    (0, 0.5), (0.5, 0.691_462_461_274_013_103_64), (2.5, 0.993_790_334_674_223_864_83),
    (6, 0.999_999_999_013_412_354_96),
  ])
  func normal(_ value: Double, _ expected: Double) {
    check(NormalDistribution.cumulative(value), expected, within: 1e-12)
    check(NormalDistribution.upperTail(-value), expected, within: 1e-12)
    if value < 0 { check(NormalDistribution.twoSided(value), 2 * expected, within: 1e-12) }
  }

  @Test(arguments: [
    (1e-300, -37.047_096_299_361_199_237), (1e-20, -9.262_340_089_798_407_579_6),
    (1e-9, -5.997_807_015_007_686_861_4), (0.001, -3.090_232_306_167_813_535_4),
    (0.025, -1.959_963_984_540_054_211_8), (0.2, -0.841_621_233_572_914_165_52),
    (0.5, 0.0), (0.7, 0.524_400_512_708_040_656_31), (0.975, 1.959_963_984_540_053_855_6),
    (0.999, 3.090_232_306_167_813_277_8), (0.999_999, 4.753_424_308_817_087_765_7),
  ])
  func normalQuantile(_ probability: Double, _ expected: Double) throws {
    check(try NormalDistribution.quantile(probability), expected, within: 1e-14)
  }

  @Test(arguments: [
    (1, -1000.0, 0.000_318_309_780_080_558_938_87), (1, -0.3, 0.407_226_420_922_257_659_68),
    (2, 1.5, 0.863_803_437_554_499_460_28), (3.5, -7.25, 0.001_581_359_139_040_391_834_9),
    (10, 2.228139, 0.975_000_006_273_558_719_12), (30, -0.01, 0.496_043_746_286_588_848_25),
    (30, -12.0, 2.790_092_707_599_628_031_5e-13), (200, 1.96, 0.974_307_579_577_093_355_98),
    (1000, -4.5, 3.796_535_513_249_122_150_2e-6), (1e6, -2.0, 0.022_750_266_925_659_604_211),
  ])
  func student(_ degrees: Double, _ value: Double, _ expected: Double) throws {
    let student = try StudentDistribution(degreesOfFreedom: degrees)
    check(student.cumulative(value), expected, within: 1e-12)
    check(student.upperTail(-value), expected, within: 1e-12)
    if value < 0 { check(student.twoSided(value), 2 * expected, within: 1e-12) }
  }

  @Test(arguments: [
    (1, 1e-10, -3_183_098_861.837_906_599_3), (1, 0.4, -0.324_919_696_232_906_249_03),
    (2, 0.25, -0.816_496_580_927_726_032_73), (5, 0.975, 2.570_581_835_636_314_782_8),
    (10, 0.025, -2.228_138_851_986_274_715_7), (10, 0.50001, 0.000_025_699_780_352_299_892_646),
    (30, 1e-6, -5.871_117_120_418_882_661_7), (120, 0.995, 2.617_421_145_106_865_687_6),
    (1e5, 0.9, 1.281_560_031_449_361_140_6),
  ])
  func studentQuantile(_ degrees: Double, _ probability: Double, _ expected: Double) throws {
    let student = try StudentDistribution(degreesOfFreedom: degrees)
    check(try student.quantile(probability), expected, within: 1e-12)
    #expect(try student.quantile(0.5) == 0)
  }

  @Test(arguments: [
    (1, 1e-8, 0.000_079_788_455_947_305_776_488, 0.999_920_211_544_052_694_22),
    (1, 3.841459, 0.950_000_005_346_804_233_61, 0.049_999_994_653_195_766_393),
    (1, 1400, 1.0, 2.101_014_516_264_217_495e-306),
    (2, 0.5, 0.221_199_216_928_595_131_75, 0.778_800_783_071_404_868_25),
    (3, 30, 0.999_998_619_942_968_706_75, 1.380_057_031_293_254_728_2e-6),
    (4.5, 4.5, 0.588_649_776_432_306_742_34, 0.411_350_223_567_693_257_66),
    (10, 2, 0.003_659_846_827_343_712_345_5, 0.996_340_153_172_656_287_65),
    (100, 100, 0.518_808_315_472_043_281_89, 0.481_191_684_527_956_718_11),
    (100, 250, 0.999_999_999_999_992_233_06, 7.766_936_403_539_177_070_1e-15),
    (1000, 800, 8.109_381_078_799_159_785_7e-7, 0.999_999_189_061_892_120_08),
    (1e6, 1_003_000, 0.982_983_227_066_733_684_91, 0.017_016_772_933_266_315_089),
  ])
  func chiSquared(_ degrees: Double, _ value: Double, _ lower: Double, _ upper: Double) throws {
    let distribution = try ChiSquaredDistribution(degreesOfFreedom: degrees)
    check(distribution.cumulative(value), lower, within: 1e-12)
    check(distribution.upperTail(value), upper, within: 1e-12)
  }

  @Test(arguments: [
    (1, 1e-12, 1.570_796_326_794_896_556e-24), (1, 0.95, 3.841_458_820_694_124_469_1),
    (2, 0.001, 0.002_001_000_667_167_067_042), (4, 0.025, 0.484_418_557_087_929_820_4),
    (20, 0.975, 34.169_606_902_838_337_208), (131, 0.999, 186.762_128_637_106_875_13),
    (2000, 0.5, 1999.333_372_853_930_364_1), (1e5, 0.025, 99125.373_300_647_351_513),
  ])
  func chiSquaredQuantile(_ degrees: Double, _ probability: Double, _ expected: Double) throws {
    let distribution = try ChiSquaredDistribution(degreesOfFreedom: degrees)
    check(try distribution.quantile(probability), expected, within: 1e-12)
  }

  @Test func extremes() throws {
    let student = try StudentDistribution(degreesOfFreedom: 3)
    #expect(student.cumulative(0) == 0.5)
    #expect(student.twoSided(.infinity) == 0 && student.cumulative(.infinity) == 1)
    #expect(student.twoSided(1e200) >= 0 && student.cumulative(.nan).isNaN)
    let distribution = try ChiSquaredDistribution(degreesOfFreedom: 2e9)
    check(distribution.upperTail(2e9), 0.5, within: 1e-4)
    #expect(distribution.cumulative(-1) == 0 && distribution.upperTail(.infinity) == 0)
    #expect(distribution.cumulative(.nan).isNaN)
    let largest = try ChiSquaredDistribution(degreesOfFreedom: 1e9).quantile(0.975)
    check(largest, 1e9 + 1.959964 * (2e9).squareRoot(), within: 1e-8)
  }
}
