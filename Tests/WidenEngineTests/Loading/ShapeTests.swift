import Testing
import WidenLanguage

@testable import WidenEngine

/// A second, slow reading of RFC 4180 to compare with: nil for what must be refused.
private func rows(_ text: String) -> [[String]]? {
  var rows: [[String]] = [[]]
  var rest = Substring(text)
  while true {
    var field = ""
    if rest.utf8.first == UInt8(ascii: "\"") {
      rest = Substring(rest.unicodeScalars.dropFirst())
      while true {
        guard let quote = rest.unicodeScalars.firstIndex(of: "\"") else { return nil }
        field.unicodeScalars += rest.unicodeScalars[..<quote]
        rest = Substring(rest.unicodeScalars[quote...].dropFirst())
        guard rest.unicodeScalars.first == "\"" else { break }
        field.unicodeScalars.append("\"")
        rest = Substring(rest.unicodeScalars.dropFirst())
      }
    } else {
      let end = rest.unicodeScalars.firstIndex { $0 == "," || $0 == "\n" } ?? rest.endIndex
      field = String(rest.unicodeScalars[..<end])
      rest = rest[end...]
      if field.unicodeScalars.contains("\"") { return nil }
      if rest.unicodeScalars.first != ",", field.unicodeScalars.last == "\r" {
        field = String(field.unicodeScalars.dropLast())
      }
    }
    rows[rows.count - 1].append(field)
    if rest.unicodeScalars.starts(with: "\r\n".unicodeScalars) {
      rest = Substring(rest.unicodeScalars.dropFirst())
    }
    guard let next = rest.unicodeScalars.first else { return rows }
    guard next == "," || next == "\n" else { return nil }
    rest = Substring(rest.unicodeScalars.dropFirst())
    if next == "\n" { rows.append([]) }
  }
}

@Suite("All small shapes of rows")
struct ShapeTests {
  /// Every text of up to five of these characters, below a header of one, two and three columns.
  @Test(arguments: ["h\n", "h,i\n", "h,i,j\n"]) func allTexts(_ header: String) throws {
    let alphabet = Array("x,\"\n\r".unicodeScalars)
    var texts = [""]
    for length in 1...5 {
      let longest = texts.filter { $0.unicodeScalars.count == length - 1 }
      texts += longest.flatMap { text in
        alphabet.map {
          var next = text; next.unicodeScalars.append($0); return next
        }
      }
    }
    var wrong: [String] = []
    for text in texts where !agrees(header, text) { wrong.append((header + text).debugDescription) }
    #expect(wrong.isEmpty, "\(wrong.count) of \(texts.count): \(wrong.prefix(5))")
  }

  private func agrees(_ header: String, _ body: String) -> Bool {
    // Line breaks at the end of a file are no rows, unless they stand in a quoted field.
    var trimmed = Substring(body).unicodeScalars
    while let last = trimmed.last, last == "\n" || last == "\r" { trimmed.removeLast() }
    let columns = header.utf8.count / 2
    var expected = trimmed.isEmpty ? [] : rows(String(trimmed))
    if expected?.contains(where: { $0.count != columns }) == true { expected = nil }
    let text = trimmed.isEmpty ? header : header + body
    for blockBytes in [1, 1000] {
      let found: [[String]]?
      do {
        let table = try load(text, blockBytes: blockBytes).table
        found = (0..<table.rowCount).map { row in
          (0..<columns).map { if case .text(let value) = table[row, $0] { value } else { "" } }
        }
      } catch { found = nil }
      if found != expected { return false }
    }
    return true
  }
}
