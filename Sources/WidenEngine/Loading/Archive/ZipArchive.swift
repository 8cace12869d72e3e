import CZlib

/// The parts of a zip archive, found by its directory; nothing is ever written to disk.
struct ZipArchive {
  private struct Part {
    var isPacked: Bool
    var packedBytes: Int
    var headerOffset: Int
    var checksum: UInt
  }

  let source: ByteSource
  private var parts: [String: Part] = [:]

  /// Reads the directory of an archive.
  init(_ source: ByteSource) throws(LoadError) {
    self.source = source
    let directory = try ZipArchive.directory(source)
    var bytes = LittleEndian(directory.bytes)
    for _ in 0..<directory.count {
      guard bytes.word(0) == 0x0201_4B50, bytes.remaining >= 46 else { throw damaged }
      let flags = bytes.short(8)
      let method = bytes.short(10)
      let nameCount = bytes.short(28)
      guard bytes.remaining >= 46 + nameCount else { throw damaged }
      let name = String(decoding: bytes.bytes(46, nameCount), as: UTF8.self)
      guard flags & 1 == 0 else {
        throw LoadError(
          "\(shown(source.name, limit: 100)) is locked with a password",
          hint: "save it without a password")
      }
      if method == 0 || method == 8 {
        parts[name] = Part(
          isPacked: method == 8, packedBytes: bytes.word(20), headerOffset: bytes.word(42),
          checksum: UInt(bytes.word(16)))
      }
      bytes.skip(46 + nameCount + bytes.short(30) + bytes.short(32))
    }
  }

  /// Whether there is a part of this name.
  func has(_ name: String) -> Bool { parts[name] != nil }

  /// Calls `body` with the bytes of a part, piece by piece.
  func read(
    _ name: String, _ body: (UnsafeBufferPointer<UInt8>) throws(LoadError) -> Void
  ) throws(LoadError) {
    guard let part = parts[name] else {
      throw LoadError(
        "\(shown(source.name, limit: 100)) is damaged: its part \(shown(name)) is missing")
    }
    let header = LittleEndian(try source.bytes(part.headerOffset..<part.headerOffset + 30))
    guard header.remaining == 30, header.word(0) == 0x0403_4B50 else { throw damaged }
    var offset = part.headerOffset + 30 + header.short(26) + header.short(28)
    let end = offset + part.packedBytes
    guard end <= source.count else { throw damaged }
    let inflater = part.isPacked ? try Inflater(.raw, name: source.name) : nil
    var checksum = crc32(0, nil, 0)
    func checked(_ bytes: UnsafeBufferPointer<UInt8>) throws(LoadError) {
      checksum = crc32(checksum, bytes.baseAddress, UInt32(bytes.count))
      try body(bytes)
    }
    while offset < end {
      let piece = try source.bytes(offset..<min(end, offset + (64 << 10)))
      offset += piece.count
      guard let inflater else {
        try hold(piece, checked)
        continue
      }
      let used = try inflater.unpack(piece, checked)
      if used < piece.count { break }
    }
    let isWhole = inflater?.isAtEnd ?? true
    guard isWhole, checksum == part.checksum else { throw damaged }
  }

  private var damaged: LoadError {
    LoadError(
      "\(shown(source.name, limit: 100)) looks like an Excel workbook, but it is damaged",
      hint: "fetch it again, or save it again")
  }

  private func hold(
    _ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws(LoadError) -> Void
  ) throws(LoadError) {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    defer { copy.deallocate() }
    _ = copy.initialize(from: bytes)
    try body(UnsafeBufferPointer(copy))
  }

  /// The bytes of the directory and how many parts it lists; its place stands at the end of the file.
  private static func directory(_ source: ByteSource) throws(LoadError) -> (
    bytes: [UInt8], count: Int
  ) {
    let broken = LoadError(
      "\(shown(source.name, limit: 100)) looks like an Excel workbook, but its list of parts is missing",
      hint: "fetch it again, or save it again")
    let start = max(0, source.count - 66_000)
    let tail = LittleEndian(try source.bytes(start..<source.count))
    var place = tail.remaining - 22
    while place >= 0, tail.word(place) != 0x0605_4B50 { place -= 1 }
    guard place >= 0 else { throw broken }
    let (count, size, offset) = (
      tail.short(place + 10), tail.word(place + 12), tail.word(place + 16)
    )
    guard offset + size <= source.count, size >= count * 46, size <= 64 << 20 else { throw broken }
    return (try source.bytes(offset..<offset + size), count)
  }
}

/// Numbers in bytes, the lowest byte first; 0 where there are no more bytes.
private struct LittleEndian {
  private let all: [UInt8]
  private var start = 0

  init(_ bytes: [UInt8]) {
    all = bytes
  }

  var remaining: Int { all.count - start }

  mutating func skip(_ count: Int) { start = min(all.count, start + count) }

  func bytes(_ offset: Int, _ count: Int) -> ArraySlice<UInt8> {
    all[(start + offset)..<(start + offset + count)]
  }

  func short(_ offset: Int) -> Int { byte(offset) | byte(offset + 1) << 8 }

  func word(_ offset: Int) -> Int { short(offset) | short(offset + 2) << 16 }

  private func byte(_ offset: Int) -> Int {
    let index = start + offset
    return index >= 0 && index < all.count ? Int(all[index]) : 0
  }
}
