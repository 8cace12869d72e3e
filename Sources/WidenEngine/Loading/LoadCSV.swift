import Glibc

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

/// Reads a CSV file, or a tab-separated one named `.tsv`, into a table.
///
/// The file is read in blocks by several threads; the calling thread is one of them, and only it
/// calls `isCancelled` and `progress` (a fraction from 0 to 1). The result does not depend on the
/// number of threads. Types are found from all values, never from a sample: see `CellKind`.
public func loadCSV(
  path: String, options: CSVOptions = CSVOptions(), isCancelled: () -> Bool = { false },
  progress: ((Double) -> Void)? = nil
) throws(LoadError) -> LoadedTable {
  let source = try ByteSource(path: path)
  return try load(source, options, isCancelled, progress)
}

/// Reads the bytes of a CSV file; `name` stands for its path in messages.
public func loadCSV(
  bytes: [UInt8], name: String, options: CSVOptions = CSVOptions()
) throws(LoadError) -> LoadedTable {
  try load(ByteSource(bytes: bytes, name: name), options, { false }, nil)
}

private func load(
  _ source: ByteSource, _ options: CSVOptions, _ isCancelled: () -> Bool,
  _ progress: ((Double) -> Void)?
) throws(LoadError) -> LoadedTable {
  let layout = try FileLayout(source, options)
  var scan = TableScan(layout: layout, options: options, cuts: try layout.likelyCuts())
  if try !scan.run(isCancelled: isCancelled, progress: progress) {
    // Some block is not what it should be: a careful look at every byte either finds the mistake and
    // throws it, or finds that a cut lay inside quotes and gives the right cuts.
    let cuts = try layout.exactCuts(isCancelled: isCancelled)
    scan = TableScan(layout: layout, options: options, cuts: cuts)
    guard try scan.run(isCancelled: isCancelled, progress: progress) else {
      throw LoadError(
        "\(shown(source.name, limit: 100)) could not be read: its rows do not fit together")
    }
  }
  return try TableAssembly(scan).loaded()
}
