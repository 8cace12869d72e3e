import WidenLanguage

/// What the text functions do to the bytes of one text.
///
/// Text that is all ASCII, as nearly all is, needs no strings.
enum TextChange {
  case lower, upper, trim, left, right, replace

  /// Appends the changed text to `result`.
  func apply(
    _ text: UnsafeBufferPointer<UInt8>, _ arguments: [Value], _ result: inout [UInt8]
  ) {
    switch self {
    case .lower:
      if text.isSimple {
        for byte in text { result.append(byte >= 65 && byte <= 90 ? byte + 32 : byte) }
      } else {
        result.append(contentsOf: text.string.lowercased().utf8)
      }
    case .upper:
      if text.isSimple {
        for byte in text { result.append(byte >= 97 && byte <= 122 ? byte - 32 : byte) }
      } else {
        result.append(contentsOf: text.string.uppercased().utf8)
      }
    case .trim: trim(text, &result)
    case .left, .right:
      let count = max(0, arguments.first?.number ?? 0)
      if text.isSimple {
        result.append(contentsOf: self == .left ? text.prefix(count) : text.suffix(count))
      } else {
        let string = text.string
        result.append(
          contentsOf: self == .left ? string.prefix(count).utf8 : string.suffix(count).utf8)
      }
    case .replace:
      guard case .text(var old) = arguments.first, case .text(let new) = arguments.last else {
        return
      }
      old.withUTF8 { replace(text, $0, Array(new.utf8), &result) }
    }
  }

  private func trim(_ text: UnsafeBufferPointer<UInt8>, _ result: inout [UInt8]) {
    if text.isSimple {
      let isSpace = { (byte: UInt8) in byte == 32 || (byte >= 9 && byte <= 13) }
      guard let first = text.firstIndex(where: { !isSpace($0) }),
        let last = text.lastIndex(where: { !isSpace($0) })
      else { return }
      result.append(contentsOf: text[first...last])
    } else {
      let string = text.string
      guard let first = string.firstIndex(where: { !$0.isWhitespace }),
        let last = string.lastIndex(where: { !$0.isWhitespace })
      else { return }
      result.append(contentsOf: string[first...last].utf8)
    }
  }

  private func replace(
    _ text: UnsafeBufferPointer<UInt8>, _ old: UnsafeBufferPointer<UInt8>, _ new: [UInt8],
    _ result: inout [UInt8]
  ) {
    var start = 0
    while !old.isEmpty, let found = text.index(of: old, from: start) {
      result.append(contentsOf: text[start..<found])
      result.append(contentsOf: new)
      start = found + old.count
    }
    result.append(contentsOf: text[start...])
  }
}

/// The number of characters as a reader counts them.
func characterCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
  text.isSimple ? text.count : text.string.count
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// The text as a string.
  var string: String { String(decoding: self, as: UTF8.self) }

  /// Whether each byte is a character: ASCII without carriage returns, which join a line feed.
  var isSimple: Bool { allSatisfy { $0 < 0x80 && $0 != 13 } }
}
