internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  public var greeting: String {
    var lines = ["widen \(version) · \(datasetLine)"]
    lines += openingNotes.map { "note: \(visible($0))" }
    lines.append("Type a question, such as  \(firstQuestion)")
    lines.append("Tab completes, help explains, Ctrl-D leaves.")
    return lines.joined(separator: "\n") + "\n"
  }

  private var datasetLine: String {
    let dataset = state.dataset
    guard !dataset.entries.isEmpty else { return "no dataset: load \"file.csv\" reads one" }
    let tables = dataset.entries.map {
      "\($0.description.name) \(grouped($0.description.rowCount))"
    }
    let synthetic = dataset.isSynthetic ? " Synthetic data: its people are invented." : ""
    return "\(visible(dataset.name)): \(tables.joined(separator: ", ")).\(synthetic)"
  }

  private var firstQuestion: String {
    switch options.source {
    case .sample: "from staff | where band in \"2\"..\"4\" | count by ethnicity | share"
    case .empty: "load \"staff.csv\""
    case .files: "from \(state.dataset.entries.first?.description.name ?? "table") | take 5"
    }
  }
}
