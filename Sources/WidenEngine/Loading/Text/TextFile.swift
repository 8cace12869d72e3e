/// UTF-8 text with rows: where it starts and ends, and what separates rows and fields.
struct TextFile: Sendable {
  let source: ByteSource
  /// The first byte after a mark.
  let begin: Int
  /// Where the last row ends: blank lines at the end are no rows.
  let end: Int
  let dialect: Dialect
  /// Where its lines stand in the file that the user knows.
  var lines = LineMap()

  /// A file as it is; looks at its start for what it is, and at its rows for their separator.
  init(_ source: ByteSource, _ options: LoadOptions) throws(LoadError) {
    let name = shown(source.name, limit: 100)
    let first = try source.bytes(0..<4096)
    if first.isEmpty { throw LoadError("\(name) is empty") }
    if let refusal = refusal(ofStart: first, name: source.name) { throw refusal }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    begin = first.starts(with: mark) ? 3 : 0
    if first.dropFirst(begin).starts(with: mark) {
      throw LoadError(
        "\(name) starts with two byte order marks", hint: "save it as 'CSV UTF-8' again")
    }
    if source.count == begin { throw LoadError("\(name) is empty but for a byte order mark") }
    end = try lastRowEnd(source, from: begin)
    if end == begin { throw LoadError("\(name) holds nothing but blank lines") }
    self.source = source
    var dialect = Dialect()
    dialect.newline = try lineEnd(source, from: begin, to: end)
    dialect.separator =
      options.separator?.byte
      ?? foundSeparator(
        source, newline: dialect.newline, range: begin..<end, skipRows: options.skipRows
      ).byte
    self.dialect = dialect
  }

  /// Text that was written here, with commas and line feeds.
  init(written bytes: [UInt8], for source: ByteSource, lines: LineMap) {
    self.source = ByteSource(bytes: bytes, name: source.name)
    self.lines = lines
    begin = 0
    end = bytes.last == Dialect.lineFeed ? bytes.count - 1 : bytes.count
    dialect = Dialect()
  }

  /// A careful reader from the start.
  func reader(maximumFieldBytes: Int, keepsFields: Bool) -> RecordReader {
    RecordReader(
      source, dialect, from: begin, to: end, maximumFieldBytes: maximumFieldBytes,
      keepsFields: keepsFields)
  }

  /// The separator as the user knows it.
  var separator: Separator { Separator.allCases.first { $0.byte == dialect.separator } ?? .comma }
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
