/// Writes messages of Protocol Buffers, as far as Spark Connect needs them.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  /// Text under a number; nothing where there is none.
  mutating func text(_ field: Int, _ text: String?) {
    guard let text else { return }
    self.bytes(field, Array(text.utf8))
  }

  mutating func number(_ field: Int, _ number: UInt64) {
    variable(UInt64(field) << 3)
    variable(number)
  }

  /// A message within the message.
  mutating func message(_ field: Int, _ write: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    write(&inner)
    bytes(field, inner.bytes)
  }

  private mutating func bytes(_ field: Int, _ content: [UInt8]) {
    variable(UInt64(field) << 3 | 2)
    variable(UInt64(content.count))
    bytes += content
  }

  /// Seven bits a byte, the lowest first.
  private mutating func variable(_ number: UInt64) {
    var rest = number
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Reads the fields of a message one by one; what nobody knows is passed over.
struct ProtobufReader {
  /// The message is a part of these.
  let bytes: [UInt8]
  private var position: Int
  private let end: Int

  enum Value: Hashable {
    case number(UInt64)
    /// Text, bytes or a message: where they are.
    case part(Range<Int>)
    /// Four or eight bytes, of which nothing here is made.
    case fixed
  }

  init(_ bytes: [UInt8], _ range: Range<Int>? = nil) {
    self.bytes = bytes
    let range = (range ?? bytes.indices).clamped(to: bytes.indices)
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next field and its value; nil at the end.
  mutating func next() throws(Malformed) -> (field: Int, value: Value)? {
    guard position < end else { return nil }
    let key = try variable()
    let field = Int(truncatingIfNeeded: key >> 3)
    switch key & 7 {
    case 0: return (field, .number(try variable()))
    case 1: return (field, try fixed(8))
    case 2:
      let count = try variable()
      guard count <= UInt64(end - position) else { throw ProtobufReader.cut }
      defer { position += Int(count) }
      return (field, .part(position..<position + Int(count)))
    case 5: return (field, try fixed(4))
    case let kind: throw Malformed("a message has a field of the unknown kind \(kind)")
    }
  }

  /// The text of a part; bytes that are no text are replaced.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: bytes.indices)], as: UTF8.self)
  }

  private mutating func fixed(_ count: Int) throws(Malformed) -> Value {
    guard end - position >= count else { throw ProtobufReader.cut }
    position += count
    return .fixed
  }

  private mutating func variable() throws(Malformed) -> UInt64 {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < end else { throw ProtobufReader.cut }
      let byte = bytes[position]
      position += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
    }
    throw Malformed("a message has a number of more than 64 bits")
  }

  private static let cut = Malformed("a message ends too early")
}
