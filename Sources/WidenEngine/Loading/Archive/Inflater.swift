import CZlib
import WidenLanguage

/// How much packed data may become.
///
/// Tables shrink to a tenth or a fiftieth; what grows beyond these limits was made to fill memory.
struct InflationLimit {
  /// The most that may come out.
  var bytes = decodedLimit
  /// How many times its packed size may come out, once more than `ratioBytes` did.
  var ratio = 200
  var ratioBytes = 64 << 20
}

/// Unpacks what deflate has packed, piece by piece.
///
/// zlib keeps the address of its stream, so that the stream has memory of its own.
final class Inflater {
  /// What stands round the packed data.
  enum Form: Int32 {
    /// Nothing, as in zip archives.
    case raw = -15
    /// A header, and a checksum that is compared.
    case gzip = 31
  }

  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let target: UnsafeMutablePointer<UInt8>
  private static let pieceBytes = 256 << 10
  private let limit: InflationLimit
  private let name: String
  private var taken = 0
  private var made = 0
  /// Whether the end of the packed data was reached.
  private(set) var isAtEnd = false

  /// `name` is that of the file, for messages.
  init(_ form: Form, name: String, limit: InflationLimit = InflationLimit()) throws(LoadError) {
    stream.initialize(to: z_stream())
    target = .allocate(capacity: Inflater.pieceBytes)
    self.limit = limit
    self.name = shown(name, limit: 100)
    guard widen_inflate_begin(stream, form.rawValue) == Z_OK else {
      throw LoadError("there is not enough memory for \(self.name)")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    target.deallocate()
  }

  /// Unpacks some bytes, calls `body` with what comes out, and returns how many were used: fewer than
  /// all only at the end of the packed data.
  func unpack(
    _ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws(LoadError) -> Void
  ) throws(LoadError) -> Int {
    // zlib reads through a pointer that it keeps only while this function holds the bytes.
    let source = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    defer { source.deallocate() }
    source.initialize(from: bytes, count: bytes.count)
    stream.pointee.next_in = source
    stream.pointee.avail_in = UInt32(bytes.count)
    var isFull = true
    while !isAtEnd, stream.pointee.avail_in > 0 || isFull {
      stream.pointee.next_out = target
      stream.pointee.avail_out = UInt32(Inflater.pieceBytes)
      let outcome = inflate(stream, Z_NO_FLUSH)
      let count = Inflater.pieceBytes - Int(stream.pointee.avail_out)
      isFull = stream.pointee.avail_out == 0
      switch outcome {
      case Z_STREAM_END: isAtEnd = true
      case Z_OK, Z_BUF_ERROR: break
      default:
        throw LoadError(
          "\(name) is damaged: what is packed in it does not fit its checksum or its form",
          hint: "fetch it again")
      }
      made += count
      try checkLimits(taken + bytes.count - Int(stream.pointee.avail_in))
      if count > 0 { try body(UnsafeBufferPointer(start: target, count: count)) }
    }
    let used = bytes.count - Int(stream.pointee.avail_in)
    taken += used
    return used
  }

  /// Starts again with the next packed data; limits count on.
  func restart() {
    inflateReset(stream)
    isAtEnd = false
  }

  private func checkLimits(_ taken: Int) throws(LoadError) {
    if made > limit.bytes {
      throw LoadError(
        "\(name) is too large: it unpacks to more than \(grouped(limit.bytes >> 20)) MiB",
        hint: "unpack it first, and load a part of it")
    }
    if made > limit.ratioBytes, made / max(1, taken) > limit.ratio {
      throw LoadError(
        "\(name) was refused: it unpacks to more than \(limit.ratio) times its size",
        hint: "if that is right, unpack it first")
    }
  }
}
