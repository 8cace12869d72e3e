/// The indices of a dictionary's values in display order.
///
/// Values are sorted by eight bytes of what they read as at a time, in which numbers stand with
/// their length first, so that few are compared as texts.
func displayOrder(of dictionary: TextDictionary) -> [UInt32] {
  let order = DisplayOrder(dictionary)
  order.sort(0..<dictionary.count)
  return order.items.elements.map { UInt32(truncatingIfNeeded: $0.row) }
}

private struct DisplayOrder {
  /// So few values are compared as they are.
  private static let few = 8
  private static let zero = UInt8(ascii: "0")

  private let dictionary: TextDictionary
  let items: Scratch<KeyedRow>
  private let spare: Scratch<KeyedRow>
  /// How many bytes of each value have been read.
  private let read: Scratch<UInt32>

  init(_ dictionary: TextDictionary) {
    self.dictionary = dictionary
    items = Scratch(count: dictionary.count)
    spare = Scratch(count: dictionary.count)
    read = Scratch(count: dictionary.count)
    for index in 0..<dictionary.count {
      items[index].row = UInt32(truncatingIfNeeded: index)
    }
  }

  /// Sorts items whose values are alike in all that has been read of them.
  func sort(_ range: Range<Int>) {
    var hasMore = false
    for place in range {
      let index = Int(items[place].row)
      let bytes = dictionary.bytes(index)
      let start = Int(read[index])
      let (key, end) = reading(bytes, from: start)
      items[place].key = key
      read[index] = UInt32(truncatingIfNeeded: end)
      if end > start { hasMore = true }
    }
    PartSorter { false }.sort(
      items.pointer + range.lowerBound, spare.pointer + range.lowerBound, range.count, bits: 64,
      intoSpare: false)
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start + 1
      while end < range.upperBound, items[end].key == items[start].key { end += 1 }
      if end - start > DisplayOrder.few, hasMore {
        sort(start..<end)
      } else if end - start > 1 {
        compare(start..<end)
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

  /// Eight bytes of what a value reads as, and where the next eight start.
  ///
  /// A number reads as the byte of a digit, its length, and its digits without leading zeros; what is
  /// left of it the next time reads as a number again, of the same length in all values that are
  /// alike so far. A number of 255 digits or more ends the reading: such values are compared.
  private func reading(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int)
    -> (key: UInt64, end: Int)
  {
    var (key, room, index): (UInt64, Int, Int) = (0, 8, start)
    func add(_ byte: UInt8) {
      room -= 1
      key |= UInt64(byte) &<< UInt64(8 &* room)
    }
    while room > 0, index < bytes.count {
      let byte = bytes[index]
      guard isDigit(byte) else {
        add(byte)
        index += 1
        continue
      }
      add(DisplayOrder.zero)
      if room == 0 { break }
      var (first, end) = (index, index)
      while end < bytes.count, isDigit(bytes[end]) { end += 1 }
      while first < end, bytes[first] == DisplayOrder.zero { first += 1 }
      guard end - first < 255 else {
        add(255)
        break
      }
      add(UInt8(end - first))
      let fitting = min(end - first, room)
      for digit in first..<first + fitting { add(bytes[digit]) }
      index = first + fitting
    }
    return (key, index)
  }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
