import Glibc

/// Memory of zeros for the large arrays of a query.
///
/// From a few megabytes on it comes from the system in large pages: those are zero already, and a
/// fault for each page of four kilobytes took a third of the time of grouping ten million rows.
enum ZeroedMemory {
  private static let leastMapped = 1 << 22

  /// So many bytes; vectors want theirs aligned to 64, others may leave them to the allocator, which
  /// takes fresh pages where it can.
  ///
  /// The first `isWrittenTo` bytes need no zeros, since the caller writes them at once.
  static func allocate(_ bytes: Int, isAligned: Bool, isWrittenTo: Int = 0)
    -> UnsafeMutableRawPointer
  {
    if bytes >= leastMapped {
      let mapped = mmap(
        nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      if let mapped, mapped != MAP_FAILED {
        // What a system without large pages says to this makes no difference.
        madvise(mapped, bytes, MADV_HUGEPAGE)
        return mapped
      }
    } else if isAligned {
      if let memory = aligned_alloc(64, (bytes + 63) / 64 * 64) {
        memset(memory + isWrittenTo, 0, bytes - isWrittenTo)
        return memory
      }
    } else if let zeroed = calloc(1, bytes) {
      return zeroed
    }
    preconditionFailure("memory for \(bytes) bytes")
  }

  /// Gives back what `allocate` gave for so many bytes.
  static func free(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    if bytes >= leastMapped {
      munmap(memory, bytes)
    } else {
      Glibc.free(memory)
    }
  }
}
