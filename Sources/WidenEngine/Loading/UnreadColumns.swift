import Glibc

extension Column {
  /// A column of text whose cells were passed over: it stands for its name, and nobody looks into it.
  ///
  /// Its codes lie in memory that is never touched, so that it costs addresses only.
  static func passedOver(rows: Int) -> Column {
    let codes = ZeroPages(count: rows + Buffer<UInt8>.roomBytes)?.codes(rows)
    return .coded(
      CodedColumn(
        codes: .bytes(codes ?? Buffer(count: rows) { _ in }), domain: .text(TextDictionary([])),
        cardinality: 1, hasMissing: rows > 0))
  }
}

extension Table {
  /// Makes sure that columns that are about to be looked into have been read.
  func requireRead(_ columns: ColumnSet) throws(ExecutionError) {
    if unreadColumns.contains(where: columns.contains) { throw .unread }
  }
}

/// Memory full of zeros that the system keeps nowhere.
private final class ZeroPages: Sendable {
  private let count: Int
  // A number instead of a pointer, since pointers cannot be sent to other threads.
  private let place: UInt

  init?(count: Int) {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let memory = mmap(nil, max(1, count), PROT_READ, flags, -1, 0), memory != MAP_FAILED
    else { return nil }
    self.count = max(1, count)
    place = UInt(bitPattern: memory)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(bitPattern: place), count)
  }

  /// The first `rows` bytes as codes.
  func codes(_ rows: Int) -> Buffer<UInt8>? {
    UnsafeRawPointer(bitPattern: place).map { Buffer(count: rows, at: $0, of: self) }
  }
}
