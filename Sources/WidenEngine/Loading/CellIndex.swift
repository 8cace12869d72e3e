/// The different values of a text column in the order in which they appear, found by their bytes.
///
/// A short value is found with one comparison, since its slot holds it; a longer one is compared with
/// the arena. No String is made for a cell.
final class CellIndex {
  /// How many values there are; value `i` has the code `i + 1`.
  private(set) var count = 0
  /// Whether a value was turned away because the arena would grow beyond what offsets can name.
  private(set) var isFull = false

  private struct Slot {
    /// The value itself when it has at most 8 bytes, else a hash of it.
    var word: UInt64 = 0
    var length: UInt32 = 0
    /// 0 when the slot is free.
    var code: UInt32 = 0
  }

  private var slots = UnsafeMutablePointer<Slot>.allocate(capacity: 16)
  private var slotBits = 4
  private var arena = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
  private var arenaCapacity = 64
  private var offsets: [UInt32] = [0]
  /// Where each value appears first.
  private(set) var places: [Int] = []

  init() {
    slots.initialize(repeating: Slot(), count: 16)
  }

  deinit {
    slots.deallocate()
    arena.deallocate()
  }

  /// The bytes of all values one after the other, and where each starts.
  var bytesUsed: Int { Int(offsets[count]) }

  /// The bytes of a value, valid until the next one is added.
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(offsets[index])
    return UnsafeBufferPointer(start: arena + start, count: Int(offsets[index + 1]) - start)
  }

  /// The code of a value that is not empty; `place` says where it stands in the file.
  ///
  /// Eight bytes past the value may be read.
  @inline(__always)
  func code(_ bytes: UnsafePointer<UInt8>, _ length: Int, place: Int) -> UInt32 {
    let word = length <= 8 ? loadWord(bytes) & IdentifierShape.mask(length) : hashed(bytes, length)
    let slot = slots[home(word)]
    if slot.word == word, slot.length == UInt32(truncatingIfNeeded: length),
      length <= 8 || isSame(slot.code, bytes, length)
    {
      return slot.code
    }
    return found(word, bytes, length, place)
  }

  @inline(__always)
  private func home(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> UInt64(64 - slotBits))
  }

  @inline(__always)
  private func isSame(_ code: UInt32, _ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    let own = arena + offsets.withUnsafeBufferPointer { Int($0[Int(code) &- 1]) }
    var differing = loadWord(own + (length &- 8)) ^ loadWord(bytes + (length &- 8))
    var index = 0
    while index < length &- 8 {
      differing |= loadWord(own + index) ^ loadWord(bytes + index)
      index &+= 8
    }
    return differing == 0
  }

  @inline(never)
  private func found(_ word: UInt64, _ bytes: UnsafePointer<UInt8>, _ length: Int, _ place: Int)
    -> UInt32
  {
    var index = home(word)
    while slots[index].code != 0 {
      let slot = slots[index]
      if slot.word == word, slot.length == UInt32(length),
        length <= 8 || isSame(slot.code, bytes, length)
      {
        return slot.code
      }
      index = (index + 1) & ((1 << slotBits) - 1)
    }
    return add(word, bytes, length, place)
  }

  private func add(_ word: UInt64, _ bytes: UnsafePointer<UInt8>, _ length: Int, _ place: Int)
    -> UInt32
  {
    guard bytesUsed + length < Int(UInt32.max), count < Int(UInt32.max) - 2 else {
      isFull = true
      return 0
    }
    reserve(length)
    (arena + bytesUsed).update(from: bytes, count: length)
    offsets.append(UInt32(bytesUsed + length))
    places.append(place)
    count += 1
    if count * 2 > 1 << slotBits { grow() }
    insert(Slot(word: word, length: UInt32(length), code: UInt32(count)))
    return UInt32(count)
  }

  /// Notes that a value appears earlier than was thought.
  func appears(_ code: UInt32, at place: Int) {
    places[Int(code) - 1] = min(places[Int(code) - 1], place)
  }

  private func insert(_ slot: Slot) {
    var index = home(slot.word)
    while slots[index].code != 0 { index = (index + 1) & ((1 << slotBits) - 1) }
    slots[index] = slot
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
    // Eight bytes past the last value are read when values are compared.
    guard bytesUsed + length + 8 > arenaCapacity else { return }
    let capacity = max(arenaCapacity * 2, bytesUsed + length + 64)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: arena, count: bytesUsed)
    arena.deallocate()
    arena = larger
    arenaCapacity = capacity
  }
}

/// A hash of more than 8 bytes, all of which count.
@inline(__always)
private func hashed(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
  var hash = loadWord(bytes + (length &- 8)) &+ UInt64(truncatingIfNeeded: length)
  var index = 0
  while index < length &- 8 {
    hash = (hash ^ loadWord(bytes + index)) &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash &>> 32
    index &+= 8
  }
  return hash
}

/// Writes the code of each cell to `codes`, 0 for an empty one; `block` makes its place in the file.
func scanText(
  _ run: CellRun, _ index: CellIndex, block: Int, into codes: UnsafeMutablePointer<UInt32>
) -> ScanOutcome {
  var outcome = ScanOutcome()
  var most: UInt32 = 0
  for row in 0..<run.rows {
    let cell = run.cell(row)
    if cell.count == 0 {
      codes[row] = 0
      outcome.missing &+= 1
      continue
    }
    let code: UInt32
    if run.hasDoubledQuotes, cell.isQuoted {
      code = unescaped(cell, index, block &<< 32 | row)
    } else {
      code = index.code(cell.start, cell.count, place: block &<< 32 | row)
    }
    codes[row] = code
    most = max(most, code)
  }
  outcome.present = run.rows - outcome.missing
  outcome.minimum = 1
  outcome.maximum = Int(most)
  return outcome
}

@inline(never)
private func unescaped(_ cell: Cell, _ index: CellIndex, _ place: Int) -> UInt32 {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: cell.count + 8) { buffer in
    guard let text = buffer.baseAddress else { return 0 }
    var length = 0
    var from = 0
    while from < cell.count {
      text[length] = cell.start[from]
      from += cell.start[from] == Dialect.quote ? 2 : 1
      length += 1
    }
    return index.code(text, length, place: place)
  }
}
