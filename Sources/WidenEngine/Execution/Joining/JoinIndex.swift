/// Finds the right rows of the left side's codes.
protocol RightRows: Sendable {
  /// The first right row with a left code, or `noRow`.
  func first(ofCode code: UInt32) -> UInt32
}

/// The right rows when no two of them share a key: those of an index that is kept with the column.
struct UniqueRows: RightRows {
  private let index: RowIndex
  private let shift: UInt32
  private let selection: Buffer<UInt64>?

  init(_ common: CommonCodes, rightRows: Bitmap?, in context: ExecutionContext)
    throws(ExecutionError)
  {
    guard let index = common.right.rowIndex(below: common.rightCardinality, in: context) else {
      throw .cancelled
    }
    self.index = index
    shift = UInt32(truncatingIfNeeded: common.shift)
    selection = rightRows?.words
  }

  @inline(__always)
  func first(ofCode code: UInt32) -> UInt32 {
    if code == 0 { return noRow }
    let row = index.row(ofCode: code &- shift)
    guard let selection, row != noRow else { return row }
    return selection.pointer[Int(row &>> 6)] &>> UInt64(row & 63) & 1 == 1 ? row : noRow
  }
}

/// The right rows of each key, for the keys that the left side has.
///
/// A bitmap of the left side's codes with a running count turns a code into a small number, so that
/// the index stays in the cache however wide the codes are.
struct JoinIndex: RightRows {
  private let bits: Scratch<UInt64>
  private let before: Scratch<UInt32>
  /// The first right row of each key plus one, or 0.
  private let heads: Scratch<UInt32>
  /// The next right row with the same key, or `noRow`; empty when no key occurs twice.
  private var following: RowList = []

  /// Whether some key has several right rows.
  var hasRepeats: Bool { !following.isEmpty }

  init(
    _ common: CommonCodes, leftRows: Bitmap?, rightRows: Bitmap?, in context: ExecutionContext
  ) throws(ExecutionError) {
    let words = common.cardinality >> 6 + 1
    bits = Scratch(count: words)
    before = Scratch(count: words)
    switch common.left {
    case .bytes(let codes): try tick(codes, leftRows, bits, context)
    case .shorts(let codes): try tick(codes, leftRows, bits, context)
    case .words(let codes): try tick(codes, leftRows, bits, context)
    }
    bits.pointer[0] &= ~1
    var sum: UInt32 = 0
    for word in 0..<words {
      before.pointer[word] = sum
      sum &+= UInt32(truncatingIfNeeded: bits.pointer[word].nonzeroBitCount)
    }
    heads = Scratch(count: Int(sum))
    let shift = CodeShift(common)
    switch common.right {
    case .bytes(let codes): try enter(codes, shift, rightRows, context)
    case .shorts(let codes): try enter(codes, shift, rightRows, context)
    case .words(let codes): try enter(codes, shift, rightRows, context)
    }
  }

  @inline(__always)
  func first(ofCode code: UInt32) -> UInt32 {
    guard let key = key(ofCode: Int(code)) else { return noRow }
    return heads.pointer[key] &- 1
  }

  /// The right row with the same code after this one, or `noRow`.
  func next(after row: UInt32) -> UInt32 { following.isEmpty ? noRow : following[Int(row)] }

  /// The place of a code among those that the left side has.
  @inline(__always)
  private func key(ofCode code: Int) -> Int? {
    let word = bits.pointer[code &>> 6]
    let bit = UInt64(code & 63)
    if word &>> bit & 1 == 0 { return nil }
    return Int(before.pointer[code &>> 6]) &+ (word & ((1 &<< bit) &- 1)).nonzeroBitCount
  }

  private mutating func enter<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: Buffer<Code>, _ shift: CodeShift, _ rows: Bitmap?, _ context: ExecutionContext
  ) throws(ExecutionError) {
    let (pointer, heads) = (codes.pointer, heads.pointer)
    // From the last row to the first, so that the rows of a key follow in their order.
    var row = codes.count
    while row > 0 {
      row &-= 1
      if row & (standardSegmentRows - 1) == 0 { try context.checkCancelled() }
      if let rows, !rows[row] { continue }
      guard let key = key(ofCode: shift.code(UInt32(truncatingIfNeeded: pointer[row]))) else {
        continue
      }
      let head = heads[key]
      heads[key] = UInt32(truncatingIfNeeded: row &+ 1)
      if head != 0 {
        if following.isEmpty { following = RowList(repeating: noRow, count: codes.count) }
        following[row] = head - 1
      }
    }
  }
}

/// Turns the codes of the right side into those of the left, where they count from another start.
struct CodeShift {
  private let shift: UInt32
  private let cardinality: UInt32

  init(_ common: CommonCodes) {
    shift = UInt32(truncatingIfNeeded: common.shift)
    cardinality = UInt32(truncatingIfNeeded: common.cardinality)
  }

  /// The left side's code, 0 for missing and for what that side cannot have.
  @inline(__always)
  func code(_ code: UInt32) -> Int {
    let moved = code &+ shift
    return code == 0 || moved >= cardinality ? 0 : Int(moved)
  }
}

private func tick<Code: FixedWidthInteger & UnsignedInteger>(
  _ codes: Buffer<Code>, _ rows: Bitmap?, _ bits: Scratch<UInt64>, _ context: ExecutionContext
) throws(ExecutionError) {
  let (pointer, words) = (codes.pointer, bits.pointer)
  for start in stride(from: 0, to: codes.count, by: standardSegmentRows) {
    try context.checkCancelled()
    for row in start..<min(codes.count, start + standardSegmentRows) where rows?[row] != false {
      let code = Int(pointer[row])
      words[code >> 6] |= 1 &<< UInt64(code & 63)
    }
  }
}
