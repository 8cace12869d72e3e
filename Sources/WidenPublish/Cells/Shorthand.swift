import WidenEngine

/// The shorthand of published tables.
///
/// Government Analysis Function, "Symbols in tables: definitions and help".
enum Shorthand {
  /// What stands for a value that is missing.
  static let missing = "[x]"

  /// The marks and what they mean, in the order in which they are explained.
  static let all: [(mark: String, meaning: String)] = [
    ("[b]", "break in the series"),
    (TableColumn.withheldMark, "confidential: withheld to protect the people behind the figure"),
    ("[e]", "estimated"),
    ("[f]", "forecast"),
    ("[low]", "low: rounds to zero"),
    ("[ns]", "not statistically significant"),
    ("[p]", "provisional"),
    ("[r]", "revised"),
    ("[u]", "low reliability"),
    ("[w]", "none recorded in the survey"),
    (missing, "not available: no value is recorded"),
    ("[z]", "not applicable"),
  ]

  /// One sentence that explains these marks; nil when there are none.
  static func explanation(of marks: Set<String>) -> String? {
    let used = all.filter { marks.contains($0.mark) }
    guard !used.isEmpty else { return nil }
    return "Shorthand: " + used.map { "\($0.mark) = \($0.meaning)" }.joined(separator: "; ")
  }
}
