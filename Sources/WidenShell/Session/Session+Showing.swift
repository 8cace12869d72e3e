internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// `show topic`: every listing is a table, so that it can be exported and read by programs.
  func show(_ topic: Topic, _ run: Run) throws(Failure) -> Reply {
    switch topic {
    case .columns(let name): return listing(try columns(of: name, run))
    case .values(let path): return listing(try values(of: path, run))
    case .load(let name): return try loadReport(name, run)
    case .general(let general): return try show(general, run)
    }
  }

  private func show(_ general: Topic.General, _ run: Run) throws(Failure) -> Reply {
    switch general {
    case .tables:
      return listing(
        rows: state.dataset.entries.map { entry in
          [
            .text(entry.description.name), .integer(entry.description.rowCount),
            .integer(entry.description.columns.count), text(people(of: entry.description)),
            text(entry.description.summary),
          ]
        }, names: ["table", "rows", "columns", "personal", "what it holds"])
    case .columns:
      guard let last = state.last else {
        throw .sentence(
          "there is no result yet", hint: "'show columns of TABLE' lists a table's columns")
      }
      return listing(columnRows(last.answer.table.columns.map(\.description)))
    case .definitions:
      return listing(
        rows: state.definitions.columns.map { definition in
          let arguments =
            definition.arguments.isEmpty
            ? "" : "(\(definition.arguments.map(\.text).joined(separator: ", ")))"
          return [
            .text((definition.table.map { $0 + "." } ?? "") + definition.name + arguments),
            .text(print(definition.value)),
          ]
        }, names: ["name", "stands for"])
    case .measures:
      return listing(
        rows: state.definitions.measures.map { [.text($0.name), .text(print($0.value))] },
        names: ["measure", "stands for"])
    case .parameters:
      return listing(
        rows: state.parameters.values.sorted { $0.declaration.name.text < $1.declaration.name.text }
          .map { [.text($0.declaration.name.text), .text($0.declaration.kind.rawValue)] },
        names: ["parameter", "type"])
    case .settings:
      return listing(
        rows: SettingRecord.all.map {
          [.text($0.name), .text($0.value(state.settings)), .text($0.summary)]
        }, names: ["setting", "value", "what it does"])
    case .policy:
      return .text(policyText)
    case .history:
      let entries = history?.entries ?? []
      return .queries(entries.map { visible($0.text) + "\n" }.joined())
    case .examples:
      return .queries(exampleScript)
    case .library:
      return listing(
        rows: LibraryScript.all.map { [.text($0.name), text($0.summary)] },
        names: ["script", "what it answers"])
    }
  }

  /// A listing as a result that is no query.
  private func listing(_ table: Table) -> Reply {
    .answer(Answer(table: table), diagnostics: [], isQuery: false, milliseconds: 0)
  }

  private func listing(rows: [[Value]], names: [String]) -> Reply {
    listing(textTable(rows: rows, names: names))
  }

  private func text(_ text: String?) -> Value { text.map { .text($0) } ?? .missing }

  private func columns(of name: Name, _ run: Run) throws(Failure) -> Table {
    let description = try entry(name, run).description
    let defined = state.definitions.columns(of: description.definingTables).filter {
      $0.arguments.isEmpty && $0.table != nil
    }
    return columnRows(description.columns, defined)
  }

  private func columnRows(
    _ columns: [ColumnDescription], _ defined: [Definitions.Column] = []
  ) -> Table {
    textTable(
      rows: columns.filter { !$0.isHidden }.map { column in
        [
          .text(column.name), .text(column.type.rawValue),
          text(
            column.categories.map {
              $0.prefix(6).joined(separator: ", ") + ($0.count > 6 ? ", …" : "")
            }),
          text(column.summary),
        ]
      }
        + defined.map {
          [.text($0.name), .text("defined"), .missing, .text(print($0.value))]
        }, names: ["column", "type", "values", "what it holds"])
  }

  /// Whether rows are about people, and which column tells them apart; nil when they are not.
  private func people(of table: TableDescription) -> String? {
    table.person.map { "by \($0)" } ?? (table.isPersonal ? "yes" : nil)
  }

  func entry(_ name: Name, _ run: Run) throws(Failure) -> Dataset.Entry {
    if let entry = state.dataset.entry(named: name.text) { return entry }
    let near = nearest(name.text, in: state.dataset.tableNames)
    throw .at(
      name.place, "there is no table '\(name.text)'",
      hint: near.map { "did you mean '\($0)'?" },
      fix: near, run)
  }

  /// `show values of staff.band`: a count by that column, or by that definition.
  private func values(of path: Path, _ run: Run) throws(Failure) -> Table {
    guard path.names.count > 1 else {
      let holder = state.dataset.entries.map(\.description).first { table in
        path.names.first.flatMap { table.column(named: $0.text) } != nil
      }
      let better = holder.map { "\($0.name).\(path.text)" }
      throw .at(
        path.place, "'show values of' needs a table and a column",
        hint: better.map { "did you mean '\($0)'?" } ?? "such as show values of staff.band",
        fix: better, run)
    }
    let table = path.names[0]
    let rest = Path(Array(path.names.dropFirst()))
    let query = Query(
      table: table, steps: [PlacedStep(.count(CountStep(keys: [Key(.path(rest))])))])
    let evaluated = try evaluate(query, run)
    try release(evaluated.answer, evaluated.control, query: query, to: nil)
    return evaluated.answer.table
  }

  private func loadReport(_ name: Name, _ run: Run) throws(Failure) -> Reply {
    guard let report = state.loads[name.text.lowercased()] else {
      _ = try entry(name, run)
      throw .sentence("'\(name.text)' was not loaded from a file", hint: nil)
    }
    let table = textTable(
      rows: report.columns.map { column in
        [
          .text(column.name), .text(column.type.rawValue), .integer(column.missingCount),
          text(column.missing.isEmpty ? nil : markers(column.missing)),
          text(column.oddities.isEmpty ? nil : column.oddities.joined(separator: "; ")),
        ]
      }, names: ["column", "type", "missing", "read as missing", "worth knowing"])
    let kept = Answer.Note(.note, "nothing has changed since it was read before")
    return .answer(
      Answer(table: table, notes: report.notes + (report.isFromSnapshot ? [kept] : [])),
      diagnostics: [], isQuery: false, milliseconds: 0)
  }

  private func markers(_ counts: [ValueCount]) -> String {
    counts.map { "\($0.value.isEmpty ? "empty" : $0.value) \(grouped($0.rows))" }
      .joined(separator: ", ")
  }

  /// A small table of values whose types are told by the first value of each column.
  func textTable(rows: [[Value]], names: [String]) -> Table {
    let columns = names.enumerated().map { index, name in
      let values = rows.map { $0[index] }
      let type = values.first { $0 != .missing }?.type ?? .text
      let categories = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
      return TableColumn(
        ColumnDescription(name: name, type: type),
        .values(values, type: type, categories: type.isText ? categories : nil))
    }
    return Table(columns: columns, rowCount: rows.count)
  }
}
