/// The text of the history file: a line `#SECONDS`, then the lines of what was typed.
///
/// A line that would look like a time, or that starts with the mark for that, gets a mark before it.
enum HistoryText {
  /// Longer entries are not kept: they are data, not queries.
  static let longestEntry = 1 << 16
  private static let mark: UInt8 = UInt8(ascii: "\\")
  private static let hash: UInt8 = UInt8(ascii: "#")
  private static let newline: UInt8 = UInt8(ascii: "\n")

  static func encoded(_ entry: History.Entry) -> [UInt8] {
    var bytes = Array("#\(entry.time)\n".utf8)
    var isLineStart = true
    for byte in entry.text.utf8 {
      if isLineStart && (byte == hash || byte == mark) { bytes.append(mark) }
      bytes.append(byte)
      isLineStart = byte == newline
    }
    bytes.append(newline)
    return bytes
  }

  /// The entries of any bytes; what is damaged is read as well as it can be.
  static func decoded(_ bytes: some Sequence<UInt8>) -> [History.Entry] {
    var entries: [History.Entry] = []
    var lines: [String] = []
    var time: Int?
    func end() {
      let text = cleaned(trimmed(lines.joined(separator: "\n")))
      if !text.isEmpty && text.utf8.count <= longestEntry {
        entries.append(History.Entry(text: text, time: time ?? 0))
      }
      lines = []
    }
    for line in bytes.split(separator: newline, omittingEmptySubsequences: false) {
      if line.first == hash, let seconds = Int(String(decoding: line.dropFirst(), as: UTF8.self)) {
        end()
        time = seconds
      } else {
        lines.append(String(decoding: line.first == mark ? line.dropFirst() : line, as: UTF8.self))
        // A file without times has one entry a line.
        if time == nil { end() }
      }
    }
    end()
    return entries
  }

  /// The text without characters that would act on a terminal; line ends stay.
  static func cleaned(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isUnsafe($0) }) else { return text }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\t" { kept.append(" ") } else if !isUnsafe(scalar) { kept.append(scalar) }
    }
    return String(kept)
  }

  static func trimmed(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let last = scalars.last, last == "\n" || last == " " || last == "\r" {
      scalars.removeLast()
    }
    while let first = scalars.first, first == "\n" || first == "\r" { scalars.removeFirst() }
    return String(scalars)
  }

  /// Whether a terminal may do something else than draw it.
  static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
