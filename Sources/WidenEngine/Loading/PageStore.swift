import Glibc

/// Memory that grows by pages and is given back to the system at once when it is released.
///
/// The parsed cells of a column lie here until the column is put together. Ordinary allocation would
/// keep the freed memory among that of other columns, and a load would need twice the table; for the
/// same reason each page goes as soon as all that lies in it has been taken over.
final class PageStore {
  private struct Page {
    var memory: UnsafeMutableRawPointer
    var count: Int
    /// How many pieces of it are still wanted.
    var pieces = 0

    func holds(_ piece: UnsafeMutableRawPointer) -> Bool {
      memory <= piece && piece < memory + count
    }
  }

  private var pages: [Page] = []
  private var used = 0

  deinit {
    for page in pages { munmap(page.memory, page.count) }
  }

  /// Room for `count` bytes, aligned to 8; nil when the system has no more memory.
  func allocate(_ count: Int) -> UnsafeMutableRawPointer? {
    let count = max(8, (count + 7) & ~7)
    if let last = pages.indices.last, used + count <= pages[last].count {
      defer { used += count }
      pages[last].pieces += 1
      return pages[last].memory + used
    }
    let next = min((pages.last?.count ?? 2048) * 2, 1 << 20)
    let size = (max(count, next) + 4095) & ~4095
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    pages.append(Page(memory: memory, count: size, pieces: 1))
    used = count
    return memory
  }

  /// Gives back a piece that nobody will look at again, and its page with the last piece in it.
  func giveBack(_ piece: UnsafeMutableRawPointer) {
    // Pieces mostly come in the order in which they were made, so that the first page holds them.
    guard let index = pages.firstIndex(where: { $0.holds(piece) }) else { return }
    pages[index].pieces -= 1
    if pages[index].pieces > 0 { return }
    munmap(pages[index].memory, pages[index].count)
    // What remains of a page before is never used, nor is that of one that has gone.
    if index == pages.count - 1 { used = 1 << 40 }
    pages.remove(at: index)
  }
}
