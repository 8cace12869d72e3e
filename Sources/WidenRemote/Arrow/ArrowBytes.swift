/// A part of bytes from a server, read within its bounds only; numbers have their lowest byte first.
struct ArrowBytes {
  private let bytes: [UInt8]
  private let range: Range<Int>

  init(_ bytes: [UInt8], _ range: Range<Int>? = nil) {
    self.bytes = bytes
    self.range = (range ?? bytes.indices).clamped(to: bytes.indices)
  }

  var count: Int { range.count }

  /// The number at a place.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(_ place: Int, as type: Number.Type)
    throws(Malformed) -> Number
  {
    let size = MemoryLayout<Number>.size
    guard place >= 0, place <= count - size else { throw ArrowBytes.outside }
    let value = bytes.span.bytes.unsafeLoadUnaligned(
      fromByteOffset: range.lowerBound + place, as: type)
    return Number(littleEndian: value)
  }

  /// So many bytes from a place on.
  func part(_ place: Int, _ size: Int) throws(Malformed) -> ArrowBytes {
    guard place >= 0, size >= 0, place <= count, size <= count - place else {
      throw ArrowBytes.outside
    }
    let start = range.lowerBound + place
    return ArrowBytes(bytes, start..<start + size)
  }

  /// The numbers of a column.
  func numbers<Number: FixedWidthInteger & BitwiseCopyable>(_ rows: Int, as type: Number.Type)
    throws(Malformed) -> ArrowNumbers<Number>
  {
    let (size, isFar) = rows.multipliedReportingOverflow(by: MemoryLayout<Number>.size)
    guard !isFar, rows >= 0, size <= count else { throw ArrowBytes.outside }
    return ArrowNumbers(bytes: self)
  }

  /// One bit a row, the lowest first; false outside.
  func bit(_ row: Int) -> Bool {
    guard row >= 0, row >> 3 < count else { return false }
    return bytes[range.lowerBound + row >> 3] >> UInt8(row & 7) & 1 == 1
  }

  /// All of them as text; what is no text is replaced.
  var text: String { String(decoding: bytes[range], as: UTF8.self) }

  /// All of them.
  var content: ArraySlice<UInt8> { bytes[range] }

  static let outside = Malformed("the rows point outside what was sent")
}

/// Numbers one behind the other, known to be there.
struct ArrowNumbers<Number: FixedWidthInteger & BitwiseCopyable> {
  fileprivate let bytes: ArrowBytes

  func callAsFunction(_ row: Int) throws(Malformed) -> Number {
    try bytes.number(row * MemoryLayout<Number>.size, as: Number.self)
  }
}

/// A table of FlatBuffers, in which a schema and what is said of rows are written.
struct FlatTable {
  private let bytes: ArrowBytes
  private let position: Int

  init(_ bytes: ArrowBytes, at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// The table that a message begins with.
  init(root bytes: ArrowBytes) throws(Malformed) {
    self.init(bytes, at: Int(try bytes.number(0, as: UInt32.self)))
  }

  /// A number under its place in the table; what is said where it is left out.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(_ slot: Int, else other: Number)
    throws(Malformed) -> Number
  {
    guard let place = try place(slot) else { return other }
    return try bytes.number(place, as: Number.self)
  }

  func flag(_ slot: Int) throws(Malformed) -> Bool { try number(slot, else: UInt8(0)) != 0 }

  func table(_ slot: Int) throws(Malformed) -> FlatTable? {
    guard let place = try place(slot) else { return nil }
    return FlatTable(bytes, at: place + Int(try bytes.number(place, as: UInt32.self)))
  }

  func text(_ slot: Int) throws(Malformed) -> String? {
    guard let (start, count) = try vector(slot) else { return nil }
    return try bytes.part(start, count).text
  }

  /// A table of several.
  func tables(_ slot: Int) throws(Malformed) -> [FlatTable] {
    guard let (start, count) = try vector(slot) else { return [] }
    guard count <= mostColumns else {
      throw Malformed("the answer says that it has \(count) columns")
    }
    var found: [FlatTable] = []
    for index in 0..<count {
      let place = start + 4 * index
      found.append(FlatTable(bytes, at: place + Int(try bytes.number(place, as: UInt32.self))))
    }
    return found
  }

  /// Pairs of long numbers, 16 bytes each.
  func pairs(_ slot: Int) throws(Malformed) -> [(first: Int, second: Int)] {
    guard let (start, count) = try vector(slot) else { return [] }
    guard count <= 3 * mostColumns else {
      throw Malformed("the answer says that it has \(count) buffers")
    }
    var found: [(first: Int, second: Int)] = []
    for index in 0..<count {
      let place = start + 16 * index
      found.append(
        (
          Int(try bytes.number(place, as: Int64.self)),
          Int(try bytes.number(place + 8, as: Int64.self))
        ))
    }
    return found
  }

  private func vector(_ slot: Int) throws(Malformed) -> (start: Int, count: Int)? {
    guard let place = try place(slot) else { return nil }
    let start = place + Int(try bytes.number(place, as: UInt32.self))
    return (start + 4, Int(try bytes.number(start, as: UInt32.self)))
  }

  /// Where a field is; nil when it is left out.
  private func place(_ slot: Int) throws(Malformed) -> Int? {
    let fields = position - Int(try bytes.number(position, as: Int32.self))
    let size = Int(try bytes.number(fields, as: UInt16.self))
    let entry = 4 + 2 * slot
    guard entry + 2 <= size else { return nil }
    let offset = Int(try bytes.number(fields + entry, as: UInt16.self))
    return offset == 0 ? nil : position + offset
  }
}

/// No result has more columns.
private let mostColumns = 10_000
