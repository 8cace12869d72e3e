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

/// Reads a file into a table, whatever kind of file its first bytes show.
///
/// That is CSV or one of its relatives, packed by gzip or not; a sheet of an Excel workbook; or a
/// table of an SQLite database.
///
/// Text is read in blocks by several threads; the calling thread is one of them, and only it
/// calls `isCancelled` and `progress` (a fraction from 0 to 1). The result does not depend on the
/// number of threads. Types are found from all values, never from a sample: see `CellKind`.
///
/// With a store of snapshots, a file that was read before is only mapped; see `SnapshotStore`. One
/// of which only some columns are wanted is noted when it is met first, and read whole the next time.
public func loadFile(
  path: String, options: LoadOptions = LoadOptions(), snapshots: SnapshotStore? = nil,
  isCancelled: () -> Bool = { false }, progress: ((Double) -> Void)? = nil
) throws(LoadError) -> LoadedTable {
  guard let snapshots,
    let key = SnapshotKey(.file, path, options, program: snapshots.program)
  else { return try load(ByteSource(path: path), options, isCancelled, progress) }
  let known = snapshots.stored(key, threads: options.threads)
  if let table = known?.loadedTable { return table }
  let restedSince = snapshots.restedSince()
  var sources = SnapshotSources(folder: key.folder)
  sources.add(file: key.name)
  var options = options
  // A file that is met for the second time is worth reading whole, since it may well be met again.
  if known != nil { options.namedColumns = nil }
  let loaded = try load(ByteSource(path: path), options, isCancelled, progress)
  let package = loaded.table.unreadColumns.isEmpty ? OpenedPackage(loaded) : .metOnce
  snapshots.keep(package, key, sources, restedSince: restedSince, threads: options.threads)
  return loaded
}

/// Reads the bytes of a file; `name` stands for its path in messages.
public func loadFile(
  bytes: [UInt8], name: String, options: LoadOptions = LoadOptions()
) throws(LoadError) -> LoadedTable {
  try load(ByteSource(bytes: bytes, name: name), options, { false }, nil)
}

/// The lines on which rows of a file start, by their numbers from 0; a row may span several.
func linesOfRows(_ rows: [Int], path: String, options: LoadOptions) throws(LoadError) -> [Int] {
  do throws(LoadError) {
    let text = try prepared(Opened(ByteSource(path: path)), options)
    let layout = try FileLayout(text.file, CSVOptions(options))
    var reader = layout.reader(from: layout.start, line: layout.firstLine)
    var lines: [Int: Int] = [:]
    for row in 0...(rows.max() ?? 0) {
      guard try reader.next() else { break }
      if rows.contains(row) { lines[row] = layout.lines.origin(of: reader.line) }
    }
    return rows.compactMap { lines[$0] }
  } catch {
    guard error.isEncoding, options.encoding == nil else { throw error }
    var options = options
    options.encoding = .windows1252
    return try linesOfRows(rows, path: path, options: options)
  }
}

private func load(
  _ source: ByteSource, _ options: LoadOptions, _ isCancelled: () -> Bool,
  _ progress: ((Double) -> Void)?
) throws(LoadError) -> LoadedTable {
  let opened = try Opened(source, isCancelled: isCancelled)
  do throws(LoadError) {
    let text = try prepared(opened, options, isCancelled: isCancelled)
    return try scanned(text, options, isCancelled, progress)
  } catch {
    guard error.isEncoding, options.encoding == nil else { throw error }
    // What is not UTF-8 may be Windows-1252, if nothing speaks against it.
    let warning = try windows1252Warning(opened.source, instead: error)
    var options = options
    options.encoding = .windows1252
    var text = try prepared(opened, options, isCancelled: isCancelled)
    text.notes = [warning] + text.notes.dropFirst()
    return try scanned(text, options, isCancelled, progress)
  }
}

/// The columns that nobody will look into; those of which something was declared, and those without
/// a name, are always read, since it shows only then whether they are what they should be.
private func unreadColumns(
  of header: Header, _ options: LoadOptions, _ wishes: CellWishes, _ text: PreparedText
) -> Set<Int> {
  guard let named = options.namedColumns else { return [] }
  let unread = header.names.indices.filter { index in
    !named.contains(header.names[index].lowercased()) && wishes.meanings[index] == nil
      && !text.nameless.contains(index)
  }
  return Set(unread)
}

/// A file, unpacked if it was packed by gzip.
private struct Opened {
  var source: ByteSource
  var kind: FileKind
  var isUnpacked = false

  init(_ source: ByteSource, isCancelled: () -> Bool = { false }) throws(LoadError) {
    self.source = source
    kind = try FileKind(source)
    guard kind == .gzip else { return }
    isUnpacked = true
    self.source = try unpacked(source, isCancelled: isCancelled)
    kind = try FileKind(self.source)
    guard kind == .text else {
      throw LoadError(
        "\(shown(source.name, limit: 100)) holds no text",
        hint: "unpack it, and load what is inside of it")
    }
  }
}

/// The text of a file, the sheet of a workbook or the table of a database.
private func prepared(
  _ opened: Opened, _ options: LoadOptions, isCancelled: () -> Bool = { false }
) throws(LoadError) -> PreparedText {
  switch opened.kind {
  case .zip: return try sheetText(opened.source, options, isCancelled: isCancelled)
  case .database: return try databaseText(opened.source, options, isCancelled: isCancelled)
  case .text, .gzip:
    let (source, decision) = try decodedText(opened.source, options.encoding)
    var text = try PreparedText(TextFile(source, options), options, isCancelled: isCancelled)
    text.notes = decision + text.notes
    if opened.isUnpacked { text.notes.append(Answer.Note(.note, "unpacked from gzip")) }
    return text
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
  csv.declaredColumns = wishes.declaredColumns
  csv.codeColumns = text.codeColumns
  csv.unreadColumns = unreadColumns(of: layout.header, options, wishes, text)
  let cuts = try layout.likelyCuts(isCancelled: isCancelled)
  var scan = TableScan(layout: layout, options: csv, cuts: cuts)
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
  var loaded = try TableAssembly(scan, wishes, nameless: text.nameless)
    .loaded(isCancelled: isCancelled)
  loaded.report.decisions = text.notes + loaded.report.decisions
  return loaded
}
