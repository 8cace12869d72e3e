import CKernels

/// One bit for each row: a selection, or which values are present.
public struct Bitmap: Hashable, Sendable {
  /// The number of bits.
  public let count: Int
  /// 64 bits a word, the first row in the lowest bit; bits past `count` are zero.
  public private(set) var words: Buffer<UInt64>

  /// A bitmap whose words `fill` writes, all of them; bits past `count` are cleared.
  init<Failure>(
    count: Int, writing fill: (UnsafeMutableBufferPointer<UInt64>) throws(Failure) -> Void
  ) throws(Failure) {
    self.count = count
    words = try Buffer(writing: (count + 63) / 64) { (words) throws(Failure) in
      try fill(words)
      if count & 63 != 0 { words[words.count - 1] &= (1 << UInt64(count & 63)) - 1 }
    }
  }

  /// A bitmap of `count` equal bits.
  public init(count: Int, repeating bit: Bool) {
    self.init(count: count) { $0.update(repeating: bit ? ~0 : 0) }
  }

  /// A bitmap of these bits.
  public init(_ bits: [Bool]) {
    self.init(count: bits.count) { words in
      words.update(repeating: 0)
      for (row, bit) in bits.enumerated() where bit { words[row >> 6] |= 1 << UInt64(row & 63) }
    }
  }

  /// Whether both have the same bits.
  public static func == (left: Bitmap, right: Bitmap) -> Bool {
    left.count == right.count && left.words.elements.elementsEqual(right.words.elements)
  }

  /// Bitmaps with the same bits have the same hash.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for word in words.elements { hasher.combine(word) }
  }

  /// The bit of a row, which must be in range.
  public subscript(row: Int) -> Bool {
    get { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
    set {
      if !isKnownUniquelyReferenced(&words) || !words.ownsMemory {
        words = Buffer(writing: words.count) { [words] in
          _ = $0.update(fromContentsOf: words.elements)
        }
      }
      precondition(row >= 0 && row < count, "row inside the bitmap")
      let word = UnsafeMutablePointer(mutating: words.pointer) + row >> 6
      let bit: UInt64 = 1 << UInt64(row & 63)
      if newValue { word.pointee |= bit } else { word.pointee &= ~bit }
    }
  }

  /// How many bits are set.
  public var setCount: Int {
    kernel_count_bits(processorLevel, words.pointer, words.count)
  }

  /// The rows set in both.
  public func intersection(_ other: Bitmap) -> Bitmap { combined(other) { $0 & $1 } }

  /// The rows set in either.
  public func union(_ other: Bitmap) -> Bitmap { combined(other) { $0 | $1 } }

  /// The rows set in this one only.
  public func subtracting(_ other: Bitmap) -> Bitmap { combined(other) { $0 & ~$1 } }

  /// The rows not set.
  public var inverted: Bitmap {
    Bitmap(count: count) { target in
      for index in target.indices { target[index] = ~words.pointer[index] }
    }
  }

  /// The rows that are set, in order.
  public var rows: [Int] {
    var found: [Int] = []
    found.reserveCapacity(setCount)
    for (index, word) in words.elements.enumerated() {
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
    return Bitmap(count: count) { target in
      let (own, others) = (words.pointer, other.words.pointer)
      for index in target.indices { target[index] = join(own[index], others[index]) }
    }
  }
}
