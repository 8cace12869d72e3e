import WidenLanguage

/// From a code for each row and a table by code to a value for each row.
extension Work {
  /// The table's value for each row's code.
  ///
  /// `mayBeZero`: code 0 occurs.
  func gather(_ codes: Codes, mayBeZero: Bool, _ table: Vector) throws(ExecutionError) -> Vector {
    switch table {
    case .constant: return table
    case .condition(let bits): return .condition(try gatherBits(codes, bits))
    case .coded(let column): return .coded(try gather(codes, mayBeZero: mayBeZero, column))
    case .integers(let values, let validity):
      return .integers(
        try gatherValues(codes, values), validity: try gatherValidity(codes, validity))
    case .decimals(let values, let validity, let places):
      return .decimals(
        try gatherValues(codes, values), validity: try gatherValidity(codes, validity),
        places: places)
    }
  }

  /// The coded table's code for each row's code.
  func gather(_ codes: Codes, mayBeZero: Bool, _ table: CodedColumn) throws(ExecutionError)
    -> CodedColumn
  {
    let first = mayBeZero ? 0 : 1
    let hasMissing =
      table.hasMissing
      && (first..<max(first, table.codes.count)).contains { table.codes[$0] == 0 }
    let gathered: Codes =
      switch table.codes {
      case .bytes(let values): .bytes(try gatherValues(codes, values))
      case .shorts(let values): .shorts(try gatherValues(codes, values))
      case .words(let values): .words(try gatherValues(codes, values))
      }
    return CodedColumn(
      codes: gathered, domain: table.domain, cardinality: table.cardinality, hasMissing: hasMissing)
  }

  /// The bit for each row's code.
  func gatherBits(_ codes: Codes, _ bits: Bitmap) throws(ExecutionError) -> Bitmap {
    // A few runs of accepted codes need no table: a comparison of vectors for each.
    if let runs = bits.runs(atMost: CodeTest.mostRanges) {
      return try select([CodeTest(codes, runs)], rows: codes.count)
    }
    return switch codes {
    case .bytes(let codes): try gatherBits(codes, bits)
    case .shorts(let codes): try gatherBits(codes, bits)
    case .words(let codes): try gatherBits(codes, bits)
    }
  }

  /// The byte, 0 or 1, for each row's code, as bits.
  func gather(_ codes: Codes, flags: Buffer<UInt8>) throws(ExecutionError) -> Bitmap {
    switch codes {
    case .bytes(let codes): try gatherFlags(codes, flags)
    case .shorts(let codes): try gatherFlags(codes, flags)
    case .words(let codes): try gatherFlags(codes, flags)
    }
  }

  private func gatherValidity(_ codes: Codes, _ validity: Bitmap?) throws(ExecutionError)
    -> Bitmap?
  {
    guard let validity else { return nil }
    return try gatherBits(codes, validity)
  }

  private func gatherValues<Element: BitwiseCopyable & Sendable>(
    _ codes: Codes, _ table: Buffer<Element>
  ) throws(ExecutionError) -> Buffer<Element> {
    switch codes {
    case .bytes(let codes): try gatherValues(codes, table)
    case .shorts(let codes): try gatherValues(codes, table)
    case .words(let codes): try gatherValues(codes, table)
    }
  }

  private func gatherValues<Code, Element: BitwiseCopyable & Sendable>(
    _ codes: Buffer<Code>, _ table: Buffer<Element>
  ) throws(ExecutionError) -> Buffer<Element>
  where Code: FixedWidthInteger & BitwiseCopyable & Sendable {
    try buffer(codes.count) { rows, target in
      let from = codes.pointer
      let values = table.pointer
      for row in rows { target[row] = values[Int(truncatingIfNeeded: from[row])] }
    }
  }

  private func gatherBits<Code>(_ codes: Buffer<Code>, _ accepted: Bitmap)
    throws(ExecutionError) -> Bitmap
  where Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable {
    // A table of bytes is faster while it is small.
    if accepted.count <= 1 << 16 {
      let flags = Buffer<UInt8>(count: accepted.count) { target in
        if let start = target.baseAddress { accepted.expand(0..<accepted.count, into: start) }
      }
      return try gatherFlags(codes, flags)
    }
    let words = accepted.words
    return try bits(codes.count) { rows, target in
      let from = codes.pointer + rows.lowerBound
      let table = words.pointer
      for row in 0..<rows.count {
        let code = Int(truncatingIfNeeded: from[row])
        target[row] = UInt8(truncatingIfNeeded: (table[code &>> 6] &>> UInt64(code & 63)) & 1)
      }
    }
  }

  private func gatherFlags<Code>(_ codes: Buffer<Code>, _ flags: Buffer<UInt8>)
    throws(ExecutionError) -> Bitmap
  where Code: FixedWidthInteger & BitwiseCopyable & Sendable {
    try bits(codes.count) { rows, target in
      let from = codes.pointer + rows.lowerBound
      let table = flags.pointer
      for row in 0..<rows.count { target[row] = table[Int(truncatingIfNeeded: from[row])] }
    }
  }
}

extension Bitmap {
  /// The stretches of bits that are set, when there are no more than so many.
  func runs(atMost limit: Int) -> [Range<Int>]? {
    var runs: [Range<Int>] = []
    var start: Int?
    for (index, word) in words.elements.enumerated() {
      // Most words continue what the one before them was.
      if word == (start == nil ? 0 : ~0) { continue }
      for bit in 0..<64 {
        let isSet = word >> UInt64(bit) & 1 == 1
        if isSet, start == nil {
          start = index * 64 + bit
        } else if !isSet, let first = start {
          if runs.count == limit { return nil }
          runs.append(first..<index * 64 + bit)
          start = nil
        }
      }
    }
    if let first = start { runs.append(first..<count) }
    return runs.count > limit ? nil : runs
  }
}

extension Codes {
  /// All codes below `cardinality`, in order: one row for each.
  static func each(below cardinality: Int) -> Codes {
    if cardinality <= 1 << 8 { return .bytes(counting(to: cardinality)) }
    if cardinality <= 1 << 16 { return .shorts(counting(to: cardinality)) }
    return .words(counting(to: cardinality))
  }

  private static func counting<Code>(to count: Int) -> Buffer<Code>
  where Code: FixedWidthInteger & BitwiseCopyable {
    Buffer(count: count) { target in
      for code in 0..<count { target[code] = Code(truncatingIfNeeded: code) }
    }
  }
}
