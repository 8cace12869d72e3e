/// The cells of one column in one block, in the narrowest codes that hold them.
struct Chunk {
  /// How the cells lie in memory.
  enum Form {
    /// Not at all, since all of them are missing.
    case none
    /// Codes of 8, 16 or 32 bits: 0 is missing, `k` is `minimum + k - 1`.
    case bytes
    case shorts
    case words
    /// Numbers of 64 bits, or `.missing`.
    case wide
    /// Doubles, or NaN for missing.
    case doubles
  }

  var kind = CellKind.blank
  var form = Form.none
  var minimum = 0
  var maximum = 0
  /// Numbers are in units of 10 to the power of minus this.
  var places = 0
  /// How many cells are empty.
  var missing = 0
  /// How often each shorthand occurred; empty when none did.
  var shorthand: [Int] = []
  /// Whose text codes these are.
  var worker = 0
  private(set) var data: UnsafeMutableRawPointer?

  /// Cells that were passed over.
  init() {}

  init(kind: CellKind, _ outcome: ScanOutcome, worker: Int) {
    self.kind = outcome.present == 0 && kind != .text ? .blank : kind
    self.worker = worker
    places = outcome.places
    missing = outcome.missing
    shorthand = outcome.shorthand
    if outcome.present > 0 { (minimum, maximum) = (outcome.minimum, outcome.maximum) }
  }

  /// Stores numbers, `.missing` among them, as codes from the minimum; false when memory runs out.
  mutating func pack(_ values: UnsafePointer<Int>, _ count: Int, in store: PageStore) -> Bool {
    let (width, overflow) = maximum.subtractingReportingOverflow(minimum)
    if overflow || width >= Int(UInt32.max) - 1 {
      guard let target: UnsafeMutablePointer<Int> = room(.wide, count, store) else { return false }
      target.update(from: values, count: count)
      return true
    }
    switch width + 2 {
    case ...(1 << 8): return pack(values, count, .bytes, UInt8.self, store)
    case ...(1 << 16): return pack(values, count, .shorts, UInt16.self, store)
    default: return pack(values, count, .words, UInt32.self, store)
    }
  }

  /// Stores text codes, which count from 1; false when memory runs out.
  mutating func pack(_ codes: UnsafePointer<UInt32>, _ count: Int, in store: PageStore) -> Bool {
    switch maximum {
    case ..<(1 << 8): return narrow(codes, count, .bytes, UInt8.self, store)
    case ..<(1 << 16): return narrow(codes, count, .shorts, UInt16.self, store)
    default: return narrow(codes, count, .words, UInt32.self, store)
    }
  }

  /// Stores Doubles; false when memory runs out.
  mutating func pack(_ values: UnsafePointer<Double>, _ count: Int, in store: PageStore) -> Bool {
    guard let target: UnsafeMutablePointer<Double> = room(.doubles, count, store) else {
      return false
    }
    target.update(from: values, count: count)
    return true
  }

  /// The stored elements.
  @inline(__always)
  func elements<Element>(_ type: Element.Type, _ count: Int) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(
      start: data.map { UnsafePointer($0.assumingMemoryBound(to: type)) }, count: count)
  }

  private mutating func pack<Code: FixedWidthInteger & UnsignedInteger>(
    _ values: UnsafePointer<Int>, _ count: Int, _ form: Form, _ type: Code.Type, _ store: PageStore
  ) -> Bool {
    guard let target: UnsafeMutablePointer<Code> = room(form, count, store) else { return false }
    let before = minimum &- 1
    for row in 0..<count {
      let value = values[row]
      target[row] = value == .missing ? 0 : Code(truncatingIfNeeded: value &- before)
    }
    return true
  }

  private mutating func narrow<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: UnsafePointer<UInt32>, _ count: Int, _ form: Form, _ type: Code.Type,
    _ store: PageStore
  ) -> Bool {
    guard let target: UnsafeMutablePointer<Code> = room(form, count, store) else { return false }
    for row in 0..<count { target[row] = Code(truncatingIfNeeded: codes[row]) }
    return true
  }

  private mutating func room<Element>(_ form: Form, _ count: Int, _ store: PageStore)
    -> UnsafeMutablePointer<Element>?
  {
    self.form = form
    data = store.allocate(count * MemoryLayout<Element>.stride)
    return data?.bindMemory(to: Element.self, capacity: count)
  }
}
