import Synchronization

/// Loops over rows: in segments, on as many threads as there may be, until they are cancelled.
struct Work: Sendable {
  /// Rows that are computed at a time, so that they stay in the nearest cache; a multiple of 64.
  static let blockRows = 2048

  let threads: Int
  let segmentRows: Int
  let isCancelled: @Sendable () -> Bool

  init(_ context: ExecutionContext) {
    threads = context.threads
    segmentRows = context.segmentRows
    isCancelled = context.isCancelled
  }

  /// Calls `body` for each segment of rows; false when it was cancelled before all were done.
  ///
  /// Not optimised, because that would make a copy of it for every body.
  @_optimize(none)
  func segments(_ rows: Int, _ body: @Sendable (Range<Int>) -> Void) -> Bool {
    let stop = Flag()
    parallel(
      workers: workers(forRows: rows, of: threads, segmentRows: segmentRows),
      items: (rows + segmentRows - 1) / segmentRows
    ) { _, item in
      if stop.isSet || isCancelled() {
        stop.set()
      } else {
        body(item * segmentRows..<min(rows, (item + 1) * segmentRows))
      }
    }
    return !stop.isSet
  }

  /// Throws when the user has asked for an end; for loops on one thread.
  func checkCancelled() throws(ExecutionError) {
    if isCancelled() { throw .cancelled }
  }

  /// One value for each row, written by `body` segment by segment.
  func buffer<Element: BitwiseCopyable & Sendable>(
    _ rows: Int, as type: Element.Type = Element.self,
    _ body: @Sendable (Range<Int>, UnsafeMutablePointer<Element>) -> Void
  ) throws(ExecutionError) -> Buffer<Element> {
    var isDone = true
    let made = Buffer<Element>(count: rows) { target in
      guard let start = target.baseAddress else { return }
      let shared = Shared(start)
      isDone = segments(rows) { body($0, shared.pointer) }
    }
    guard isDone else { throw .cancelled }
    return made
  }

  /// One bit for each row: `body` writes a byte, 0 or 1, for each row of a block.
  func bits(
    _ rows: Int, _ body: @Sendable (Range<Int>, UnsafeMutablePointer<UInt8>) -> Void
  ) throws(ExecutionError) -> Bitmap {
    try Bitmap(count: rows) { (words) throws(ExecutionError) in
      guard let start = words.baseAddress else { return }
      let shared = Shared(start)
      let isDone = segments(rows) { segment in
        blocks(segment) { block, flags in
          body(block, flags)
          pack(flags, block, into: shared.pointer)
        }
      }
      if !isDone { throw .cancelled }
    }
  }

  /// A value for each row and whether it is present, written block by block; the pointers are to
  /// the block's first row.
  ///
  /// Validity is nil when all are present.
  func numbers<Element: BitwiseCopyable & Sendable>(
    _ rows: Int, as type: Element.Type = Element.self,
    _ body:
      @Sendable (Range<Int>, UnsafeMutablePointer<Element>, UnsafeMutablePointer<UInt8>) -> Void
  ) throws(ExecutionError) -> (values: Buffer<Element>, validity: Bitmap?) {
    var values = Buffer<Element>([])
    let validity = try Bitmap(count: rows) { (words) throws(ExecutionError) in
      guard let start = words.baseAddress else { return }
      let bits = Shared(start)
      values = try buffer(rows) { segment, target in
        blocks(segment) { block, flags in
          body(block, target + block.lowerBound, flags)
          pack(flags, block, into: bits.pointer)
        }
      }
    }
    return (values, validity.setCount == rows ? nil : validity)
  }

  /// Codes below `cardinality`, written block by block, in the narrowest width.
  func codes(
    _ rows: Int, cardinality: Int,
    _ body: @Sendable (Range<Int>, UnsafeMutablePointer<Int>) -> Void
  ) throws(ExecutionError) -> Codes {
    if cardinality <= 1 << 8 { return .bytes(try narrow(rows, body)) }
    if cardinality <= 1 << 16 { return .shorts(try narrow(rows, body)) }
    return .words(try narrow(rows, body))
  }

  private func narrow<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ rows: Int, _ body: @Sendable (Range<Int>, UnsafeMutablePointer<Int>) -> Void
  ) throws(ExecutionError) -> Buffer<Code> {
    try buffer(rows) { segment, target in
      let wide = Block<Int>()
      for start in stride(from: segment.lowerBound, to: segment.upperBound, by: Work.blockRows) {
        let block = start..<min(segment.upperBound, start + Work.blockRows)
        body(block, wide.values)
        for row in 0..<block.count {
          target[start &+ row] = Code(truncatingIfNeeded: wide.values[row])
        }
      }
    }
  }

  /// Calls `body` for each block of a segment, with a byte for each of its rows.
  private func blocks(
    _ segment: Range<Int>, _ body: (Range<Int>, UnsafeMutablePointer<UInt8>) -> Void
  ) {
    let flags = UnsafeMutablePointer<UInt8>.allocate(capacity: Work.blockRows)
    defer { flags.deallocate() }
    for start in stride(from: segment.lowerBound, to: segment.upperBound, by: Work.blockRows) {
      body(start..<min(segment.upperBound, start + Work.blockRows), flags)
    }
  }
}

/// Packs a byte, 0 or 1, for each row of a block into the words of a bitmap.
///
/// Blocks start at whole words, and the flags have room for whole words.
private func pack(
  _ flags: UnsafeMutablePointer<UInt8>, _ block: Range<Int>,
  into words: UnsafeMutablePointer<UInt64>
) {
  let count = (block.count + 63) / 64
  for row in block.count..<count * 64 { flags[row] = 0 }
  let raw = UnsafeRawPointer(flags)
  for word in 0..<count {
    var packed: UInt64 = 0
    for part in 0..<8 {
      let eight = raw.load(fromByteOffset: word &* 64 &+ part &* 8, as: UInt64.self)
      // The product's top byte collects the lowest bits of the eight bytes, the first lowest.
      let bits = (UInt64(littleEndian: eight) &* 0x0102_0408_1020_4080) &>> 56
      packed |= bits &<< UInt64(truncatingIfNeeded: part &* 8)
    }
    words[block.lowerBound &>> 6 &+ word] = packed
  }
}

/// A pointer that threads share.
///
/// `@unchecked Sendable` because each thread writes only the rows of its own segments, and whoever
/// made the memory waits for all threads.
struct Shared<Element>: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Element>

  init(_ pointer: UnsafeMutablePointer<Element>) {
    self.pointer = pointer
  }
}

/// Something any thread may notice.
final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  var isSet: Bool { value.load(ordering: .relaxed) }

  func set() { value.store(true, ordering: .relaxed) }
}

/// A block of values and, for each, a byte that says whether it is present.
final class Block<Element: BitwiseCopyable> {
  let values: UnsafeMutablePointer<Element>
  let present: UnsafeMutablePointer<UInt8>

  init() {
    values = .allocate(capacity: Work.blockRows)
    present = .allocate(capacity: Work.blockRows)
  }

  deinit {
    values.deallocate()
    present.deallocate()
  }
}
