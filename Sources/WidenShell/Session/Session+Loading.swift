internal import Glibc
internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// Reads a file as a table: `load "file" [skip N rows] [as name]`.
  func load(_ statement: LoadStatement, _ run: Run) throws(Failure) -> Reply {
    if statement.sheet != nil {
      throw sentence("'sheet' does not work in this version yet: only CSV is read")
    }
    if statement.person != nil { throw sentence("'personal by' does not work in this version yet") }
    if let option = statement.options.first {
      throw sentence("load has no option '\(option.name.text)'")
    }
    let name = statement.name?.text ?? tableName(of: statement.file)
    var options = CSVOptions()
    if case .number(let rows, _)? = statement.skip { options.skipRows = rows }
    options.threads = state.settings.threads ?? SystemClock.processors
    let loaded = try read(statement.file, options, run.sinks.isCancelled)
    state.dataset.add(loadedEntry(loaded.table, named: name, from: statement.file))
    state.loads[name.lowercased()] = loaded.report
    run.sinks.messages(
      "\(visible(name)): \(grouped(loaded.table.rowCount)) rows, \(loaded.table.columns.count) columns\n"
    )
    for note in loaded.report.notes {
      run.sinks.messages("\(note.kind.rawValue): \(visible(note.text))\n")
    }
    return .nothing
  }

  private func read(
    _ file: String, _ options: CSVOptions, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(Failure) -> LoadedTable {
    do throws(LoadError) {
      return try loadCSV(path: file, options: options, isCancelled: isCancelled, progress: nil)
    } catch {
      if isCancelled() { throw .cancelled }
      throw Failure(error)
    }
  }

  private func sentence(_ text: String) -> Failure { .sentence(text, hint: nil) }
}

/// The last part of a path.
func fileName(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

/// The table name a file gets: its name without the ending, with `_` for what a name cannot hold.
func tableName(of path: String) -> String {
  let file = fileName(of: path)
  let stem =
    file.lastIndex(of: ".").map { $0 > file.startIndex ? file[..<$0] : file[...] } ?? file[...]
  let name = String(stem.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
  return name.first?.isNumber == true ? "t_" + name : name
}

/// A table that was read from a file, as a part of the dataset.
func loadedEntry(_ table: Table, named name: String, from file: String) -> Dataset.Entry {
  var table = table
  for index in table.columns.indices {
    table.columns[index].description.origin = .init(
      table: name, column: table.columns[index].description.name)
    if case .coded(let coded) = table.columns[index].data, case .period(let kind, _) = coded.domain
    {
      table.columns[index].description.periodKind = kind
    }
  }
  return Dataset.Entry(
    description: TableDescription(
      name: name, columns: table.columns.map(\.description), rowCount: table.rowCount,
      summary: "loaded from \(fileName(of: file))"), table: table)
}
