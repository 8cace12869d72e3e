/// The messages of a gRPC stream, put together from the bytes as they come.
///
/// Each has five bytes before it: whether it is compressed, and how long it is.
struct Frames {
  private var bytes: [UInt8] = []
  private var start = 0

  /// Longer messages no server of Spark sends.
  static let longest = 256 << 20
  private static let headerCount = 5

  /// Whether a message has begun that has not ended.
  var isWithinMessage: Bool { start < bytes.count }

  /// A message with the bytes before it.
  static func framed(_ message: [UInt8]) -> [UInt8] {
    let count = UInt32(truncatingIfNeeded: message.count)
    return [0] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + message
  }

  mutating func append(_ received: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: received)
  }

  /// The next whole message; nil when there is none yet.
  mutating func next() throws(Malformed) -> [UInt8]? {
    guard bytes.count - start >= Frames.headerCount else { return nil }
    guard bytes[start] == 0 else { throw Malformed("a message is compressed, which was not asked") }
    let count = bytes[start + 1..<start + Frames.headerCount].reduce(0) { $0 << 8 | Int($1) }
    guard count <= Frames.longest else {
      throw Malformed("a message says that it has \(count) bytes")
    }
    let first = start + Frames.headerCount
    guard bytes.count - first >= count else { return nil }
    let message = Array(bytes[first..<first + count])
    start = first + count
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: true)
      start = 0
    } else if start > bytes.count / 2 {
      bytes.removeFirst(start)
      start = 0
    }
    return message
  }
}
