internal import Glibc
internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// `load "file" [skip N rows] [as name]`
  func load(_ statement: LoadStatement, _ run: Run) throws(Failure) -> Reply {
    if statement.sheet != nil { throw sentence("'sheet' does not work in this version yet: only CSV is read") }
    if statement.person != nil { throw sentence("'personal by' does not work in this version yet") }
    if let option = statement.options.first {
      throw sentence("load has no option '\(option.name.text)'")
    }
    let name = statement.name?.text ?? tableName(of: statement.file)
    var options = CSVOptions()
    if case .number(let rows, _)? = statement.skip { options.skipRows = rows }
    options.threads = state.settings.threads ?? SystemClock.processors
    let loaded = try read(statement.file, options, run.sinks.isCancelled)
    add(loaded.table, named: name, from: statement.file)
    state.loads[name.lowercased()] = loaded.report
    run.sinks.messages(
      "\(visible(name)): \(grouped(loaded.table.rowCount)) rows, \(loaded.table.columns.count) columns\n")
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
      throw Failure(error, file: file)
    }
  }

  private func add(_ table: Table, named name: String, from file: String) {
    var table = table
    for index in table.columns.indices {
      table.columns[index].description.origin = .init(
        table: name, column: table.columns[index].description.name)
    }
    state.dataset.add(
      Dataset.Entry(
        description: TableDescription(
          name: name, columns: table.columns.map(\.description), rowCount: table.rowCount,
          summary: "loaded from \(fileName(of: file))"), table: table))
  }

  private func sentence(_ text: String) -> Failure { .sentence(text, hint: nil) }

  /// Opens the files named on the command line; a folder stands for the CSV files in it.
  func openFiles(_ paths: [String], notes: inout [String]) throws(OpeningError) -> Dataset {
    var dataset = Dataset(name: fileName(of: paths.first ?? ""))
    let files = paths.flatMap { isFolder($0) ? csvFiles(in: $0) : [$0] }
    guard !files.isEmpty else {
      throw OpeningError("there is no CSV file in '\(paths.joined(separator: "', '"))'")
    }
    for file in files {
      let name = tableName(of: file)
      let loaded: LoadedTable
      do throws(LoadError) {
        var options = CSVOptions()
        options.threads = SystemClock.processors
        loaded = try loadCSV(path: file, options: options, isCancelled: { false }, progress: nil)
      } catch {
        let place = error.line.map { ", line \($0)" } ?? ""
        throw OpeningError("\(file)\(place): \(error.message)", hint: error.hint)
      }
      var table = loaded.table
      for index in table.columns.indices {
        table.columns[index].description.origin = .init(
          table: name, column: table.columns[index].description.name)
      }
      dataset.add(
        Dataset.Entry(
          description: TableDescription(
            name: name, columns: table.columns.map(\.description), rowCount: table.rowCount,
            summary: "loaded from \(fileName(of: file))"), table: table))
      notes += loaded.report.notes.map { "\(name): \($0.text)" }
    }
    return dataset
  }

  private func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func csvFiles(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let found = readdir(directory) {
      let name = withUnsafePointer(to: &found.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let ending = name.lowercased()
      if ending.hasSuffix(".csv") || ending.hasSuffix(".tsv") { names.append("\(folder)/\(name)") }
    }
    return names.sorted()
  }
}

/// The last part of a path.
func fileName(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

/// The table name a file gets: its name without the ending, with `_` for what a name cannot hold.
func tableName(of path: String) -> String {
  let file = fileName(of: path)
  let stem = file.lastIndex(of: ".").map { $0 > file.startIndex ? file[..<$0] : file[...] } ?? file[...]
  let name = String(stem.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
  return name.first?.isNumber == true ? "t_" + name : name
}
