import CKernels

/// The cells of one column in a block, top to bottom, as bytes of the block.
struct CellRun {
  /// The byte before the block, since ends count from 1.
  let origin: UnsafePointer<UInt8>
  /// Where the cells of this column end; the one before each is where the cell before it ends.
  let ends: UnsafePointer<UInt32>
  /// How many cells a row has.
  let stride: Int
  let rows: Int
  /// Whether a carriage return at the end of a cell belongs to the line's end.
  let endsLine: Bool
  /// Whether some quoted cell of the block holds doubled quotes.
  let hasDoubledQuotes: Bool

  /// The cell of a row without its quotes.
  ///
  /// Its first byte can be read even when it is empty, and so can 8 bytes before it and 64 after it.
  @inline(__always) func cell(_ row: Int) -> Cell {
    let end = ends + row &* stride
    let from = Int(end[-1]) &+ 1
    var start = origin + from
    var count = Int(end[0]) &- from
    // Where a cell is empty, the bytes before and at its start are separators or line breaks.
    if endsLine { count &-= start[count &- 1] == Dialect.carriageReturn ? 1 : 0 }
    let quote = start[0] == Dialect.quote ? 1 : 0
    start += quote
    count &-= 2 &* quote
    return Cell(start: start, count: count, isQuoted: quote == 1)
  }

  /// The same cells for the kernels.
  var textCells: CKernels.TextCells {
    CKernels.TextCells(
      origin: origin, ends: ends, stride: stride, rows: rows, endsLine: endsLine ? 1 : 0)
  }
}

/// The bytes of a cell.
struct Cell {
  var start: UnsafePointer<UInt8>
  var count: Int
  var isQuoted = false

  /// The bytes, with doubled quotes still doubled.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
}
