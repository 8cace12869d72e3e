internal import WidenLanguage

/// A script that is installed with the program: `widen run headcount`.
struct LibraryScript: Sendable {
  /// What `run` takes.
  let name: String
  /// Its help in `##` lines, its parameters, and its queries.
  let text: String

  /// The first line of its help.
  var summary: String? { parse(text).program.help.first }

  /// All of them, in the order in which they are shown.
  static let all: [LibraryScript] = [
    .headcount, .bandShare, .ethnicityByBand, .clinicalBands, .initiativesRunning, .completions,
    .apprenticeshipTarget, .doubledStarts, .movedOn, .ageProfile, .boroughGap,
    .catchmentGap, .wres2, .wres3, .wres4, .wres9, .wdes2, .wdes3, .wdes10, .raceDisparity,
    .turnover, .leaversJoiners, .disabilityDeclared, .costPerCompletion, .wres2Publishable,
    .seniorTrend, .deprivationGap, .participationStandardised, .progressionFunnel, .leaversChart,
    .seniorParity,
  ]

  /// The script of this name, whatever its capitals, with or without `.widen`.
  static func named(_ name: String) -> LibraryScript? {
    let short = name.lowercased()
    return all.first { $0.name == short || $0.name + ".widen" == short }
  }

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text + "\n"
  }
}
