import Glibc

/// Zeroed memory that several workers fill at once, each its own elements.
///
/// `@unchecked Sendable` because the compiler cannot see that no two workers share an element.
final class Scratch<Element: BitwiseCopyable>: @unchecked Sendable {
  /// The number of elements.
  let count: Int
  /// The first element; valid as long as the scratch is held.
  let pointer: UnsafeMutablePointer<Element>

  /// Zeroed memory for `count` elements.
  init(count: Int) {
    self.count = count
    let bytes = count * MemoryLayout<Element>.stride + 64
    let memory: UnsafeMutableRawPointer
    // Fresh pages are zero already, which `calloc` knows and `memset` does not.
    if let zeroed = calloc(1, bytes) {
      memory = zeroed
    } else {
      preconditionFailure("memory for \(bytes) bytes")
    }
    pointer = memory.bindMemory(to: Element.self, capacity: count)
  }

  deinit {
    free(pointer)
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

extension ExecutionContext {
  /// Below this many rows threads cost more than they save.
  private static let rowsForThreads = 100_000

  /// How many threads work on so many rows.
  func workers(forRows rows: Int) -> Int { rows < Self.rowsForThreads ? 1 : threads }

  /// Throws when the user has asked to stop.
  func checkCancelled() throws(ExecutionError) {
    if isCancelled() { throw .cancelled }
  }

  /// Runs `body(worker, rows)` for each segment of `rowCount` rows.
  func forEachSegment(
    of rowCount: Int, workers: Int? = nil,
    _ body: @Sendable (_ worker: Int, _ rows: Range<Int>) -> Void
  ) throws(ExecutionError) {
    let isCancelled = isCancelled
    let segments = (rowCount + segmentRows - 1) / segmentRows
    parallel(workers: workers ?? self.workers(forRows: rowCount), items: segments) { worker, item in
      if isCancelled() { return }
      body(worker, item * segmentRows..<min(rowCount, (item + 1) * segmentRows))
    }
    try checkCancelled()
  }
}
