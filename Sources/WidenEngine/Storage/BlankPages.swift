import Glibc

/// Memory full of zeros, given by the system page by page as it is written to.
///
/// Pages that nobody touches cost nothing, and all of them go back to the system at the end.
final class BlankPages: Sendable {
  private let byteCount: Int
  // A number instead of a pointer, since pointers cannot be sent to other threads.
  private let address: UInt
  /// Whose addresses these are; nil when they are the pages' own.
  private let owner: LargePages?

  /// Room for `byteCount` bytes; nil when the system has no more.
  init?(byteCount: Int, isWritable: Bool) {
    self.byteCount = max(1, byteCount)
    let protection = isWritable ? PROT_READ | PROT_WRITE : PROT_READ
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | (isWritable ? 0 : MAP_NORESERVE)
    guard let memory = mmap(nil, self.byteCount, protection, flags, -1, 0), memory != MAP_FAILED
    else { return nil }
    address = UInt(bitPattern: memory)
    owner = nil
  }

  /// Room among the other columns of a table; nil when there is none.
  init?(byteCount: Int, among owner: LargePages) {
    guard let memory = owner.take(byteCount) else { return nil }
    self.byteCount = byteCount
    self.owner = owner
    address = UInt(bitPattern: memory)
  }

  deinit {
    guard let start else { return }
    if let owner { owner.giveBack(start, byteCount) } else { munmap(start, byteCount) }
  }

  /// Where it starts, valid as long as the pages are held.
  var start: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: address) }
}

extension Buffer {
  /// A buffer of zeros in which only the elements that `fill` writes take memory, as it writes them.
  ///
  /// It is for columns that are made while what they are made from is given back; small ones, and
  /// those that come and go with a query, are better off with memory that is used again.
  static func filledInPlace(
    count: Int, among others: LargePages?, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void
  ) -> Buffer {
    let bytes = count * MemoryLayout<Element>.stride + Buffer.roomBytes
    guard bytes > 1 << 16,
      let pages = others.flatMap({ BlankPages(byteCount: bytes, among: $0) })
        ?? BlankPages(byteCount: bytes, isWritable: true),
      let start = pages.start
    else { return Buffer(count: count, fill) }
    let typed = start.bindMemory(to: Element.self, capacity: count)
    fill(UnsafeMutableBufferPointer(start: typed, count: count))
    return Buffer(count: count, at: UnsafeRawPointer(start), of: pages)
  }
}
