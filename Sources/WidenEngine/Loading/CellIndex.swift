import CKernels
import Glibc

/// The different values of a text column in the order in which they appear, found by their bytes.
///
/// Cells are looked up in two tables. In the first a value has one place and no other, so that a
/// kernel finds nearly all cells there without a branch; the second has a place for every value.
/// No String is made for a cell.
final class CellIndex {
  // One thread at a time has an index; checking at run time that nobody else changes it took a
  // twentieth of the time of loading many texts.

  /// How many values there are; value `i` has the code `i + 1`.
  @exclusivity(unchecked) private(set) var count = 0
  /// Whether a value was turned away because the arena would grow beyond what offsets can name.
  private(set) var isFull = false

  /// A place of the second table: the highest bits of its value's hash, and its code.
  private struct Slot {
    var hash: UInt32 = 0
    /// 0 when the slot is free.
    var code: UInt32 = 0
  }

  @exclusivity(unchecked) private var slotBits = 4
  @exclusivity(unchecked) private var slots = CellIndex.freeSlots(bits: 4)
  @exclusivity(unchecked) private var quickBits = 6
  @exclusivity(unchecked) private var quick = UnsafeMutablePointer<TextEntry>.allocate(capacity: 64)
  @exclusivity(unchecked) private var arena = GrowingMemory<UInt8>(capacity: 128)
  /// Where the value with each code starts; that with code 0, which there is not, at the very front.
  @exclusivity(unchecked) private var starts = GrowingMemory<UInt32>(capacity: 16)
  /// Where each value appears first in the file.
  @exclusivity(unchecked) private var places = GrowingMemory<Int>(capacity: 16)
  /// More values than these leave the first table as it is.
  private static let mostQuick = 1 << 17
  /// Values that hardly repeat are known as such from so many on.
  private static let fewestRare = 1 << 12
  /// How many cells were looked up in whole blocks.
  private var cellsBefore = 0
  /// So many bytes past the last value may be read when values are compared.
  private static let room = 64

  init() {
    quick.initialize(repeating: TextEntry(), count: 64)
    starts.start.initialize(repeating: 0, count: 2)
  }

  deinit {
    CellIndex.free(slots, bits: slotBits)
    quick.deallocate()
  }

  /// Cleared here, since pages that are read before they are written to come twice: first as the page
  /// of zeros that all share, then as one's own.
  private static func freeSlots(bits: Int) -> UnsafeMutablePointer<Slot> {
    ZeroedMemory.allocate(MemoryLayout<Slot>.stride << bits, isAligned: true)
      .bindMemory(to: Slot.self, capacity: 1 << bits)
  }

  private static func free(_ slots: UnsafeMutablePointer<Slot>, bits: Int) {
    ZeroedMemory.free(slots, MemoryLayout<Slot>.stride << bits)
  }

  /// How many bytes all values have together.
  var bytesUsed: Int { Int(starts.start[count + 1]) }

  /// The bytes of a value, valid until the next one is added.
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(starts.start[index + 1])
    return UnsafeBufferPointer(
      start: arena.start + start, count: Int(starts.start[index + 2]) - start)
  }

  /// Where a value appears first in the file.
  func place(_ index: Int) -> Int { places.start[index] }

  /// What the kernel needs to find values, valid until `code` is called.
  var table: TextTable {
    TextTable(entries: quick, shift: UInt64(64 - quickBits), arena: arena.start)
  }

  /// Whether there are so many values, or they repeat so rarely, that the first table is of no use
  /// and the places of the next cells are best asked for ahead.
  private(set) var isLarge = false

  /// Notes that so many cells of a block were looked up, and whether the block ends with them.
  ///
  /// A hundred thousand identifiers took half the time without the first table.
  func pass(_ cells: Int, endsBlock: Bool = false) {
    let seen = cellsBefore + cells
    if endsBlock { cellsBefore = seen }
    isLarge = count > CellIndex.mostQuick || count > CellIndex.fewestRare && count * 4 > seen
  }

  /// The hash of a value, whose place in the second table is asked for.
  ///
  /// Among a million values it stands in no cache; waiting for many of them at once took a third of
  /// the time of waiting for one after the other.
  func expect(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let hash = length > 0 ? textHash(bytes, length) : 0
    kernel_prefetch(slots + home(hash))
    return hash
  }

  /// The code of a value, 0 for an empty one; `place` says where it stands in the file.
  ///
  /// Eight bytes before the value and 16 past it may be read.
  func code(_ bytes: UnsafePointer<UInt8>, _ length: Int, place: Int) -> UInt32 {
    length > 0 ? code(bytes, length, hash: textHash(bytes, length), place: place) : 0
  }

  /// The same for a value whose hash is known.
  func code(_ bytes: UnsafePointer<UInt8>, _ length: Int, hash: UInt32, place: Int) -> UInt32 {
    guard length > 0 else { return 0 }
    var index = home(hash)
    while slots[index].code != 0 {
      let slot = slots[index]
      if slot.hash == hash, isSame(slot.code, bytes, length) {
        remember(slot.code)
        return slot.code
      }
      index = (index + 1) & ((1 << slotBits) - 1)
    }
    return add(hash, bytes, length, place)
  }

  /// Notes that a value may appear earlier than was thought.
  func appears(_ code: UInt32, at place: Int) {
    places.start[Int(code) - 1] = min(places.start[Int(code) - 1], place)
  }

  private func home(_ hash: UInt32) -> Int {
    Int(truncatingIfNeeded: hash >> UInt32(32 - slotBits))
  }

  private func isSame(_ code: UInt32, _ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    let start = Int(starts.start[Int(code)])
    return Int(starts.start[Int(code) + 1]) - start == length
      && memcmp(arena.start + start, bytes, length) == 0
  }

  private func add(_ hash: UInt32, _ bytes: UnsafePointer<UInt8>, _ length: Int, _ place: Int)
    -> UInt32
  {
    let start = bytesUsed
    // A table of two places for each value, and one bit less than a hash has.
    guard start + length < Int(UInt32.max) - CellIndex.room, count < 1 << 30 else {
      isFull = true
      return 0
    }
    arena.reserve(start + length + CellIndex.room)
    starts.reserve(count + 3)
    places.reserve(count + 1)
    (arena.start + start).update(from: bytes, count: length)
    starts.start[count + 2] = UInt32(start + length)
    places.start[count] = place
    count += 1
    insert(Slot(hash: hash, code: UInt32(count)))
    if count * 2 > 1 << slotBits { grow() }
    remember(UInt32(count))
    return UInt32(count)
  }

  private func insert(_ slot: Slot) {
    var index = home(slot.hash)
    while slots[index].code != 0 { index = (index + 1) & ((1 << slotBits) - 1) }
    slots[index] = slot
  }

  private func grow() {
    let old = slots
    let oldBits = slotBits
    // Four times as many while they are few; later that would be memory for nothing.
    slotBits += slotBits < 18 ? 2 : 1
    slots = CellIndex.freeSlots(bits: slotBits)
    for index in 0..<1 << oldBits where old[index].code != 0 { insert(old[index]) }
    CellIndex.free(old, bits: oldBits)
  }

  /// Gives a value its place in the first table.
  ///
  /// When another value stands there, the table grows while it is small, so that nearly all values
  /// have a place; later the last to come takes it.
  private func remember(_ code: UInt32) {
    let entry = entry(code)
    // With more values than the table can hold it would only be in the way.
    guard entry.length <= 64, !isLarge else { return }
    let known = quick[place(entry)].code
    let isTaken = known != 0 && known != code
    if isTaken, quickBits < 12 || count * 4 > 1 << quickBits, quickBits < 18 {
      quickBits += quickBits < 12 ? 1 : 2
      quick.deallocate()
      quick = .allocate(capacity: 1 << quickBits)
      quick.initialize(repeating: TextEntry(), count: 1 << quickBits)
      for other in 1...UInt32(count) {
        let other = self.entry(other)
        if other.length <= 64 { quick[place(other)] = other }
      }
    }
    quick[place(entry)] = entry
  }

  private func entry(_ code: UInt32) -> TextEntry {
    let start = starts.start[Int(code)]
    return TextEntry(
      start: start, length: starts.start[Int(code) + 1] - start, code: code, unused: 0)
  }

  private func place(_ entry: TextEntry) -> Int {
    kernel_text_place(
      arena.start + Int(entry.start), Int(entry.length), UInt64(64 - quickBits))
  }
}

/// The highest bits of a hash of all bytes of a value.
private func textHash(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
  var hash: UInt64
  if length <= 8 {
    hash = loadWord(bytes) & ~0 >> UInt64(64 - 8 * length)
  } else {
    hash = loadWord(bytes + (length &- 8)) &+ UInt64(truncatingIfNeeded: length)
    var index = 0
    while index < length &- 8 {
      hash = (hash ^ loadWord(bytes + index)) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash &>> 32
      index &+= 8
    }
  }
  return UInt32(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) &>> 32)
}
