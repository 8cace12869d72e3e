/// Text that is decoded as a whole may have this many bytes.
let decodedLimit = 1 << 31

/// The text as UTF-8, and what was decided: UTF-16 by its mark, or what the user says it is.
func decodedText(_ source: ByteSource, _ encoding: Encoding?) throws(LoadError) -> (
  ByteSource, [Answer.Note]
) {
  let start = try source.bytes(0..<4)
  let isWide = start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF])
  let isMarked = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
  switch encoding {
  case .windows1252:
    return (try windows1252(source), [Answer.Note(.note, "read as Windows-1252")])
  case .utf8: return (source, [])
  case nil where !isMarked || isWide: return (source, [])
  case .utf16, nil:
    return (try utf16(source, start), [Answer.Note(.note, "read as UTF-16")])
  }
}

/// What to say of text that can only be Windows-1252; else throws the error that was found.
func windows1252Warning(_ source: ByteSource, instead error: LoadError) throws(LoadError)
  -> Answer.Note
{
  guard source.count <= decodedLimit else { throw error }
  var error = error
  switch Windows1252.look(at: try source.bytes(0..<source.count)) {
  case .likely:
    return Answer.Note(
      .warning, "it is not UTF-8 and was read as Windows-1252: look at names with accents")
  case .mixed:
    error.hint =
      "some of it is UTF-8 and some is not: "
      + "repair it, or read all of it as it is: with encoding = \"windows-1252\""
  case .unlikely: break
  }
  throw error
}

private func windows1252(_ source: ByteSource) throws(LoadError) -> ByteSource {
  let bytes = try whole(source)
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count + bytes.count / 16)
  var line = 1
  for byte in bytes {
    if byte < 0x80 {
      line += byte == Dialect.lineFeed ? 1 : 0
      text.append(byte)
    } else if let scalar = Windows1252.scalar(byte) {
      text.append(contentsOf: Unicode.UTF8.encode(scalar) ?? .encodedReplacementCharacter)
    } else {
      throw LoadError(
        "\(shown(source.name, limit: 100)) is not Windows-1252 text: line \(line) holds a byte "
          + "that does not belong there", line: line)
    }
  }
  return ByteSource(bytes: text, name: source.path)
}

/// UTF-16 as UTF-8, in the order that its mark tells, or its zero bytes where it has none.
private func utf16(_ source: ByteSource, _ start: [UInt8]) throws(LoadError) -> ByteSource {
  let bytes = try whole(source)
  let name = shown(source.name, limit: 100)
  guard bytes.count % 2 == 0 else {
    throw LoadError("\(name) is not UTF-16 text: half of its last character is missing")
  }
  let isBig: Bool
  if start.starts(with: [0xFE, 0xFF]) {
    isBig = true
  } else {
    isBig = !start.starts(with: [0xFF, 0xFE]) && start.first == 0
  }
  let units = stride(from: 0, to: bytes.count, by: 2).lazy.map { index -> UInt16 in
    let first = UInt16(bytes[index])
    let second = UInt16(bytes[index + 1])
    return isBig ? first << 8 | second : second << 8 | first
  }
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count)
  let isBroken = transcode(
    units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true
  ) { text.append($0) }
  if isBroken {
    let line = text.count { $0 == Dialect.lineFeed } + 1
    throw LoadError(
      "\(name) is not UTF-16 text: line \(line) holds half a character", line: line)
  }
  // The mark became that of UTF-8, which is left out later.
  return ByteSource(bytes: text, name: source.path)
}

private func whole(_ source: ByteSource) throws(LoadError) -> [UInt8] {
  guard source.count <= decodedLimit else {
    throw LoadError(
      "\(shown(source.name, limit: 100)) is too large to be converted: it has more than 2 GiB",
      hint: "save it as 'CSV UTF-8'")
  }
  return try source.bytes(0..<source.count)
}
