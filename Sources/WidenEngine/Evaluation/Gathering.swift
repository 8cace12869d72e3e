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
    let flags = Buffer<UInt8>(count: bits.count) { target in
      if let start = target.baseAddress { bits.expand(0..<bits.count, into: start) }
    }
    return try gather(codes, flags: flags)
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

  private func gatherFlags<Code>(_ codes: Buffer<Code>, _ flags: Buffer<UInt8>)
    throws(ExecutionError) -> Bitmap
  where Code: FixedWidthInteger & BitwiseCopyable & Sendable {
    // One run of accepted codes needs no table: a comparison, which the compiler turns into vectors.
    if let run = flags.onlyRun, run.count <= Int(truncatingIfNeeded: Code.max) {
      let low = Code(truncatingIfNeeded: run.lowerBound)
      let width = Code(truncatingIfNeeded: run.count)
      return try bits(codes.count) { rows, target in
        let from = codes.pointer + rows.lowerBound
        for row in 0..<rows.count { target[row] = from[row] &- low < width ? 1 : 0 }
      }
    }
    return try bits(codes.count) { rows, target in
      let from = codes.pointer + rows.lowerBound
      let table = flags.pointer
      for row in 0..<rows.count { target[row] = table[Int(truncatingIfNeeded: from[row])] }
    }
  }
}

extension Buffer where Element == UInt8 {
  /// The stretch of ones, when there is one at most and not all are ones.
  fileprivate var onlyRun: Range<Int>? {
    let flags = elements
    guard let first = flags.firstIndex(of: 1) else { return 0..<0 }
    let end = flags[first...].firstIndex(of: 0) ?? count
    guard end - first < count, !flags[end...].contains(1) else { return nil }
    return first..<end
  }
}
