/// Finds the values of a dictionary by their bytes.
struct TextIndex {
  private let dictionary: TextDictionary
  /// Indices plus one by hash, open addressing; 0 is empty.
  private var slots: [UInt32]

  init(_ dictionary: TextDictionary) {
    self.dictionary = dictionary
    var size = 16
    while size < dictionary.count * 2 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
    for index in 0..<dictionary.count {
      var place = hash(dictionary.bytes(index)) & (size - 1)
      while slots[place] != 0 { place = (place + 1) & (size - 1) }
      slots[place] = UInt32(index + 1)
    }
  }

  /// The index of the value with these bytes, or nil when the dictionary does not hold it.
  func index(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let mask = slots.count - 1
    var place = hash(bytes) & mask
    while slots[place] != 0 {
      let index = Int(slots[place]) - 1
      let own = dictionary.bytes(index)
      if own.count == bytes.count, own.elementsEqual(bytes) { return index }
      place = (place + 1) & mask
    }
    return nil
  }
}

/// The hash of Fowler, Noll and Vo, spread once more.
private func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return Int(truncatingIfNeeded: KeyTable.hash(hash) >> 1)
}
