import WidenLanguage

/// Which group each row belongs to: a cell number that is computed from its keys' codes.
struct Grouping: Sendable {
  /// The groups that occur, in display order of their keys, missing last.
  struct Groups {
    var cells: [Int]
    /// For each key the codes of the groups.
    var codes: [[UInt32]]
  }

  /// The most cells that are addressed directly.
  private static let mostCells = 1 << 20

  let keys: [GroupKey]
  /// Cells are numbered below it; not every cell occurs.
  let cellCount: Int
  /// A row's cell is the sum of its codes, each times its factor.
  let parts: [CellMap.Part]
  /// The rows group by group, when there are many groups: the codes of the only part stand beside
  /// them.
  let rows: Buffer<UInt32>?
  /// A row of each cell, when cells are groups that occur, numbered in the order of their keys.
  private let firstRows: RowList?

  /// The groups of rows by their keys; with `isByRow` all parts have codes for each row.
  init(
    _ keys: [GroupKey], rowCount: Int, selection: Bitmap?, isByRow: Bool = false,
    in context: ExecutionContext
  ) throws(ExecutionError) {
    let selected = selection?.setCount ?? rowCount
    let most = min(Grouping.mostCells, 4 * selected + 4096)
    if let cells = product(keys.map(\.cardinality)), cells <= most {
      self.keys = keys
      cellCount = cells
      rows = nil
      firstRows = nil
      var factor = cells
      parts = keys.map { key in
        factor /= key.cardinality
        return CellMap.Part(codes: key.codes, factor: factor, table: key.table)
      }
      return
    }
    var written = keys
    for index in keys.indices { written[index] = try keys[index].written(in: context) }
    self.keys = written
    let groups = try equalRows(
      by: written, rowCount: rowCount, selection: selection, in: context)
    let firstRows = try groups.firstRows(in: context)
    cellCount = max(1, firstRows.count)
    self.firstRows = firstRows
    if case .many(let rows, let numbers, _) = groups, !isByRow {
      self.rows = rows
      parts = [CellMap.Part(codes: .words(numbers), factor: 1, isByPlace: true)]
    } else {
      rows = nil
      parts = [
        CellMap.Part(
          codes: .words(try groups.numbers(rowCount: rowCount, in: context)), factor: 1)
      ]
    }
  }

  /// The groups among the cells that occur.
  func groups(occurring cells: [Int], in context: ExecutionContext) throws(ExecutionError) -> Groups
  {
    guard !keys.isEmpty else { return Groups(cells: [0], codes: []) }
    if let firstRows {
      let rows = cells.count == firstRows.count ? firstRows : cells.map { firstRows[$0] }
      var codes: [[UInt32]] = []
      for key in keys { codes.append(try key.codes.values(ofRows: rows, in: context)) }
      return Groups(cells: cells, codes: codes)
    }
    let codes = keys.indices.map { self.codes(ofKey: $0, inCells: cells) }
    // Few keys fit into one number, by which they are sorted at once.
    let sorted =
      keys.count <= 20
      ? try order(byKeys: [combinedKeys(codes)], count: cells.count, in: context)
      : try order(
        byKeys: zip(keys, codes).map { key, codes in
          codes.map { key.order.key(ofCode: Int($0)) }
        }, count: cells.count, in: context)
    return Groups(
      cells: sorted.map { cells[Int($0)] },
      codes: codes.map { codes in sorted.map { codes[Int($0)] } })
  }

  private func codes(ofKey key: Int, inCells cells: [Int]) -> [UInt32] {
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

  /// The cell of a row, which must be in, when the grouping is by row.
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

extension Codes {
  /// The codes of these rows.
  fileprivate func values(ofRows rows: RowList, in context: ExecutionContext)
    throws(ExecutionError) -> [UInt32]
  {
    try context.elements(rows.count) { places, target in
      switch self {
      case .bytes(let codes): copy(codes.pointer, rows, places, target)
      case .shorts(let codes): copy(codes.pointer, rows, places, target)
      case .words(let codes): copy(codes.pointer, rows, places, target)
      }
    }
  }
}

private func copy<Code: FixedWidthInteger & UnsignedInteger>(
  _ codes: UnsafePointer<Code>, _ rows: RowList, _ range: Range<Int>,
  _ target: UnsafeMutablePointer<UInt32>
) {
  rows.withUnsafeBufferPointer { rows in
    for index in range { target[index] = UInt32(truncatingIfNeeded: codes[Int(rows[index])]) }
  }
}
