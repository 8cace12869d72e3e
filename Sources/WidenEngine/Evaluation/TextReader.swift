import WidenLanguage

/// Reads the texts that codes stand for, as bytes, without making strings of them.
///
/// One reader serves one thread: identifiers are written into its own memory.
final class TextReader {
  private enum Source {
    case dictionary(TextDictionary)
    case identifier(prefix: Int, digits: Int, minimum: Int)
    case nothing
  }

  private let source: Source
  private let scratch: UnsafeMutablePointer<UInt8>
  /// What stands in `scratch`: the number and how many bytes it has with its prefix.
  private var written: (number: Int, count: Int)?

  init(_ domain: Domain) {
    switch domain {
    case .text(let dictionary):
      source = .dictionary(dictionary)
      scratch = .allocate(capacity: 1)
    case .identifier(let prefix, let digits, let minimum):
      let bytes = Array(prefix.utf8)
      source = .identifier(prefix: bytes.count, digits: digits, minimum: minimum)
      scratch = .allocate(capacity: bytes.count + max(digits, 20))
      for (index, byte) in bytes.enumerated() { scratch[index] = byte }
    case .integer, .decimal, .boolean, .date, .month, .period:
      source = .nothing
      scratch = .allocate(capacity: 1)
    }
  }

  /// A reader of one text, which has the code 1.
  convenience init(_ text: String) {
    self.init(.text(TextDictionary([text])))
  }

  deinit {
    scratch.deallocate()
  }

  /// What `body` makes of the bytes of the value of a code above 0.
  func withBytes<Result>(_ code: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withExtendedLifetime(self) { body(bytes(code)) }
  }

  /// The bytes of the value of a code above 0, valid until the next call.
  func bytes(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    switch source {
    case .dictionary(let dictionary): return dictionary.bytes(code - 1)
    case .nothing: return UnsafeBufferPointer(start: scratch, count: 0)
    case .identifier(let prefix, let digits, let minimum):
      let number = minimum &+ code &- 1
      if let last = written, number == last.number &+ 1, increment(prefix, last.count) {
        written = (number, last.count)
        return UnsafeBufferPointer(start: scratch, count: last.count)
      }
      let count = prefix + write(number, digits, scratch + prefix)
      written = (number, count)
      return UnsafeBufferPointer(start: scratch, count: count)
    }
  }

  /// Adds one to the digits; false, with the digits spoilt, when one more digit is needed.
  private func increment(_ prefix: Int, _ count: Int) -> Bool {
    var index = count &- 1
    while index >= prefix {
      if scratch[index] != UInt8(ascii: "9") {
        scratch[index] &+= 1
        return true
      }
      scratch[index] = UInt8(ascii: "0")
      index &-= 1
    }
    return false
  }

  private func write(_ number: Int, _ digits: Int, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    var count = 1
    var rest = number / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    count = max(count, digits)
    rest = number
    var index = count - 1
    while index >= 0 {
      target[index] = 48 &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      index -= 1
    }
    return count
  }
}

/// The code of an identifier's text, or 0 when the domain does not hold it.
func identifierCode(
  of text: UnsafeBufferPointer<UInt8>, prefix: String, digits: Int, minimum: Int, cardinality: Int
) -> Int {
  let start = prefix.utf8.count
  let count = text.count - start
  guard count >= max(1, digits), count <= 18, text.starts(with: prefix.utf8) else { return 0 }
  var number = 0
  for byte in text[start...] {
    guard byte >= 48, byte <= 57 else { return 0 }
    number = number * 10 + Int(byte) - 48
  }
  // More digits than the padding asks for are written only when they are needed.
  if count > digits, text[start] == 48, count > 1 { return 0 }
  let code = number - minimum + 1
  return code > 0 && code < cardinality ? code : 0
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Whether both hold the same bytes.
  func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
    count == other.count && elementsEqual(other)
  }

  /// Whether the bytes of `part` occur in it.
  func contains(_ part: UnsafeBufferPointer<UInt8>) -> Bool { index(of: part, from: 0) != nil }

  /// Where the bytes of `part`, which are not empty, first occur at or after an index.
  func index(of part: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let text = baseAddress, let wanted = part.baseAddress, part.count > 0 else {
      return part.isEmpty && start <= count ? start : nil
    }
    let first = wanted[0]
    var index = start
    while index <= count &- part.count {
      if text[index] == first {
        var next = 1
        while next < part.count, text[index &+ next] == wanted[next] { next &+= 1 }
        if next == part.count { return index }
      }
      index &+= 1
    }
    return nil
  }
}
