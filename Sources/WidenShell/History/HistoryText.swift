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
      let text = TerminalText.editable(TerminalText.trimmed(lines.joined(separator: "\n")))
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
}
