internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// See `Shell`; only what would still parse is offered.
  public func completions(_ text: String, at byteOffset: Int) -> Completions {
    let head = String(decoding: Array(text.utf8.prefix(byteOffset)), as: UTF8.self)
    let context = keywordCompletions(head)
    var found: [Completions.Candidate] = []
    for name in context.names {
      found += name == .file ? scripts(after: head, context) : candidates(for: name, context)
    }
    if context.opening == nil {
      found += context.keywords.map { word in
        Completions.Candidate(word, detail: summary(of: word), kind: kind(ofKeyword: word))
      }
    }
    var seen: Set<String> = []
    return Completions(
      start: context.replaced.start, candidates: found.filter { seen.insert($0.text).inserted })
  }

  /// The scripts that are installed, after `run`.
  private func scripts(after head: String, _ context: CompletionContext) -> [Completions.Candidate]
  {
    let before = String(decoding: Array(head.utf8.prefix(context.replaced.start)), as: UTF8.self)
    guard
      before.trimmed.lowercased().split(separator: ";").last?.split(separator: "\n").last?
        .split(separator: " ").last == "run"
    else { return [] }
    let quote = context.opening == "'" ? "'" : "\""
    return LibraryScript.all.filter { $0.name.hasPrefix(context.typed.lowercased()) }
      .map { .init(quote + $0.name + quote, detail: $0.summary, kind: .file) }
  }

  private func kind(ofKeyword word: String) -> HighlightSpan.Kind {
    let isFirst =
      stepRecords.contains { $0.word == word } || statementRecords.contains { $0.word == word }
    return isFirst ? .step : .keyword
  }

  private func summary(of word: String) -> String? {
    stepRecords.first { $0.word == word }?.summary
      ?? statementRecords.first { $0.word == word }?.summary
      ?? aggregateRecords.first { $0.word == word }?.summary
  }

  private func candidates(for due: DueName, _ context: CompletionContext) -> [Completions.Candidate]
  {
    let typed = context.typed.lowercased()
    func fitting(_ names: [(String, String?)], _ kind: HighlightSpan.Kind) -> [Completions
      .Candidate]
    {
      names.filter { $0.0.lowercased().hasPrefix(typed) }
        .map { Completions.Candidate(nameText($0.0), detail: $0.1, kind: kind) }
    }
    switch due {
    case .table:
      return fitting(
        state.dataset.entries.map {
          ($0.description.name, counted($0.description.rowCount, "row"))
        }, .table)
    case .column(let names): return fitting(columns(after: names, context.query), .column)
    case .function:
      let defined = state.definitions.columns.filter { $0.table == nil && !$0.arguments.isEmpty }
      return fitting(
        Function.allCases.map { ($0.rawValue, $0.record.summary) }
          + defined.map {
            ($0.name, "defined for \($0.arguments.map(\.text).joined(separator: ", "))")
          },
        .function
      )
      .map { .init($0.text + "(", display: $0.text, detail: $0.detail, kind: $0.kind) }
    case .aggregate:
      return fitting(state.definitions.measures.map { ($0.name, "a measure") }, .function)
    case .parameter:
      return state.parameters.values.map(\.declaration.name.text).sorted()
        .filter { $0.lowercased().hasPrefix(typed) }
        .map {
          .init((context.opening == "$" || context.typed.isEmpty ? "$" : "") + $0, kind: .parameter)
        }
    case .value(let path): return values(of: path, context)
    case .setting: return fitting(SettingRecord.all.map { ($0.name, $0.summary) }, .setting)
    case .settingValue(let name):
      return fitting((SettingRecord.named(name)?.values ?? []).map { ($0, nil) }, .setting)
    case .policy: return fitting(disclosurePolicyNames.map { ($0, nil) }, .setting)
    case .file, .newName, .text: return []
    }
  }

  /// A name as it must be typed: in backticks where it is no plain word.
  private func nameText(_ name: String) -> String {
    print(Expression.path(Path([Name(name)])))
  }

  /// The columns at the end of a query, or those that a path leads to.
  private func columns(after names: [String], _ query: Query?) -> [(String, String?)] {
    guard let query else { return [] }
    let (columns, table) = columnsAtEnd(of: query)
    guard let head = names.first else {
      let own = columns.filter { !$0.isHidden }.map { ($0.name, $0.type.rawValue as String?) }
      return own + definitionNames(of: table)
    }
    if let table, table.lowercased() == head.lowercased() {
      return columns.map { ($0.name, $0.type.rawValue) } + definitionNames(of: table)
    }
    if let column = columns.first(where: { $0.name.lowercased() == head.lowercased() }),
      column.parts != nil
    {
      return [
        ("numerator", "the count above the line"), ("denominator", "the count below the line"),
      ]
    }
    guard let target = targetTable(of: head, columns) else { return [] }
    return target.columns.map { ($0.name, $0.type.rawValue) } + definitionNames(of: target.name)
  }

  private func definitionNames(of table: String?) -> [(String, String?)] {
    guard let table else { return [] }
    return state.definitions.columns(of: table).filter(\.arguments.isEmpty)
      .map { ($0.name, "defined") }
  }

  /// The table that a column of this name points to, or the table of this name.
  private func targetTable(of head: String, _ columns: [ColumnDescription]) -> TableDescription? {
    if let column = columns.first(where: { $0.name.lowercased() == head.lowercased() }),
      let origin = column.origin, let table = state.dataset.table(named: origin.table),
      let pointer = table.relationships.first(where: { $0.column == origin.column })
    {
      return state.dataset.table(named: pointer.table)
    }
    return state.dataset.table(named: head)
  }

  /// The columns of a query's result, and the table whose rows they still are.
  func columnsAtEnd(of query: Query) -> (columns: [ColumnDescription], table: String?) {
    var query = query
    let environment = environment(unknownValues: .warning)
    while true {
      if case .success(let bound) = WidenLanguage.bind(query, in: environment, source: "") {
        return (bound.plan.columns, bound.grouping == nil ? query.table.text : nil)
      }
      // A step that cannot be bound yet does not hide the columns before it.
      guard !query.steps.isEmpty else { return ([], nil) }
      query.steps.removeLast()
    }
  }

  /// The values of a column with their counts, quotes closed.
  private func values(of path: Path?, _ context: CompletionContext) -> [Completions.Candidate] {
    guard let path, let query = context.query,
      let values = valueCounts(of: path, in: query)
    else { return [] }
    let quote = context.opening == "'" ? "'" : "\""
    return values.filter { $0.value.lowercased().hasPrefix(context.typed.lowercased()) }
      .map { value in
        let escaped = value.value.split(separator: quote, omittingEmptySubsequences: false)
          .joined(separator: quote + quote)
        return .init(
          quote + escaped + quote, detail: value.rows > 0 ? counted(value.rows, "row") : nil,
          kind: .text)
      }
  }

  private func valueCounts(of path: Path, in query: Query) -> [ValueCount]? {
    // The binder resolves the path wherever it leads: a definition, a related table.
    var trial = query
    trial.steps.append(
      PlacedStep(.derive([NamedExpression(.path(path), Name("completed value"))])))
    let environment = environment(unknownValues: .warning)
    guard case .success(let bound) = WidenLanguage.bind(trial, in: environment, source: ""),
      let column = bound.plan.columns.last(where: { $0.name == "completed value" })
    else { return nil }
    if let origin = column.origin, let counts = state.dataset.values(of: origin) { return counts }
    return column.categories?.map { ValueCount(value: $0, rows: 0) }
  }

  /// See `Shell`; a name has one colour, whether it is a table's or a column's.
  public func highlight(_ text: String) -> [HighlightSpan] {
    WidenLanguage.highlight(text).map { stretch in
      HighlightSpan(stretch.range.start..<stretch.range.end, stretch.kind.span)
    }
  }
}

extension HighlightKind {
  fileprivate var span: HighlightSpan.Kind {
    switch self {
    case .step: .step
    case .keyword: .keyword
    case .name: .column
    case .function: .function
    case .parameter: .parameter
    case .text: .text
    case .number: .number
    case .sign: .sign
    case .comment: .comment
    case .error: .problem
    }
  }
}
