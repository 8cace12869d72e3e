/// A snapshot that is not what it should be; nobody is told, since the source is read instead.
struct SnapshotDamage: Error {}

/// Writes values one after the other, or reads them back.
///
/// Each type is described once, by a function that hands its parts over `inout`: in writing they are
/// only looked at, in reading they are set. Whatever the bytes are, reading ends, and finds only
/// what lies inside of them.
struct Archive {
  /// Plain values of a column, which do not lie among the others.
  struct Section {
    /// Where they are in the file.
    var offset: Int
    var bytes: UnsafeRawBufferPointer
    /// Keeps the bytes in memory.
    var owner: any AnyObject & Sendable
  }

  /// The values in writing, or all of them in reading.
  private(set) var bytes: [UInt8]
  /// What is to be written besides.
  private(set) var sections: [Section] = []
  /// Where the next section may start.
  private(set) var sectionsEnd = SnapshotHeader.byteCount
  private var position = 0
  private let file: MappedFile?

  /// An archive to write.
  init() {
    bytes = []
    file = nil
  }

  /// An archive to read; sections lie in the file before `sectionsEnd`.
  init(reading bytes: [UInt8], of file: MappedFile, sectionsEnd: Int) {
    self.bytes = bytes
    self.file = file
    self.sectionsEnd = sectionsEnd
  }

  /// Whether values are set, not looked at.
  var isReading: Bool { file != nil }
  /// Whether everything was read.
  var isAtEnd: Bool { position == bytes.count }

  mutating func number(_ value: inout Int) throws(SnapshotDamage) {
    if isReading {
      guard bytes.count - position >= 8 else { throw SnapshotDamage() }
      var word: UInt64 = 0
      for index in 0..<8 { word |= UInt64(bytes[position + index]) << UInt64(8 * index) }
      position += 8
      value = Int(truncatingIfNeeded: word)
    } else {
      let word = UInt64(bitPattern: Int64(value))
      for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * index))) }
    }
  }

  mutating func flag(_ value: inout Bool) throws(SnapshotDamage) {
    var number = value ? 1 : 0
    try self.number(&number)
    guard number == 0 || number == 1 else { throw SnapshotDamage() }
    value = number == 1
  }

  mutating func text(_ value: inout String) throws(SnapshotDamage) {
    var count = value.utf8.count
    try number(&count)
    guard isReading else {
      bytes.append(contentsOf: value.utf8)
      return
    }
    guard count >= 0, count <= bytes.count - position,
      let text = String(validating: bytes[position..<position + count], as: UTF8.self)
    else { throw SnapshotDamage() }
    position += count
    value = text
  }

  /// One of the values of an enum.
  mutating func choice<Choice: RawRepresentable>(
    _ value: inout Choice
  ) throws(SnapshotDamage) where Choice.RawValue == String {
    var raw = value.rawValue
    try text(&raw)
    guard let known = Choice(rawValue: raw) else { throw SnapshotDamage() }
    value = known
  }

  /// One of the values of an enum of numbers.
  mutating func choice<Choice: RawRepresentable>(
    _ value: inout Choice
  ) throws(SnapshotDamage) where Choice.RawValue == Int {
    var raw = value.rawValue
    try number(&raw)
    guard let known = Choice(rawValue: raw) else { throw SnapshotDamage() }
    value = known
  }

  /// Something or nothing; `blank` is what is set in reading.
  mutating func optional<Part>(
    _ value: inout Part?, blank: @autoclosure () -> Part,
    _ part: (inout Archive, inout Part) throws(SnapshotDamage) -> Void
  ) throws(SnapshotDamage) {
    var exists = value != nil
    try flag(&exists)
    guard exists else {
      value = nil
      return
    }
    var own = value ?? blank()
    try part(&self, &own)
    value = own
  }

  mutating func optional(_ value: inout String?) throws(SnapshotDamage) {
    try optional(&value, blank: "") { archive, text throws(SnapshotDamage) in
      try archive.text(&text)
    }
  }

  /// Any number of parts; `blank` is what is set in reading.
  mutating func list<Part>(
    _ values: inout [Part], blank: @autoclosure () -> Part,
    _ part: (inout Archive, inout Part) throws(SnapshotDamage) -> Void
  ) throws(SnapshotDamage) {
    var count = values.count
    try number(&count)
    guard isReading else {
      for value in values {
        var value = value
        try part(&self, &value)
      }
      return
    }
    // Every part takes a byte at least, so that a wrong number ends with the bytes.
    guard count >= 0, count <= bytes.count - position else { throw SnapshotDamage() }
    values = []
    for _ in 0..<count {
      var value = blank()
      try part(&self, &value)
      values.append(value)
    }
  }

  mutating func list(_ values: inout [String]) throws(SnapshotDamage) {
    try list(&values, blank: "") { archive, text throws(SnapshotDamage) in try archive.text(&text) }
  }

  /// Plain values, which stay in the file where they are read.
  mutating func buffer<Element>(_ buffer: inout Buffer<Element>) throws(SnapshotDamage) {
    var count = buffer.count
    var offset = sectionsEnd
    try number(&count)
    try number(&offset)
    let stride = MemoryLayout<Element>.stride
    guard let file else {
      let raw = UnsafeRawBufferPointer(buffer.elements)
      sections.append(Section(offset: offset, bytes: raw, owner: buffer))
      // Vector kernels may read so many bytes past the end.
      sectionsEnd = (offset + raw.count + Buffer<Element>.roomBytes + 63) & ~63
      return
    }
    let (size, overflow) = count.multipliedReportingOverflow(by: stride)
    guard count >= 0, !overflow, offset >= SnapshotHeader.byteCount, offset & 63 == 0,
      offset <= sectionsEnd, size <= sectionsEnd - offset - Buffer<Element>.roomBytes,
      let base = file.bytes.baseAddress
    else { throw SnapshotDamage() }
    buffer = Buffer(count: count, at: base + offset, of: file)
  }
}
