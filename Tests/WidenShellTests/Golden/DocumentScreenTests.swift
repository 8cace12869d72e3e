import Testing

/// Screens in the documents are those of the recorded runs.
///
/// The comment `<!-- screen: TITLE -->` before a text block names the picture it shows, from its last
/// prompt on; `<!-- screen: TITLE, from prompt 2 -->` from the last but one.
@Suite struct DocumentScreenTests {
  private static let recording = "Tests/Golden/terminal/80x24-dark.txt"

  @Test(arguments: Repository.documents) func showsWhatWasRecorded(path: String) throws {
    let pictures = try Self.pictures()
    var lines = splitLines(try Repository.text(path))
    for index in lines.indices.reversed() where lines[index].hasPrefix("<!-- screen: ") {
      let name = String(lines[index].dropFirst("<!-- screen: ".count).dropLast(" -->".count))
      let parts = name.split(separator: ", from prompt ")
      let title = String(parts[0])
      let rows = try #require(pictures[title], "\(path): there is no picture '\(title)'")
      let prompts = rows.indices.filter { rows[$0].contains("›") }
      let count = parts.count > 1 ? try #require(Int(parts[1])) : 1
      let picture = rows[(try #require(prompts.suffix(count).first))...]
      let fence = lines[(index + 1)...].firstIndex { $0.hasPrefix("```") }
      let start = try #require(fence, "\(path): no block follows '\(title)'")
      let end = try #require(lines[(start + 1)...].firstIndex { $0.hasPrefix("```") })
      lines.replaceSubrange((start + 1)..<end, with: picture)
    }
    let text = lines.joined(separator: "\n")
    if Repository.isUpdating { try Repository.write(text, to: path) }
    #expect(text == (try Repository.text(path)), "\(path)")
  }

  @Test func manyAreShown() throws {
    let shown = try Repository.documents.map { path in
      splitLines(try Repository.text(path)).count { $0.hasPrefix("<!-- screen: ") }
    }
    #expect(shown.reduce(0, +) >= 4)
  }

  /// The rows of each picture, without the cursor; what is underlined has a row of tildes under it.
  private static func pictures() throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for section in try Repository.text(recording).split(separator: "== ") {
      let lines = splitLines(String(section))
      guard let title = lines.first, let colours = lines.firstIndex(of: "-- colours") else {
        continue
      }
      var rows: [String] = []
      for (number, line) in lines[1..<colours].enumerated() {
        let row = String(line.filter { $0 != "¦" }.reversed().drop { $0 == " " }.reversed())
        rows.append(row)
        let style = lines[(colours + 1)...].first { $0.hasPrefix("\(number + 1) │") }
        if let marks = underlines(row, style) { rows.append(marks) }
      }
      found[title] = rows
    }
    return found
  }

  /// Tildes under what is underlined in a row; nil when nothing is.
  private static func underlines(_ row: String, _ colours: String?) -> String? {
    var marks = ""
    var rest = row[...]
    for part in (colours ?? "").split(separator: " │ ").dropFirst() {
      guard let colon = part.firstIndex(of: ":") else { continue }
      let text = part[part.index(after: colon)...]
      guard let place = rest.firstRange(of: text) else { continue }
      if part[..<colon].split(separator: ";").contains("4") {
        let before = row.distance(from: row.startIndex, to: place.lowerBound)
        marks += String(repeating: " ", count: max(0, before - marks.count))
        marks += String(repeating: "~", count: text.count)
      }
      rest = rest[place.upperBound...]
    }
    return marks.isEmpty ? nil : marks
  }
}
