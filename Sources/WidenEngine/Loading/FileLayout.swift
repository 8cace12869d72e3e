import WidenLanguage

/// Where the rows of a text lie, and what its columns are called.
struct FileLayout: Sendable {
  let source: ByteSource
  let dialect: Dialect
  let header: Header
  /// Where the first row after the header starts.
  let start: Int
  /// The line on which it starts.
  let firstLine: Int
  /// Where the last row ends: blank lines at the end are no rows.
  let end: Int
  /// Where the lines stand in the file that the user knows.
  let lines: LineMap
  private let options: CSVOptions

  /// How many bytes a thread takes at a time; more when rows are long.
  var blockBytes: Int {
    max(options.blockBytes, header.names.count > 16 ? header.names.count << 9 : 0)
  }

  init(_ text: TextFile, _ options: CSVOptions) throws(LoadError) {
    source = text.source
    dialect = text.dialect
    lines = text.lines
    end = text.end
    self.options = options
    var reader = text.reader(maximumFieldBytes: options.maximumFieldBytes, keepsFields: true)
    guard try reader.next() else {
      throw LoadError("no row is left in \(shown(source.name, limit: 100)) for the header")
    }
    header = try Header(
      fields: reader.fields, line: lines.origin(of: reader.line), dialect, name: source.name)
    start = reader.position
    firstLine = try linesBefore(reader.position, source, dialect, from: text.begin)
  }

  /// A careful reader from the start of a row.
  func reader(from start: Int, line: Int, keepsFields: Bool = false) -> RecordReader {
    RecordReader(
      source, dialect, from: start, to: end, line: line,
      maximumFieldBytes: options.maximumFieldBytes, keepsFields: keepsFields)
  }

  /// Where the file may be cut into blocks, if no line break at a cut lies inside quotes.
  func likelyCuts(isCancelled: () -> Bool) throws(LoadError) -> [Int] {
    var cuts = [start]
    var wanted = start + blockBytes
    while wanted < end {
      if isCancelled() { throw .cancelled }
      let cut = try rowStart(from: wanted)
      if cut < end { cuts.append(cut) }
      wanted = cut + blockBytes
    }
    cuts.append(end)
    return cuts
  }

  /// Where the file may be cut, from reading every byte; throws the first mistake in the file.
  func exactCuts(isCancelled: () -> Bool) throws(LoadError) -> [Int] {
    var cuts = [start]
    var last = start
    var reader = reader(from: start, line: firstLine)
    while try reader.next() {
      if reader.fieldCount != header.names.count {
        throw ragged(line: reader.line, count: reader.fieldCount)
      }
      if reader.position - last >= blockBytes, reader.position < end {
        if isCancelled() { throw .cancelled }
        last = reader.position
        cuts.append(last)
      }
    }
    cuts.append(end)
    return cuts
  }

  private func ragged(line: Int, count: Int) -> LoadError {
    let name = shown(source.name, limit: 100)
    let hint =
      count > header.names.count
      ? "put a field that holds the separator in quotes"
      : "notes above or below the table must be taken out"
    return LoadError(
      "line \(line) of \(name) has \(counted(count, "field")), but the header has "
        + "\(grouped(header.names.count))", line: line, hint: hint)
  }

  private func rowStart(from offset: Int) throws(LoadError) -> Int {
    var offset = offset - 1
    while offset < end {
      let piece = try source.bytes(offset..<min(end, offset + 4096))
      if let found = piece.firstIndex(of: dialect.newline) { return offset + found + 1 }
      offset += piece.count
    }
    return end
  }
}

extension LoadError {
  static let cancelled = LoadError("loading was cancelled")
}

private func linesBefore(_ position: Int, _ source: ByteSource, _ dialect: Dialect, from start: Int)
  throws(LoadError) -> Int
{
  try source.bytes(start..<position).count { $0 == dialect.newline } + 1
}
