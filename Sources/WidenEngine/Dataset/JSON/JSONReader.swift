/// Reads JSON as RFC 8259 has it, and nothing more.
struct JSONReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var depth = 0

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  mutating func whole() throws(JSONValue.Problem) -> JSONValue {
    let value = try value()
    skipSpace()
    if position < bytes.endIndex { throw problem("something follows the value") }
    return value
  }

  private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private func problem(_ message: String) -> JSONValue.Problem {
    JSONValue.Problem(message: message, byteOffset: position - bytes.startIndex)
  }

  private mutating func skipSpace() {
    while let byte = next,
      byte == 0x20
        || (0x09...0x0D).contains(byte) && byte != 0x0B
          && byte != 0x0C
    {
      position += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(JSONValue.Problem) -> JSONValue {
    skipSpace()
    switch next {
    case nil: throw problem("the text ends too early")
    case UInt8(ascii: "{"):
      return try nested { reader throws(JSONValue.Problem) in
        try reader.object()
      }
    case UInt8(ascii: "["):
      return try nested { reader throws(JSONValue.Problem) in
        try reader.array()
      }
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout JSONReader) throws(JSONValue.Problem) -> JSONValue
  ) throws(JSONValue.Problem) -> JSONValue {
    depth += 1
    if depth > JSONValue.depthLimit {
      throw problem("values are nested deeper than \(JSONValue.depthLimit)")
    }
    position += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(JSONValue.Problem) -> JSONValue {
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw problem("a name in quotes is due") }
      let name = try text()
      if !names.insert(name).inserted { throw problem("'\(name)' is given twice") }
      skipSpace()
      guard take(":") else { throw problem("':' is due") }
      members.append(JSONValue.Member(name: name, value: try value()))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw problem("',' or '}' is due") }
    }
  }

  private mutating func array() throws(JSONValue.Problem) -> JSONValue {
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      values.append(try value())
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { throw problem("',' or ']' is due") }
    }
  }

  private mutating func word(
    _ word: String, _ value: JSONValue
  ) throws(JSONValue.Problem) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw problem("a value is due") }
    position += word.utf8.count
    return value
  }

  private mutating func digits() throws(JSONValue.Problem) {
    let start = position
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    if position == start {
      throw problem(start == bytes.endIndex ? "a digit is due" : "a value is due")
    }
  }

  private mutating func number() throws(JSONValue.Problem) -> JSONValue {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    var isInteger = true
    if take(".") {
      isInteger = false
      try digits()
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let integer = Int(digits) { return .integer(integer) }
    guard let decimal = Double(digits), decimal.isFinite else {
      throw problem("the number is too large")
    }
    return .decimal(decimal)
  }

  private mutating func text() throws(JSONValue.Problem) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      if byte == UInt8(ascii: "\"") {
        position += 1
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw problem("the text is not UTF-8")
        }
        return valid
      }
      if byte < 0x20 { throw problem("a control character must be escaped") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        text += try escape()
      } else {
        text.append(byte)
      }
    }
    throw problem("the closing quote is missing")
  }

  private mutating func escape() throws(JSONValue.Problem) -> [UInt8] {
    guard let byte = next else { throw problem("the text ends too early") }
    position += 1
    switch Unicode.Scalar(byte) {
    case "\"", "\\", "/": return [byte]
    case "b": return [0x08]
    case "f": return [0x0C]
    case "n": return [0x0A]
    case "r": return [0x0D]
    case "t": return [0x09]
    case "u":
      var unit = try hexadecimal()
      if (0xD800..<0xDC00).contains(unit), take("\\"), take("u") {
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else {
          throw problem("half a character stands alone")
        }
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(unit) else {
        throw problem("half a character stands alone")
      }
      return Array(String(Character(scalar)).utf8)
    default: throw problem("'\\' is followed by no known letter")
    }
  }

  private mutating func hexadecimal() throws(JSONValue.Problem) -> UInt32 {
    let end = position + 4
    guard end <= bytes.endIndex,
      bytes[position..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw problem("four hexadecimal digits are due") }
    position = end
    return unit
  }
}
