import WidenLanguage

extension Vector {
  /// A block of rows as whole numbers; text as its codes, fractions in their units.
  ///
  /// At most `Work.blockRows` rows, from a whole word on.
  func integers(_ rows: Range<Int>) -> Block<Int> {
    let block = Block<Int>()
    switch self {
    case .constant(let value): block.fill(rows.count, with: value.number, else: 0)
    case .coded(let column): block.decode(column, rows)
    case .integers(let values, let validity):
      block.values.update(from: values.pointer + rows.lowerBound, count: rows.count)
      block.mark(rows, validity)
    case .condition(let bitmap):
      bitmap.expand(rows, into: block.present)
      for row in 0..<rows.count { block.values[row] = Int(block.present[row]) }
      block.mark(rows, nil)
    case .decimals:
      // Nobody asks for fractions as whole numbers, but if: none is present.
      block.fill(rows.count, with: nil, else: 0)
    }
    return block
  }

  /// A block of rows as fractions.
  ///
  /// At most `Work.blockRows` rows, from a whole word on.
  func fractions(_ rows: Range<Int>) -> Block<Double> {
    let block = Block<Double>()
    switch self {
    case .constant(let value): block.fill(rows.count, with: value.fraction, else: 0)
    case .decimals(let values, let validity, _):
      block.values.update(from: values.pointer + rows.lowerBound, count: rows.count)
      block.mark(rows, validity)
    case .coded, .integers, .condition:
      let whole = integers(rows)
      block.present.update(from: whole.present, count: rows.count)
      if case .coded(let column) = self, case .decimal(_, let places) = column.domain {
        let scale = Domain.powers[places]
        for row in 0..<rows.count { block.values[row] = Double(whole.values[row]) / scale }
      } else {
        for row in 0..<rows.count { block.values[row] = Double(whole.values[row]) }
      }
    }
    return block
  }
}

extension Block {
  /// Fills the first rows with one value.
  fileprivate func fill(_ count: Int, with value: Element?, else nothing: Element) {
    values.update(repeating: value ?? nothing, count: count)
    present.update(repeating: value == nil ? 0 : 1, count: count)
  }

  /// Says which of its rows are present; nil means all.
  fileprivate func mark(_ rows: Range<Int>, _ validity: Bitmap?) {
    if let validity {
      validity.expand(rows, into: present)
    } else {
      present.update(repeating: 1, count: rows.count)
    }
  }
}

extension Block where Element == Int {
  fileprivate func decode(_ column: CodedColumn, _ rows: Range<Int>) {
    let base = column.domain.base
    switch column.codes {
    case .bytes(let codes): decode(codes.pointer + rows.lowerBound, rows.count, base)
    case .shorts(let codes): decode(codes.pointer + rows.lowerBound, rows.count, base)
    case .words(let codes): decode(codes.pointer + rows.lowerBound, rows.count, base)
    }
  }

  private func decode<Code: FixedWidthInteger>(
    _ codes: UnsafePointer<Code>, _ count: Int, _ base: Int
  ) {
    for row in 0..<count {
      let code = Int(truncatingIfNeeded: codes[row])
      values[row] = base &+ code
      present[row] = code == 0 ? 0 : 1
    }
  }
}

extension Bitmap {
  /// A byte, 0 or 1, for each of these rows, which start at a whole word.
  func expand(_ rows: Range<Int>, into flags: UnsafeMutablePointer<UInt8>) {
    var row = 0
    while row < rows.count {
      let word = words[(rows.lowerBound &+ row) &>> 6]
      let count = min(64, rows.count &- row)
      for bit in 0..<count {
        flags[row &+ bit] = UInt8(truncatingIfNeeded: (word &>> UInt64(bit)) & 1)
      }
      row += 64
    }
  }
}
