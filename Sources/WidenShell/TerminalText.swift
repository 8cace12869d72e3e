/// Makes text harmless where it is edited on a terminal, which would act on control characters.
public enum TerminalText {
  /// Whether a terminal may do something else with it than draw it; a newline starts a row.
  public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true
    // What changes the direction of the text, ends its line, or is not seen at all.
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The text without such characters; a tab becomes a space.
  public static func editable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isUnsafe($0) }) else { return text }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\t" { kept.append(" ") } else if !isUnsafe(scalar) { kept.append(scalar) }
    }
    return String(kept)
  }

  /// The text without empty lines around it and without spaces at its end.
  public static func trimmed(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let last = scalars.last, last == "\n" || last == " " || last == "\r" {
      scalars.removeLast()
    }
    while let first = scalars.first, first == "\n" || first == "\r" { scalars.removeFirst() }
    return String(scalars)
  }
}
