/// A table read from a file, and what was noticed on the way.
public struct LoadedTable: Sendable {
  /// The columns, in the order of the file.
  public var table: Table
  /// What the reader should know of them.
  public var report: LoadReport

  /// A table and its report.
  public init(table: Table, report: LoadReport) {
    self.table = table
    self.report = report
  }
}

/// Reads a file into a table: CSV and its relatives, packed by gzip or not, a sheet of an Excel
/// workbook, or a table of an SQLite database. What a file is, its first bytes tell, not its name.
///
/// Text is read in blocks by several threads; the calling thread is one of them, and only it
/// calls `isCancelled` and `progress` (a fraction from 0 to 1). The result does not depend on the
/// number of threads. Types are found from all values, never from a sample: see `CellKind`.
public func loadFile(
  path: String, options: LoadOptions = LoadOptions(), isCancelled: () -> Bool = { false },
  progress: ((Double) -> Void)? = nil
) throws(LoadError) -> LoadedTable {
  try load(ByteSource(path: path), options, isCancelled, progress)
}

/// Reads the bytes of a file; `name` stands for its path in messages.
public func loadFile(
  bytes: [UInt8], name: String, options: LoadOptions = LoadOptions()
) throws(LoadError) -> LoadedTable {
  try load(ByteSource(bytes: bytes, name: name), options, { false }, nil)
}

private func load(
  _ source: ByteSource, _ options: LoadOptions, _ isCancelled: () -> Bool,
  _ progress: ((Double) -> Void)?
) throws(LoadError) -> LoadedTable {
  var source = source
  var kind = try FileKind(source)
  var notes: [Answer.Note] = []
  if kind == .gzip {
    source = try unpacked(source, isCancelled: isCancelled)
    kind = try FileKind(source)
    if kind != .text {
      throw LoadError(
        "\(shown(source.name, limit: 100)) holds no text",
        hint: "unpack it, and load what is inside of it")
    }
    notes.append(Answer.Note(.note, "unpacked from gzip"))
  }
  let rows: PreparedText
  switch kind {
  case .text, .gzip:
    return try loadText(source, options, notes, isCancelled, progress)
  case .zip: rows = try sheetText(source, options, isCancelled: isCancelled)
  case .database: rows = try databaseText(source, options, isCancelled: isCancelled)
  }
  return try scanned(rows, options, isCancelled, progress)
}

/// Reads text, as UTF-8 unless it says otherwise; what turns out not to be UTF-8 may be Windows-1252.
private func loadText(
  _ source: ByteSource, _ options: LoadOptions, _ notes: [Answer.Note], _ isCancelled: () -> Bool,
  _ progress: ((Double) -> Void)?
) throws(LoadError) -> LoadedTable {
  func load(_ source: ByteSource, _ notes: [Answer.Note]) throws(LoadError) -> LoadedTable {
    var text = try PreparedText(TextFile(source, options), options, isCancelled: isCancelled)
    text.notes = notes + text.notes
    return try scanned(text, options, isCancelled, progress)
  }
  let (decoded, decision) = try decodedText(source, options.encoding)
  let known = notes + decision
  do throws(LoadError) {
    return try load(decoded, known)
  } catch {
    guard error.isEncoding, options.encoding == nil, decision.isEmpty else { throw error }
    let (western, warning) = try decodedAsWindows1252(source, instead: error)
    return try load(western, known + [warning])
  }
}

/// Scans text that is ready for it.
private func scanned(
  _ text: PreparedText, _ options: LoadOptions, _ isCancelled: () -> Bool,
  _ progress: ((Double) -> Void)?
) throws(LoadError) -> LoadedTable {
  var csv = CSVOptions(options)
  let layout = try FileLayout(text.file, csv)
  let wishes = try CellWishes(options, text, layout.header)
  csv.textColumns = wishes.textColumns
  csv.codeColumns = text.codeColumns
  var scan = TableScan(layout: layout, options: csv, cuts: try layout.likelyCuts())
  if try !scan.run(isCancelled: isCancelled, progress: progress) {
    // Some block is not what it should be: a careful look at every byte either finds the mistake and
    // throws it, or finds that a cut lay inside quotes and gives the right cuts.
    let cuts = try layout.exactCuts(isCancelled: isCancelled)
    scan = TableScan(layout: layout, options: csv, cuts: cuts)
    guard try scan.run(isCancelled: isCancelled, progress: progress) else {
      throw LoadError(
        "\(shown(text.file.source.name, limit: 100)) could not be read: its rows do not fit together"
      )
    }
  }
  var loaded = try TableAssembly(scan, wishes, nameless: text.nameless).loaded()
  loaded.report.notes = text.notes + loaded.report.notes
  return loaded
}
