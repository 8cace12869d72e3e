internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish
internal import WidenStatistics

extension Session {
  /// What a terminal shows at the start: the dataset, its size, and how to get help.
  public var greeting: String {
    var lines = ["widen \(version) · \(visible(datasetName))"]
    lines += tableLines
    if state.dataset.isSynthetic { lines.append("Synthetic data: the people are invented.") }
    lines += openingNotes.map { "note: \(visible($0))" }
    if isAboutPeople {
      lines.append("policy \(state.settings.policy.name): what leaves protects small numbers")
    }
    lines.append(
      isNew
        ? "New here? Type help tour: five questions show how it works."
        : "Ask, such as: \(firstQuestion)")
    lines.append("Tab completes · help explains · Ctrl-D leaves")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether nobody has asked the sample anything yet.
  private var isNew: Bool {
    guard case .sample = options.source else { return false }
    return history?.entries.isEmpty == true
  }

  private var datasetName: String {
    state.dataset.entries.isEmpty ? "no dataset" : state.dataset.name
  }

  /// The tables with their rows, as many to a line as the terminal holds.
  private var tableLines: [String] {
    let width = options.width() ?? 80
    var lines: [String] = []
    for entry in state.dataset.entries {
      let name = "\(visible(entry.description.name)) \(grouped(entry.description.rowCount))"
      if let last = lines.last, cellWidth(last) + cellWidth(name) + 3 <= width {
        lines[lines.count - 1] = last + " · " + name
      } else {
        lines.append(name)
      }
    }
    return lines
  }

  private var firstQuestion: String {
    switch options.source {
    case .sample: "from staff | where band in \"2\"..\"4\" | count by ethnicity | share"
    case .empty: "load \"staff.csv\""
    case .files: "from \(state.dataset.entries.first?.description.name ?? "table") | take 5"
    }
  }
}
