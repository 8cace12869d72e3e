/// Writes the code of each cell to `codes`, 0 for an empty one; `block` makes its place in the file.
func scanText(
  _ run: CellRun, _ index: CellIndex, block: Int, into codes: UnsafeMutablePointer<UInt32>
) -> ScanOutcome {
  let most: UInt32
  if run.hasDoubledQuotes {
    most = scanEscaped(run, index, block, codes)
  } else if index.longest <= 8, index.count > 1 {
    most = scan(run, index, block, codes) { $0.short($1.start, $1.count) }
  } else {
    most = scan(run, index, block, codes) { $0.any($1.start, $1.count) }
  }
  var outcome = ScanOutcome()
  // A number or its negative has the highest bit, unless it is 0; a branch would be mispredicted.
  var present: UInt32 = 0
  for row in 0..<run.rows { present &+= (codes[row] | (0 &- codes[row])) &>> 31 }
  let missing = run.rows - Int(present)
  outcome.missing = missing
  outcome.present = run.rows - missing
  outcome.minimum = 1
  outcome.maximum = Int(most)
  return outcome
}

/// The highest code; `find` looks a cell up in the quickest way that suits the column.
@inline(__always)
private func scan(
  _ run: CellRun, _ index: CellIndex, _ block: Int, _ codes: UnsafeMutablePointer<UInt32>,
  _ find: (TextFinder, Cell) -> UInt32?
) -> UInt32 {
  var most: UInt32 = 0
  var finder = index.finder
  for row in 0..<run.rows {
    let cell = run.cell(row)
    let code: UInt32
    if let found = find(finder, cell) {
      code = found
    } else {
      code = index.code(cell.start, cell.count, place: block &<< 32 | row)
      finder = index.finder
    }
    codes[row] = code
    most = max(most, code)
  }
  return most
}

/// The same where quotes in cells are doubled: such cells are copied without the doubling.
private func scanEscaped(
  _ run: CellRun, _ index: CellIndex, _ block: Int, _ codes: UnsafeMutablePointer<UInt32>
) -> UInt32 {
  var most: UInt32 = 0
  for row in 0..<run.rows {
    let cell = run.cell(row)
    let place = block << 32 | row
    if cell.isQuoted {
      codes[row] = unescaped(cell, index, place)
    } else {
      codes[row] = index.code(cell.start, cell.count, place: place)
    }
    most = max(most, codes[row])
  }
  return most
}

private func unescaped(_ cell: Cell, _ index: CellIndex, _ place: Int) -> UInt32 {
  // Eight bytes before a value and 16 past it may be read.
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: cell.count + 32) { buffer in
    guard let base = buffer.baseAddress else { return 0 }
    buffer.initialize(repeating: 0)
    let text = base + 8
    var length = 0
    var from = 0
    while from < cell.count {
      text[length] = cell.start[from]
      from += cell.start[from] == Dialect.quote ? 2 : 1
      length += 1
    }
    return index.code(text, length, place: place)
  }
}
