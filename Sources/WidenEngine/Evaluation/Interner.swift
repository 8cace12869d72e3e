import Glibc
import WidenLanguage

/// Gives each different text a code, from 1 on in the order in which they come.
struct Interner: Sendable {
  /// More texts than these are not put in order.
  private static let mostSorted = 1 << 16

  private var arena: [UInt8] = []
  private var offsets: [UInt32] = [0]
  /// Codes by hash, 0 for free; a power of two of them, at most half in use.
  private var slots: [UInt32]

  init(expecting count: Int = 16) {
    var size = 32
    while size < count * 2 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
  }

  /// The number of different texts.
  var count: Int { offsets.count - 1 }

  /// The code of a text, which is added when it is new.
  mutating func code(of text: UnsafeBufferPointer<UInt8>) throws(ExecutionError) -> Int {
    let slot = slot(of: text)
    if slots[slot] != 0 { return Int(slots[slot]) }
    guard arena.count + text.count < Int(UInt32.max) else {
      throw .failed("a text column would take more than 4 GB", hint: "filter the rows first")
    }
    arena.append(contentsOf: text)
    offsets.append(UInt32(arena.count))
    slots[slot] = UInt32(count)
    if count * 2 > slots.count { grow() }
    return count
  }

  /// The code of a text, which is added when it is new.
  mutating func code(of text: String) throws(ExecutionError) -> Int {
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBufferPointer { (bytes) throws(ExecutionError) in
      try code(of: bytes)
    }
  }

  /// The code of a text, or 0 when it is not among them.
  func known(_ text: UnsafeBufferPointer<UInt8>) -> Int { Int(slots[slot(of: text)]) }

  /// The texts as a dictionary, and the new code of each old one.
  ///
  /// Categories come first, in their order, whether or not they occur; then the others in natural
  /// order, if they are few enough.
  func dictionary(categories: [String]? = nil) throws(ExecutionError)
    -> (dictionary: TextDictionary, codes: [Int])
  {
    // Too many to be sorted stay in the order in which they came.
    if categories?.isEmpty != false, count > Interner.mostSorted {
      return (
        TextDictionary(arena: Buffer(arena), offsets: Buffer(offsets), isInDisplayOrder: false),
        Array(0...count)
      )
    }
    var ordered = Interner(expecting: count + (categories?.count ?? 0))
    for category in categories ?? [] { _ = try ordered.code(of: category) }
    return try arena.withUnsafeBufferPointer { (arena) throws(ExecutionError) in
      let text = { (code: Int) in
        UnsafeBufferPointer(rebasing: arena[Int(offsets[code - 1])..<Int(offsets[code])])
      }
      var others = (1..<count + 1).filter { ordered.known(text($0)) == 0 }
      let isSorted = others.count <= Interner.mostSorted
      if isSorted { others.sort { compareNaturally(text($0), text($1)) < 0 } }
      for code in others { _ = try ordered.code(of: text(code)) }
      let codes = [0] + (1..<count + 1).map { ordered.known(text($0)) }
      return (
        TextDictionary(
          arena: Buffer(ordered.arena), offsets: Buffer(ordered.offsets),
          isInDisplayOrder: isSorted), codes
      )
    }
  }

  private func slot(of text: UnsafeBufferPointer<UInt8>) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(text)) & mask
    return arena.withUnsafeBufferPointer { arena in
      while slots[slot] != 0 {
        let code = Int(slots[slot])
        let start = Int(offsets[code - 1])
        let length = Int(offsets[code]) - start
        if length == text.count, isSame(arena, from: start, as: text) { return slot }
        slot = (slot + 1) & mask
      }
      return slot
    }
  }

  private mutating func grow() {
    // Each time they grow, all are entered anew: many grow by more at once.
    slots = [UInt32](repeating: 0, count: slots.count * (slots.count > 1 << 16 ? 4 : 2))
    let mask = slots.count - 1
    for code in 1...count {
      let found = arena.withUnsafeBufferPointer { arena in
        hash(UnsafeBufferPointer(rebasing: arena[Int(offsets[code - 1])..<Int(offsets[code])]))
      }
      var slot = Int(truncatingIfNeeded: found) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(code)
    }
  }
}

/// Whether a text stands in an arena from a place on, where there is room for it.
private func isSame(
  _ arena: UnsafeBufferPointer<UInt8>, from start: Int, as text: UnsafeBufferPointer<UInt8>
) -> Bool {
  guard let own = arena.baseAddress, let other = text.baseAddress else { return text.isEmpty }
  return memcmp(own + start, other, text.count) == 0
}

/// A hash of bytes, eight at a time.
private func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(text.count)
  let raw = UnsafeRawBufferPointer(text)
  var index = 0
  while index + 8 <= raw.count {
    state = mixed(state ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    index += 8
  }
  var rest: UInt64 = 0
  while index < raw.count {
    rest = rest << 8 | UInt64(raw[index])
    index += 1
  }
  return mixed(state ^ rest)
}

private func mixed(_ value: UInt64) -> UInt64 {
  let (high, low) = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
  return high ^ low
}
