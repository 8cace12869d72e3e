import WidenLanguage

/// Which group each row belongs to: a cell number that is computed from its keys' codes.
struct Grouping: Sendable {
  /// The groups that occur, in display order of their keys, missing last.
  struct Groups {
    var cells: [Int]
    /// For each key the codes of the groups.
    var codes: [[UInt32]]
  }

  /// The most cells that are addressed directly; more are hashed.
  private static let mostCells = 1 << 20

  let keys: [GroupKey]
  /// Cells are numbered below it; not every cell occurs.
  let cellCount: Int
  /// A row's cell is the sum of its codes, each times its factor.
  let parts: [CellMap.Part]
  /// A row of each cell, or `noRow`, when cells were numbered by hashing.
  private let rows: RowList?

  /// The groups of rows by their keys.
  init(_ keys: [GroupKey], rowCount: Int, selection: Bitmap?, in context: ExecutionContext)
    throws(ExecutionError)
  {
    let selected = selection?.setCount ?? rowCount
    let most = min(Grouping.mostCells, 4 * selected + 4096)
    if let cells = product(keys.map(\.cardinality)), cells <= most {
      self.keys = keys
      cellCount = cells
      rows = nil
      var factor = cells
      parts = keys.map { key in
        factor /= key.cardinality
        return CellMap.Part(codes: key.codes, factor: factor, table: key.table)
      }
    } else {
      var keys = keys
      for index in keys.indices { keys[index] = try keys[index].written(in: context) }
      self.keys = keys
      let dense = try hashed(keys, rowCount: rowCount, selection: selection, in: context)
      cellCount = max(1, dense.count)
      rows = dense.rows
      parts = [CellMap.Part(codes: .words(dense.numbers), factor: 1)]
    }
  }

  /// The groups among the cells that occur.
  func groups(occurring cells: [Int]) -> Groups {
    guard !keys.isEmpty else { return Groups(cells: [0], codes: []) }
    let codes = keys.indices.map { self.codes(ofKey: $0, inCells: cells) }
    // Few keys fit into one number, by which they are sorted at once.
    let sorted =
      keys.count <= 20 && rows == nil
      ? order(byKeys: [combinedKeys(codes)], count: cells.count)
      : order(
        byKeys: zip(keys, codes).map { key, codes in
          codes.map { key.order.key(ofCode: Int($0)) }
        }, count: cells.count)
    return Groups(
      cells: sorted.map { cells[Int($0)] },
      codes: codes.map { codes in sorted.map { codes[Int($0)] } })
  }

  private func codes(ofKey key: Int, inCells cells: [Int]) -> [UInt32] {
    if let rows { return cells.map { UInt32(keys[key].codes[Int(rows[$0])]) } }
    // Cells that are addressed directly are few, and short divisions take half the time.
    let factor = UInt32(parts[key].factor)
    let cardinality = UInt32(keys[key].cardinality)
    return cells.map { UInt32(truncatingIfNeeded: $0) / factor % cardinality }
  }

  /// The place of each group's first key, then of its second, and so on, missing last.
  private func combinedKeys(_ codes: [[UInt32]]) -> [UInt64] {
    var combined = [UInt64](repeating: 0, count: codes[0].count)
    for (key, codes) in zip(keys, codes) {
      let most = UInt64(key.cardinality)
      let places = (0..<key.cardinality).map { code in
        code == 0 ? most : key.order.key(ofCode: code)
      }
      for index in codes.indices {
        combined[index] = combined[index] &* (most + 1) &+ places[Int(codes[index])]
      }
    }
    return combined
  }

  /// The cell of a row, which must be in.
  func cell(ofRow row: Int) -> Int {
    parts.reduce(0) { $0 + $1.code(ofRow: row) * $1.factor }
  }
}

/// The product of these numbers, or nil when it does not fit.
private func product(_ numbers: [Int]) -> Int? {
  var product = 1
  for number in numbers {
    let (next, overflow) = product.multipliedReportingOverflow(by: number)
    if overflow { return nil }
    product = next
  }
  return product
}

/// Numbers the combinations of keys: as many keys at a time as fit into 64 bits.
private func hashed(
  _ keys: [GroupKey], rowCount: Int, selection: Bitmap?, in context: ExecutionContext
) throws(ExecutionError) -> DenseNumbers {
  var pending: [(codes: Codes, cardinality: Int)] = keys.map { ($0.codes, $0.cardinality) }
  while true {
    var fitting = 1
    while fitting < pending.count,
      product(pending.prefix(fitting + 1).map(\.cardinality)) != nil
    {
      fitting += 1
    }
    let combined = try combine(Array(pending.prefix(fitting)), rowCount: rowCount, in: context)
    let dense = try denseNumbers(of: combined, selection: selection, in: context)
    if fitting == pending.count { return dense }
    pending.replaceSubrange(0..<fitting, with: [(.words(dense.numbers), max(1, dense.count))])
  }
}

/// One 64-bit number for each row's codes.
func combine(
  _ keys: [(codes: Codes, cardinality: Int)], rowCount: Int, in context: ExecutionContext
) throws(ExecutionError) -> Buffer<UInt64> {
  let isCancelled = context.isCancelled
  let result = Buffer<UInt64>(count: rowCount) { target in
    guard let start = target.baseAddress else { return }
    let target = Shared(start)
    let segments = (rowCount + segmentRows - 1) / segmentRows
    parallel(workers: context.workers(forRows: rowCount), items: segments) { _, item in
      if isCancelled() { return }
      let rows = item * segmentRows..<min(rowCount, (item + 1) * segmentRows)
      for key in keys {
        let factor = UInt64(key.cardinality)
        switch key.codes {
        case .bytes(let codes): shift(target.pointer, rows, by: factor, adding: codes.pointer)
        case .shorts(let codes): shift(target.pointer, rows, by: factor, adding: codes.pointer)
        case .words(let codes): shift(target.pointer, rows, by: factor, adding: codes.pointer)
        }
      }
    }
  }
  try context.checkCancelled()
  return result
}

private func shift<Code: FixedWidthInteger & UnsignedInteger>(
  _ keys: UnsafeMutablePointer<UInt64>, _ rows: Range<Int>, by factor: UInt64,
  adding codes: UnsafePointer<Code>
) {
  for row in rows {
    keys[row] = keys[row] &* factor &+ UInt64(truncatingIfNeeded: codes[row])
  }
}
