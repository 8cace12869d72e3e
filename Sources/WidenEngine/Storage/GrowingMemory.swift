import Glibc

/// An array's memory that only grows; what lies beyond what was written is left as it is.
///
/// Large pieces are moved by the system without a copy, and pages that nobody has written to take no
/// memory: an arena of texts that doubled by copying took twice the time and half the memory more.
struct GrowingMemory<Element: BitwiseCopyable>: ~Copyable {
  private(set) var start: UnsafeMutablePointer<Element>
  private var capacity: Int

  init(capacity: Int) {
    start = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { free(start) }

  /// Makes room for so many elements.
  mutating func reserve(_ count: Int) {
    if count > capacity { grow(to: max(count, capacity * 2)) }
  }

  private mutating func grow(to count: Int) {
    guard let moved = realloc(start, count * MemoryLayout<Element>.stride) else {
      preconditionFailure("memory for \(count) elements")
    }
    start = moved.bindMemory(to: Element.self, capacity: count)
    capacity = count
  }
}
