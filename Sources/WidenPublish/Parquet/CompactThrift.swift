/// Structures in Thrift's compact protocol, in which Parquet describes itself.
struct CompactThrift {
  /// The types that occur, by their numbers in the protocol.
  enum Kind: UInt8 {
    case integer32 = 5
    case integer64 = 6
    case text = 8
    case list = 9
    case structure = 12
  }

  private(set) var bytes: [UInt8] = []
  private var lastField = 0

  /// A structure that stands by itself or in a list.
  mutating func structure(_ body: (inout CompactThrift) -> Void) {
    let outer = lastField
    lastField = 0
    body(&self)
    bytes.append(0)
    lastField = outer
  }

  /// A field that is a structure.
  mutating func structure(_ field: Int, _ body: (inout CompactThrift) -> Void) {
    begin(field, .structure)
    structure(body)
  }

  /// A field that is a whole number of so many bits.
  mutating func integer(_ field: Int, of bits: Int, _ number: Int) {
    begin(field, bits == 32 ? .integer32 : .integer64)
    put(zigzag: number)
  }

  /// A field that is text.
  mutating func text(_ field: Int, _ text: String) {
    begin(field, .text)
    put(text)
  }

  /// A field that is a list, whose elements `body` writes.
  mutating func list(
    _ field: Int, of kind: Kind, count: Int, _ body: (inout CompactThrift) -> Void
  ) {
    begin(field, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      put(variable: UInt64(count))
    }
    body(&self)
  }

  /// A whole number as an element of a list.
  mutating func put(zigzag number: Int) {
    put(variable: UInt64(bitPattern: Int64(number << 1 ^ number >> 63)))
  }

  /// A text as an element of a list.
  mutating func put(_ text: String) {
    put(variable: UInt64(text.utf8.count))
    bytes += text.utf8
  }

  /// A number in as many bytes of seven bits as it needs.
  mutating func put(variable number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func begin(_ field: Int, _ kind: Kind) {
    let step = field - lastField
    if (1...15).contains(step) {
      bytes.append(UInt8(step) << 4 | kind.rawValue)
    } else {
      bytes.append(kind.rawValue)
      put(zigzag: field)
    }
    lastField = field
  }
}

/// Numbers of a few bits each, one after the other, in one run of the hybrid encoding.
func bitPacked(_ numbers: [Int], width: Int) -> [UInt8] {
  var thrift = CompactThrift()
  let groups = (numbers.count + 7) / 8
  thrift.put(variable: UInt64(groups) << 1 | 1)
  var bytes = thrift.bytes
  bytes.reserveCapacity(bytes.count + groups * width)
  var pending: UInt64 = 0
  var bits = 0
  for index in 0..<(groups * 8) {
    pending |= UInt64(index < numbers.count ? numbers[index] : 0) << UInt64(bits)
    bits += width
    while bits >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      bits -= 8
    }
  }
  return bytes
}

/// One number so many times, in one run of the hybrid encoding.
func repeated(_ number: UInt8, count: Int) -> [UInt8] {
  var thrift = CompactThrift()
  thrift.put(variable: UInt64(count) << 1)
  return thrift.bytes + [number]
}
