import Glibc

/// The different values of a text column in the order in which they appear, found by their bytes.
///
/// A value of at most 8 bytes is found with one comparison, since its slot holds it; one of up to 32 is
/// compared with the arena as four words without a branch. No String is made for a cell.
final class CellIndex {
  /// How many values there are; value `i` has the code `i + 1`.
  private(set) var count = 0
  /// Whether a value was turned away because the arena would grow beyond what offsets can name.
  private(set) var isFull = false
  /// The length of the longest value.
  private(set) var longest = 0
  /// Where each value appears first in the file.
  private(set) var places: [Int] = []

  private var slotBits = 4
  private var slots = UnsafeMutablePointer<Slot>.allocate(capacity: 16)
  private var arena = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
  private var arenaCapacity = 64
  /// Where the value with each code starts; that with code 0, which there is not, at the very front.
  private var starts = UnsafeMutablePointer<UInt32>.allocate(capacity: 16)
  private var startsCapacity = 16

  init() {
    slots.initialize(repeating: Slot(), count: 16)
    arena.initialize(repeating: 0, count: 64)
    starts.initialize(repeating: 0, count: 2)
  }

  deinit {
    slots.deallocate()
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

  /// What a loop needs to find values, valid until the next one is added.
  var finder: TextFinder {
    TextFinder(slots: slots, shift: UInt64(64 - slotBits), arena: arena, starts: starts)
  }

  /// The code of a value, 0 for an empty one; `place` says where it stands in the file.
  ///
  /// Eight bytes before the value and 16 past it may be read.
  func code(_ bytes: UnsafePointer<UInt8>, _ length: Int, place: Int) -> UInt32 {
    guard length > 0 else { return 0 }
    let key = textKey(bytes, length)
    var index = TextFinder.home(key, UInt64(64 - slotBits))
    while index == 0 || slots[index].code != 0 {
      let slot = slots[index]
      if slot.key == key, slot.length == UInt32(length), isSame(slot.code, bytes, length) {
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

  private func isSame(_ code: UInt32, _ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    memcmp(arena + Int(starts[Int(code)]), bytes, length) == 0
  }

  private func add(_ key: UInt64, _ bytes: UnsafePointer<UInt8>, _ length: Int, _ place: Int)
    -> UInt32
  {
    guard bytesUsed + length < Int(UInt32.max), count < Int(UInt32.max) - 2 else {
      isFull = true
      return 0
    }
    reserve(length)
    (arena + bytesUsed).update(from: bytes, count: length)
    starts[count + 2] = UInt32(bytesUsed + length)
    places.append(place)
    longest = max(longest, length)
    count += 1
    let isHome = insert(Slot(key: key, length: UInt32(length), code: UInt32(count)))
    // Only values in their own slots are found quickly, so a small table grows until nearly all are.
    if count * 2 > 1 << slotBits || (!isHome && slotBits < 12 && count << 7 > 1 << slotBits) {
      grow()
    }
    return UInt32(count)
  }

  /// The first slot stays free: that is where empty cells are found to have code 0.
  ///
  /// Returns whether the value got its own slot.
  @discardableResult
  private func insert(_ slot: Slot) -> Bool {
    let home = TextFinder.home(slot.key, UInt64(64 - slotBits))
    var index = home
    while index == 0 || slots[index].code != 0 { index = (index + 1) & ((1 << slotBits) - 1) }
    slots[index] = slot
    return index == home
  }

  private func grow() {
    let old = slots
    let oldCount = 1 << slotBits
    slotBits += 2
    slots = .allocate(capacity: 1 << slotBits)
    slots.initialize(repeating: Slot(), count: 1 << slotBits)
    for index in 0..<oldCount where old[index].code != 0 { insert(old[index]) }
    old.deallocate()
  }

  private func reserve(_ length: Int) {
    // 32 bytes past the last value may be read when values are compared.
    if bytesUsed + length + 32 > arenaCapacity {
      let capacity = max(arenaCapacity * 2, bytesUsed + length + 64)
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
