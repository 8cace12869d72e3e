internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// `why ROW, "COLUMN"`: the rows behind a figure of the last result, counted by what its labels
  /// were made from.
  ///
  /// Only counts are shown, never the rows themselves.
  func why(_ row: Int, _ column: String, _ run: Run) throws(Failure) -> Reply {
    guard let last = state.last else {
      throw .sentence("there is no result yet", hint: "run a query first")
    }
    let table = last.answer.table
    guard row >= 1, row <= table.rowCount else {
      throw .sentence(
        "the last result has \(counted(table.rowCount, "row")), and no row \(row)",
        hint: "rows are numbered from 1, as they are shown")
    }
    let shown = table.columns.filter { !$0.description.isHidden }
    guard
      let figure = shown.first(where: { $0.description.name.lowercased() == column.lowercased() })
    else {
      let names = shown.map(\.description.name)
      throw .sentence(
        "the last result has no column '\(visible(column))'",
        hint: nearest(column, in: names).map { "did you mean \"\($0)\"?" }
          ?? "its columns are \(names.map { visible($0) }.joined(separator: ", "))")
    }
    let group = try part(of: last, row: row - 1)
    var answer = try asThen(last) { () throws(Failure) in try counts(behind: group, last, run) }
    answer.notes = [Answer.Note(.note, sentence(figure, row - 1, in: table, group))]
    return .answer(answer, diagnostics: [], isQuery: true, milliseconds: 0)
  }

  /// The part of a query that a row of its result stands for.
  private struct Part {
    /// The query up to the step that groups, with the conditions that make the row.
    var query: String
    /// `cluster 1-4 and sex Female`; empty for the whole.
    var label: String
    /// The expressions of its labels, as written.
    var keys: [String]
  }

  private func part(of last: LastQuery, row: Int) throws(Failure) -> Part {
    var keys: [Key]?
    var before: [PlacedStep] = []
    for placed in last.query.steps {
      switch placed.step {
      case .count(let step): keys = step.keys
      case .summarise(let step): keys = step.keys
      case .where, .derive, .select, .drop, .rename, .recode, .snapshot, .join, .sort, .take, .top,
        .bottom:
        before.append(placed)
      case .keep, .export, .chart: break
      case .share, .crosstab, .compare, .change, .likelihood, .standardise, .inequality, .funnel,
        .control, .parity, .distinct, .describe, .protect:
        throw notGrouped
      }
      if keys != nil { break }
    }
    guard let keys else { throw notGrouped }
    var conditions: [String] = []
    var labels: [String] = []
    let table = last.answer.table
    for (index, key) in keys.enumerated() {
      let name = key.name?.text ?? self.name(of: key.value)
      let found = name.flatMap { table.column(named: $0) }
      let column = found ?? (index < table.columns.count ? table.columns[index] : nil)
      guard let column, found != nil || name == nil else {
        throw .sentence(
          "the column '\(visible(name ?? ""))' that groups the rows is no longer in the result",
          hint: "'back' takes steps away until it is")
      }
      let value = column.data[row]
      let written = print(key.value)
      conditions.append(condition(written, value))
      labels.append(
        "\(visible(column.description.name)) \(value == .missing ? "missing" : plainText(of: value))"
      )
    }
    let base = print(Query(table: last.query.table, steps: before))
    let test = conditions.isEmpty ? "" : " | where " + conditions.joined(separator: " and ")
    return Part(
      query: base + test, label: labels.joined(separator: " and "),
      keys: keys.map { print($0.value) })
  }

  private var notGrouped: Failure {
    .sentence(
      "'why' looks behind counts and summaries, and the last result is neither",
      hint: "such as from staff | count by cluster, then why 1, \"n\"")
  }

  private func name(of value: Expression) -> String? {
    if case .path(let path) = value { path.names.last?.text } else { nil }
  }

  /// `(expression) = value`, as the language writes it.
  private func condition(_ written: String, _ value: Value) -> String {
    switch value {
    case .missing: "(\(written)) is missing"
    case .text(let text):
      "(\(written)) = \"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    case .boolean, .integer, .decimal, .date, .month, .period:
      "(\(written)) = \(plainText(of: value))"
    }
  }

  /// The rows of a part, counted by each column that its labels were computed from; of numbers and
  /// days the least and the greatest.
  private func counts(behind part: Part, _ last: LastQuery, _ run: Run) throws(Failure) -> Answer {
    var sources: [String] = []
    for key in part.keys { collect(key, of: last.query.table.text, depth: 0, &sources) }
    let plain = part.keys.map { $0.lowercased() }
    sources.removeAll { plain.contains($0.lowercased()) }
    var rows: [[Value]] = []
    var flow: [Answer.Flow] = []
    for source in sources {
      let name = print(Expression.path(Path([Name(source)])))
      let description = state.dataset.entry(named: last.query.table.text)?.description
        .column(named: source)
      let isText = description?.type.isText ?? true
      let step =
        isText
        ? " | count by \(name)" : " | summarise min \(name) as a, max \(name) as b, count as n"
      let answer = try evaluate(part.query + step, run)
      flow = answer.flow
      let counts = answer.table.columns.last
      for row in 0..<answer.table.rowCount {
        let value = plainText(of: answer.table[row, 0])
        let shown =
          isText
          ? (value.isEmpty ? "(missing)" : value)
          : "\(value) to \(plainText(of: answer.table[row, 1]))"
        rows.append([.text(source), .text(shown), counts?.data[row] ?? .missing])
      }
    }
    if sources.isEmpty {
      let answer = try evaluate(part.query + " | count", run)
      flow = answer.flow
      rows = [[.text("all rows"), .missing, answer.table[0, 0]]]
    }
    return Answer(
      table: textTable(rows: rows, names: ["of", "value", "n"]), flow: Array(flow.dropLast()),
      isSynthetic: state.dataset.isSynthetic)
  }

  private func evaluate(_ text: String, _ run: Run) throws(Failure) -> Answer {
    guard case .query(let query)? = parse(text).program.statements.first?.statement else {
      throw notGrouped
    }
    var inner = run
    inner.source = text
    return try evaluate(query, inner).answer
  }

  /// The columns that an expression reads, through the definitions that it uses.
  private func collect(_ text: String, of table: String, depth: Int, _ found: inout [String]) {
    guard depth < 8, let description = state.dataset.entry(named: table)?.description else {
      return
    }
    let columns = description.columns
    // Only a whole query can be read; what is added to it is no column.
    let whole = "from \(print(Expression.path(Path([Name(table)])))) | derive \(text) as `it`"
    let bytes = Array(whole.utf8)
    for stretch in WidenLanguage.highlight(whole) {
      guard stretch.kind == .name || stretch.kind == .function else { continue }
      let name = String(decoding: bytes[stretch.range.start..<stretch.range.end], as: UTF8.self)
      if let column = columns.first(where: { $0.name.lowercased() == name.lowercased() }) {
        if !found.contains(column.name) { found.append(column.name) }
      } else if let definition = state.definitions.column(
        named: name, of: description.definingTables)
      {
        collect(print(definition.value), of: table, depth: depth + 1, &found)
      }
    }
  }

  /// `n 7,179: rows with cluster 1-4`, and for a percentage its parts.
  private func sentence(_ figure: TableColumn, _ row: Int, in table: Table, _ part: Part) -> String
  {
    let name = visible(figure.description.name)
    var text = "the rows of the last result with \(part.label)"
    if part.label.isEmpty { text = "all rows that were counted" }
    if let parts = figure.description.parts {
      let (top, bottom) = (table[row, parts.numerator], table[row, parts.denominator])
      text += "; \(name) is \(number(top)) of \(number(bottom))"
    } else {
      text += "; \(name) is \(number(figure.data[row]))"
    }
    return text
  }

  private func number(_ value: Value) -> String {
    if case .integer(let number) = value {
      grouped(number)
    } else {
      plainText(of: value)
    }
  }
}
