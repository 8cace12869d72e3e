import Glibc
import Synchronization

/// A run of plain values in memory that never changes once it is made.
///
/// `@unchecked Sendable` because the pointer's contents are written only before `init` returns and
/// read-only from then on. 64 bytes past the end may be read, so that vector kernels need no tail.
public final class Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
  /// So many bytes past the end may be read.
  static var roomBytes: Int { 64 }

  /// The number of elements.
  public let count: Int
  /// The memory to give back; nil when it is the owner's.
  private let memory: UnsafeMutableRawPointer?
  /// Holds the memory of elements that lie in a mapped file.
  private let owner: (any AnyObject & Sendable)?
  /// The first element; valid as long as the buffer.
  public let pointer: UnsafePointer<Element>

  /// How many elements have each value, once somebody has asked.
  private let knownCounts = Mutex<[Int]?>(nil)
  /// What each stretch of codes holds, once it was asked for a second time.
  private let knownZones = Mutex<(uses: Int, zones: Zones?)>((0, nil))
  /// Where each value stands, once somebody has asked; for codes without repeats.
  private let knownIndex = Mutex<RowIndex?>(nil)

  /// A buffer of `count` elements that `fill` must initialise; they start as zero bytes.
  public convenience init(
    count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) throws -> Void
  ) rethrows {
    self.init(count: count, isCleared: true)
    try fill(UnsafeMutableBufferPointer(mutating: elements))
  }

  /// A buffer of `count` elements that `fill` writes, all of them; they start as anything.
  convenience init<Failure>(
    writing count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    self.init(count: count, isCleared: false)
    try fill(UnsafeMutableBufferPointer(mutating: elements))
  }

  /// Memory for `count` elements and the room after them, which is cleared in any case.
  private init(count: Int, isCleared: Bool) {
    self.count = count
    let bytes = count * MemoryLayout<Element>.stride
    let memory = ZeroedMemory.allocate(
      bytes + Buffer.roomBytes, isAligned: true, isWrittenTo: isCleared ? 0 : bytes)
    self.memory = memory
    owner = nil
    pointer = UnsafePointer(memory.bindMemory(to: Element.self, capacity: count))
  }

  /// The elements that lie at an address, aligned to 64 bytes, in memory that `owner` holds.
  init(count: Int, at address: UnsafeRawPointer, of owner: any AnyObject & Sendable) {
    self.count = count
    self.owner = owner
    memory = nil
    pointer = address.assumingMemoryBound(to: Element.self)
  }

  /// A copy of these elements.
  public convenience init(_ elements: [Element]) {
    self.init(writing: elements.count) { _ = $0.update(fromContentsOf: elements) }
  }

  deinit {
    if let memory {
      ZeroedMemory.free(memory, count * MemoryLayout<Element>.stride + Buffer.roomBytes)
    }
  }

  /// Whether the memory is the buffer's own, so that whoever alone holds it may write to it.
  var ownsMemory: Bool { memory != nil }

  /// The element at an index, which must be in range.
  public subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "index inside the buffer")
    return pointer[index]
  }

  /// All elements, valid as long as the buffer is held.
  public var elements: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: pointer, count: count)
  }

  /// What `count` finds, which is kept: the elements never change.
  func counts(_ count: (Buffer) -> [Int]) -> [Int] {
    knownCounts.withLock { known in
      if let known { return known }
      let counted = count(self)
      known = counted
      return counted
    }
  }

  /// What `make` makes, which is kept, since the elements never change; nil when it made nothing.
  func index(_ make: (Buffer) -> RowIndex?) -> RowIndex? {
    knownIndex.withLock { known in
      if let known { return known }
      let made = make(self)
      known = made
      return made
    }
  }

  /// What `make` makes, which is kept, from the second time on; nil the first time: what is read
  /// only once is not worth it.
  func zones(_ make: (Buffer) -> Zones) -> Zones? {
    knownZones.withLock { known in
      known.uses += 1
      if known.uses > 1, known.zones == nil { known.zones = make(self) }
      return known.zones
    }
  }
}
