import Testing
import WidenLanguage
import WidenShell

/// A published table of counts answers as the people do whom it counts.
@Suite struct CountedRowsTests {
  private static let counted =
    "from staff | snapshot at 2015-03-31 | summarise count as people"
    + " by sex, ethnic_group, age_band, imd_quintile, organisation, tier"

  private static let steps = [
    #"likelihood of tier = "upper" for ethnic_group "White" against "BME" by sex with total"#,
    #"likelihood of tier = "upper" for imd_quintile 1 against missing by organisation"#,
    #"funnel ethnic_group = "BME" among ethnic_group != "Not known" by organisation"#,
    #"funnel tier = "upper" by organisation with overdispersion"#,
    #"standardise tier = "upper" over age_band using standard_population.people by ethnic_group"#,
    #"standardise tier = "upper" over age_band using total by organisation"#,
  ]

  /// Added up because they have been counted, and because the step says so.
  @Test(arguments: steps) func addUp(step: String) throws {
    let people = try answer("from staff | snapshot at 2015-03-31 | \(step)")
    #expect(people.rowCount > 0)
    try compare(people, try answer("\(Self.counted) | \(step)"), step)
    let using = step.replacing(/( by (?:organisation|sex)\b| over )/, maxReplacements: 1) {
      " using people" + $0.1
    }
    try compare(
      people, try answer("\(Self.counted) | derive 2 * people as twice | \(using)"), using)
  }

  @Test(arguments: [
    (
      #"summarise rate tier = "upper" among tier is recorded with interval 90% by sex"#,
      #"summarise rate tier = "upper" among tier is recorded using people with interval 90% by sex"#
    ),
    (
      #"inequality of rate tier = "upper" across imd_quintile by sex"#,
      #"inequality of rate tier = "upper" using people across imd_quintile by sex"#
    ),
    (
      #"control rate tier = "upper" over imd_quintile"#,
      #"control rate tier = "upper" using people over imd_quintile"#
    ),
  ])
  func figures(ofPeople: String, ofCounts: String) throws {
    try compare(
      try answer("from staff | snapshot at 2015-03-31 | \(ofPeople)"),
      try answer("\(Self.counted) | \(ofCounts)"), ofCounts)
  }

  private func compare(_ one: PipeAnswer, _ other: PipeAnswer, _ place: String) throws {
    #expect(one.columns.map(\.name) == other.columns.map(\.name), "\(place)")
    #expect(one.rowCount == other.rowCount, "\(place)")
    guard one.rowCount == other.rowCount, one.columns.count == other.columns.count else { return }
    for row in 0..<one.rowCount {
      for column in one.columns.indices {
        let (a, b) = (one.value(row, column), other.value(row, column))
        #expect(a == b, "\(place): row \(row), \(one.columns[column].name)")
      }
    }
  }

  private func answer(_ query: String) throws -> PipeAnswer {
    let session = try unprotected(ShellOptions(source: .sample(posts: 6000)))
    switch session.runForPipe(query, parameters: [:], isCancelled: { false }) {
    case .answer(let answer): return answer
    case .failure(let problems):
      throw CheckFailure(message: problems.map(\.message).joined(separator: "; "))
    case .cancelled: throw CheckFailure(message: "cancelled")
    }
  }
}
