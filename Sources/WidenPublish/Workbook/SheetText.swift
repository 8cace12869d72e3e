import WidenLanguage

/// Text that a workbook holds as it is, and every program reads back as it is.
///
/// Control characters become signs, what XML cannot hold becomes the replacement character, and
/// `_x0041_`, which Excel reads as the character of that number, gets the escape for its own
/// underscore. Longer text than a cell holds is cut.
func sheetText(_ text: String, keepsLines: Bool = false) -> String {
  if keepsLines, text.utf8.contains(10) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return sheetCut(lines.map { sheetText(String($0)) }.joined(separator: "\n"))
  }
  var shown = visible(text, usesUnicode: true)
  if shown.unicodeScalars.contains(where: isNoCharacter) {
    var scalars = String.UnicodeScalarView()
    for scalar in shown.unicodeScalars {
      scalars.append(isNoCharacter(scalar) ? "\u{FFFD}" : scalar)
    }
    shown = String(scalars)
  }
  return sheetCut(escapedCodes(shown))
}

private func isNoCharacter(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
}

/// `_x0041_` with the code of its first underscore before it.
private func escapedCodes(_ text: String) -> String {
  let bytes = Array(text.utf8)
  var result: [UInt8] = []
  var copied = 0
  for start in bytes.indices where bytes[start] == UInt8(ascii: "_") {
    guard start + 6 < bytes.count, bytes[start + 1] == UInt8(ascii: "x"),
      bytes[start + 6] == UInt8(ascii: "_"),
      bytes[(start + 2)..<(start + 6)].allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit })
    else { continue }
    result += bytes[copied..<start] + Array("_x005F".utf8)
    copied = start
  }
  return copied == 0 && result.isEmpty
    ? text : String(decoding: result + bytes[copied...], as: UTF8.self)
}

private func sheetCut(_ text: String) -> String {
  let most = 32_700
  guard text.utf8.count > most, text.utf16.count > most else { return text }
  var length = 0
  var kept = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    length += scalar.value > 0xFFFF ? 2 : 1
    if length > most { break }
    kept.append(scalar)
  }
  return String(kept) + "…"
}
