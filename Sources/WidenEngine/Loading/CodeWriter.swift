/// Writes the codes of chunks into the codes of a column, whatever the widths of the two.
struct CodeWriter {
  private enum Target {
    case bytes(UnsafeMutablePointer<UInt8>)
    case shorts(UnsafeMutablePointer<UInt16>)
    case words(UnsafeMutablePointer<UInt32>)
  }

  private let target: Target

  fileprivate init(_ target: UnsafeMutablePointer<UInt8>) { self.target = .bytes(target) }
  fileprivate init(_ target: UnsafeMutablePointer<UInt16>) { self.target = .shorts(target) }
  fileprivate init(_ target: UnsafeMutablePointer<UInt32>) { self.target = .words(target) }

  /// Code `k` of the chunk becomes `k * factor + shift`; 0 stays 0.
  func write(_ chunk: ColumnChunk, at start: Int, factor: Int, shift: Int) {
    switch target {
    case .bytes(let target): scale(chunk, target + start, factor, shift)
    case .shorts(let target): scale(chunk, target + start, factor, shift)
    case .words(let target): scale(chunk, target + start, factor, shift)
    }
  }

  /// Code `k` of the chunk becomes `table[k]`.
  func write(_ chunk: ColumnChunk, at start: Int, table: UnsafePointer<UInt32>) {
    switch target {
    case .bytes(let target): translate(chunk, target + start, table)
    case .shorts(let target): translate(chunk, target + start, table)
    case .words(let target): translate(chunk, target + start, table)
    }
  }
}

extension Codes {
  /// The codes of `rows` rows, each below `cardinality`; those that `fill` does not write are 0.
  init(rows: Int, cardinality: Int, among others: LargePages?, _ fill: (CodeWriter) -> Void) {
    if cardinality <= 1 << 8 {
      self = .bytes(
        .filledInPlace(count: rows, among: others) {
          if let base = $0.baseAddress { fill(CodeWriter(base)) }
        })
    } else if cardinality <= 1 << 16 {
      self = .shorts(
        .filledInPlace(count: rows, among: others) {
          if let base = $0.baseAddress { fill(CodeWriter(base)) }
        })
    } else {
      self = .words(
        .filledInPlace(count: rows, among: others) {
          if let base = $0.baseAddress { fill(CodeWriter(base)) }
        })
    }
  }
}

private func scale<Code: FixedWidthInteger & UnsignedInteger>(
  _ chunk: ColumnChunk, _ target: UnsafeMutablePointer<Code>, _ factor: Int, _ shift: Int
) {
  switch chunk.chunk.form {
  case .none, .wide, .doubles: break
  case .bytes: scale(chunk.chunk.elements(UInt8.self, chunk.rows), target, factor, shift)
  case .shorts: scale(chunk.chunk.elements(UInt16.self, chunk.rows), target, factor, shift)
  case .words: scale(chunk.chunk.elements(UInt32.self, chunk.rows), target, factor, shift)
  }
}

private func scale<Source: FixedWidthInteger, Code: FixedWidthInteger & UnsignedInteger>(
  _ codes: UnsafeBufferPointer<Source>, _ target: UnsafeMutablePointer<Code>, _ factor: Int,
  _ shift: Int
) {
  // All results fit into 32 bits, so that 32 bits are enough on the way, wrapped or not.
  let factor = UInt32(truncatingIfNeeded: factor)
  let shift = UInt32(truncatingIfNeeded: shift)
  for row in 0..<codes.count {
    let code = UInt32(truncatingIfNeeded: codes[row])
    target[row] = code == 0 ? 0 : Code(truncatingIfNeeded: code &* factor &+ shift)
  }
}

private func translate<Code: FixedWidthInteger & UnsignedInteger>(
  _ chunk: ColumnChunk, _ target: UnsafeMutablePointer<Code>, _ table: UnsafePointer<UInt32>
) {
  switch chunk.chunk.form {
  case .none, .wide, .doubles: break
  case .bytes: translate(chunk.chunk.elements(UInt8.self, chunk.rows), target, table)
  case .shorts: translate(chunk.chunk.elements(UInt16.self, chunk.rows), target, table)
  case .words: translate(chunk.chunk.elements(UInt32.self, chunk.rows), target, table)
  }
}

private func translate<Source: FixedWidthInteger, Code: FixedWidthInteger & UnsignedInteger>(
  _ codes: UnsafeBufferPointer<Source>, _ target: UnsafeMutablePointer<Code>,
  _ table: UnsafePointer<UInt32>
) {
  for row in 0..<codes.count { target[row] = Code(truncatingIfNeeded: table[Int(codes[row])]) }
}
