/// The text with control and direction characters written as `U+001B`, so that nothing in
/// somebody's data can move the cursor or turn the line round.
public func visible(_ text: String) -> String {
  if text.utf8.allSatisfy({ 0x20 <= $0 && $0 < 0x7F }) { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if isHarmful(scalar) {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result += "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.value < 0x300 {
    return scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0xAD
  }
  switch scalar.properties.generalCategory {
  case .control, .surrogate, .lineSeparator, .paragraphSeparator: return true
  // Joiners belong to the spelling of some scripts and to emoji.
  case .format: return scalar != "\u{200C}" && scalar != "\u{200D}"
  default: return false
  }
}

/// How many cells of a terminal the text takes, counted by what a reader sees as one character:
/// East Asian wide ones and emoji take two, marks over a letter none.
public func cellWidth(_ text: String) -> Int {
  var isPlain = true
  for byte in text.utf8 where byte >= 0x80 {
    isPlain = false
    break
  }
  if isPlain { return text.utf8.reduce(0) { $0 + ($1 < 0x20 || $1 == 0x7F ? 0 : 1) } }
  return text.reduce(0) { $0 + cellWidth($1) }
}

private func cellWidth(_ character: Character) -> Int {
  var width = 0
  for scalar in character.unicodeScalars {
    // The variation selector asks for the picture, which is wide.
    if scalar == "\u{FE0F}" { return 2 }
    width = max(width, cellWidth(scalar))
  }
  return width
}

private func cellWidth(_ scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x300 { return value < 0x20 || (0x7F...0x9F).contains(value) ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator:
    return 0
  default:
    if scalar.properties.isEmojiPresentation { return 2 }
    return wideRanges.contains { $0.contains(value) } ? 2 : 1
  }
}

/// The East Asian wide and full-width blocks of Unicode's `EastAsianWidth.txt`; emoji have a
/// property of their own.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
  0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
  0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
  0x20000...0x2FFFD, 0x30000...0x3FFFD,
]
