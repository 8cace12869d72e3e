/// A number for each row, the same for rows of the same key, and a row for each number.
struct DenseNumbers {
  /// Rows that are not in have 0.
  var numbers: Buffer<UInt32>
  /// One more than the highest number.
  ///
  /// Some numbers below it may be unused.
  var count: Int
  /// A row with each number, or `noRow`.
  var rows: RowList
}

/// Numbers the keys of the rows that are in.
///
/// Each worker looks at all rows and takes those whose hash falls into its part, so that no table
/// is shared; its numbers are every n-th. Which number a key gets depends on the number of workers,
/// so callers order by key in the end.
func denseNumbers(
  of keys: Buffer<UInt64>, selection: Bitmap?, in context: ExecutionContext
) throws(ExecutionError) -> DenseNumbers {
  let rowCount = keys.count
  let parts = context.workers(forRows: rowCount)
  let firstRows = (0..<parts).map { _ in RowCollector() }
  let isCancelled = context.isCancelled
  let selected = selection.map { Buffer($0.words) }
  let numbers = Buffer<UInt32>(count: rowCount) { target in
    guard let start = target.baseAddress else { return }
    let target = Shared(start)
    parallel(workers: parts, items: parts) { _, part in
      number(
        keys, selected, part: part, parts: parts, into: target.pointer, rows: firstRows[part],
        isCancelled)
    }
  }
  try context.checkCancelled()
  let longest = firstRows.map(\.rows.count).max() ?? 0
  var rows = RowList(repeating: noRow, count: longest * parts)
  for (part, collector) in firstRows.enumerated() {
    for (index, row) in collector.rows.enumerated() { rows[index * parts + part] = row }
  }
  return DenseNumbers(numbers: numbers, count: rows.count, rows: rows)
}

/// The first row of each of one worker's numbers.
///
/// `@unchecked Sendable` because only the worker that has its part touches it.
private final class RowCollector: @unchecked Sendable {
  var rows = RowList()
}

private func number(
  _ keys: Buffer<UInt64>, _ selection: Buffer<UInt64>?, part: Int, parts: Int,
  into numbers: UnsafeMutablePointer<UInt32>, rows: RowCollector,
  _ isCancelled: @Sendable () -> Bool
) {
  var table = KeyTable()
  var found = RowList()
  let pointer = keys.pointer
  for row in 0..<keys.count {
    if row & (segmentRows - 1) == 0, isCancelled() { return }
    if let selection, selection.pointer[row >> 6] >> UInt64(row & 63) & 1 == 0 { continue }
    let key = pointer[row]
    let hash = KeyTable.hash(key)
    if parts > 1, Int(hash >> 56) % parts != part { continue }
    let number = table.number(of: key, hash: hash)
    if number == found.count { found.append(UInt32(truncatingIfNeeded: row)) }
    numbers[row] = UInt32(truncatingIfNeeded: number &* parts &+ part)
  }
  rows.rows = found
}
