/// What a file is by its first bytes, whatever it is named.
enum FileKind {
  case text
  case gzip
  /// An Excel workbook, or another zip archive.
  case zip
  /// An SQLite database.
  case database

  /// Looks at the first bytes of a file.
  init(_ source: ByteSource) throws(LoadError) {
    let start = try source.bytes(0..<16)
    if start.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if start.starts(with: Array("PK".utf8) + [3, 4])
      || start.starts(with: Array("PK".utf8) + [5, 6])
    {
      self = .zip
    } else if start.starts(with: Array("SQLite format 3".utf8)) {
      self = .database
    } else {
      self = .text
    }
  }
}

/// Recognises files that are no text of rows from how they start, whatever they are named.
///
/// Returns the error to refuse them with, or nil.
func refusal(ofStart bytes: [UInt8], name: String) -> LoadError? {
  let name = shown(name, limit: 100)
  func starts(_ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
  func refused(_ looks: String, _ hint: String) -> LoadError {
    LoadError("\(name) is not CSV text: it looks like \(looks)", hint: hint)
  }
  let asText = "save it as 'CSV UTF-8'"
  if starts([0xFF, 0xFE, 0, 0]) || starts([0, 0, 0xFE, 0xFF]) {
    return refused("UTF-32 text", asText)
  }
  for (prefix, looks, hint) in binaryKinds where starts(prefix) { return refused(looks, hint) }
  if let looks = wideText(bytes) {
    return refused(
      looks, looks == "UTF-16 text" ? "if it is, say so: with encoding = \"utf-16\"" : asText)
  }
  if let looks = markup(bytes) { return refused(looks, "save the table as CSV") }
  return nil
}

private let binaryKinds: [([UInt8], String, String)] = [
  (
    [0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook, or one with a password",
    "save it as .xlsx or CSV"
  ),
  ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive", "unpack it first"),
  ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive", "unpack it first"),
  (Array("BZh".utf8), "a bzip2 archive", "unpack it first"),
  (Array("7z".utf8) + [0xBC, 0xAF], "a 7z archive", "unpack it first"),
  ([0x89, 0x50, 0x4E, 0x47], "a PNG image", "load a CSV file"),
  ([0xFF, 0xD8, 0xFF], "a JPEG image", "load a CSV file"),
  (Array("GIF8".utf8), "a GIF image", "load a CSV file"),
  (Array("%PDF".utf8), "a PDF document", "save the table as CSV"),
  (Array("PAR1".utf8), "a Parquet file", "load a CSV file"),
  ([0x7F, 0x45, 0x4C, 0x46], "a program", "load a CSV file"),
]

/// Text of two bytes a character without a mark shows as zero bytes at every other place.
private func wideText(_ bytes: [UInt8]) -> String? {
  let start = bytes.prefix(64)
  guard start.count >= 8 else { return nil }
  let zeros = start.indices.filter { start[$0] == 0 }
  let even = zeros.count { $0 % 2 == 0 }
  let odd = zeros.count - even
  if zeros.count * 3 > start.count * 2 { return "UTF-32 text" }
  let most = start.count / 2 * 3 / 4
  return (even >= most && odd == 0) || (odd >= most && even == 0) ? "UTF-16 text" : nil
}

private func markup(_ bytes: [UInt8]) -> String? {
  let text = bytes.prefix(256).drop { $0 == 0x20 || (9...13).contains($0) }
  let lower = String(decoding: text.prefix(16), as: UTF8.self).lowercased()
  if lower.hasPrefix("<!doctype") || lower.hasPrefix("<html") { return "a web page" }
  if lower.hasPrefix("<?xml") { return "XML" }
  guard let first = text.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
    return nil
  }
  let second = text.dropFirst().first { $0 != 0x20 && !(9...13).contains($0) }
  guard let second else { return nil }
  let opens = [UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "[")]
  return opens.contains(second) ? "JSON" : nil
}
