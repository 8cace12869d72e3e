/// Text in which `%41` stands for a byte; what is no such thing stays as it is.
func percentDecoded(_ text: some StringProtocol) -> String {
  let bytes = Array(text.utf8)
  var decoded: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
      let high = hexDigit(bytes[index + 1]), let low = hexDigit(bytes[index + 2])
    {
      decoded.append(high << 4 | low)
      index += 3
    } else {
      decoded.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: decoded, as: UTF8.self)
}

/// The bytes that text in base 64 stands for, padded or not; nil when it is no such text.
func base64Decoded(_ text: some StringProtocol) -> [UInt8]? {
  var decoded: [UInt8] = []
  var (bits, held) = (UInt32(0), 0)
  for byte in text.utf8 where byte != UInt8(ascii: "=") {
    guard let value = base64Digit(byte) else { return nil }
    bits = bits << 6 | UInt32(value)
    held += 6
    if held >= 8 {
      held -= 8
      decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
      bits &= (1 << UInt32(held)) - 1
    }
  }
  return decoded
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 48...57: byte - 48
  case 65...70: byte - 55
  case 97...102: byte - 87
  default: nil
  }
}

private func base64Digit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 65...90: byte - 65
  case 97...122: byte - 71
  case 48...57: byte + 4
  case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
  case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
  default: nil
  }
}
