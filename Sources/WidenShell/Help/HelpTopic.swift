/// A page of help that is about more than one word.
///
/// Its examples run on the sample, which the tests see to.
struct HelpTopic: Sendable {
  /// One piece of a page.
  enum Part: Sendable {
    /// A paragraph.
    case text(String)
    /// What is written, and beside it what it means.
    case rows([(String, String)])
    /// A query or statement that runs on the sample.
    case example(String)
  }

  /// What `help` takes.
  let name: String
  /// Other words that lead here.
  var otherNames: [String] = []
  /// What the page is about, in one line.
  let summary: String
  /// The page, from top to bottom.
  let parts: [Part]

  /// All pages, in the order in which `help topics` lists them.
  static let all: [HelpTopic] = [
    .looking, .operators, .text, .missing, .dates, .trends, .keys, .percentages, .interval, .with,
    .joins, .names, .charts, .exporting, .protection, .scripts, .editing, .configuration,
    .databases, .sql,
  ]

  /// The page of this name, by any of its names.
  static func named(_ name: String) -> HelpTopic? {
    all.first { $0.name == name || $0.otherNames.contains(name) }
  }

  /// The queries of the page.
  var examples: [String] {
    parts.compactMap { part in
      if case .example(let text) = part { text } else { nil }
    }
  }

  /// The page as it is shown.
  var page: String {
    var text = "\(name): \(summary)\n"
    var wasExample = false
    for part in parts {
      switch part {
      case .text(let paragraph): text += "\n\(paragraph)\n"
      case .rows(let rows): text += "\n" + listing(rows)
      case .example(let query):
        let lines = query.split(separator: "\n").map { "    \($0)\n" }.joined()
        text += (wasExample ? "" : "\n") + lines
      }
      if case .example = part { wasExample = true } else { wasExample = false }
    }
    return text
  }
}

/// Two columns: words, and what they mean.
func listing(_ rows: [(String, String)]) -> String {
  let width = rows.map(\.0.count).max() ?? 0
  return rows.map { name, summary in
    "  \(name)\(String(repeating: " ", count: width - name.count))  \(summary)\n"
  }.joined()
}
