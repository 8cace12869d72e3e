internal import WidenEngine
internal import WidenLanguage

/// The names and values that exist at a place of a query.
extension Session {
  /// The columns at the end of the query, or those that a path leads to.
  func columns(after names: [String], _ place: CompletionPlace) -> [Completions.Candidate] {
    guard let query = place.query else { return columnsOfTables(after: names, place) }
    let (columns, tables) = columnsAtEnd(of: query)
    guard let head = names.first?.lowercased() else {
      let own = described(columns.filter { !$0.isHidden }) + definitionNames(of: tables)
      return place.fitting(own.filter { isUseful($0.0, place) }, .column)
    }
    let column = columns.first { $0.name.lowercased() == head }
    if tables.contains(where: { $0.lowercased() == head }) {
      return place.fitting(described(columns) + definitionNames(of: tables), .column)
    }
    if column?.parts != nil {
      let parts = [
        ("numerator", "the count above the line"), ("denominator", "the count below the line"),
      ]
      return place.fitting(parts, .column)
    }
    guard let target = target(of: column, named: head) else { return [] }
    return place.fitting(
      described(target.columns) + definitionNames(of: target.definingTables), .column)
  }

  /// In `show values of staff.`, no query says whose columns are meant.
  private func columnsOfTables(
    after names: [String], _ place: CompletionPlace
  ) -> [Completions.Candidate] {
    if let values = scriptValues(place) { return place.fitting(values: values, maySayCounts) }
    guard let name = names.first else {
      return state.dataset.entries.map(\.description).filter { place.fits($0.name) }
        .map {
          .init(place.written($0.name) + ".", display: $0.name, detail: "table", kind: .table)
        }
    }
    guard let table = state.dataset.table(named: name) else { return [] }
    return place.fitting(described(table.columns), .column)
  }

  private func described(_ columns: [ColumnDescription]) -> [(String, String?)] {
    columns.map { ($0.name, "column, \($0.type.rawValue)") }
  }

  private func definitionNames(of tables: [String]) -> [(String, String?)] {
    if tables.isEmpty { return [] }
    return state.definitions.columns(of: tables).filter(\.arguments.isEmpty)
      .map { ($0.name, "column, defined") }
  }

  /// Behind `sum` and its like only what can be added up is of use.
  private func isUseful(_ column: String, _ place: CompletionPlace) -> Bool {
    guard ["sum", "mean", "median", "sd"].contains(place.lastWord), place.fits(column),
      var trial = place.query,
      case .query(let query)? = parse(
        "from t | summarise \(place.lastWord) \(place.written(column))"
      ).program.statements.first?.statement
    else { return true }
    trial.steps += query.steps
    return bound(trial) != nil
  }

  /// The table that a column points to, or the table of this name.
  private func target(of column: ColumnDescription?, named name: String) -> TableDescription? {
    if let origin = column?.origin, let table = state.dataset.table(named: origin.table),
      let pointer = table.relationships.first(where: { $0.column == origin.column })
    {
      return state.dataset.table(named: pointer.table)
    }
    return state.dataset.table(named: name)
  }

  /// The columns of a query's result, and the tables whose definitions apply to its rows.
  func columnsAtEnd(of query: Query) -> (columns: [ColumnDescription], tables: [String]) {
    guard let bound = boundAsFarAsPossible(query) else { return ([], []) }
    guard case .records(let records) = bound.rows else { return (bound.plan.columns, []) }
    return (bound.plan.columns, [query.table.text, records.table])
  }

  /// A step that cannot be bound yet does not hide the columns before it.
  private func boundAsFarAsPossible(_ query: Query) -> BoundQuery? {
    var query = query
    while true {
      if let bound = bound(query) { return bound }
      guard !query.steps.isEmpty else { return nil }
      query.steps.removeLast()
    }
  }

  private func bound(_ query: Query) -> BoundQuery? {
    let environment = environment(unknownValues: .warning)
    guard case .success(let bound) = WidenLanguage.bind(query, in: environment, source: "") else {
      return nil
    }
    return bound
  }

  /// The values that a path holds, wherever it leads: a column, a definition, a related table.
  func valueCounts(of path: Path, _ place: CompletionPlace) -> [ValueCount] {
    guard var trial = place.query else { return [] }
    let name = "completed value"
    trial.steps.append(PlacedStep(.derive([NamedExpression(.path(path), Name(name))])))
    guard let bound = bound(trial), let column = bound.plan.columns.last(where: { $0.name == name })
    else { return [] }
    return values(of: column)
  }

  /// The values of the columns that the rows are grouped by.
  func groupValues(_ place: CompletionPlace) -> [ValueCount] {
    guard let query = place.query, let bound = boundAsFarAsPossible(query) else { return [] }
    guard case .groups(let grouping) = bound.rows else { return [] }
    let keys = Set(grouping.keys.map { $0.lowercased() })
    return bound.plan.columns.filter { keys.contains($0.name.lowercased()) }.flatMap(values)
  }

  private func values(of column: ColumnDescription) -> [ValueCount] {
    if let origin = column.origin,
      let counts = knownValues.values(of: origin, in: state.dataset)
    {
      return counts
    }
    return column.categories?.map { ValueCount(value: $0, rows: 0) } ?? []
  }

  // MARK: Scripts

  /// A script that is named in `run "script" with …`, and the option being written.
  struct NamedScript {
    var parameters: [ParamStatement]
    var option: String?
  }

  /// The installed script of the `run` that the place belongs to.
  func script(beforeValue isValue: Bool, _ place: CompletionPlace) -> NamedScript? {
    let whole = parse(place.base + (isValue ? "1" : "x = 1"))
    guard whole.diagnostics.isEmpty, let last = whole.program.statements.last,
      case .run(let file, let values, _) = last.statement, !values.isEmpty,
      let text = libraryScript(named: file)
    else { return nil }
    let parameters = parse(text).program.statements.compactMap { placed -> ParamStatement? in
      if case .param(let declaration) = placed.statement { declaration } else { nil }
    }
    return NamedScript(parameters: parameters, option: values.last?.name.text.lowercased())
  }

  /// The values that the parameter of a script may be given; nil outside `run … with`.
  func scriptValues(_ place: CompletionPlace) -> [ValueCount]? {
    guard let script = script(beforeValue: true, place),
      let parameter = script.parameters.first(where: { $0.name.text.lowercased() == script.option })
    else { return nil }
    return allowedValues(of: parameter)
  }
}
