/// A problem of the catalogue.
///
/// Each topic has an enum with one case a message, sorted by name.
///
/// Wording: third person, lower case, British spelling, no full stop; the hint is the way out.
protocol CataloguedProblem: Hashable, Sendable {
  var wording: Wording { get }
}

/// How a problem is told.
struct Wording: Hashable, Sendable {
  var message: String
  var hint: String?

  init(_ message: String, _ hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

extension Diagnostic {
  init(
    _ problem: some CataloguedProblem, at range: SourceRange, fix: Fix? = nil,
    isIncomplete: Bool = false
  ) {
    let wording = problem.wording
    self.init(
      .error, wording.message, at: range, hint: wording.hint, fix: fix, isIncomplete: isIncomplete)
  }
}

/// The hint for a near miss, or nil when nothing is near.
func didYouMean(_ suggestion: String?) -> String? {
  suggestion.map { "did you mean '\($0)'?" }
}

/// Somebody's text as a message shows it: escaped, and cut when it is long.
func short(_ text: String) -> String {
  let start = text.prefix(40)
  return visible(String(start)) + (start.endIndex < text.endIndex ? "…" : "")
}

/// Words as English lists them: `row, column or total`.
func listed(_ words: [String]) -> String {
  guard words.count > 1, let last = words.last else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
