/// Text as a terminal or a page may show it: the one place that everything shown goes through.
///
/// Characters that are invisible or change the direction of what follows become their code
/// (`<U+202E>`); control characters do so too, or become their picture (`␛`) where a page has it. Long runs of combining marks are cut, so
/// that no cell paints over its neighbours, and a mark without a base stands on a dotted circle.
public func visible(_ text: String, usesUnicode: Bool = false) -> String {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  var shown = String.UnicodeScalarView()
  var marks = 0
  var joins = 0
  var isAfterJoiner = false
  for scalar in text.unicodeScalars {
    if isUnsafe(scalar) {
      shown.append(contentsOf: picture(of: scalar, usesUnicode: usesUnicode).unicodeScalars)
      (marks, joins, isAfterJoiner) = (0, 0, false)
    } else if isMark(scalar) {
      if shown.isEmpty { shown.append("\u{25CC}") }
      marks += 1
      if isJoiner(scalar) { joins += 1 }
      isAfterJoiner = isJoiner(scalar)
      if marks <= maximumMarks, joins <= maximumJoins {
        shown.append(scalar)
      } else if marks == maximumMarks + 1 {
        shown.append("…")
      }
    } else {
      shown.append(scalar)
      marks = 0
      if !isAfterJoiner { joins = 0 }
      isAfterJoiner = false
    }
  }
  return String(shown)
}

/// More marks on one letter than any written language uses.
private let maximumMarks = 8
/// More joined pictures than any emoji has.
private let maximumJoins = 8

/// Whether a scalar takes no cell of its own and belongs to the one before it.
public func isMark(_ scalar: Unicode.Scalar) -> Bool {
  guard scalar.value >= 0x300 else { return false }
  if isJoiner(scalar) { return true }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return true
  default: return false
  }
}

/// The zero-width joiner and non-joiner: part of the spelling of several scripts and of emoji.
private func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value == 0x200C || scalar.value == 0x200D
}

/// Whether a scalar may move the cursor, start an escape sequence, or change what is seen unseen.
public func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.value < 0x20 { return true }
  if scalar.value < 0x7F { return false }
  if isJoiner(scalar) { return false }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
  default: return false
  }
}

private func picture(of scalar: Unicode.Scalar, usesUnicode: Bool) -> String {
  if usesUnicode, scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
    return String(Character(picture))
  }
  if usesUnicode, scalar.value == 0x7F { return "\u{2421}" }
  let code = String(scalar.value, radix: 16, uppercase: true)
  return "<U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code + ">"
}
