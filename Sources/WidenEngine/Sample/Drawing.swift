import Synchronization

extension Buffer {
  /// The codes of some rows that two threads fill, a stretch at a time.
  ///
  /// A row may look at rows before it in the same sixteen: no stretch ends among those. A start with
  /// the sample waits for nothing longer than for the people of `staff` to be drawn.
  static func drawn(
    _ count: Int, _ fill: (UnsafeMutableBufferPointer<Element>, Range<Int>) -> Void
  ) -> Buffer {
    let stretch = 1 << 12
    return Buffer(count: count) { codes in
      let next = Atomic<Int>(0)
      runOnThreads(count > stretch ? 2 : 1) { _ in
        while true {
          let start = next.wrappingAdd(stretch, ordering: .relaxed).oldValue
          if start >= count { return }
          fill(codes, start..<min(count, start + stretch))
        }
      }
    }
  }
}
