import CKernels
import Glibc

/// The different values of a text column in the order in which they appear, found by their bytes.
///
/// Cells are looked up in two tables. In the first a value has one place and no other, so that a
/// kernel finds nearly all cells there without a branch; the second has a place for every value.
/// No String is made for a cell.
final class CellIndex {
  /// How many values there are; value `i` has the code `i + 1`.
  private(set) var count = 0
  /// Whether a value was turned away because the arena would grow beyond what offsets can name.
  private(set) var isFull = false
  /// Where each value appears first in the file.
  private(set) var places: [Int] = []

  /// A place of the second table.
  private struct Slot {
    var key: UInt64 = 0
    var length: UInt32 = 0
    /// 0 when the slot is free.
    var code: UInt32 = 0
  }

  private var slotBits = 4
  private var slots = UnsafeMutablePointer<Slot>.allocate(capacity: 16)
  private var quickBits = 6
  private var quick = UnsafeMutablePointer<TextEntry>.allocate(capacity: 64)
  private var arena = UnsafeMutablePointer<UInt8>.allocate(capacity: 128)
  private var arenaCapacity = 128
  /// Where the value with each code starts; that with code 0, which there is not, at the very front.
  private var starts = UnsafeMutablePointer<UInt32>.allocate(capacity: 16)
  private var startsCapacity = 16
  /// More values than these leave the first table as it is.
  private static let mostQuick = 1 << 17
  /// Values that hardly repeat are known as such from so many on.
  private static let fewestRare = 1 << 12
  /// How many cells were looked up in whole blocks.
  private var cellsBefore = 0
  /// So many bytes past the last value may be read when values are compared.
  private static let room = 64

  init() {
    slots.initialize(repeating: Slot(), count: 16)
    quick.initialize(repeating: TextEntry(), count: 64)
    arena.initialize(repeating: 0, count: 128)
    starts.initialize(repeating: 0, count: 2)
  }

  deinit {
    slots.deallocate()
    quick.deallocate()
    arena.deallocate()
    starts.deallocate()
  }

  /// How many bytes all values have together.
  var bytesUsed: Int { Int(starts[count + 1]) }

  /// The bytes of a value, valid until the next one is added.
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(starts[index + 1])
    return UnsafeBufferPointer(start: arena + start, count: Int(starts[index + 2]) - start)
  }

  /// What the kernel needs to find values, valid until `code` is called.
  var table: TextTable {
    TextTable(entries: quick, shift: UInt64(64 - quickBits), arena: arena)
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

  /// The key of a value, whose place in the second table is asked for.
  ///
  /// Among a million values it stands in no cache; waiting for many of them at once took a third of
  /// the time of waiting for one after the other.
  func expect(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let key = length > 0 ? textKey(bytes, length) : 0
    kernel_prefetch(slots + home(key))
    return key
  }

  /// The code of a value, 0 for an empty one; `place` says where it stands in the file.
  ///
  /// Eight bytes before the value and 16 past it may be read.
  func code(_ bytes: UnsafePointer<UInt8>, _ length: Int, place: Int) -> UInt32 {
    length > 0 ? code(bytes, length, key: textKey(bytes, length), place: place) : 0
  }

  /// The same for a value whose key is known.
  func code(_ bytes: UnsafePointer<UInt8>, _ length: Int, key: UInt64, place: Int) -> UInt32 {
    guard length > 0 else { return 0 }
    var index = home(key)
    while slots[index].code != 0 {
      let slot = slots[index]
      if slot.key == key, slot.length == UInt32(length), isSame(slot.code, bytes, length) {
        remember(slot.code)
        return slot.code
      }
      index = (index + 1) & ((1 << slotBits) - 1)
    }
    return add(key, bytes, length, place)
  }

  /// Notes that a value may appear earlier than was thought.
  func appears(_ code: UInt32, at place: Int) {
    places[Int(code) - 1] = min(places[Int(code) - 1], place)
  }

  private func home(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - slotBits))
  }

  private func isSame(_ code: UInt32, _ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    memcmp(arena + Int(starts[Int(code)]), bytes, length) == 0
  }

  private func add(_ key: UInt64, _ bytes: UnsafePointer<UInt8>, _ length: Int, _ place: Int)
    -> UInt32
  {
    guard bytesUsed + length < Int(UInt32.max) - CellIndex.room, count < Int(UInt32.max) - 2 else {
      isFull = true
      return 0
    }
    reserve(length)
    (arena + bytesUsed).update(from: bytes, count: length)
    starts[count + 2] = UInt32(bytesUsed + length)
    places.append(place)
    count += 1
    insert(Slot(key: key, length: UInt32(length), code: UInt32(count)))
    if count * 2 > 1 << slotBits { grow() }
    remember(UInt32(count))
    return UInt32(count)
  }

  private func insert(_ slot: Slot) {
    var index = home(slot.key)
    while slots[index].code != 0 { index = (index + 1) & ((1 << slotBits) - 1) }
    slots[index] = slot
  }

  private func grow() {
    let old = slots
    let oldCount = 1 << slotBits
    // Four times as many while they are few; later that would be memory for nothing.
    slotBits += slotBits < 18 ? 2 : 1
    slots = .allocate(capacity: 1 << slotBits)
    slots.initialize(repeating: Slot(), count: 1 << slotBits)
    for index in 0..<oldCount where old[index].code != 0 { insert(old[index]) }
    old.deallocate()
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
    let start = starts[Int(code)]
    return TextEntry(start: start, length: starts[Int(code) + 1] - start, code: code, unused: 0)
  }

  private func place(_ entry: TextEntry) -> Int {
    kernel_text_place(arena + Int(entry.start), Int(entry.length), UInt64(64 - quickBits))
  }

  private func reserve(_ length: Int) {
    if bytesUsed + length + CellIndex.room > arenaCapacity {
      let capacity = max(arenaCapacity * 2, bytesUsed + length + 2 * CellIndex.room)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: arena, count: bytesUsed)
      (larger + bytesUsed).initialize(repeating: 0, count: capacity - bytesUsed)
      arena.deallocate()
      arena = larger
      arenaCapacity = capacity
    }
    if count + 3 > startsCapacity {
      let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: startsCapacity * 2)
      larger.update(from: starts, count: startsCapacity)
      starts.deallocate()
      starts = larger
      startsCapacity *= 2
    }
  }
}

/// A hash of all bytes of a value; of at most 8 bytes it is the value itself.
private func textKey(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
  if length <= 8 { return loadWord(bytes) & ~0 >> UInt64(64 - 8 * length) }
  var hash = loadWord(bytes + (length &- 8)) &+ UInt64(truncatingIfNeeded: length)
  var index = 0
  while index < length &- 8 {
    hash = (hash ^ loadWord(bytes + index)) &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash &>> 32
    index &+= 8
  }
  return hash
}
