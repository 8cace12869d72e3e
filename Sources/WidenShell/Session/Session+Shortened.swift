internal import WidenEngine
internal import WidenLanguage

/// How the whole of a file is read of which only some columns were.
struct WholeTable {
  /// The statement that loads the file, also where none was written.
  let statement: LoadStatement
  let options: LoadOptions

  /// Nil when nothing of the table was passed over.
  init?(of loaded: LoadedTable, _ statement: LoadStatement, _ options: LoadOptions) {
    if loaded.table.unreadColumns.isEmpty { return nil }
    self.statement = statement
    var options = options
    options.namedColumns = nil
    self.options = options
  }
}

/// A script needs a few columns of a file, and reading those alone is several times as fast. It must
/// not be noticed: what is about to go wrong is tried again with all columns, since messages may
/// speak of values in columns that nobody named.
extension Session {
  /// The columns that the texts that are to be run may use of a file; nil: all.
  func columnsToRead(_ run: Run) -> Set<String>? {
    guard isAnnounced(run), let texts = options.texts,
      var names = namedColumns(in: texts, definitions: state.definitions)
    else { return nil }
    // What a dataset says of its tables may lead from them to the file.
    for table in state.dataset.entries.map(\.description) {
      let own = [table.key, table.person, table.span?.start, table.span?.end]
      let paths = table.relationships.flatMap { [$0.column, $0.key] }
      names.formUnion((own.compactMap(\.self) + paths).map { $0.lowercased() })
    }
    return names
  }

  /// Whether the text that runs was known before the files were opened.
  private func isAnnounced(_ run: Run) -> Bool {
    run.depth == 0 && options.texts?.contains(run.source) == true
  }

  /// Before a text that nobody knew of, which may use any column, files are read whole.
  func prepareTables(_ run: Run) throws(Failure) {
    if !isAnnounced(run) { _ = try readWhole(run) }
  }

  /// Reads the files whole of which some columns were passed over; false when there are none.
  func readWhole(_ run: Run) throws(Failure) -> Bool {
    var wasAny = false
    for (name, whole) in state.shortened.sorted(by: { $0.key < $1.key }) {
      // A result or another file may have taken the table's name.
      if state.dataset.entry(named: name)?.table.unreadColumns.isEmpty == false {
        let loaded = try read(whole.statement, whole.options, run)
        let (entry, report) = try entry(loaded, whole.statement, run)
        state.dataset.add(entry)
        state.loads[name] = report
        wasAny = true
      }
      state.shortened[name] = nil
    }
    return wasAny
  }
}
