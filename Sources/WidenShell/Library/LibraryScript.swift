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
    .catchmentGap, .raceDisparity, .disabilityDeclared, .costPerCompletion,
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
