internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish
internal import WidenStatistics

/// What became of an export's figures, and why.
struct Comparison {
  private let export: RecordedExport
  private var resultCount = 0
  private var figureCount = 0
  private var rowCount = 0
  /// The figures that moved, with the title of their result.
  private var moved: [(result: String, figure: MovedFigures.Figure, cause: String?)] = []
  private var sentences: [String] = []
  private var changes = Changes()

  /// Whether anything is not as it was.
  private(set) var hasMoved = false

  /// So many figures that moved are named.
  private static let mostNamed = 1000

  init(of export: RecordedExport) { self.export = export }

  /// Adds what became of one result.
  mutating func add(
    _ result: RecordedExport.Result, _ moved: MovedFigures, _ causes: Causes, _ recipe: Recipe,
    _ protection: Protection?
  ) {
    resultCount += 1
    figureCount += result.figures.figureCount
    rowCount += result.figures.rowCount
    let title = result.title ?? "result \(resultCount)"
    changes.add(from: result, to: recipe, protection, hasMoved: !moved.isSame)
    if moved.isSame { return }
    hasMoved = true
    self.moved += moved.figures.map { (title, $0, causes.of($0)) }
    sentences += moved.sentences.map { export.results.count > 1 ? "\(title): \($0)" : $0 }
  }

  /// The first line: `same: 11 rows, 22 figures`.
  var headline: String {
    let results =
      export.results.count > 1 ? "\(counted(export.results.count, "result")), " : ""
    let day = visible(String(export.time.prefix(10)))
    guard hasMoved else {
      return "same: \(results)\(counted(rowCount, "row")) and \(counted(figureCount, "figure")) are"
        + " as they were written on \(day)\n"
    }
    return moved.isEmpty
      ? "moved since \(day)\n"
      : "moved since \(day): \(counted(moved.count, "figure")) of \(grouped(figureCount))\n"
  }

  /// The figures that moved, a row each; nil when none can be named.
  var table: Answer? {
    if moved.isEmpty { return nil }
    let moved = moved.prefix(Comparison.mostNamed)
    func column(_ name: String, _ value: (MovedFigures.Figure) -> String?) -> TableColumn {
      TableColumn(
        ColumnDescription(name: name, type: .text), .text(moved.map { value($0.figure) }))
    }
    var columns = [
      column("row") { $0.row }, column("figure") { $0.column },
      column("was") { $0.was ?? "no row" },
      column("is") { $0.now ?? "no row" }, column("change") { $0.change },
    ]
    if moved.contains(where: { $0.cause != nil }) {
      columns.append(
        TableColumn(ColumnDescription(name: "why", type: .text), .text(moved.map(\.cause))))
    }
    if export.results.count > 1 {
      columns.insert(
        TableColumn(
          ColumnDescription(name: "result", type: .text), .text(moved.map(\.result))), at: 0)
    }
    return Answer(table: Table(columns: columns, rowCount: moved.count))
  }

  /// What moved besides, and why, a line each.
  var explanation: String {
    let more =
      moved.count > Comparison.mostNamed
      ? ["the first \(grouped(Comparison.mostNamed)) of \(grouped(moved.count)) are named"] : []
    return (more + sentences + changes.reasons(since: export.version).map { "why: \($0)" })
      .map { visible($0) + "\n" }.joined()
  }

  /// What has changed although no figure moved.
  var notes: [String] { changes.found(since: export.version) }
}

/// What results are made from now and were not then.
private struct Changes {
  private var columns: [String] = []
  private var definitions: [String] = []
  private var policies: [String] = []
  private var knowsData = true
  private var isWithheldNow = false

  mutating func add(
    from old: RecordedExport.Result, to new: Recipe, _ protection: Protection?, hasMoved: Bool
  ) {
    let oldKey = old.recipe.keyName
    if oldKey == new.keyName || oldKey == nil {
      compareColumns(old.recipe.columns, new.columns)
    }
    if oldKey != new.keyName || old.recipe.columns.isEmpty { knowsData = false }
    for part in old.recipe.definitions {
      let now = new.definitions.first { $0.name == part.name }?.content
      if now != part.content { note(definition: part, now) }
    }
    if let protection, hasMoved {
      let policy = protection.policy
      let numbers = [
        ("threshold", policy.threshold), ("base", policy.base), ("window", policy.window),
      ]
      for (name, number) in numbers {
        guard let was = old.policyNumbers?[name], was != number else { continue }
        note(&policies, "the \(name) of policy \(policy.name) is \(number), and was \(was)")
      }
      if policy.name != old.policy, old.policyNumbers != nil {
        note(&policies, "policy \(policy.name) holds, and it was \(old.policy)")
      }
      if protection.withheld[.difference, default: 0] > 0 { isWithheldNow = true }
    }
  }

  private mutating func compareColumns(_ old: [Recipe.Part], _ new: [Recipe.Part]) {
    for part in old where new.first(where: { $0.name == part.name })?.content != part.content {
      note(&columns, part.name)
    }
  }

  private mutating func note(definition old: Recipe.Part, _ now: String?) {
    guard let now else {
      return note(&definitions, "there is no definition '\(old.name)' any more")
    }
    let isShort = max(old.content.count, now.count) <= 200
    note(
      &definitions,
      "'\(old.name)' is defined otherwise"
        + (isShort ? ": it was \(old.content), and is \(now)" : ""))
  }

  private func note(_ list: inout [String], _ sentence: String) {
    if !list.contains(sentence) { list.append(sentence) }
  }

  /// What is known to have changed, a sentence each.
  func found(since version: String) -> [String] {
    var found: [String] = []
    if !columns.isEmpty {
      let names = columns.count > 8 ? Array(columns.prefix(7)) + ["others"] : columns
      found.append("the data have changed: \(list(names))")
    }
    found += definitions + policies
    if version != WidenShell.version {
      found.append("widen \(version) wrote them, and this is widen \(WidenShell.version)")
    }
    return found
  }

  /// Why figures moved, a sentence each; never none.
  func reasons(since version: String) -> [String] {
    var reasons = found(since: version)
    if isWithheldNow {
      reasons.append(
        "[c] stands where the figure beside an earlier export would show few people")
    }
    if columns.isEmpty, !knowsData {
      reasons.append(
        reasons.isEmpty
          ? "the data have changed: definitions and version are as they were"
          : "whether the data have changed, too, only the user who made the export can tell")
    }
    if reasons.isEmpty {
      reasons.append("not known: data, definitions and version are as they were")
    }
    return reasons
  }
}
