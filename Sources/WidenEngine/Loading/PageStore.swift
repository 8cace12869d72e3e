import Glibc

/// Memory that grows by pages and is given back to the system at once when it is released.
///
/// The parsed cells of a column lie here until the column is put together. Ordinary allocation would
/// keep the freed memory among that of other columns, and a load would need twice the table.
final class PageStore {
  private var pages: [(memory: UnsafeMutableRawPointer, count: Int)] = []
  private var used = 0

  deinit {
    for page in pages { munmap(page.memory, page.count) }
  }

  /// Room for `count` bytes, aligned to 8; nil when the system has no more memory.
  func allocate(_ count: Int) -> UnsafeMutableRawPointer? {
    let count = (count + 7) & ~7
    if let page = pages.last, used + count <= page.count {
      defer { used += count }
      return page.memory + used
    }
    let next = min((pages.last?.count ?? 2048) * 2, 1 << 20)
    let size = (max(count, next) + 4095) & ~4095
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    pages.append((memory, size))
    used = count
    return memory
  }
}
