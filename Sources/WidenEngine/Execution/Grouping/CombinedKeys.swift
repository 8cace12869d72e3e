/// What is combined into a key: a column's codes, and their places in the order of the groups.
private struct KeyField {
  var codes: Codes
  /// One more than the greatest place.
  var cardinality: Int
  /// Nil when code 1 comes first and missing last.
  var places: Buffer<UInt32>?
  /// Whether the codes are places themselves.
  var isPlaced = false

  /// The number of bits that hold every place.
  var width: Int { Int.bitWidth - max(0, cardinality - 1).leadingZeroBitCount }
}

/// The groups of rows by several columns, numbered in display order, missing last.
///
/// As many columns at a time as fit into 64 bits are combined into a key, the first column in the
/// highest bits, so that the order of the keys is that of the groups.
func equalRows(
  by keys: [GroupKey], rowCount: Int, selection: Bitmap?, in context: ExecutionContext
) throws(ExecutionError) -> EqualRows {
  var fields = keys.map { key in
    KeyField(
      codes: key.codes, cardinality: key.cardinality,
      places: key.order.codesAreInOrder ? nil : key.places)
  }
  while true {
    var (fitting, bits) = (1, fields[0].width)
    while fitting < fields.count, bits + fields[fitting].width <= 64 {
      bits += fields[fitting].width
      fitting += 1
    }
    let combined = try combine(Array(fields.prefix(fitting)), rowCount: rowCount, in: context)
    let groups = try equalRows(by: combined, selection: selection, in: context)
    if fitting == fields.count { return groups }
    let first = KeyField(
      codes: .words(try groups.numbers(rowCount: rowCount, in: context)),
      cardinality: try groups.firstRows(in: context).count, isPlaced: true)
    fields.replaceSubrange(0..<fitting, with: [first])
  }
}

/// One number for each row, of its fields side by side.
private func combine(
  _ fields: [KeyField], rowCount: Int, in context: ExecutionContext
) throws(ExecutionError) -> Buffer<UInt64> {
  let result = Buffer<UInt64>(count: rowCount) { target in
    guard let start = target.baseAddress else { return }
    let target = Shared(start)
    context.eachSegment(of: rowCount) { _, rows in
      for field in fields {
        switch field.codes {
        case .bytes(let codes): add(field, codes.pointer, rows, target.pointer)
        case .shorts(let codes): add(field, codes.pointer, rows, target.pointer)
        case .words(let codes): add(field, codes.pointer, rows, target.pointer)
        }
      }
    }
  }
  try context.checkCancelled()
  return result
}

private func add<Code: FixedWidthInteger & UnsignedInteger>(
  _ field: KeyField, _ codes: UnsafePointer<Code>, _ rows: Range<Int>,
  _ keys: UnsafeMutablePointer<UInt64>
) {
  let width = UInt64(field.width)
  if let places = field.places?.pointer {
    for row in rows {
      keys[row] = keys[row] &<< width | UInt64(places[Int(truncatingIfNeeded: codes[row])])
    }
  } else if field.isPlaced {
    for row in rows { keys[row] = keys[row] &<< width | UInt64(truncatingIfNeeded: codes[row]) }
  } else {
    let missing = UInt64(field.cardinality - 1)
    for row in rows {
      let code = UInt64(truncatingIfNeeded: codes[row])
      keys[row] = keys[row] &<< width | (code == 0 ? missing : code &- 1)
    }
  }
}
