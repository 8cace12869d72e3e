internal import WidenLanguage

/// Puts values into JSON, straight into bytes.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  /// Appends what is JSON already.
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func text(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: raw("\\n")
      case 0x0D: raw("\\r")
      case 0x09: raw("\\t")
      case 0x00..<0x20, 0x7F:
        raw("\\u00")
        for digit in [byte >> 4, byte & 15] {
          bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func integer(_ integer: Int) {
    bytes.append(contentsOf: String(integer).utf8)
  }

  /// The shortest digits that read back as the same number; `null` for what JSON cannot say.
  mutating func decimal(_ decimal: Double) {
    guard decimal.isFinite else { return raw("null") }
    bytes.append(contentsOf: String(decimal).utf8)
  }

  /// Milliseconds to the microsecond.
  mutating func milliseconds(_ milliseconds: Double) {
    decimal((milliseconds * 1000).rounded() / 1000)
  }

  mutating func value(_ value: Value) {
    switch value {
    case .missing: raw("null")
    case .boolean(let boolean): boolean ? raw("true") : raw("false")
    case .integer(let integer): self.integer(integer)
    case .decimal(let decimal): self.decimal(decimal)
    case .text(let text): self.text(text)
    case .date(let day): text(day.description)
    case .month(let month): text(month.description)
    case .period(let period): text(period.description)
    }
  }

  /// Appends the items with commas between them, in brackets.
  mutating func array<Items: Sequence>(
    _ items: Items, _ item: (inout JSONWriter, Items.Element) -> Void
  ) {
    raw("[")
    var isFirst = true
    for element in items {
      if !isFirst { raw(",") }
      isFirst = false
      item(&self, element)
    }
    raw("]")
  }

  /// Hands over what was written and starts anew.
  mutating func drain() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }
}
