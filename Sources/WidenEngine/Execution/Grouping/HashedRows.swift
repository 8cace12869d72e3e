/// A worker's table of keys, each with the first of its rows.
private final class WorkerKeys {
  var table = KeyTable()
  var keys: [UInt64] = []
  var rows = RowList()
}

/// Few groups of equal keys; nil when they are too many.
///
/// Each worker numbers the keys as it meets them; in the end the keys of all are put in order, and
/// the numbers of all rows translated.
func hashedRows(
  by keys: Buffer<UInt64>, selection: Bitmap?, in context: ExecutionContext
) throws(ExecutionError) -> EqualRows? {
  let rowCount = keys.count
  let workers = PerWorker(context.workers(forRows: rowCount)) { WorkerKeys() }
  let selected = selection?.words
  let isTooMany = Flag()
  let segmentRows = context.segmentRows
  // More keys, 32,768 in a program, leave the second cache, so that rows had better be sorted.
  let mostKeys = segmentRows / 2
  let workerOf = Scratch<UInt32>(count: (rowCount + segmentRows - 1) / segmentRows)
  let numbers = Buffer<UInt32>(count: rowCount) { target in
    guard let start = target.baseAddress else { return }
    let target = Shared(start)
    context.eachSegment(of: rowCount) { worker, rows in
      if isTooMany.isSet { return }
      workerOf.pointer[rows.lowerBound / segmentRows] = UInt32(worker)
      let own = workers[worker]
      for row in rows {
        if let selected, selected.pointer[row >> 6] >> UInt64(row & 63) & 1 == 0 { continue }
        let key = keys.pointer[row]
        let number = own.table.number(of: key, hash: KeyTable.hash(key))
        if number == own.keys.count {
          if number == mostKeys { return isTooMany.set() }
          own.keys.append(key)
          own.rows.append(UInt32(truncatingIfNeeded: row))
        }
        target.pointer[row] = UInt32(truncatingIfNeeded: number)
      }
    }
  }
  try context.checkCancelled()
  if isTooMany.isSet { return nil }
  let (translations, rows) = merged(workers.all)
  let result = Buffer<UInt32>(count: rowCount) { target in
    guard let start = target.baseAddress else { return }
    let target = Shared(start)
    context.eachSegment(of: rowCount) { _, rows in
      let own = translations[Int(workerOf.pointer[rows.lowerBound / segmentRows])].pointer
      for row in rows { target.pointer[row] = own[Int(numbers.pointer[row])] }
    }
  }
  try context.checkCancelled()
  return .few(numbers: result, rows: rows)
}

/// For each worker the numbers of its keys among those of all in order; the first row of each.
private func merged(_ workers: [WorkerKeys]) -> (translations: [Scratch<UInt32>], rows: RowList) {
  var all: [(key: UInt64, worker: Int, number: Int)] = []
  for (worker, own) in workers.enumerated() {
    for (number, key) in own.keys.enumerated() { all.append((key, worker, number)) }
  }
  all.sort { $0.key < $1.key }
  // One more than its keys, so that rows that are not in find something.
  let translations = workers.map { Scratch<UInt32>(count: $0.keys.count + 1) }
  var rows = RowList()
  var last: UInt64?
  for (key, worker, number) in all {
    let row = workers[worker].rows[number]
    if key == last {
      rows[rows.count - 1] = min(rows[rows.count - 1], row)
    } else {
      rows.append(row)
    }
    last = key
    translations[worker][number] = UInt32(truncatingIfNeeded: rows.count - 1)
  }
  return (translations, rows)
}
