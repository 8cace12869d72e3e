import Testing
import WidenStatistics

/// The tables of Statistics Norway's GaussSuppression, with its primary and secondary flags.
@Suite("Disclosure: GaussSuppression's tables", .enabled(if: CheckFiles.folder != nil))
struct SuppressionFileTests {
  struct Case: Sendable {
    var name: String
    var dimensions: [String]
    var value: String
    var threshold = 0
    var withholdsZeros = true
    var rules: [DominanceRule] = []
    var isMoney: Bool { !rules.isEmpty }
  }

  static let cases: [Case] = [
    Case(name: "ex1_3d_maxN2", dimensions: ["age", "geo", "year"], value: "freq", threshold: 2),
    Case(
      name: "ex1_3d_maxN3_nozero", dimensions: ["age", "geo", "year"], value: "freq",
      threshold: 3, withholdsZeros: false),
    accidents("mun_accidents_maxN1", 1), accidents("mun_accidents_maxN3", 3),
    accidents("mun_accidents_maxN5", 5), accidents("mun_accidents_nozero_maxN7", 7, false),
    regions("z1_2d_maxN1", 1), regions("z1_2d_maxN3", 3), regions("z1_2d_maxN5", 5),
    regions("z1_2d_maxN7", 7), regions("z1_2d_nozero_maxN3", 3, false),
    regions("z1_2d_nozero_maxN7", 7, false),
    money("mag_dom_n1_k80", [.share(largest: 1, percent: 80)]),
    money(
      "mag_dom_n12_k8090",
      [.share(largest: 1, percent: 80), .share(largest: 2, percent: 90)]),
    money("mag_p_percent10", [.remainder(percent: 10)]),
  ]

  private static func accidents(_ name: String, _ threshold: Int, _ zeros: Bool = true) -> Case {
    Case(
      name: name, dimensions: ["mun", "inj"], value: "freq", threshold: threshold,
      withholdsZeros: zeros)
  }

  private static func regions(_ name: String, _ threshold: Int, _ zeros: Bool = true) -> Case {
    Case(
      name: name, dimensions: ["region", "hovedint"], value: "ant", threshold: threshold,
      withholdsZeros: zeros)
  }

  private static func money(_ name: String, _ rules: [DominanceRule]) -> Case {
    Case(name: name, dimensions: ["sector4", "geo"], value: "value", rules: rules)
  }

  private func path(_ name: String) -> String { "sdc/suppression/\(name).csv" }

  /// The table in whole units, here tenths for money, with the contributions to each cell.
  private func input(_ test: Case) throws
    -> (table: CountTable, labels: [[String]], contributions: [[Double]])
  {
    let rows = try CheckFiles.rows(path(test.name + "_input"))
    let counted = try rows.map { row in
      (
        labels: test.dimensions.map { row.text($0) },
        count: Int((try row.number(test.value) * (test.isMoney ? 10 : 1)).rounded())
      )
    }
    let (table, labels) = try CountTable.tabulate(counted)
    var contributions = [[Double]](repeating: [], count: table.shape.cellCount)
    for row in counted {
      for cell in contributions.indices {
        let isIn = zip(table.shape.levels(of: cell), row.labels).enumerated().allSatisfy {
          let (number, (level, label)) = $0
          return level.map { labels[number][$0] == label } ?? true
        }
        if isIn { contributions[cell].append(Double(row.count)) }
      }
    }
    return (table, labels, contributions)
  }

  @Test(arguments: cases) func flags(_ test: Case) throws {
    let (table, labels, contributions) = try input(test)
    let expected = try CheckFiles.rows(path(test.name + "_expected"))
    #expect(expected.count == table.shape.cellCount)
    // Of money every mark has to hide half a unit at least, which is 5 tenths.
    let policy = try DisclosurePolicy(
      .suppress, threshold: test.threshold, base: 1, window: test.isMoney ? 50 : 5,
      withholdsZeros: test.withholdsZeros && !test.isMoney)
    let dominated = contributions.indices.filter { cell in
      test.rules.contains { $0.isDominated(contributions[cell]) }
    }
    let found = try protect(table, policy: policy, given: Set(dominated))
    var package = 0
    for row in expected {
      let levels = zip(test.dimensions, labels).map { name, labels in
        labels.firstIndex(of: row.text(name))
      }
      let cell = try #require(table.shape.cell(levels))
      if !test.isMoney { #expect(Double(table.counts[cell]) == row[test.value]) }
      let isPrimary =
        if case .primary = found.reasons[cell] { true } else { false }
      #expect(isPrimary == (row["primary"] == 1), "\(test.name) \(levels)")
      package += row["suppressed"] == 1 ? 1 : 0
    }
    #expect(!found.isWithheldWhole)
    #expect(found.verdict.isSafe)
    #expect(cellsThatFollow(from: found.written) == [])
    #expect(Double(found.verdict.withheld) <= 1.5 * Double(package))
  }
}
