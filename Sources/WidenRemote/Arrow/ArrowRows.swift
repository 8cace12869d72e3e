/// Rows of an Arrow stream, every cell as text.
final class ArrowRows: ServerCells {
  let rowCount: Int
  private let columns: [Cells]

  private struct Cells {
    /// Where the text of all cells is; it goes with the rows.
    let start: UnsafeMutableBufferPointer<UInt8>
    let texts: CellTexts.Layout
  }

  init(rowCount: Int, columns: [CellTexts]) {
    self.rowCount = rowCount
    self.columns = columns.map { texts in
      let start = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: texts.bytes.count)
      _ = start.initialize(from: texts.bytes)
      return Cells(start: start, texts: texts.layout)
    }
  }

  deinit {
    for column in columns { column.start.deallocate() }
  }

  func bytes(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8>? {
    guard columns.indices.contains(column), let range = columns[column].texts.range(row) else {
      return nil
    }
    return UnsafeBufferPointer(rebasing: columns[column].start[range])
  }
}

extension CellTexts {
  /// Where each cell is.
  struct Layout {
    fileprivate let ends: [Int]
    fileprivate let isThere: [Bool]?

    /// The place of a cell; nil when it is missing, or there is no such row.
    fileprivate func range(_ row: Int) -> Range<Int>? {
      guard ends.indices.contains(row), isThere?[row] ?? true else { return nil }
      return (row == 0 ? 0 : ends[row - 1])..<ends[row]
    }
  }

  var layout: Layout { Layout(ends: ends, isThere: isThere) }
}
