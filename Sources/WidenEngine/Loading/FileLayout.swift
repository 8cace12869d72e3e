/// Where the rows of a file lie, how they are separated, and what its columns are called.
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
  private let options: CSVOptions

  /// How many bytes a thread takes at a time; more when rows are long.
  var blockBytes: Int {
    max(options.blockBytes, header.names.count > 16 ? header.names.count << 9 : 0)
  }

  init(_ source: ByteSource, _ options: CSVOptions) throws(LoadError) {
    let name = shown(source.name, limit: 100)
    let first = try source.bytes(0..<4096)
    if first.isEmpty { throw LoadError("\(name) is empty") }
    if let refusal = refusal(ofStart: first, name: source.name) { throw refusal }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let begin = first.starts(with: mark) ? 3 : 0
    if first.dropFirst(begin).starts(with: mark) {
      throw LoadError(
        "\(name) starts with two byte order marks", hint: "save it as 'CSV UTF-8' again")
    }
    if source.count == begin { throw LoadError("\(name) is empty but for a byte order mark") }
    end = try lastRowEnd(source, from: begin)
    if end == begin { throw LoadError("\(name) holds nothing but blank lines") }

    var dialect = Dialect()
    dialect.newline = try lineEnd(source, from: begin, to: end)
    let lower = source.name.lowercased()
    if lower.hasSuffix(".tsv") || lower.hasSuffix(".tab") { dialect.separator = 9 }
    var reader = RecordReader(
      source, dialect, from: begin, to: end, maximumFieldBytes: options.maximumFieldBytes,
      keepsFields: true)
    for skipped in 0..<options.skipRows where try !reader.next() {
      throw LoadError(
        "\(name) has \(counted(skipped, "row")), so \(grouped(options.skipRows)) cannot be skipped")
    }
    guard try reader.next() else { throw LoadError("no row is left in \(name) for the header") }
    header = try Header(fields: reader.fields, line: reader.line, dialect, name: source.name)
    start = reader.position
    firstLine = try linesBefore(reader.position, source, dialect, from: begin)
    self.source = source
    self.dialect = dialect
    self.options = options
  }

  /// A careful reader from the start of a row.
  func reader(from start: Int, line: Int, keepsFields: Bool = false) -> RecordReader {
    RecordReader(
      source, dialect, from: start, to: end, line: line,
      maximumFieldBytes: options.maximumFieldBytes, keepsFields: keepsFields)
  }

  /// Where the file may be cut into blocks, if no line break at a cut lies inside quotes.
  func likelyCuts() throws(LoadError) -> [Int] {
    var cuts = [start]
    var wanted = start + blockBytes
    while wanted < end {
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

/// Where the bytes end when line breaks at the end are left out.
private func lastRowEnd(_ source: ByteSource, from start: Int) throws(LoadError) -> Int {
  var end = source.count
  while end > start {
    let piece = try source.bytes(max(start, end - 65_536)..<end)
    if let last = piece.lastIndex(where: { $0 != 10 && $0 != 13 }) {
      return end - piece.count + last + 1
    }
    end -= piece.count
  }
  return start
}

/// What ends a row: a carriage return only in a file that has no line feed at all.
private func lineEnd(_ source: ByteSource, from start: Int, to end: Int) throws(LoadError) -> UInt8
{
  var hasReturn = false
  var offset = start
  while offset < source.count {
    let piece = try source.bytes(offset..<offset + 65_536)
    if piece.contains(Dialect.lineFeed) { return Dialect.lineFeed }
    hasReturn = hasReturn || piece.contains(Dialect.carriageReturn)
    offset += piece.count
  }
  return hasReturn ? Dialect.carriageReturn : Dialect.lineFeed
}

private func linesBefore(_ position: Int, _ source: ByteSource, _ dialect: Dialect, from start: Int)
  throws(LoadError) -> Int
{
  try source.bytes(start..<position).count { $0 == dialect.newline } + 1
}
