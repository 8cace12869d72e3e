internal import Glibc
internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// Reads a file as a table: `load "file" [sheet "name"] [skip N rows] [as name] [with options]`.
  func load(_ statement: LoadStatement, _ run: Run) throws(Failure) -> Reply {
    let name = statement.name?.text ?? tableName(of: statement.file)
    var options = try loadOptions(statement, run)
    options.namedColumns = columnsToRead(run)
    let loaded = try read(statement, options, run)
    let (entry, report) = try entry(loaded, statement, run)
    state.dataset.add(entry)
    state.loads[name.lowercased()] = report
    state.shortened[name.lowercased()] = WholeTable(of: loaded, statement, options)
    let rows = counted(loaded.table.rowCount, "row")
    let columns = counted(loaded.table.columns.count, "column")
    let people = try peopleCounted(in: entry, run)
    run.sinks.messages("\(visible(name)): \(rows), \(columns)\(people)\n")
    for note in report.notes {
      run.sinks.messages("\(note.kind.rawValue): \(visible(note.text))\n")
    }
    return .nothing
  }

  /// What a file holds, as a part of the dataset, and all that is worth telling of it.
  func entry(_ loaded: LoadedTable, _ statement: LoadStatement, _ run: Run) throws(Failure)
    -> (entry: Dataset.Entry, report: LoadReport)
  {
    var (entry, report) = loadedEntry(
      loaded, named: statement.name?.text ?? tableName(of: statement.file), from: statement.file,
      isDeclared: statement.person != nil)
    if let person = statement.person {
      try declarePersonal(&entry, by: person, run)
    } else if let before = state.dataset.entry(named: entry.description.name)?.description,
      before.isAboutPeople, before.rowCount > 0
    {
      report.decisions.append(stillPersonal(&entry, as: before))
    }
    return (entry, report)
  }

  /// Reads the file of a statement.
  func read(_ statement: LoadStatement, _ options: LoadOptions, _ run: Run)
    throws(Failure) -> LoadedTable
  {
    defer { self.options.progress?("", 1) }
    do throws(LoadError) {
      return try loadFile(
        path: statement.file, options: options, snapshots: self.options.snapshots,
        isCancelled: run.sinks.isCancelled, progress: self.options.progress(of: statement.file))
    } catch {
      if run.sinks.isCancelled() { throw .cancelled }
      var error = error
      if let place = error.headerPlace { error.hint = corrected(statement, place) }
      throw Failure(error)
    }
  }
}

/// The last part of a path.
func fileName(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

/// The table name a file gets: its name without the ending, with `_` for what a name cannot hold.
func tableName(of path: String) -> String {
  let file = fileName(of: path)
  let unpacked = file.lowercased().hasSuffix(".gz") ? file.dropLast(3) : file[...]
  let stem =
    unpacked.lastIndex(of: ".").map { $0 > file.startIndex ? unpacked[..<$0] : unpacked }
    ?? unpacked
  let name = String(stem.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
  return name.first?.isNumber == true ? "t_" + name : name
}

/// A table that was read from a file, as a part of the dataset, and all that is worth telling of it.
func loadedEntry(
  _ loaded: LoadedTable, named name: String, from file: String, isDeclared: Bool = false
) -> (entry: Dataset.Entry, report: LoadReport) {
  var table = loaded.table
  var report = loaded.report
  if let doubt = headerDoubt(table, report) {
    report.decisions.append(Answer.Note(.warning, doubt))
  }
  for band in table.orderBands() {
    guard let index = report.columns.firstIndex(where: { $0.name == band }) else { continue }
    report.columns[index].surprises.append("Agenda for Change bands, which have their order")
  }
  for index in table.columns.indices {
    table.columns[index].description.origin = .init(
      table: name, column: table.columns[index].description.name)
    if case .coded(let coded) = table.columns[index].data, case .period(let kind, _) = coded.domain
    {
      table.columns[index].description.periodKind = kind
    }
  }
  let entry = Dataset.Entry(
    description: TableDescription(
      name: name, columns: table.columns.map(\.description), rowCount: table.rowCount,
      summary: "loaded from \(fileName(of: file))"), table: table)
  if !isDeclared, let proposal = personalProposal(entry, file: file) {
    report.decisions.append(Answer.Note(.note, proposal))
  }
  return (entry, report)
}

/// Doubt about a header that has numbers for names, as the first row of data would; years are names.
private func headerDoubt(_ table: Table, _ report: LoadReport) -> String? {
  let names = table.columns.map(\.description.name)
  let numbers = names.filter { name in
    guard let number = Double(name) else { return false }
    return !(1900...2100).contains(number)
  }
  guard numbers.count * 3 > names.count, let first = numbers.first else { return nil }
  return "'\(first)'"
    + (numbers.count > 1 ? " and \(counted(numbers.count - 1, "other name"))" : "")
    + " of the header \(numbers.count > 1 ? "are numbers" : "is a number"): if the file has no header,"
    + " its first row of data was taken for one"
}
