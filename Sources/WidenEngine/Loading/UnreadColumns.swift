extension Column {
  /// A column of text whose cells were passed over: it stands for its name, and nobody looks into it.
  ///
  /// Its codes lie in memory that is never touched, so that it costs addresses only.
  static func passedOver(rows: Int) -> Column {
    let pages = BlankPages(byteCount: rows + Buffer<UInt8>.roomBytes, isWritable: false)
    let codes = pages.flatMap { pages in
      pages.start.map { Buffer<UInt8>(count: rows, at: UnsafeRawPointer($0), of: pages) }
    }
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
