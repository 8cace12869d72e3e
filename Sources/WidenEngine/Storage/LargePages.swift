import Glibc
import Synchronization

/// Addresses for the columns of a table, one after the other, in pages of two megabytes where the
/// system has them.
///
/// What a query finds in no cache comes from memory the sooner the longer the pieces are in which it
/// lies there: two filters of a million rows took a tenth less, a count of ten million a seventh.
final class LargePages: Sendable {
  private static let pageBytes = 1 << 21
  private static let smallPageBytes = 1 << 12
  // A number instead of a pointer, since pointers cannot be sent to other threads.
  private let address: UInt
  private let byteCount: Atomic<Int>
  private let taken = Atomic(0)

  /// Addresses for so many bytes at most; nil when fewer are sure to be used than a few large pages
  /// hold, or when the system has no more.
  init?(atMost byteCount: Int, atLeast leastBytes: Int) {
    guard leastBytes >= 2 * LargePages.pageBytes else { return nil }
    let byteCount = LargePages.wholePages(byteCount)
    let all = byteCount + LargePages.pageBytes
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let memory = mmap(nil, all, PROT_READ | PROT_WRITE, flags, -1, 0), memory != MAP_FAILED
    else { return nil }
    // Large pages start where their size says.
    let before = -Int(bitPattern: memory) & (LargePages.pageBytes - 1)
    if before > 0 { munmap(memory, before) }
    munmap(memory + before + byteCount, all - before - byteCount)
    madvise(memory + before, byteCount, MADV_HUGEPAGE)
    address = UInt(bitPattern: memory + before)
    self.byteCount = Atomic(byteCount)
  }

  deinit { munmap(at(0), byteCount.load(ordering: .relaxed)) }

  private static func wholePages(_ bytes: Int) -> Int {
    (bytes + smallPageBytes - 1) & ~(smallPageBytes - 1)
  }

  private func at(_ offset: Int) -> UnsafeMutableRawPointer? {
    UnsafeMutableRawPointer(bitPattern: address + UInt(offset))
  }

  /// So many zeros, aligned to 64 bytes; nil when there is no room left.
  ///
  /// Any thread may ask.
  func take(_ bytes: Int) -> UnsafeMutableRawPointer? {
    let count = (bytes + 63) & ~63
    let start = taken.wrappingAdd(count, ordering: .relaxed).oldValue
    return start + count <= byteCount.load(ordering: .relaxed) ? at(start) : nil
  }

  /// Gives the memory of a piece back to the system, but for what it shares with its neighbours.
  func giveBack(_ piece: UnsafeMutableRawPointer, _ bytes: Int) {
    let first = LargePages.wholePages(Int(bitPattern: piece) - Int(address))
    let end = (Int(bitPattern: piece) - Int(address) + bytes) & ~(LargePages.smallPageBytes - 1)
    if first < end { madvise(at(first), end - first, MADV_DONTNEED) }
  }

  /// Gives back what nobody has taken, once nobody will: the last large page is mostly empty.
  func close() {
    let used = LargePages.wholePages(taken.load(ordering: .relaxed))
    let all = byteCount.load(ordering: .relaxed)
    guard used > 0, used < all else { return }
    byteCount.store(used, ordering: .relaxed)
    munmap(at(used), all - used)
  }
}
