/// The right rows of each key, for the keys that the left side has.
///
/// A bitmap of the left side's codes with a running count turns a code into a small number, so that
/// the index stays in the cache however wide the codes are. A million right rows against 100,000
/// left ones take 2 ms on one core.
struct JoinIndex {
  private let bits: Scratch<UInt64>
  /// The same for the lowest bits of the codes alone, when they are few: most right rows need not
  /// look further than this, which stays in the first cache. It is all ones when it would not help.
  private let filter: Scratch<UInt64>
  private static let filterBits: UInt32 = 1 << 18
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
    case .bytes(let codes): tick(codes, leftRows, bits)
    case .shorts(let codes): tick(codes, leftRows, bits)
    case .words(let codes): tick(codes, leftRows, bits)
    }
    bits.pointer[0] &= ~1
    var sum: UInt32 = 0
    for word in 0..<words {
      before.pointer[word] = sum
      sum &+= UInt32(truncatingIfNeeded: bits.pointer[word].nonzeroBitCount)
    }
    heads = Scratch(count: Int(sum))
    filter = Scratch(count: Int(JoinIndex.filterBits) >> 6)
    fillFilter(keys: Int(sum))
    let shift = CodeShift(common)
    switch common.right {
    case .bytes(let codes): try enter(codes, shift, rightRows, common.isUnique, context)
    case .shorts(let codes): try enter(codes, shift, rightRows, common.isUnique, context)
    case .words(let codes): try enter(codes, shift, rightRows, common.isUnique, context)
    }
  }

  /// The first right row with a code, or `noRow`.
  @inline(__always)
  func first(ofCode code: Int) -> UInt32 {
    let word = bits.pointer[code &>> 6]
    let bit = UInt64(code & 63)
    if word &>> bit & 1 == 0 { return noRow }
    return heads.pointer[number(code, word, bit)] &- 1
  }

  /// The place of a code among those that the left side has.
  @inline(__always)
  private func number(_ code: Int, _ word: UInt64, _ bit: UInt64) -> Int {
    Int(before.pointer[code &>> 6]) &+ (word & ((1 &<< bit) &- 1)).nonzeroBitCount
  }

  /// The right row with the same code after this one, or `noRow`.
  func next(after row: UInt32) -> UInt32 { following.isEmpty ? noRow : following[Int(row)] }

  private func fillFilter(keys: Int) {
    let (filter, mask) = (filter.pointer, self.filter.count - 1)
    guard keys * 8 <= Int(JoinIndex.filterBits) else {
      for word in 0...mask { filter[word] = ~0 }
      return
    }
    for word in 0..<bits.count { filter[word & mask] |= bits.pointer[word] }
  }

  private mutating func enter<Code: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ codes: Buffer<Code>, _ shift: CodeShift, _ rows: Bitmap?, _ isUnique: Bool,
    _ context: ExecutionContext
  ) throws(ExecutionError) {
    if isUnique {
      // No two rows share a key, so that threads never write to the same place.
      let own = self
      let selected = rows.map { Buffer($0.words) }
      try context.forEachSegment(of: codes.count) { _, rows in
        own.enterUnique(codes, shift, rows, selected)
      }
      return
    }
    let (pointer, heads) = (codes.pointer, heads.pointer)
    // From the last row to the first, so that the rows of a key follow in their order.
    var row = codes.count
    while row > 0 {
      row &-= 1
      if row & (segmentRows - 1) == 0 { try context.checkCancelled() }
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

  private func enterUnique<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: Buffer<Code>, _ shift: CodeShift, _ range: Range<Int>, _ selected: Buffer<UInt64>?
  ) {
    let (pointer, heads, filter) = (codes.pointer, heads.pointer, filter.pointer)
    for row in range {
      if let selected, selected.pointer[row >> 6] >> UInt64(row & 63) & 1 == 0 { continue }
      let code = shift.code(UInt32(truncatingIfNeeded: pointer[row]))
      let low = UInt32(truncatingIfNeeded: code) & (JoinIndex.filterBits &- 1)
      if filter[Int(low &>> 6)] &>> UInt64(low & 63) & 1 == 0 { continue }
      guard let key = key(ofCode: code) else { continue }
      heads[key] = UInt32(truncatingIfNeeded: row &+ 1)
    }
  }

  /// The place of a code, nil when the left side does not have it.
  @inline(__always)
  private func key(ofCode code: Int) -> Int? {
    let word = bits.pointer[code &>> 6]
    let bit = UInt64(code & 63)
    return word &>> bit & 1 == 0 ? nil : number(code, word, bit)
  }
}

/// Turns the codes of the right side into those of the left, where they count from another start.
struct CodeShift: Sendable {
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
  _ codes: Buffer<Code>, _ rows: Bitmap?, _ bits: Scratch<UInt64>
) {
  let (pointer, words) = (codes.pointer, bits.pointer)
  guard let rows else {
    for row in 0..<codes.count {
      let code = Int(pointer[row])
      words[code >> 6] |= 1 &<< UInt64(code & 63)
    }
    return
  }
  for row in rows.rows {
    let code = Int(pointer[row])
    words[code >> 6] |= 1 &<< UInt64(code & 63)
  }
}
