import CKernels
import WidenLanguage

/// Row numbers of a table, in any order; `noRow` stands for a row of missing values.
typealias RowList = [UInt32]

/// The row number of no row.
let noRow = UInt32.max

extension Column {
  /// The values of these rows, in their order; missing for `noRow`.
  ///
  /// `isSubset` promises that no row occurs twice, so that a unique column stays unique. With a
  /// context many rows are gathered by its threads, and the caller asks whether it was cancelled.
  func gathered(
    _ rows: RowList, isSubset: Bool = false, in context: ExecutionContext? = nil
  ) -> Column {
    switch self {
    case .coded(let column):
      var result = column
      result.codes = column.codes.gathered(rows, in: context)
      result.hasMissing = column.hasMissing || (!isSubset && rows.contains(noRow))
      result.isUnique = column.isUnique && isSubset
      return .coded(result)
    case .integers(let values, let validity):
      return .integers(
        values.gathered(rows, in: context),
        validity: gatheredValidity(validity, rows, isSubset: isSubset))
    case .decimals(let values, let validity):
      return .decimals(
        values.gathered(rows, in: context),
        validity: gatheredValidity(validity, rows, isSubset: isSubset))
    }
  }

  /// A column without rows, which stands where nobody looks.
  static var unread: Column {
    .coded(
      CodedColumn(
        codes: .bytes(Buffer([])), domain: .boolean, cardinality: 3, hasMissing: false))
  }
}

extension Codes {
  /// The codes of these rows, 0 for `noRow`.
  fileprivate func gathered(_ rows: RowList, in context: ExecutionContext?) -> Codes {
    switch self {
    case .bytes(let codes): .bytes(codes.gathered(rows, in: context))
    case .shorts(let codes): .shorts(codes.gathered(rows, in: context))
    case .words(let codes): .words(codes.gathered(rows, in: context))
    }
  }
}

extension Buffer where Element: AdditiveArithmetic & Sendable {
  /// The elements of these rows, zero for `noRow`.
  fileprivate func gathered(_ rows: RowList, in context: ExecutionContext?) -> Buffer<Element> {
    let isCancelled: @Sendable () -> Bool =
      if let context { context.isCancelled } else { { false } }
    let workers = context?.workers(forRows: rows.count) ?? 1
    let segments = (rows.count + standardSegmentRows - 1) / standardSegmentRows
    return Buffer(count: rows.count) { target in
      guard let start = target.baseAddress else { return }
      let target = Shared(start)
      parallel(workers: workers, items: segments, until: isCancelled) { (_: Int, item: Int) in
        let first = item * standardSegmentRows
        gather(rows, first..<min(rows.count, first + standardSegmentRows), into: target.pointer)
      }
    }
  }

  private func gather(
    _ rows: RowList, _ range: Range<Int>, into target: UnsafeMutablePointer<Element>
  ) {
    rows.withUnsafeBufferPointer { rows in
      for index in range {
        let row = rows[index]
        target[index] = row == noRow ? .zero : pointer[Int(row)]
      }
    }
  }
}

private func gatheredValidity(_ validity: Bitmap?, _ rows: RowList, isSubset: Bool) -> Bitmap? {
  guard validity != nil || (!isSubset && rows.contains(noRow)) else { return nil }
  return Bitmap(count: rows.count) { words in
    words.update(repeating: 0)
    for (index, row) in rows.enumerated() where row != noRow && validity?[Int(row)] != false {
      words[index >> 6] |= 1 << UInt64(index & 63)
    }
  }
}

extension Frame {
  /// The rows that are in, in order.
  var selectedRows: RowList {
    guard let selection else { return RowList(0..<UInt32(rowCount)) }
    let words = selection.words
    // The kernel writes sixteen at a time.
    return RowList(unsafeUninitializedCapacity: selection.setCount + 64) { target, count in
      guard let start = target.baseAddress else { return }
      count = kernel_list_rows(processorLevel, words.pointer, words.count, 0, start)
    }
  }

  /// The first rows that are in, so many of them at most.
  func selectedRows(first count: Int) -> RowList {
    guard let selection else { return RowList(0..<UInt32(min(count, rowCount))) }
    var found = RowList()
    for (index, word) in selection.words.elements.enumerated() where found.count < count {
      var rest = word
      while rest != 0, found.count < count {
        found.append(UInt32(index << 6 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return found
  }

  /// These rows of the columns that somebody will read; the others stand empty.
  func gathered(
    _ rows: RowList, needed: ColumnSet = .all, isSubset: Bool = true, in context: ExecutionContext
  ) throws(ExecutionError) -> Frame {
    var gathered: [Column] = []
    for (index, column) in columns.enumerated() {
      try context.checkCancelled()
      gathered.append(
        needed.contains(index)
          ? column.gathered(rows, isSubset: isSubset, in: context) : .unread)
    }
    var frame = Frame(columns: gathered, rowCount: rows.count)
    frame.people = people?.gathered(rows, isSubset: isSubset, in: context)
    frame.withheld = withheld.mapValues { $0.gathered(rows) }
    frame.few = few?.gathered(rows)
    frame.narrowing = narrowing?.gathered(people)
    frame.hidden = hidden?.gathered(rows)
    try context.checkCancelled()
    return frame
  }

  /// The rows that are in, side by side.
  func compacted(needed: ColumnSet = .all, in context: ExecutionContext) throws(ExecutionError)
    -> Frame
  {
    selection == nil ? self : try gathered(selectedRows, needed: needed, in: context)
  }

  /// Narrows the selection to the rows for which a condition holds.
  mutating func narrow(to condition: Bitmap) {
    selection = selection?.intersection(condition) ?? condition
  }
}
