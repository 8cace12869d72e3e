/// Numbers 64-bit keys in the order in which they are first seen: open addressing, at most half full.
struct KeyTable: ~Copyable {
  private struct Slot: BitwiseCopyable {
    var key: UInt64
    /// The number plus one; 0 marks an empty slot.
    var mark: UInt32
  }

  private var slots: Scratch<Slot>
  private var mask: Int
  /// How many different keys there are.
  private(set) var count = 0

  /// An empty table with room for about so many keys before it grows.
  init(expecting expected: Int = 512) {
    var size = 1024
    while size < expected * 2 { size *= 2 }
    slots = Scratch(count: size)
    mask = size - 1
  }

  /// Spreads a key's bits over 64 bits.
  static func hash(_ key: UInt64) -> UInt64 {
    let mixed = (key ^ key >> 32) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 29
  }

  /// The number of a key with this hash; a new key gets the next number.
  mutating func number(of key: UInt64, hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots.pointer[place]
      if slot.mark == 0 { break }
      if slot.key == key { return Int(slot.mark) - 1 }
      place = (place &+ 1) & mask
    }
    slots.pointer[place] = Slot(key: key, mark: UInt32(truncatingIfNeeded: count &+ 1))
    count += 1
    if count * 2 > mask { grow() }
    return count - 1
  }

  /// The number of a key with this hash, or nil when it has not been seen.
  func knownNumber(of key: UInt64, hash: UInt64) -> Int? {
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots.pointer[place]
      if slot.mark == 0 { return nil }
      if slot.key == key { return Int(slot.mark) - 1 }
      place = (place &+ 1) & mask
    }
  }

  private mutating func grow() {
    let old = slots
    slots = Scratch(count: old.count * 2)
    mask = slots.count - 1
    for slot in old.elements where slot.mark != 0 {
      var place = Int(truncatingIfNeeded: KeyTable.hash(slot.key)) & mask
      while slots.pointer[place].mark != 0 { place = (place &+ 1) & mask }
      slots.pointer[place] = slot
    }
  }
}
