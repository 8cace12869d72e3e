/// The classes of characters that the lexer tells apart.
enum Characters {
  /// A letter, a digit, an underscore, or a mark that belongs to the letter before it.
  static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isDigit(UInt8(scalar.value)) || isWordStart(scalar) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
      return true
    default:
      return false
    }
  }

  /// A letter or an underscore.
  static func isWordStart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      let byte = UInt8(scalar.value) | 0x20
      return (0x61...0x7A).contains(byte) || scalar == "_"
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      return true
    default:
      return false
    }
  }

  /// Blank, but no end of a line.
  ///
  /// The byte order mark counts, because Windows programs write it.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\u{FEFF}": true
    default: !scalar.isASCII && scalar.properties.generalCategory == .spaceSeparator
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The quotes that word processors put in place of `"` and `'`.
  static func isCurlyQuote(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "“", "”", "‘", "’", "„", "«", "»": true
    default: false
    }
  }

  /// What was meant by a sign that looks like one of ours; an empty text means nothing at all.
  static func lookalike(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "≥": ">="
    case "≤": "<="
    case "≠": "!="
    case "–", "—", "−": "-"
    case "×": "*"
    case "÷": "/"
    case "…": ".."
    case "[": "("
    case "]": ")"
    case "%": ""
    case "&": "and"
    default: nil
    }
  }
}

/// The scalar that starts at `offset`, and its length in bytes.
///
/// The bytes come from a `String`, so they are well formed.
func scalar(in bytes: [UInt8], at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
  let first = bytes[offset]
  if first < 0x80 { return (Unicode.Scalar(first), 1) }
  let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  var value = UInt32(first) & (0x7F >> UInt32(length))
  for next in bytes[offset..<min(offset + length, bytes.count)].dropFirst() {
    value = value << 6 | UInt32(next & 0x3F)
  }
  return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
}

/// The scalar that ends just before `offset`, or nil at the start of the text.
func scalar(in bytes: [UInt8], before offset: Int) -> Unicode.Scalar? {
  guard offset > 0 else { return nil }
  var start = offset - 1
  while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
  return scalar(in: bytes, at: start).scalar
}

/// The text of a stretch of bytes.
func text(of bytes: [UInt8], _ range: Range<Int>) -> String {
  String(decoding: bytes[range], as: UTF8.self)
}
