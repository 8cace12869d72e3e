/// Which rows have equal keys: groups, numbered in the order of their keys.
enum EqualRows {
  /// Few groups: a number for each row; rows that are not in have any. And a row of each group.
  case few(numbers: Buffer<UInt32>, rows: RowList)
  /// Many groups: the rows group by group, and the group's number beside each; where groups start.
  case many(rows: Buffer<UInt32>, numbers: Buffer<UInt32>, starts: Scratch<UInt32>)

  /// A row of each group, the first that has its key.
  func firstRows(in context: ExecutionContext) throws(ExecutionError) -> RowList {
    switch self {
    case .few(_, let rows): return rows
    case .many(let rows, _, let starts):
      return try context.elements(starts.count) { places, target in
        for place in places { target[place] = rows.pointer[Int(starts.pointer[place])] }
      }
    }
  }

  /// A number for each of the table's rows; those that are not in have 0.
  func numbers(rowCount: Int, in context: ExecutionContext) throws(ExecutionError)
    -> Buffer<UInt32>
  {
    switch self {
    case .few(let numbers, _): return numbers
    case .many(let rows, let numbers, _):
      let byRow = Buffer<UInt32>(count: rowCount) { target in
        guard let start = target.baseAddress else { return }
        let target = Shared(start)
        context.eachSegment(of: rows.count) { _, places in
          for place in places {
            target.pointer[Int(rows.pointer[place])] = numbers.pointer[place]
          }
        }
      }
      try context.checkCancelled()
      return byRow
    }
  }
}

/// The groups of the rows that are in by their keys.
///
/// Few groups are found by hashing, with a table for each worker that stays in the second cache; as
/// soon as one of them has too many, all rows are sorted by key instead. Neither needs more steps
/// for a row when there are more rows, and both give the same groups at any number of threads.
func equalRows(
  by keys: Buffer<UInt64>, selection: Bitmap?, in context: ExecutionContext
) throws(ExecutionError) -> EqualRows {
  if let few = try hashedRows(by: keys, selection: selection, in: context) { return few }
  return try sortedRows(by: keys, selection: selection, in: context)
}

private func sortedRows(
  by keys: Buffer<UInt64>, selection: Bitmap?, in context: ExecutionContext
) throws(ExecutionError) -> EqualRows {
  let sorted = try SortedRows(keys, selection: selection, in: context)
  let parts = sorted.starts.count - 1
  let (workers, isCancelled) = (context.workers(forRows: sorted.count), context.isCancelled)
  func eachPart(_ body: @Sendable (Int, UnsafeMutablePointer<KeyedRow>, Range<Int>) -> Void) {
    parallel(workers: workers, items: parts, until: isCancelled) { _, part in
      body(part, sorted.rows.pointer, sorted.starts[part]..<sorted.starts[part + 1])
    }
  }
  // How many groups each part has, and then how many there are before it.
  let groups = Scratch<Int>(count: parts + 1)
  eachPart { part, rows, range in
    var count = range.isEmpty ? 0 : 1
    for place in range.dropFirst() where rows[place].key != rows[place &- 1].key { count &+= 1 }
    groups.pointer[part + 1] = count
  }
  try context.checkCancelled()
  for part in 0..<parts { groups[part + 1] += groups[part] }
  let count = groups[parts]
  let starts = Scratch<UInt32>(count: count)
  var numbers = Buffer<UInt32>([])
  let rows = Buffer<UInt32>(count: sorted.count) { rows in
    numbers = Buffer(count: sorted.count) { numbers in
      guard let rowsOut = rows.baseAddress.map({ Shared($0) }),
        let numbersOut = numbers.baseAddress.map({ Shared($0) })
      else { return }
      eachPart { part, sorted, range in
        var group = groups.pointer[part] &- 1
        for place in range {
          if place == range.lowerBound || sorted[place].key != sorted[place &- 1].key {
            group &+= 1
            starts.pointer[group] = UInt32(truncatingIfNeeded: place)
          }
          rowsOut.pointer[place] = sorted[place].row
          numbersOut.pointer[place] = UInt32(truncatingIfNeeded: group)
        }
      }
    }
  }
  try context.checkCancelled()
  return .many(rows: rows, numbers: numbers, starts: starts)
}
