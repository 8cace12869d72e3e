import Synchronization

/// The distinct values of a text column, as UTF-8 bytes in one arena.
///
/// Value `i` has the code `i + 1`; code 0 is missing. Whenever a dictionary is small enough to sort,
/// its values stand in display order, so that comparing codes compares values.
public final class TextDictionary: Sendable {
  /// The number of values.
  public let count: Int
  /// Whether a value with a higher index is also shown later.
  public let isInDisplayOrder: Bool
  /// The bytes of all values, one after the other.
  let arena: Buffer<UInt8>
  /// Where each value starts, and where the last one ends.
  let offsets: Buffer<UInt32>

  /// The display ranks of its codes, once somebody has asked; they take longer than most questions.
  private let knownRanks = Mutex<[UInt32]?>(nil)

  /// A dictionary over an arena: value `i` is bytes `offsets[i]..<offsets[i + 1]`.
  public init(arena: Buffer<UInt8>, offsets: Buffer<UInt32>, isInDisplayOrder: Bool) {
    precondition(offsets.count >= 1, "one offset more than values")
    count = offsets.count - 1
    self.arena = arena
    self.offsets = offsets
    self.isInDisplayOrder = isInDisplayOrder
  }

  /// A dictionary of these values, in this order, which is taken to be the display order.
  public convenience init(_ values: [String]) {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    for value in values {
      bytes.append(contentsOf: value.utf8)
      offsets.append(UInt32(bytes.count))
    }
    self.init(arena: Buffer(bytes), offsets: Buffer(offsets), isInDisplayOrder: true)
  }

  /// The bytes of a value; valid as long as the dictionary.
  public func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(offsets[index])
    return UnsafeBufferPointer(start: arena.pointer + start, count: Int(offsets[index + 1]) - start)
  }

  /// The value with this index, that is with the code `index + 1`.
  public subscript(index: Int) -> String {
    String(decoding: bytes(index), as: UTF8.self)
  }

  /// What `make` makes, which is kept: the values never change.
  func ranks(_ make: (TextDictionary) -> [UInt32]) -> [UInt32] {
    knownRanks.withLock { known in
      if let known { return known }
      let made = make(self)
      known = made
      return made
    }
  }

  /// All values, in the order of their codes.
  public var values: [String] { (0..<count).map { self[$0] } }

  /// The index of a value, or nil when the column does not hold it.
  ///
  /// Text is compared by its bytes.
  public func index(of value: String) -> Int? {
    var value = value
    return value.withUTF8 { wanted in
      (0..<count).first { index in
        let own = bytes(index)
        return own.count == wanted.count && own.elementsEqual(wanted)
      }
    }
  }
}

/// Whether text is shown before other text: runs of digits by their number, all else by its bytes,
/// so that `5-9` stands before `10-14` and `8a` between `8` and `9`.
public func isShownBefore(_ left: String, _ right: String) -> Bool {
  compareNaturally(Array(left.utf8), Array(right.utf8)) < 0
}

/// Negative, zero or positive as `left` is shown before, with or after `right`.
func compareNaturally(
  _ left: some RandomAccessCollection<UInt8>, _ right: some RandomAccessCollection<UInt8>
)
  -> Int
{
  var i = left.startIndex
  var j = right.startIndex
  while i < left.endIndex, j < right.endIndex {
    if isDigit(left[i]), isDigit(right[j]) {
      let a = digits(left, &i)
      let b = digits(right, &j)
      if a.count != b.count { return a.count - b.count }
      for (x, y) in zip(a, b) where x != y { return Int(x) - Int(y) }
    } else if left[i] != right[j] {
      return Int(left[i]) - Int(right[j])
    } else {
      left.formIndex(after: &i)
      right.formIndex(after: &j)
    }
  }
  let rest = left.distance(from: i, to: left.endIndex) - right.distance(from: j, to: right.endIndex)
  if rest != 0 { return rest }
  // Equal but for leading zeros: bytes decide, so that the order is total.
  if left.count != right.count { return left.count - right.count }
  for (x, y) in zip(left, right) where x != y { return Int(x) - Int(y) }
  return 0
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

/// A run of digits without its leading zeros.
private func digits<C: RandomAccessCollection<UInt8>>(_ text: C, _ index: inout C.Index)
  -> C.SubSequence
{
  while index < text.endIndex, text[index] == 48 { text.formIndex(after: &index) }
  let start = index
  while index < text.endIndex, isDigit(text[index]) { text.formIndex(after: &index) }
  return text[start..<index]
}
