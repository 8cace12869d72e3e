/// What one worker has read of one column.
final class ColumnPart {
  /// The parsed cells.
  var pages = PageStore()
  /// The different values of cells that were read as text.
  var text: CellIndex?

  /// Gives the memory back.
  func release() {
    pages = PageStore()
    text = nil
  }
}

/// What one thread needs to read blocks and parse their columns.
final class ScanWorker {
  let index: Int
  let reader = BlockReader()
  /// What it has read of each column.
  ///
  /// The array never changes, and a column is touched by one thread at a time: by this worker's while
  /// blocks are read, then by the one that puts the column together.
  let parts: [ColumnPart]
  /// What the cells of each column were in the block before, to be tried first; it never changes what
  /// comes out, since each block answers for itself what its cells are.
  private var hints: [CellKind?]
  private var places: [Int]
  /// Which columns are text, whatever their cells look like.
  private let staysText: [Bool]
  private var needsDoubles: [Bool]
  private var values = UnsafeMutablePointer<Int>.allocate(capacity: 1)
  private var codes = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
  private var capacity = 1

  init(index: Int, staysText: [Bool]) {
    self.index = index
    self.staysText = staysText
    let columns = staysText.count
    parts = (0..<columns).map { _ in ColumnPart() }
    hints = Array(repeating: nil, count: columns)
    places = Array(repeating: 0, count: columns)
    needsDoubles = Array(repeating: false, count: columns)
  }

  deinit {
    values.deallocate()
    codes.deallocate()
  }

  /// Makes room for the rows of the block that the reader has read.
  func prepare() {
    guard reader.rows > capacity else { return }
    capacity = reader.rows
    values.deallocate()
    codes.deallocate()
    values = .allocate(capacity: capacity)
    codes = .allocate(capacity: capacity)
  }

  /// Parses a column of the block; nil when no memory is left.
  func scan(_ run: CellRun, column: Int, block: Int) -> Chunk? {
    var kind = hints[column] ?? allowed(firstKind(run), column)
    // At most three rounds: the kind of the block before, the kind of this one's first value, text.
    while kind != .text {
      let outcome = scan(run, kind, column)
      guard let stop = outcome.stoppedAt else {
        if outcome.present > 0 { hints[column] = kind }
        return finish(outcome, kind, column, run.rows)
      }
      kind = outcome.present > 0 ? .text : allowed(CellKind(run.cell(stop)), column)
    }
    hints[column] = .text
    return scanText(run, column: column, block: block)
  }

  /// Parses a column of an earlier block again, as text; nil when no memory is left.
  func scanAgainAsText(_ run: CellRun, column: Int, block: Int) -> Chunk? {
    let chunk = scanText(run, column: column, block: block)
    // Values that were met further down in the file do appear here first.
    for row in 0..<run.rows where codes[row] > 0 {
      parts[column].text?.appears(codes[row], at: block << 32 | row)
    }
    return chunk
  }

  private func scanText(_ run: CellRun, column: Int, block: Int) -> Chunk? {
    let index = parts[column].text ?? CellIndex()
    parts[column].text = index
    let outcome = WidenEngine.scanText(run, index, block: block, into: codes)
    var chunk = Chunk(kind: .text, outcome, worker: self.index)
    return chunk.pack(UnsafePointer(codes), run.rows, in: parts[column].pages) ? chunk : nil
  }

  private func scan(_ run: CellRun, _ kind: CellKind, _ column: Int) -> ScanOutcome {
    switch kind {
    case .blank, .number:
      if !needsDoubles[column] {
        let outcome = scanNumbers(run, places: places[column], into: values)
        places[column] = outcome.places
        if !outcome.needsDoubles { return outcome }
        needsDoubles[column] = true
      }
      return values.withMemoryRebound(to: Double.self, capacity: run.rows) {
        scanDoubles(run, into: $0)
      }
    case .date: return scanCells(run, DateParser(), into: values)
    case .month: return scanCells(run, MonthParser(), into: values)
    case .period(let kind): return scanCells(run, PeriodParser(kind: kind), into: values)
    case .identifier(let shape): return scanCells(run, IdentifierParser(shape), into: values)
    case .text: return ScanOutcome()
    }
  }

  private func finish(_ outcome: ScanOutcome, _ kind: CellKind, _ column: Int, _ rows: Int)
    -> Chunk?
  {
    var chunk = Chunk(kind: kind, outcome, worker: index)
    guard outcome.present > 0 else { return chunk }
    let isPacked: Bool
    if kind == .number, needsDoubles[column] {
      isPacked = values.withMemoryRebound(to: Double.self, capacity: rows) {
        chunk.pack(UnsafePointer($0), rows, in: parts[column].pages)
      }
    } else {
      isPacked = chunk.pack(UnsafePointer(values), rows, in: parts[column].pages)
    }
    return isPacked ? chunk : nil
  }

  /// The kind that cells are read as in a column; identifiers are a way of storing text.
  private func allowed(_ kind: CellKind, _ column: Int) -> CellKind {
    switch kind {
    case .blank, .identifier, .text: kind
    case .number, .date, .month, .period: staysText[column] ? .text : kind
    }
  }

  /// The kind of the first value; blank when there is none.
  private func firstKind(_ run: CellRun) -> CellKind {
    for row in 0..<run.rows {
      let cell = run.cell(row)
      if cell.count > 0, Shorthand.index(cell) == nil { return CellKind(cell) }
    }
    return .blank
  }
}
