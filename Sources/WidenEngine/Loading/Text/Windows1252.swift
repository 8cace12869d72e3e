/// The characters that Windows writes as single bytes in western Europe.
enum Windows1252 {
  /// How bytes that are not UTF-8 look.
  enum Look { case likely, mixed, unlikely }

  /// The character of a byte, or nil for the five bytes that stand for none.
  static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
    let value = upper[Int(byte) - 0x80]
    return value == 0 ? nil : Unicode.Scalar(value)
  }

  /// Whether bytes that are not UTF-8 can only be Windows-1252: all of them are characters, and
  /// nowhere do they look like UTF-8, whole or broken.
  static func look(at bytes: [UInt8]) -> Look {
    var single = 0
    var sequences = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= 0x80 else {
        let isPlain = byte >= 0x20 && byte != 0x7F || (9...13).contains(byte)
        if !isPlain { return .unlikely }
        index += 1
        continue
      }
      if scalar(byte) == nil, !isContinuation(byte) { return .unlikely }
      let wanted = length(byte)
      let found = bytes[(index + 1)...].prefix(wanted - 1).prefix(while: isContinuation).count
      if wanted > 1, found == wanted - 1 {
        sequences += 1
        index += wanted
      } else if wanted > 1, index + found + 1 == bytes.count {
        // A character that the end of the file cuts off says nothing of what it was.
        index = bytes.count
      } else {
        if scalar(byte) == nil { return .unlikely }
        single += 1
        index += 1
      }
    }
    if single == 0 { return .unlikely }
    return sequences > 0 ? .mixed : .likely
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// How many bytes a character of UTF-8 has that starts with this one.
  private static func length(_ byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  /// What the bytes 0x80 to 0x9F stand for, 0 for nothing (WHATWG, index-windows-1252).
  private static let upper: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]
}
