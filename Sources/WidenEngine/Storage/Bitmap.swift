import CKernels

/// One bit for each row: a selection, or which values are present.
public struct Bitmap: Hashable, Sendable {
  /// The number of bits.
  public let count: Int
  /// 64 bits a word, the first row in the lowest bit; bits past `count` are zero.
  public private(set) var words: [UInt64]

  /// A bitmap of `count` equal bits.
  public init(count: Int, repeating bit: Bool) {
    self.count = count
    words = [UInt64](repeating: bit ? ~0 : 0, count: (count + 63) / 64)
    clearTail()
  }

  /// A bitmap of these words; bits past `count` are cleared.
  public init(count: Int, words: [UInt64]) {
    precondition(words.count == (count + 63) / 64, "one word for each 64 rows")
    self.count = count
    self.words = words
    clearTail()
  }

  /// A bitmap of these bits.
  public init(_ bits: [Bool]) {
    self.init(count: bits.count, repeating: false)
    for (index, bit) in bits.enumerated() where bit { words[index >> 6] |= 1 << UInt64(index & 63) }
  }

  /// The bit of a row.
  public subscript(row: Int) -> Bool {
    get { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(row & 63)
      if newValue { words[row >> 6] |= bit } else { words[row >> 6] &= ~bit }
    }
  }

  /// How many bits are set.
  public var setCount: Int {
    words.withUnsafeBufferPointer { kernel_count_bits(processorLevel, $0.baseAddress, $0.count) }
  }

  /// The rows set in both.
  public func intersection(_ other: Bitmap) -> Bitmap { combined(other) { $0 & $1 } }

  /// The rows set in either.
  public func union(_ other: Bitmap) -> Bitmap { combined(other) { $0 | $1 } }

  /// The rows set in this one only.
  public func subtracting(_ other: Bitmap) -> Bitmap { combined(other) { $0 & ~$1 } }

  /// The rows not set.
  public var inverted: Bitmap { Bitmap(count: count, words: words.map { ~$0 }) }

  /// The rows that are set, in order.
  public var rows: [Int] {
    var found: [Int] = []
    found.reserveCapacity(setCount)
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        found.append(index << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return found
  }

  @inline(__always)
  private func combined(_ other: Bitmap, _ join: (UInt64, UInt64) -> UInt64) -> Bitmap {
    precondition(count == other.count, "bitmaps of one table")
    let joined = [UInt64](unsafeUninitializedCapacity: words.count) { target, filled in
      for index in words.indices { target[index] = join(words[index], other.words[index]) }
      filled = words.count
    }
    return Bitmap(count: count, words: joined)
  }

  private mutating func clearTail() {
    if count & 63 != 0, let last = words.indices.last {
      words[last] &= (1 << UInt64(count & 63)) - 1
    }
  }
}
