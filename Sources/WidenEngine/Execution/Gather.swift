import WidenLanguage

/// Row numbers of a table, in any order; `noRow` stands for a row of missing values.
typealias RowList = [UInt32]

/// The row number of no row.
let noRow = UInt32.max

extension Column {
  /// The values of these rows, in their order; missing for `noRow`.
  ///
  /// `isSubset` promises that no row occurs twice, so that a unique column stays unique.
  func gathered(_ rows: RowList, isSubset: Bool = false) -> Column {
    switch self {
    case .coded(let column):
      var result = column
      result.codes = column.codes.gathered(rows)
      result.hasMissing = column.hasMissing || (!isSubset && rows.contains(noRow))
      result.isUnique = column.isUnique && isSubset
      return .coded(result)
    case .integers(let values, let validity):
      return .integers(
        values.gathered(rows), validity: gatheredValidity(validity, rows, isSubset: isSubset))
    case .decimals(let values, let validity):
      return .decimals(
        values.gathered(rows), validity: gatheredValidity(validity, rows, isSubset: isSubset))
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
  func gathered(_ rows: RowList) -> Codes {
    switch self {
    case .bytes(let codes): .bytes(codes.gathered(rows))
    case .shorts(let codes): .shorts(codes.gathered(rows))
    case .words(let codes): .words(codes.gathered(rows))
    }
  }
}

extension Buffer where Element: AdditiveArithmetic {
  /// The elements of these rows, zero for `noRow`.
  fileprivate func gathered(_ rows: RowList) -> Buffer<Element> {
    Buffer(count: rows.count) { target in
      let source = pointer
      rows.withUnsafeBufferPointer { rows in
        for index in 0..<rows.count {
          let row = rows[index]
          target[index] = row == noRow ? .zero : source[Int(row)]
        }
      }
    }
  }
}

private func gatheredValidity(_ validity: Bitmap?, _ rows: RowList, isSubset: Bool) -> Bitmap? {
  guard validity != nil || (!isSubset && rows.contains(noRow)) else { return nil }
  var words = [UInt64](repeating: 0, count: (rows.count + 63) / 64)
  for (index, row) in rows.enumerated() where row != noRow && validity?[Int(row)] != false {
    words[index >> 6] |= 1 << UInt64(index & 63)
  }
  return Bitmap(count: rows.count, words: words)
}

extension Frame {
  /// The rows that are in, in order.
  var selectedRows: RowList {
    guard let selection else { return RowList(0..<UInt32(rowCount)) }
    var found = RowList()
    found.reserveCapacity(selection.setCount)
    for (index, word) in selection.words.enumerated() {
      var rest = word
      while rest != 0 {
        found.append(UInt32(index << 6 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return found
  }

  /// These rows of the columns that somebody will read; the others stand empty.
  func gathered(_ rows: RowList, needed: ColumnSet = .all, isSubset: Bool = true) -> Frame {
    Frame(
      columns: columns.enumerated().map { index, column in
        needed.contains(index) ? column.gathered(rows, isSubset: isSubset) : .unread
      }, rowCount: rows.count)
  }

  /// The rows that are in, side by side.
  func compacted(needed: ColumnSet = .all) -> Frame {
    selection == nil ? self : gathered(selectedRows, needed: needed)
  }

  /// Narrows the selection to the rows for which a condition holds.
  mutating func narrow(to condition: Bitmap) {
    selection = selection?.intersection(condition) ?? condition
  }
}
