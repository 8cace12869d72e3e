/// Zeroed memory that several workers fill at once, each its own elements.
///
/// `@unchecked Sendable` because the compiler cannot see that no two workers share an element.
final class Scratch<Element: BitwiseCopyable>: @unchecked Sendable {
  /// The number of elements.
  let count: Int
  /// The first element; valid as long as the scratch is held.
  let pointer: UnsafeMutablePointer<Element>
  private let bytes: Int

  /// Zeroed memory for `count` elements.
  init(count: Int) {
    self.count = count
    bytes = count * MemoryLayout<Element>.stride + 64
    let memory = ZeroedMemory.allocate(bytes, isAligned: false)
    pointer = memory.bindMemory(to: Element.self, capacity: count)
  }

  deinit {
    ZeroedMemory.free(pointer, bytes)
  }

  /// The element at an index, which must be in range.
  subscript(index: Int) -> Element {
    get { pointer[index] }
    set { pointer[index] = newValue }
  }

  /// All elements, valid as long as the scratch is held.
  var elements: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: pointer, count: count)
  }
}

/// Something for each worker that the others leave alone.
///
/// `@unchecked Sendable` because the compiler cannot see that no two workers have the same number.
struct PerWorker<Value: AnyObject>: @unchecked Sendable {
  private let values: [Value]

  init(_ workers: Int, _ make: () -> Value) {
    values = (0..<workers).map { _ in make() }
  }

  subscript(worker: Int) -> Value { values[worker] }

  /// Those of all workers, when their work is done.
  var all: [Value] { values }
}

extension ExecutionContext {
  /// How many threads work on so many rows.
  func workers(forRows rows: Int) -> Int {
    WidenEngine.workers(forRows: rows, of: threads, segmentRows: segmentRows)
  }

  /// Throws when the user has asked to stop.
  func checkCancelled() throws(ExecutionError) {
    if isCancelled() { throw .cancelled }
  }

  /// An element for each of `count` places, each written by `body`.
  func elements<Element: BitwiseCopyable & Sendable>(
    _ count: Int, _ body: @Sendable (_ places: Range<Int>, UnsafeMutablePointer<Element>) -> Void
  ) throws(ExecutionError) -> [Element] {
    let made = [Element](unsafeUninitializedCapacity: count) { target, filled in
      guard let start = target.baseAddress else { return }
      let target = Shared(start)
      eachSegment(of: count) { _, places in body(places, target.pointer) }
      filled = count
    }
    try checkCancelled()
    return made
  }

  /// Runs `body(worker, rows)` for each segment of `rowCount` rows.
  func forEachSegment(
    of rowCount: Int, workers: Int? = nil,
    _ body: @Sendable (_ worker: Int, _ rows: Range<Int>) -> Void
  ) throws(ExecutionError) {
    eachSegment(of: rowCount, workers: workers, body)
    try checkCancelled()
  }

  /// The same where nothing can be thrown: the caller asks afterwards whether it was cancelled.
  func eachSegment(
    of rowCount: Int, workers: Int? = nil,
    _ body: @Sendable (_ worker: Int, _ rows: Range<Int>) -> Void
  ) {
    let (isCancelled, segmentRows) = (isCancelled, segmentRows)
    let segments = (rowCount + segmentRows - 1) / segmentRows
    parallel(
      workers: workers ?? self.workers(forRows: rowCount), items: segments, until: isCancelled
    ) { worker, item in
      body(worker, item * segmentRows..<min(rowCount, (item + 1) * segmentRows))
    }
  }
}
