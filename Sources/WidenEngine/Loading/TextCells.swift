import CKernels

/// Writes the code of each cell to `codes`, 0 for an empty one; `block` makes its place in the file.
func scanText(
  _ run: CellRun, _ index: CellIndex, block: Int, into codes: UnsafeMutablePointer<UInt32>
) -> ScanOutcome {
  if run.hasDoubledQuotes {
    scanEscaped(run, index, block, codes)
  } else {
    scanPlain(run, index, block, codes)
  }
  index.pass(run.rows, endsBlock: true)
  var outcome = ScanOutcome()
  // A number or its negative has the highest bit, unless it is 0; a branch would be mispredicted.
  var present: UInt32 = 0
  var most: UInt32 = 0
  for row in 0..<run.rows {
    present &+= (codes[row] | (0 &- codes[row])) &>> 31
    most = max(most, codes[row])
  }
  let missing = run.rows - Int(present)
  outcome.missing = missing
  outcome.present = run.rows - missing
  outcome.minimum = 1
  outcome.maximum = Int(most)
  return outcome
}

/// The kernel goes on up to a cell that it does not know.
private func scanPlain(
  _ run: CellRun, _ index: CellIndex, _ block: Int, _ codes: UnsafeMutablePointer<UInt32>
) {
  var cells = run.textCells
  var row = 0
  while true {
    index.pass(row)
    if index.isLarge { return scanAhead(run, row..<run.rows, index, block, codes) }
    var table = index.table
    row = kernel_find_texts(processorLevel, &cells, &table, row, codes)
    if row == run.rows { return }
    let cell = run.cell(row)
    codes[row] = index.code(cell.start, cell.count, place: block << 32 | row)
    row += 1
  }
}

/// The same where the values are too many for the kernel's table.
private func scanAhead(
  _ run: CellRun, _ rows: Range<Int>, _ index: CellIndex, _ block: Int,
  _ codes: UnsafeMutablePointer<UInt32>
) {
  let batch = 32
  withUnsafeTemporaryAllocation(of: UInt32.self, capacity: batch) { hashes in
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: batch) {
      let some = start..<min(rows.upperBound, start + batch)
      for row in some {
        let cell = run.cell(row)
        hashes[row - start] = index.expect(cell.start, cell.count)
      }
      for row in some {
        let cell = run.cell(row)
        codes[row] = index.code(
          cell.start, cell.count, hash: hashes[row - start], place: block << 32 | row)
      }
    }
  }
}

/// The same where quotes in cells are doubled: such cells are copied without the doubling.
private func scanEscaped(
  _ run: CellRun, _ index: CellIndex, _ block: Int, _ codes: UnsafeMutablePointer<UInt32>
) {
  for row in 0..<run.rows {
    let cell = run.cell(row)
    let place = block << 32 | row
    if cell.isQuoted {
      codes[row] = unescaped(cell, index, place)
    } else {
      codes[row] = index.code(cell.start, cell.count, place: place)
    }
  }
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
