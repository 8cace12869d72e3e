internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

/// A chart that a query asked for, and the result as it was then.
struct WishedChart {
  private let kind: ChartKind?
  private let columns: [String]
  private let rowCount: Int

  init(_ kind: ChartKind?, of answer: Answer) {
    self.kind = kind
    columns = answer.table.columns.map(\.description.name)
    rowCount = answer.table.rowCount
  }

  /// How it is drawn in a file, when the result is still the one that was to be drawn.
  func drawing(of answer: Answer) -> Report.Drawing {
    guard columns == answer.table.columns.map(\.description.name),
      rowCount == answer.table.rowCount
    else { return .none }
    return kind.map { .kind($0) } ?? .suited
  }
}

/// The results that are written together, and what is said about them.
struct CollectedResults {
  /// What `report` called it; nil: it has not been started by that statement.
  var title: String?
  /// What the lines of a script that start with `##` say before its first statement.
  var introduction: [String] = []
  var sections: [Report.Section] = []

  /// All of it; without a title of its own it has that of its introduction, if that has one.
  var report: Report {
    var prose = introduction
    let ownTitle = takenTitle(&prose)
    return Report(title: title ?? ownTitle, prose: prose, sections: sections)
  }
}

extension Session {
  /// Whether results are written together at the end, and not shown.
  var writesAtEnd: Bool { options.isReport || !state.settings.format.isText }

  /// What a file draws of a result: what `chart` asked for just before.
  func drawing(of answer: Answer) -> Report.Drawing {
    wishedChart?.drawing(of: answer) ?? .none
  }

  /// Starts a report: the results that follow are kept for `export report to`, or for the file that
  /// the program was started with.
  func startReport(_ title: String, _ run: Run) -> Reply {
    if collected.title != nil || !writesAtEnd { collected = CollectedResults() }
    collected.title = title
    if collected.introduction.isEmpty {
      collected.introduction = prose(before: statementStart, run)
    }
    if !writesAtEnd {
      run.sinks.messages(
        "note: the results that follow are kept; export report to \"report.html\" writes them\n")
    }
    return .nothing
  }

  /// Keeps a result for the report, as it may leave.
  func collect(_ evaluated: Evaluated, _ query: Query, _ run: Run) throws(Failure) {
    guard writesAtEnd || collected.title != nil else { return }
    let (safe, control) = try publishable(
      evaluated.answer, evaluated.derivation,
      isReleased: evaluated.control?.mode == .publishing, run)
    // Listed again in the ledger only where the answer itself has not left.
    if let control { try release(safe, control, query: query, to: "report") }
    let isFirst = collected.sections.isEmpty && collected.introduction.isEmpty
    if isFirst { collected.introduction = prose(before: firstStatementStart(run), run) }
    let start = statementStart
    var prose = start == firstStatementStart(run) ? [] : prose(before: start, run)
    let title = takenTitle(&prose)
    let answer = told(safe)
    var context = exportContext(query: print(sinceTable(query)))
    context.recipe = recipe(for: query)
    collected.sections.append(
      Report.Section(
        title: title, prose: prose, answer: answer,
        context: context,
        drawing: drawing(of: evaluated.answer)))
  }

  /// Keeps what the manifest of the program's output file is to say of a result that goes into it.
  func keepRecord(of answer: Answer, _ query: Query) {
    guard options.keepsRecords, !writesAtEnd, let format = Format(named: options.format.rawValue)
    else { return }
    var context = exportContext(query: print(sinceTable(query)))
    context.recipe = recipe(for: query)
    records.append(ResultRecord(answer, context: context, format: format))
  }

  /// Writes what has been kept to a file: `export report to "board.html"`.
  func exportReport(to target: ExportTarget, _ run: Run) throws(Failure) -> Reply {
    guard collected.title != nil else {
      throw .at(
        target.place, "no report has been started",
        hint: "report \"title\", and then the queries that belong to it", run)
    }
    guard !collected.sections.isEmpty else {
      throw .at(
        target.place, "the report has no results yet", hint: "run the queries that belong to it",
        run)
    }
    do throws(PublishError) {
      let receipt = try WidenPublish.export(
        collected.report, to: target.file, format: try Format(ofFile: target.file),
        overwrite: target.overwrite || options.mayOverwrite)
      run.sinks.messages(
        "\(counted(collected.sections.count, "result")) written to \(visible(receipt.path))\n")
    } catch {
      throw Failure(error)
    }
    return .nothing
  }

  /// See `Shell`.
  public func finish(to sinks: Sinks) -> Outcome {
    guard writesAtEnd else { return Outcome() }
    let run = Run(source: "", sinks: sinks)
    guard !collected.sections.isEmpty else {
      return outcome(of: .sentence("there is no result to write", hint: nil), run)
    }
    let format = state.settings.format
    guard let write = sinks.bytes else {
      return outcome(
        of: .sentence(
          "a \(format.rawValue) file is no text for a terminal", hint: "name a file: --output FILE"),
        run)
    }
    defer { collected = CollectedResults() }
    if options.keepsRecords {
      records = collected.sections.map { ResultRecord($0, format: format) }
    }
    do throws(PublishError) {
      try writeTogether(collected.report, as: format) { bytes throws(PublishError) in write(bytes) }
      return Outcome()
    } catch {
      return outcome(of: Failure(error), run)
    }
  }

  private func firstStatementStart(_ run: Run) -> Int {
    parse(run.source).program.statements.first?.place.range.start ?? 0
  }

  /// The paragraphs of the lines that start with `##` right above a place of the text.
  private func prose(before start: Int, _ run: Run) -> [String] {
    let before = String(decoding: Array(run.source.utf8).prefix(start), as: UTF8.self)
    var lines: [String] = []
    for line in before.split(separator: "\n", omittingEmptySubsequences: false).reversed() {
      let text = String(line).trimmed
      guard text.isEmpty || text.hasPrefix("##") else { break }
      lines.insert(text.isEmpty ? "" : String(text.dropFirst(2)), at: 0)
    }
    var paragraphs: [String] = []
    for lines in lines.split(whereSeparator: { $0.trimmed.isEmpty }) {
      // Lists of parameters, whose names stand apart from their meaning, are for the script's help.
      if lines.allSatisfy({ $0.trimmed.contains("  ") }) { continue }
      paragraphs.append(lines.map(\.trimmed).joined(separator: " "))
    }
    return paragraphs
  }
}

/// Takes the title away that paragraphs start with: one that does not end as a sentence.
private func takenTitle(_ prose: inout [String]) -> String? {
  guard let first = prose.first, first.count <= 120, let last = first.last, !".:;,".contains(last)
  else { return nil }
  return prose.removeFirst()
}
