/// Letters followed by a fixed number of digits: how most identifiers are made.
struct IdentifierShape: Hashable {
  /// Up to 8 bytes, of which the last is no digit, the first in the lowest byte.
  let prefix: UInt64
  let prefixCount: Int
  /// 5 to 8.
  let digits: Int

  /// The shape of a cell, or nil when it has none.
  init?(_ cell: Cell) {
    var start = cell.count
    while start > 0, cell.start[start - 1] >= 48, cell.start[start - 1] <= 57 { start -= 1 }
    let digits = cell.count - start
    guard (1...8).contains(start), (5...8).contains(digits),
      cell.bytes[..<start].allSatisfy({ $0 > 32 && $0 < 127 && $0 != Dialect.quote })
    else { return nil }
    prefixCount = start
    self.digits = digits
    prefix = loadWord(cell.start) & IdentifierShape.mask(start)
  }

  /// The prefix as text.
  var prefixText: String {
    String(
      decoding: (0..<prefixCount).map { UInt8(truncatingIfNeeded: prefix >> UInt64(8 * $0)) },
      as: UTF8.self)
  }

  /// Ones in the first `count` bytes, 1 to 8.
  static func mask(_ count: Int) -> UInt64 { ~0 >> UInt64(64 - 8 * count) }
}

/// Reads identifiers of one shape as the numbers in them.
struct IdentifierParser: CellParser {
  private let prefix: UInt64
  private let mask: UInt64
  private let digits: Int
  private let count: Int

  init(_ shape: IdentifierShape) {
    prefix = shape.prefix
    mask = IdentifierShape.mask(shape.prefixCount)
    digits = shape.digits
    count = shape.prefixCount + shape.digits
  }

  var takesShorthand: Bool { false }

  @inline(__always)
  func parse(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard count == self.count, loadWord(bytes) & mask == prefix else { return .missing }
    let number = quickDigits(loadWord(bytes + count - 8), digits)
    return number < 0 ? .missing : number
  }
}
