/// Finds where the fields of a run of whole rows end, 64 bytes at a time.
///
/// Quotes must open right after a separator or a line break and close right before one; anything else
/// makes the run irregular, and `RecordReader` says what is wrong with it.
struct FieldIndex {
  /// How many fields were found.
  private(set) var count = 0
  /// How many line breaks there are outside of quotes, and inside.
  private(set) var rowBreaks = 0
  private(set) var quotedBreaks = 0
  /// Whether some byte is not ASCII.
  private(set) var hasWideText = false
  /// Whether some quoted field holds doubled quotes.
  private(set) var hasDoubledQuotes = false
  /// Whether quotes or zero bytes stand where they must not.
  private(set) var isIrregular = false

  // What the 64 bytes before leave behind: all ones inside of quotes, else zero; then single bits.
  private var inside: UInt64 = 0
  private var afterEnd: UInt64 = 1
  private var afterClose: UInt64 = 0
  private var afterReturn: UInt64 = 0

  /// Writes the end of each field of `bytes`, counted from 1, to `ends`.
  ///
  /// The 64 bytes after `count` must be spaces; `ends` must have room for `count + 72`.
  init(
    _ bytes: UnsafePointer<UInt8>, count: Int, _ dialect: Dialect,
    into ends: UnsafeMutablePointer<UInt32>
  ) {
    var found = 0
    var breaks = BreakCount()
    var wide = SIMD16<UInt8>(repeating: 0)
    var zeros: UInt64 = 0
    var offset = 0
    while offset < count {
      let lump = Lump(bytes + offset)
      let isBreak = lump.matches(dialect.newline)
      let quotes = lump.matches(Dialect.quote).gathered
      var mask = transposed(lump.matches(dialect.separator).union(isBreak).gathered)
      wide |= lump.union
      zeros |= lump.zeros
      breaks.add(isBreak)
      if quotes != 0 || inside != 0 || afterClose | afterReturn != 0 {
        mask = quoted(
          ends: mask, newlines: transposed(isBreak.gathered), quotes: transposed(quotes),
          returns: transposed(lump.matches(Dialect.carriageReturn).gathered))
      } else {
        afterEnd = mask &>> 63
      }
      found = extract(mask, UInt32(truncatingIfNeeded: offset &+ 1), ends, found)
      offset &+= 64
    }
    self.count = found
    rowBreaks = breaks.total - quotedBreaks
    hasWideText = wide.max() >= 0x80
    if zeros != 0 || inside != 0 { isIrregular = true }
  }

  /// The ends outside of quotes, and a look at each quote's neighbours.
  private mutating func quoted(ends: UInt64, newlines: UInt64, quotes: UInt64, returns: UInt64)
    -> UInt64
  {
    // Bit i: an odd number of quotes up to and with byte i.
    var within = quotes
    within ^= within &<< 1
    within ^= within &<< 2
    within ^= within &<< 4
    within ^= within &<< 8
    within ^= within &<< 16
    within ^= within &<< 32
    within ^= inside
    let outer = ends & ~within
    let opens = quotes & within
    let closes = quotes & ~within
    let followsEnd = outer &<< 1 | afterEnd
    let followsClose = closes &<< 1 | afterClose
    let closingReturns = followsClose & returns & ~outer
    let followsReturn = closingReturns &<< 1 | afterReturn
    let isWrong =
      (opens & ~(followsEnd | followsClose)) | (followsClose & ~(outer | opens | closingReturns))
      | (followsReturn & ~(newlines & outer))
    if isWrong != 0 { isIrregular = true }
    if followsClose & opens != 0 { hasDoubledQuotes = true }
    quotedBreaks += (newlines & within).nonzeroBitCount
    inside = 0 &- (within &>> 63)
    afterEnd = outer &>> 63
    afterClose = closes &>> 63
    afterReturn = closingReturns &>> 63
    return outer
  }
}

/// Writes the place of each bit; always eight at a time, which costs less than asking how many.
///
/// The highest bit is set so that the processor need not be asked whether any is.
@inline(__always)
private func extract(
  _ mask: UInt64, _ offset: UInt32, _ ends: UnsafeMutablePointer<UInt32>, _ count: Int
) -> Int {
  var mask = mask
  let found = mask.nonzeroBitCount
  var target = ends + count
  var written = 0
  while written < found {
    for index in 0..<8 {
      target[index] = offset &+ UInt32(truncatingIfNeeded: (mask | 1 &<< 63).trailingZeroBitCount)
      mask &= mask &- 1
    }
    target += 8
    written &+= 8
  }
  return count &+ found
}

/// 64 bytes.
private struct Lump {
  private let parts: (SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>)

  @inline(__always) init(_ bytes: UnsafePointer<UInt8>) {
    let raw = UnsafeRawPointer(bytes)
    parts = (
      raw.loadUnaligned(as: SIMD16<UInt8>.self),
      raw.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self),
      raw.loadUnaligned(fromByteOffset: 32, as: SIMD16<UInt8>.self),
      raw.loadUnaligned(fromByteOffset: 48, as: SIMD16<UInt8>.self)
    )
  }

  @inline(__always) var union: SIMD16<UInt8> { parts.0 | parts.1 | parts.2 | parts.3 }

  /// Not zero when a byte is zero.
  @inline(__always) var zeros: UInt64 { matches(0).any }

  /// Which bytes equal `byte`.
  @inline(__always) func matches(_ byte: UInt8) -> Matches {
    let wanted = SIMD16<UInt8>(repeating: byte)
    return Matches(
      parts: (
        unsafeBitCast(parts.0 .== wanted, to: SIMD16<UInt8>.self),
        unsafeBitCast(parts.1 .== wanted, to: SIMD16<UInt8>.self),
        unsafeBitCast(parts.2 .== wanted, to: SIMD16<UInt8>.self),
        unsafeBitCast(parts.3 .== wanted, to: SIMD16<UInt8>.self)
      ))
  }
}

/// 64 bytes of all ones or all zeros.
private struct Matches {
  let parts: (SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>)

  @inline(__always) func union(_ other: Matches) -> Matches {
    Matches(
      parts: (
        parts.0 | other.parts.0, parts.1 | other.parts.1, parts.2 | other.parts.2,
        parts.3 | other.parts.3
      ))
  }

  /// Not zero when there is any.
  @inline(__always) var any: UInt64 { folded((parts.0 | parts.1) | (parts.2 | parts.3)) }

  /// Bit `k` of byte `i` stands for byte `8 k + i`; `transposed` brings them in order.
  ///
  /// There is no instruction for this in portable Swift; eight words, a bit of each, are cheap.
  @inline(__always) var gathered: UInt64 {
    let low = (parts.0 & weights(1, 2)) | (parts.1 & weights(4, 8))
    let high = (parts.2 & weights(16, 32)) | (parts.3 & weights(64, 128))
    return folded(low | high)
  }

  @inline(__always) private func weights(_ first: UInt8, _ second: UInt8) -> SIMD16<UInt8> {
    SIMD16(lowHalf: SIMD8(repeating: first), highHalf: SIMD8(repeating: second))
  }

  @inline(__always) private func folded(_ bytes: SIMD16<UInt8>) -> UInt64 {
    let words = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    return words[0] | words[1]
  }
}

/// Counts line breaks in sixteen lanes of a byte, which are emptied before they can overflow.
private struct BreakCount {
  private var lanes = SIMD16<UInt8>(repeating: 0)
  private var sum = 0
  private var lumps = 0

  @inline(__always) mutating func add(_ breaks: Matches) {
    // All ones are minus one, and up to four are added to a lane at a time.
    let parts = breaks.parts
    lanes = lanes &- ((parts.0 &+ parts.1) &+ (parts.2 &+ parts.3))
    lumps &+= 1
    if lumps == 60 { empty() }
  }

  var total: Int { sum + laneSum }

  private var laneSum: Int { lanes.indices.reduce(0) { $0 + Int(lanes[$1]) } }

  @inline(never) private mutating func empty() {
    sum += laneSum
    lanes = SIMD16(repeating: 0)
    lumps = 0
  }
}

/// Bit `i` of byte `k` from bit `k` of byte `i` (Hacker's Delight, 7-3).
@inline(__always)
private func transposed(_ bits: UInt64) -> UInt64 {
  var bits = bits
  var moved = (bits ^ (bits &>> 7)) & 0x00AA_00AA_00AA_00AA
  bits ^= moved ^ (moved &<< 7)
  moved = (bits ^ (bits &>> 14)) & 0x0000_CCCC_0000_CCCC
  bits ^= moved ^ (moved &<< 14)
  moved = (bits ^ (bits &>> 28)) & 0x0000_0000_F0F0_F0F0
  return bits ^ moved ^ (moved &<< 28)
}
