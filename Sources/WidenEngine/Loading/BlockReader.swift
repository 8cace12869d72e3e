/// Reads blocks of whole rows into memory of its own, and finds their fields.
final class BlockReader {
  /// What became of a block.
  enum Outcome { case ready, irregular, unreadable }

  private(set) var rows = 0
  /// How many line breaks there are, those inside of quotes included.
  private(set) var lineBreaks = 0
  private var hasDoubledQuotes = false
  private var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
  private var ends = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
  private var capacity = 0
  // Vector loads and numbers of up to eight digits read past the block on both sides.
  private static let front = 64
  private static let back = 128

  deinit {
    bytes.deallocate()
    ends.deallocate()
  }

  /// Reads the rows of a byte range, which starts and ends where rows do.
  func read(_ range: Range<Int>, of layout: FileLayout, maximumFieldBytes: Int) -> Outcome {
    let columns = layout.header.names.count
    // A block can be longer than intended only by one row, and a row by its longest fields; the
    // careful reader stops at the first field that is too long instead of reading gigabytes.
    let longest = layout.blockBytes &+ (columns &+ 1) &* (2 &* maximumFieldBytes &+ 4)
    guard range.count <= longest, range.count < Int(UInt32.max) - 128 else { return .irregular }
    reserve(range.count + 1)
    let base = bytes + BlockReader.front
    guard layout.source.read(range.count, at: range.lowerBound, into: base) else {
      return .unreadable
    }
    var count = range.count
    if range.upperBound == layout.end {
      base[count] = layout.dialect.newline
      count += 1
    }
    (base + count).update(repeating: UInt8(ascii: " "), count: 64)
    ends[0] = 0
    let index = FieldIndex(base, count: count, layout.dialect, into: ends + 1)
    rows = index.rowBreaks
    lineBreaks = index.rowBreaks + index.quotedBreaks
    hasDoubledQuotes = index.hasDoubledQuotes
    guard !index.isIrregular, index.count == rows * columns,
      rowsEndLines(base, columns, layout.dialect.newline),
      !index.hasWideText || UTF8Check.isValid(base, count)
    else { return .irregular }
    let mayBeTooLong = count > maximumFieldBytes
    return mayBeTooLong && hasLongerField(base, index.count, maximumFieldBytes)
      ? .irregular : .ready
  }

  /// The cells of a column of the block read last.
  func run(column: Int, of layout: FileLayout) -> CellRun {
    let columns = layout.header.names.count
    return CellRun(
      origin: UnsafePointer(bytes + BlockReader.front - 1), ends: UnsafePointer(ends + 1 + column),
      stride: columns, rows: rows,
      endsLine: column == columns - 1 && layout.dialect.newline == Dialect.lineFeed,
      hasDoubledQuotes: hasDoubledQuotes)
  }

  /// As many row breaks as rows, and each at the end of a row: so none stands elsewhere.
  private func rowsEndLines(_ base: UnsafePointer<UInt8>, _ columns: Int, _ newline: UInt8) -> Bool
  {
    var differing: UInt8 = 0
    var end = ends + columns
    for _ in 0..<rows {
      differing |= base[Int(end[0]) &- 1] ^ newline
      end += columns
    }
    return differing == 0
  }

  private func hasLongerField(_ base: UnsafePointer<UInt8>, _ count: Int, _ limit: Int) -> Bool {
    for field in 0..<count where Int(ends[field + 1]) - Int(ends[field]) - 1 > limit {
      let cell = UnsafeBufferPointer(
        start: base + Int(ends[field]), count: Int(ends[field + 1]) - Int(ends[field]) - 1)
      // The two quotes around a cell do not count, and doubled ones count once.
      let quotes = cell.first == Dialect.quote ? cell.count { $0 == Dialect.quote } : 0
      let carriageReturn = quotes > 0 && cell.last == Dialect.carriageReturn ? 1 : 0
      if cell.count - carriageReturn - quotes + max(0, quotes - 2) / 2 > limit { return true }
    }
    return false
  }

  private func reserve(_ count: Int) {
    guard count > capacity else { return }
    capacity = count
    bytes.deallocate()
    ends.deallocate()
    bytes = .allocate(capacity: BlockReader.front + count + BlockReader.back)
    bytes.initialize(repeating: UInt8(ascii: " "), count: BlockReader.front)
    ends = .allocate(capacity: count + 80)
  }
}
