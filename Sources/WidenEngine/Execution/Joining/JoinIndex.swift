/// The right rows of each key, for the keys that the left side has.
///
/// A bitmap of the left side's codes with a running count turns a code into a small number, so that
/// the index stays in the cache however wide the codes are.
struct JoinIndex {
  private let bits: Scratch<UInt64>
  private let before: Scratch<UInt32>
  /// The first right row of each key plus one, or 0.
  private let heads: Scratch<UInt32>
  /// The next right row with the same key, or `noRow`; empty when no key occurs twice.
  private var following: RowList = []
  private let cardinality: Int

  /// Whether some key has several right rows.
  var hasRepeats: Bool { !following.isEmpty }

  init(
    left: Codes, leftRows: Bitmap?, right: Codes, rightRows: Bitmap?, cardinality: Int
  ) {
    self.cardinality = cardinality
    let words = cardinality >> 6 + 1
    bits = Scratch(count: words)
    before = Scratch(count: words)
    switch left {
    case .bytes(let codes): tick(codes, leftRows, bits)
    case .shorts(let codes): tick(codes, leftRows, bits)
    case .words(let codes): tick(codes, leftRows, bits)
    }
    bits.pointer[0] &= ~1
    var sum: UInt32 = 0
    for word in 0..<words {
      before.pointer[word] = sum
      sum += UInt32(bits.pointer[word].nonzeroBitCount)
    }
    heads = Scratch(count: Int(sum))
    // From the last row to the first, so that the rows of a key follow in their order.
    switch right {
    case .bytes(let codes): enter(codes, rightRows)
    case .shorts(let codes): enter(codes, rightRows)
    case .words(let codes): enter(codes, rightRows)
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

  private mutating func enter<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: Buffer<Code>, _ rows: Bitmap?
  ) {
    let (pointer, heads, bits) = (codes.pointer, heads.pointer, bits.pointer)
    var row = codes.count
    while row > 0 {
      row &-= 1
      if let rows, !rows[row] { continue }
      let code = Int(pointer[row])
      let word = bits[code &>> 6]
      let bit = UInt64(code & 63)
      if word &>> bit & 1 == 0 { continue }
      let key = number(code, word, bit)
      let head = heads[key]
      heads[key] = UInt32(truncatingIfNeeded: row &+ 1)
      if head != 0 {
        if following.isEmpty { following = RowList(repeating: noRow, count: codes.count) }
        following[row] = head - 1
      }
    }
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
