/// Tells valid UTF-8 from other bytes, one byte at a time or many.
struct UTF8Check {
  private var expected = 0
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xBF

  /// Whether no character is half read.
  var isComplete: Bool { expected == 0 }

  /// Whether a byte may stand after the ones before.
  mutating func accepts(_ byte: UInt8) -> Bool {
    if expected > 0 {
      guard byte >= lower, byte <= upper else { return false }
      (lower, upper) = (0x80, 0xBF)
      expected -= 1
      return true
    }
    if byte < 0x80 { return true }
    switch byte {
    case 0xC2...0xDF: expected = 1
    case 0xE0: (expected, lower) = (2, 0xA0)
    case 0xED: (expected, upper) = (2, 0x9F)
    case 0xE1...0xEF: expected = 2
    case 0xF0: (expected, lower) = (3, 0x90)
    case 0xF4: (expected, upper) = (3, 0x8F)
    case 0xF1...0xF3: expected = 3
    default: return false
    }
    return true
  }

  /// Whether bytes are valid UTF-8; 8 bytes past their end may be read.
  static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var check = UTF8Check()
    var index = 0
    while index < count {
      if check.isComplete, index &+ 8 <= count,
        loadWord(bytes + index) & 0x8080_8080_8080_8080 == 0
      {
        index &+= 8
        continue
      }
      guard check.accepts(bytes[index]) else { return false }
      index &+= 1
    }
    return check.isComplete
  }
}

/// Eight bytes as they lie in memory, the first in the lowest byte.
@inline(__always)
func loadWord(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
  UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
}
