import WidenLanguage

/// Text that a spreadsheet would take for a formula, with an apostrophe before it.
///
/// What counts is the first character that can be seen: spreadsheets skip spaces and marks of byte
/// order, and some read the full-width forms as the plain ones.
func guarded(_ text: String) -> String {
  startsFormula(text) ? "'" + text : text
}

private func startsFormula(_ text: String) -> Bool {
  for scalar in text.unicodeScalars {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\n": return true
    case "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
    case "\u{FE66}", "\u{FE62}", "\u{FE63}", "\u{FE6B}": return true
    default: break
    }
    if !(scalar.properties.isWhitespace || isUnsafe(scalar) || isMark(scalar)) { return false }
  }
  return false
}
