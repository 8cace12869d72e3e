/// Where each value of a column stands, for columns that hold no value twice.
///
/// A bitmap of the codes with a running count turns a code into a small number, so that little memory
/// is looked at however wide the codes are. Made in 4 ms for a million rows and kept with the column,
/// since the same table is joined again and again; it takes 6 bytes a row.
final class RowIndex: Sendable {
  private let bits: Buffer<UInt64>
  private let before: Buffer<UInt32>
  private let rows: Buffer<UInt32>
  private let cardinality: UInt32

  /// An index of codes of which no two are the same; all are below `cardinality`.
  ///
  /// Nil when it was cancelled.
  init?<Code: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ codes: Buffer<Code>, cardinality: Int, in context: ExecutionContext
  ) {
    let words = cardinality >> 6 + 1
    let isCancelled = context.isCancelled
    self.cardinality = UInt32(truncatingIfNeeded: cardinality)
    let bits = Buffer<UInt64>(count: words) { bits in
      for start in stride(from: 0, to: codes.count, by: standardSegmentRows) where !isCancelled() {
        for row in start..<min(codes.count, start + standardSegmentRows) {
          let code = codes.pointer[row]
          bits[Int(truncatingIfNeeded: code &>> 6)] |= 1 &<< UInt64(truncatingIfNeeded: code & 63)
        }
      }
      bits[0] &= ~1
    }
    if isCancelled() { return nil }
    let before = Buffer<UInt32>(count: words) { before in
      var sum: UInt32 = 0
      for word in 0..<words {
        before[word] = sum
        sum &+= UInt32(truncatingIfNeeded: bits.pointer[word].nonzeroBitCount)
      }
    }
    self.bits = bits
    self.before = before
    rows = Buffer(count: codes.count) { rows in
      guard let start = rows.baseAddress else { return }
      let target = Shared(start)
      let segments = (codes.count + standardSegmentRows - 1) / standardSegmentRows
      // Each value has a place of its own, so that threads never write to the same one.
      parallel(
        workers: context.workers(forRows: codes.count), items: segments, until: isCancelled
      ) { _, segment in
        let end = min(codes.count, (segment + 1) * standardSegmentRows)
        for row in segment * standardSegmentRows..<end {
          let code = UInt32(truncatingIfNeeded: codes.pointer[row])
          if code == 0 { continue }
          let place = RowIndex.place(code, bits.pointer, before.pointer)
          target.pointer[place] = UInt32(truncatingIfNeeded: row)
        }
      }
    }
    if isCancelled() { return nil }
  }

  /// The row with a code, or `noRow`.
  @inline(__always)
  func row(ofCode code: UInt32) -> UInt32 {
    guard code < cardinality, bits.pointer[Int(code &>> 6)] &>> UInt64(code & 63) & 1 == 1 else {
      return noRow
    }
    return rows.pointer[RowIndex.place(code, bits.pointer, before.pointer)]
  }

  @inline(__always)
  private static func place(
    _ code: UInt32, _ bits: UnsafePointer<UInt64>, _ before: UnsafePointer<UInt32>
  ) -> Int {
    let word = Int(code &>> 6)
    let lower = bits[word] & ((1 &<< UInt64(code & 63)) &- 1)
    return Int(before[word]) &+ lower.nonzeroBitCount
  }
}

extension Codes {
  /// The index of a unique column, made when it is first asked for; nil when it was cancelled.
  func rowIndex(below cardinality: Int, in context: ExecutionContext) -> RowIndex? {
    switch self {
    case .bytes(let codes):
      codes.index { RowIndex($0, cardinality: cardinality, in: context) }
    case .shorts(let codes):
      codes.index { RowIndex($0, cardinality: cardinality, in: context) }
    case .words(let codes):
      codes.index { RowIndex($0, cardinality: cardinality, in: context) }
    }
  }
}
