internal import WidenEngine
internal import WidenLanguage

extension Session {
  /// `explain query`: each step as written, the rows it leaves, and what it does in plain English;
  /// under the table by what method, where there is one to be named.
  func explain(_ query: Query, _ run: Run) throws(Failure) -> Reply {
    var harmless = query
    harmless.steps.removeAll { placed in
      switch placed.step {
      case .keep, .export, .chart: true
      case .where, .derive, .select, .drop, .rename, .recode, .count, .summarise, .share, .crosstab,
        .compare, .snapshot, .change, .likelihood, .standardise, .inequality, .funnel, .control,
        .parity, .top, .bottom, .join, .sort, .take, .distinct, .describe, .protect:
        false
      }
    }
    let evaluated = try evaluate(harmless, run)
    let answer = evaluated.answer
    var flow = answer.flow[...]
    var rows: [[Value]] = [
      [
        .text("from \(query.table.text)"), .integer(flow.popFirst()?.rows ?? 0),
        .text("starts with every row of \(query.table.text)"),
      ]
    ]
    for placed in query.steps {
      let text = print(placed.step)
      let count = flow.first.map { text.hasPrefix($0.label) } == true ? flow.popFirst()?.rows : nil
      rows.append([
        .text(text), count.map { .integer($0) } ?? .missing, .text(meaning(of: placed.step)),
      ])
    }
    let table = textTable(rows: rows, names: ["step", "rows", "what it does"])
    let notes = query.steps.compactMap { placed in
      method(of: placed.step).map { Answer.Note(.note, "\(placed.step.keyword) \($0)") }
    }
    var explanation = Answer(table: table, notes: notes)
    explanation.drawing = sent(evaluated.derivation).map {
      Answer.Drawing(text: $0, replacesTable: false)
    }
    return .answer(explanation, diagnostics: [], isQuery: false, milliseconds: 0)
  }

  /// The queries that a database is asked, where rows are in one.
  private func sent(_ derivation: Derivation) -> String? {
    let sources = derivation.plan.scannedTables.sorted().compactMap {
      derivation.dataset.entry(named: $0)?.source
    }
    guard let source = sources.first else { return nil }
    let queries = source.queries(for: derivation.plan, in: derivation.dataset)
    guard !queries.isEmpty else { return nil }
    return "\(visible(source.name)) is asked\n\n"
      + queries.map { lines(of: $0) + "\n" }.joined(separator: "\n") + "\n"
  }

  /// Each line made visible by itself.
  private func lines(of text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }
      .joined(separator: "\n")
  }

  /// What a step does, as a sentence.
  private func meaning(of step: Step) -> String {
    switch step {
    case .where(let condition): return "keeps the rows for which \(print(condition))"
    case .count(let count):
      let what = count.distinct.map { "counts different values of \($0.text)" } ?? "counts rows"
      return what + grouping(count.keys)
    case .summarise(let summarise):
      return "computes \(summarise.aggregates.map { print($0.value) }.joined(separator: ", "))"
        + grouping(summarise.keys)
    case .share(let share):
      let base =
        share.within.isEmpty
        ? "the whole" : "its \(share.within.map(\.text).joined(separator: " and "))"
      return "adds each row's share of \(base)"
    case .snapshot(.at(let day)): return "keeps the rows that hold on \(print(day))"
    case .sort(let orders):
      let keys = orders.map { print($0.value) + ($0.isDescending ? ", highest first" : "") }
      return "sorts by \(keys.joined(separator: ", then "))"
    case .top(let top): return "keeps the highest by \(top.by.text)" + within(top.within)
    case .bottom(let top): return "keeps the lowest by \(top.by.text)" + within(top.within)
    case .join(let join):
      return
        "adds the columns of \(join.table.text) where \(join.on.map(\.text).joined(separator: " and ")) agree; rows without a match are \(join.unmatched == .drop ? "dropped" : "kept")"
    case .keep(let name): return "keeps this result as the table \(name.text)"
    case .export(let target): return "writes this result to \(target.file)"
    case .chart(let kind):
      return kind.map { "draws the result as a \($0.rawValue) chart" } ?? "draws the result"
    case .derive, .select, .drop, .rename, .recode, .crosstab, .compare, .snapshot, .change,
      .likelihood, .standardise, .inequality, .funnel, .control, .parity, .take, .distinct,
      .describe, .protect:
      let word = print(step).prefix { $0 != " " }
      return stepRecords.first { $0.word == word }.map { thirdPerson($0.summary) } ?? ""
    }
  }

  func grouping(_ keys: [Key]) -> String {
    keys.isEmpty
      ? "" : " for each " + keys.map { $0.name?.text ?? print($0.value) }.joined(separator: " and ")
  }

  private func within(_ paths: [Path]) -> String {
    paths.isEmpty ? "" : " within each \(paths.map(\.text).joined(separator: " and "))"
  }

  /// `keep the first rows` as `keeps the first rows`.
  private func thirdPerson(_ summary: String) -> String {
    let words = summary.split(separator: " ", maxSplits: 1)
    guard let verb = words.first else { return summary }
    return verb + "s" + (words.count > 1 ? " " + words[1] : "")
  }
}
