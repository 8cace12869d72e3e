internal import Glibc
internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// Reads a file as a table: `load "file" [sheet "name"] [skip N rows] [as name] [with options]`.
  func load(_ statement: LoadStatement, _ run: Run) throws(Failure) -> Reply {
    if statement.person != nil { throw sentence("'personal by' does not work in this version yet") }
    let name = statement.name?.text ?? tableName(of: statement.file)
    let options = try loadOptions(statement, run)
    let loaded = try read(statement, options, run)
    state.dataset.add(loadedEntry(loaded.table, named: name, from: statement.file))
    state.loads[name.lowercased()] = loaded.report
    let rows = counted(loaded.table.rowCount, "row")
    let columns = counted(loaded.table.columns.count, "column")
    run.sinks.messages("\(visible(name)): \(rows), \(columns)\n")
    for note in loaded.report.notes {
      run.sinks.messages("\(note.kind.rawValue): \(visible(note.text))\n")
    }
    return .nothing
  }

  private func read(_ statement: LoadStatement, _ options: LoadOptions, _ run: Run)
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

  private func sentence(_ text: String) -> Failure { .sentence(text, hint: nil) }
}

private func counted(_ number: Int, _ noun: String) -> String {
  "\(grouped(number)) \(number == 1 ? noun : noun + "s")"
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
