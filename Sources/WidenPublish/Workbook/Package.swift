/// A part of a package, as its directory has it.
private struct Part {
  /// The entry of the directory.
  var entry: [UInt8]
  var offset: Int
  var name: String
  var unpackedSize: Int
}

extension Scratch {
  /// Passes when every sheet of a workbook holds at least the bytes of its rows.
  ///
  /// The library does not look whether the files that it puts together could be written.
  func checkSheets(holding rowBytes: [Int]) throws(PublishError) {
    let parts = try directory().parts
    for (index, bytes) in rowBytes.enumerated() {
      let name = "xl/worksheets/sheet\(index + 1).xml"
      guard let part = parts.first(where: { $0.name == name }), part.unpackedSize > bytes else {
        throw .noScratchSpace
      }
    }
  }

  /// Hands on the package with another text in one of its parts.
  func copyPackage(
    replacing name: String, with text: String,
    to sink: ([UInt8]) throws(PublishError) -> Void
  ) throws(PublishError) {
    let (parts, end) = try directory()
    var directory: [UInt8] = []
    var written = 0
    for (index, part) in parts.enumerated() {
      var entry = part.entry
      entry.put(written, at: 42, bytes: 4)
      if part.name == name {
        let bytes = stored(text, in: &entry)
        try sink(bytes)
        written += bytes.count
      } else {
        var offset = part.offset
        let next = index + 1 < parts.count ? parts[index + 1].offset : end
        while offset < next {
          let piece = try bytes(at: offset, count: min(1 << 16, next - offset))
          if piece.isEmpty { throw .noScratchSpace }
          try sink(piece)
          offset += piece.count
          written += piece.count
        }
      }
      directory += entry
    }
    let size = directory.count
    directory += [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    var counts = [UInt8](repeating: 0, count: 14)
    counts.put(parts.count, at: 0, bytes: 2)
    counts.put(parts.count, at: 2, bytes: 2)
    counts.put(size, at: 4, bytes: 4)
    counts.put(written, at: 8, bytes: 4)
    try sink(directory + counts)
  }

  /// The parts in the order in which they stand, and where the directory behind them starts.
  private func directory() throws(PublishError) -> (parts: [Part], end: Int) {
    let length = count
    let last = try bytes(at: max(0, length - 22), count: 22)
    guard last.count == 22, last.starts(with: [0x50, 0x4B, 5, 6]) else { throw .noScratchSpace }
    let start = last.number(at: 16, bytes: 4)
    let bytes = try bytes(at: start, count: last.number(at: 12, bytes: 4))
    var parts: [Part] = []
    var place = 0
    while place + 46 <= bytes.count {
      let nameLength = bytes.number(at: place + 28, bytes: 2)
      let size =
        46 + nameLength + bytes.number(at: place + 30, bytes: 2)
        + bytes.number(at: place + 32, bytes: 2)
      guard place + size <= bytes.count else { throw .noScratchSpace }
      let entry = Array(bytes[place..<(place + size)])
      parts.append(
        Part(
          entry: entry, offset: entry.number(at: 42, bytes: 4),
          name: String(decoding: entry[46..<(46 + nameLength)], as: UTF8.self),
          unpackedSize: entry.number(at: 24, bytes: 4)))
      place += size
    }
    return (parts, start)
  }
}

/// A part with this text, not packed: its head and its bytes; the entry is changed to suit.
private func stored(_ text: String, in entry: inout [UInt8]) -> [UInt8] {
  let bytes = Array(text.utf8)
  let name = entry[46..<(46 + entry.number(at: 28, bytes: 2))]
  entry.put(0, at: 8, bytes: 2)
  entry.put(0, at: 10, bytes: 2)
  entry.put(Int(checksum(bytes)), at: 16, bytes: 4)
  entry.put(bytes.count, at: 20, bytes: 4)
  entry.put(bytes.count, at: 24, bytes: 4)
  entry.put(0, at: 30, bytes: 2)
  entry.put(0, at: 32, bytes: 2)
  entry = Array(entry[..<(46 + name.count)])
  // The head of a part has what its entry has from the version on, and then its name.
  return [0x50, 0x4B, 3, 4] + entry[6..<32] + name + bytes
}

/// The cyclic redundancy check of 32 bits that packages have.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  var check = UInt32.max
  for byte in bytes {
    check ^= UInt32(byte)
    for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
  }
  return ~check
}

extension [UInt8] {
  /// A number with its least byte first.
  fileprivate func number(at place: Int, bytes: Int) -> Int {
    (0..<bytes).reversed().reduce(0) { $0 << 8 | Int(self[place + $1]) }
  }

  fileprivate mutating func put(_ number: Int, at place: Int, bytes: Int) {
    for index in 0..<bytes {
      self[place + index] = UInt8(truncatingIfNeeded: number >> (8 * index))
    }
  }
}
