import WidenLanguage

/// Text that a spreadsheet would take for a formula, with an apostrophe before it.
///
/// What counts is the first character that can be seen: spreadsheets skip spaces and marks of byte
/// order, and some read the full-width forms as the plain ones.
func guarded(_ text: String) -> String {
  startsFormula(text) ? "'" + text : text
}

/// Text as Excel keeps it when it opens a CSV file.
///
/// Excel takes away leading zeros and the last digits of long numbers, and makes days of whatever
/// looks like one: of the age band `5-9`, of the year `2005/06`, of `MARCH1`. Such a text is
/// written as `="007"`, which Excel shows as it was. It holds nothing that could do harm: digits,
/// letters of a month, and few signs.
func keptByExcel(_ text: String) -> String {
  isChangedByExcel(text) ? "=\"\(text)\"" : guarded(text)
}

private func isChangedByExcel(_ text: String) -> Bool {
  guard (2...40).contains(text.utf8.count), text.utf8.contains(where: { (48...57).contains($0) })
  else { return false }
  // A whole number as it is counts the same afterwards.
  if let number = Int(text), String(number) == text, text.utf8.count <= 15 { return false }
  guard let first = text.utf8.first, first < 128,
    Character(Unicode.Scalar(first)).isLetter || (48...57).contains(first)
  else { return false }
  let letters = text.lowercased().filter { $0.isLetter }
  let signs = text.filter { !$0.isLetter }
  guard signs.utf8.allSatisfy({ (48...57).contains($0) || " /-:.,%".utf8.contains($0) }) else {
    return false
  }
  let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
  return letters.isEmpty || letters == "e" || letters == "am" || letters == "pm"
    || letters.utf8.count <= 9 && months.contains { letters.hasPrefix($0) }
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
