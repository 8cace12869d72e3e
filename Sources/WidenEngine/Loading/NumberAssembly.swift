/// A column of codes from chunks of whole numbers of one kind, whose range fits into 32 bits.
func codedColumn(_ chunks: [ColumnChunk], _ rows: Int, _ domain: (Int) -> Domain) -> Column {
  let bounds = bounds(chunks, places: 0)
  return codedColumn(chunks, rows, places: 0, bounds ?? (0, -1), domain)
}

/// Numbers: codes in units of their last decimal place if they are exact in at most four places and
/// their range fits into 32 bits, else 64 bits each.
func numberColumn(_ chunks: [ColumnChunk], _ rows: Int) -> Column {
  let places = chunks.reduce(0) { max($0, $1.chunk.places) }
  let hasDoubles = chunks.contains { $0.chunk.form == .doubles }
  // Codes stay clear of the ends of 64 bits, so that minimum plus code never overflows.
  let safe = -(1 << 61)...1 << 61
  if !hasDoubles, let bounds = bounds(chunks, places: places), safe.contains(bounds.minimum),
    safe.contains(bounds.maximum)
  {
    if bounds.maximum - bounds.minimum < Int(UInt32.max) - 1 {
      return codedColumn(chunks, rows, places: places, bounds) {
        places == 0 ? .integer(minimum: $0) : .decimal(minimum: $0, places: places)
      }
    }
  }
  let validity = chunks.contains(where: \.hasMissing) ? validity(chunks, rows) : nil
  let others = chunks.first?.work.pages
  if places == 0, !hasDoubles {
    return .integers(
      .filledInPlace(count: rows, among: others) { target in
        eachForGood(chunks) { chunk, start in
          chunk.forEachNumber { row, number in target[start + row] = number ?? 0 }
        }
      }, validity: validity)
  }
  return .decimals(
    .filledInPlace(count: rows, among: others) { target in
      eachForGood(chunks) { chunk, start in
        let power = Domain.powers[chunk.chunk.places]
        if chunk.chunk.form == .doubles {
          for (row, number) in chunk.chunk.elements(Double.self, chunk.rows).enumerated() {
            target[start + row] = number.isNaN ? 0 : number
          }
        } else {
          chunk.forEachNumber { row, units in
            target[start + row] = units.map { Double($0) / power } ?? 0
          }
        }
      }
    }, validity: validity)
}

/// Codes from the minimum of `bounds`, in units of 10 to the power of `-places`.
private func codedColumn(
  _ chunks: [ColumnChunk], _ rows: Int, places: Int, _ bounds: (minimum: Int, maximum: Int),
  _ domain: (Int) -> Domain
) -> Column {
  let cardinality = bounds.maximum - bounds.minimum + 2
  let others = chunks.first?.work.pages
  let codes = Codes(rows: rows, cardinality: cardinality, among: others) { writer in
    eachForGood(chunks) { chunk, start in
      let factor = 10.power(places - chunk.chunk.places)
      // Code k of the chunk is (minimum + k - 1) × factor units, and codes count from 1.
      let shift = (chunk.chunk.minimum - 1) * factor - bounds.minimum + 1
      writer.write(chunk, at: start, factor: factor, shift: shift)
    }
  }
  var column = CodedColumn(
    codes: codes, domain: domain(bounds.minimum), cardinality: cardinality,
    hasMissing: chunks.contains(where: \.hasMissing))
  column.isUnique = isUnique(column)
  return .coded(column)
}

/// Whether no two rows share a code; only looked at when there are enough codes and they fit a bitmap.
func isUnique(_ column: CodedColumn) -> Bool {
  let rows = column.codes.count
  guard !column.hasMissing, column.cardinality > rows, column.cardinality <= 64 * rows + 65_536
  else { return false }
  return distinctCount(column) == rows
}

/// How many different codes there are, missing left out.
func distinctCount(_ column: CodedColumn) -> Int {
  var words = [UInt64](repeating: 0, count: column.cardinality / 64 + 1)
  words.withUnsafeMutableBufferPointer { words in
    func mark<Code: FixedWidthInteger>(_ codes: Buffer<Code>) {
      for code in codes.elements { words[Int(code) &>> 6] |= 1 &<< UInt64(code & 63) }
    }
    switch column.codes {
    case .bytes(let codes): mark(codes)
    case .shorts(let codes): mark(codes)
    case .words(let codes): mark(codes)
    }
  }
  return words.reduce(0) { $0 + $1.nonzeroBitCount } - Int(words[0] & 1)
}

/// The least and the greatest number in units of 10 to the power of `-places`; nil when there is none
/// or it does not fit.
private func bounds(_ chunks: [ColumnChunk], places: Int) -> (minimum: Int, maximum: Int)? {
  var minimum = Int.max
  var maximum = Int.min
  for chunk in chunks where chunk.chunk.form != .none {
    let factor = 10.power(places - chunk.chunk.places)
    let (least, tooLow) = chunk.chunk.minimum.multipliedReportingOverflow(by: factor)
    let (most, tooHigh) = chunk.chunk.maximum.multipliedReportingOverflow(by: factor)
    if tooLow || tooHigh { return nil }
    minimum = min(minimum, least)
    maximum = max(maximum, most)
  }
  return minimum <= maximum ? (minimum, maximum) : nil
}

private func validity(_ chunks: [ColumnChunk], _ rows: Int) -> Bitmap {
  Bitmap(count: rows) { words in
    words.update(repeating: 0)
    func set(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }
    each(chunks) { chunk, start in
      if chunk.chunk.form == .doubles {
        for (row, number) in chunk.chunk.elements(Double.self, chunk.rows).enumerated() {
          if !number.isNaN { set(start + row) }
        }
      } else {
        chunk.forEachNumber { row, number in if number != nil { set(start + row) } }
      }
    }
  }
}

/// Calls `body` with each chunk and its first row, as far as loading goes on.
private func each(_ chunks: [ColumnChunk], _ body: (ColumnChunk, Int) -> Void) {
  var start = 0
  for chunk in chunks where !chunk.work.mustStop() {
    body(chunk, start)
    start += chunk.rows
  }
}

/// The same for the last time: each chunk is given back when it has been looked at.
func eachForGood(_ chunks: [ColumnChunk], _ body: (ColumnChunk, Int) -> Void) {
  each(chunks) { chunk, start in
    body(chunk, start)
    chunk.giveBack()
  }
}

extension ColumnChunk {
  func giveBack() {
    if let data = chunk.data { work.stores[chunk.worker].giveBack(data) }
  }

  var hasMissing: Bool { rows > 0 && (chunk.missing > 0 || !chunk.shorthand.isEmpty) }

  /// Calls `body` with each row and its number, nil for missing; nothing for chunks of Doubles.
  func forEachNumber(_ body: (Int, Int?) -> Void) {
    switch chunk.form {
    case .none: for row in 0..<rows { body(row, nil) }
    case .bytes: forEachCode(UInt8.self, body)
    case .shorts: forEachCode(UInt16.self, body)
    case .words: forEachCode(UInt32.self, body)
    case .wide:
      for (row, number) in chunk.elements(Int.self, rows).enumerated() {
        body(row, number == .missing ? nil : number)
      }
    case .doubles: break
    }
  }

  private func forEachCode<Code: FixedWidthInteger>(_ type: Code.Type, _ body: (Int, Int?) -> Void)
  {
    for (row, code) in chunk.elements(type, rows).enumerated() {
      body(row, code == 0 ? nil : chunk.minimum &- 1 &+ Int(code))
    }
  }
}
