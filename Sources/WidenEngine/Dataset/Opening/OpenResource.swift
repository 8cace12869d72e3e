import WidenLanguage

/// Reads the file of a resource and makes of it what the description says.
struct ResourceReader {
  /// A table of the dataset, and what there is to say of it.
  struct Opened {
    var entry: Dataset.Entry
    var report: LoadReport
    var notes: [Answer.Note]
  }

  let resource: ResourceDescription
  /// Where the file lies.
  let path: String
  let options: LoadOptions

  /// The table, its types and keys checked.
  func opened(
    isCancelled: () -> Bool, progress: ((Double) -> Void)?
  ) throws(DatasetError) -> Opened {
    var (loaded, asText) = try load(isCancelled, progress)
    var notes: [Answer.Note] = []
    try matchColumns(loaded, &notes)
    for index in loaded.table.columns.indices {
      let name = loaded.table.columns[index].description.name
      guard let field = field(named: name) else { continue }
      do {
        try apply(field, to: &loaded.table.columns[index], isText: asText.contains(name))
      } catch {
        throw error.error(path: path, options: options)
      }
      notes += remarks(field, loaded.table.columns[index])
    }
    try checkKey(&loaded.table)
    for index in loaded.table.columns.indices {
      let column = loaded.table.columns[index].description.name
      loaded.table.columns[index].description.origin = .init(table: resource.table, column: column)
    }
    notes = loaderNotes(loaded.report) + notes
    return Opened(
      entry: Dataset.Entry(description: try description(of: loaded.table), table: loaded.table),
      report: loaded.report, notes: notes)
  }

  private func field(named name: String) -> FieldDescription? {
    resource.fields?.first { $0.name == name }
  }

  /// Loads the file, at most twice: columns that turn out not to be what was declared are read as
  /// text, so that the cell at fault can be found.
  private func load(
    _ isCancelled: () -> Bool, _ progress: ((Double) -> Void)?
  ) throws(DatasetError) -> (LoadedTable, Set<String>) {
    let fields = resource.fields ?? []
    var options = options
    options.textColumns = Set(fields.filter(\.needsText).map(\.name))
    do {
      var loaded = try loadFile(
        path: path, options: options, isCancelled: isCancelled, progress: progress)
      let misfits = zip(loaded.table.columns, loaded.report.columns).filter { column, report in
        field(named: report.name).map { !$0.fits(column, report) } ?? false
      }
      if !misfits.isEmpty {
        options.textColumns.formUnion(misfits.map(\.1.name))
        loaded = try loadFile(
          path: path, options: options, isCancelled: isCancelled, progress: progress)
      }
      return (loaded, options.textColumns)
    } catch {
      throw DatasetError(error, file: resource.path)
    }
  }

  private func matchColumns(
    _ loaded: LoadedTable, _ notes: inout [Answer.Note]
  ) throws(DatasetError) {
    guard let fields = resource.fields else { return }
    let names = loaded.table.columns.map(\.description.name)
    for field in fields where !names.contains(field.name) && !resource.match.allowsFewerColumns {
      throw field.place.error(
        "\(shown(resource.path, limit: 100)) has no column \(shown(field.name))",
        hint: nearest(field.name, in: names).map { "did you mean '\($0)'?" }
          ?? "take the field out, or add the column to the file")
    }
    let others = names.filter { field(named: $0) == nil }
    if !others.isEmpty {
      let list = others.prefix(5).map { shown($0) }.joined(separator: ", ")
      notes.append(
        Answer.Note(
          .note,
          "\(resource.table): \(counted(others.count, "column")) not described: \(list)"
            + (others.count > 5 ? ", …" : "")))
    }
  }

  private func apply(
    _ field: FieldDescription, to column: inout TableColumn, isText: Bool
  ) throws(CellProblem) {
    if isText || column.data.isAllMissing && field.kind != .any {
      column.data = try FieldReader(field: field).column(column.data)
    } else if field.kind == .number, column.description.type == .integer {
      column.data = FieldReader.decimals(column.data)
    }
    try field.check(column.data)
    column.description.type = field.categories == nil ? column.data.storedType : .category
    column.description.categories = field.categories
    column.description.isOrdered = field.isOrdered && field.categories != nil
    column.description.mapping = field.mapping
    column.description.notRecorded = field.notRecorded
    column.description.sensitivity = field.sensitivity
    column.description.summary = field.summary
  }

  /// Nothing is said about what the description has settled.
  private func loaderNotes(_ report: LoadReport) -> [Answer.Note] {
    var report = report
    report.columns = report.columns.map { column in
      var column = column
      guard let field = field(named: column.name) else { return column }
      column.missing.removeAll { field.missing.contains($0.value) }
      if field.kind != .any { (column.oddities, column.surprises) = ([], []) }
      return column
    }
    return report.notes.map {
      Answer.Note($0.kind, "\(resource.table): \($0.text)")
    }
  }

  private func remarks(_ field: FieldDescription, _ column: TableColumn) -> [Answer.Note] {
    var notes: [Answer.Note] = []
    let name = "\(resource.table).\(field.name)"
    if !field.kind.isKnown {
      notes.append(.init(.note, "\(name): widen has no type \(field.kind.rawValue) and keeps text"))
    }
    guard let categories = field.categories, case .coded(let coded) = column.data,
      coded.cardinality > categories.count + 1
    else { return notes }
    let outside = (0..<coded.codes.count).filter { coded.codes[$0] > categories.count }
    if let first = outside.first {
      let value = shown(plainCell(column.data[first]))
      notes.append(
        .init(
          .warning,
          "\(name): \(counted(outside.count, "row")) with a value that is not among the "
            + "categories, such as \(value)"))
    }
    return notes
  }
}

extension FieldDescription {
  /// Whether the loader found what is declared, and read nothing as missing that is not.
  fileprivate func fits(_ column: TableColumn, _ report: LoadReport.Column) -> Bool {
    if needsText || kind == .any { return true }
    guard report.missing.allSatisfy({ $0.value.isEmpty || missing.contains($0.value) }) else {
      return false
    }
    if column.data.isAllMissing { return true }
    switch kind {
    case .integer, .year: return column.description.type == .integer
    case .number: return column.description.type.isNumber
    case .date: return column.description.type == .date
    case .yearmonth: return column.description.type == .month
    case .string, .boolean, .any, .time, .datetime, .duration, .object, .array, .list, .geopoint,
      .geojson:
      return true
    }
  }
}

extension Column {
  /// Whether no row holds a value, so that it can be of any type.
  fileprivate var isAllMissing: Bool {
    if case .coded(let column) = self { column.cardinality <= 1 } else { false }
  }

  /// The type that its values have as they are stored.
  fileprivate var storedType: ValueType {
    switch self {
    case .coded(let column): column.domain.type
    case .integers: .integer
    case .decimals: .decimal
    }
  }
}
