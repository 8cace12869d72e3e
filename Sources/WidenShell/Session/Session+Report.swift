internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

/// A chart that a query asked for, and the result as it was then.
struct WishedChart {
  private let kind: ChartKind?
  private let columns: [String]
  private let flow: [Answer.Flow]

  init(_ kind: ChartKind?, of answer: Answer) {
    self.kind = kind
    columns = answer.table.columns.map(\.description.name)
    flow = answer.flow
  }

  /// How it is drawn in a file, when the result is still the one that was to be drawn.
  func drawing(of answer: Answer) -> Report.Drawing {
    guard columns == answer.table.columns.map(\.description.name), flow == answer.flow else {
      return .none
    }
    return kind.map { .kind($0) } ?? .suited
  }
}

extension Session {
  /// What a file draws of a result: what `chart` asked for just before.
  func drawing(of answer: Answer) -> Report.Drawing {
    wishedChart?.drawing(of: answer) ?? .none
  }

  /// Keeps a result for the file that holds them all.
  func collect(_ answer: Answer, _ run: Run) {
    let query = state.last?.text ?? run.source
    collected.append(
      Report.Section(
        answer: answer, context: exportContext(query: query), drawing: drawing(of: answer)))
  }

  /// See `Shell`.
  public func finish(to sinks: Sinks) -> Outcome {
    let format = state.settings.format
    guard !format.isText else { return Outcome() }
    let run = Run(source: "", sinks: sinks)
    guard !collected.isEmpty else {
      return outcome(of: .sentence("there is no result to write", hint: nil), run)
    }
    guard let write = sinks.bytes else {
      return outcome(
        of: .sentence(
          "a \(format.rawValue) file is no text for a terminal", hint: "name a file: --output FILE"),
        run)
    }
    defer { collected = [] }
    do throws(PublishError) {
      try writeWorkbook(Report(sections: collected)) { bytes throws(PublishError) in write(bytes) }
      return Outcome()
    } catch {
      return outcome(of: Failure(error), run)
    }
  }
}
