/// A place of the hash table of a `CellIndex`.
struct Slot {
  /// The value itself when it has at most 8 bytes, else a hash of it.
  var key: UInt64 = 0
  var length: UInt32 = 0
  /// 0 when the slot is free.
  var code: UInt32 = 0
}

/// Finds values that a `CellIndex` already has, without touching the index itself.
struct TextFinder {
  let slots: UnsafeMutablePointer<Slot>
  let shift: UInt64
  let arena: UnsafeMutablePointer<UInt8>
  let starts: UnsafeMutablePointer<UInt32>

  @inline(__always)
  static func home(_ key: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  /// The code of a value of at most 8 bytes, 0 for an empty one; nil when it is not in its own slot.
  @inline(__always)
  func short(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32? {
    let key = loadWord(bytes) & firstBytes(length)
    let slot = slots[TextFinder.home(key, shift)]
    let isSame = slot.key == key && slot.length == UInt32(truncatingIfNeeded: length) && length <= 8
    return isSame ? slot.code : nil
  }

  /// The code of a value, 0 for an empty one; nil when it is not in its own slot.
  @inline(__always)
  func any(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32? {
    guard length <= 32 else { return long(bytes, length) }
    let words = FourWords(bytes, length)
    let key = length <= 8 ? words.first : words.hash(length)
    let slot = slots[TextFinder.home(key, shift)]
    let own = FourWords(arena + Int(starts[Int(slot.code)]), length)
    let differing =
      (slot.key ^ key) | UInt64(slot.length ^ UInt32(truncatingIfNeeded: length))
      | (length == 0 ? 0 : words.differing(own))
    return differing == 0 ? slot.code : nil
  }

  private func long(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32? {
    let key = textKey(bytes, length)
    let slot = slots[TextFinder.home(key, shift)]
    guard slot.key == key, slot.length == UInt32(truncatingIfNeeded: length) else { return nil }
    return hasSameBytes(bytes, arena + Int(starts[Int(slot.code)]), length) ? slot.code : nil
  }
}

/// Whether two runs of more than 8 bytes are the same.
@inline(__always)
private func hasSameBytes(
  _ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ length: Int
) -> Bool {
  var differing = loadWord(left + (length &- 8)) ^ loadWord(right + (length &- 8))
  var index = 0
  while index < length &- 8 {
    differing |= loadWord(left + index) ^ loadWord(right + index)
    index &+= 8
  }
  return differing == 0
}

/// The key of a value of any length above 0.
func textKey(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
  if length <= 8 { return loadWord(bytes) & firstBytes(length) }
  if length <= 32 { return FourWords(bytes, length).hash(length) }
  var hash = loadWord(bytes + (length &- 8)) &+ UInt64(truncatingIfNeeded: length)
  var index = 0
  while index < length &- 8 {
    hash = (hash ^ loadWord(bytes + index)) &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash &>> 32
    index &+= 8
  }
  return hash
}

/// Ones in the first bytes of a word: as many as `count`, or all eight.
@inline(__always)
private func firstBytes(_ count: Int) -> UInt64 {
  // Two shifts by half, since one by 64 bits would be none; a branch would often be mispredicted.
  let half = UInt64(truncatingIfNeeded: min(count, 8) &* 4)
  return ~((~0 &<< half) &<< half)
}

/// Up to 32 bytes as four words that overlap where they are fewer.
private struct FourWords {
  let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let last: UInt64

  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    let mask = firstBytes(length)
    let back = length > 8 ? length &- 8 : 0
    first = loadWord(bytes) & mask
    last = loadWord(bytes + back) & mask
    second = loadWord(bytes + (back < 8 ? back : 8)) & mask
    third = loadWord(bytes + (length > 16 ? length &- 16 : 0)) & mask
  }

  @inline(__always)
  func hash(_ length: Int) -> UInt64 {
    let low = (first ^ (second &<< 32 | second &>> 32)) &* 0xD6E8_FEB8_6659_FD93
    let high = (third &+ UInt64(truncatingIfNeeded: length)) ^ (last &<< 16 | last &>> 48)
    return (low ^ (low &>> 32)) &+ high &* 0x9FB2_1C65_1E98_DF25
  }

  @inline(__always)
  func differing(_ other: FourWords) -> UInt64 {
    (first ^ other.first) | (second ^ other.second) | (third ^ other.third) | (last ^ other.last)
  }
}
