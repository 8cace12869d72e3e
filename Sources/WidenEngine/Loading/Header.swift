/// The names of the columns, and what was tidied in them.
struct Header: Sendable {
  let names: [String]
  /// What to say of a column's name, by column.
  let oddities: [Int: String]

  init(fields: [[UInt8]], line: Int, _ dialect: Dialect, name file: String) throws(LoadError) {
    let file = shown(file, limit: 100)
    var names: [String] = []
    var oddities: [Int: String] = [:]
    var columns: [String: Int] = [:]
    if fields.count == 1 { try Header.checkSeparator(fields[0], line, dialect, file) }
    for (index, field) in fields.enumerated() {
      let written = String(decoding: field, as: UTF8.self)
      let name = tidied(written)
      if name.isEmpty {
        throw LoadError(
          "column \(index + 1) of \(file) has no name", line: line, hint: wayOut(fields, index))
      }
      if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        throw LoadError(
          "the name of column \(index + 1) of \(file), \(shown(name)), holds a control character",
          line: line, hint: "name the column in plain text")
      }
      if let first = columns.updateValue(index, forKey: name) {
        throw LoadError(
          "columns \(first + 1) and \(index + 1) of \(file) are both named \(shown(name))",
          line: line, hint: "give each column a name of its own")
      }
      if name != written { oddities[index] = "its name \(shown(written)) was trimmed" }
      names.append(name)
    }
    self.names = names
    self.oddities = oddities
  }

  /// Refuses a header of one field that shows another separator.
  private static func checkSeparator(
    _ field: [UInt8], _ line: Int, _ dialect: Dialect, _ file: String
  ) throws(LoadError) {
    let others: [(UInt8, String, String)] = [
      (9, "tabs", "name a tab-separated file '.tsv'"),
      (UInt8(ascii: ";"), "semicolons", "save it with commas between fields"),
      (UInt8(ascii: "|"), "vertical bars", "save it with commas between fields"),
      (UInt8(ascii: ","), "commas", "name a comma-separated file '.csv'"),
    ]
    for (byte, noun, hint) in others where byte != dialect.separator && field.contains(byte) {
      throw LoadError(
        "only one column was found in \(file): its fields look separated by \(noun)", line: line,
        hint: hint)
    }
  }
}

/// What to do about a column without a name: titles above a table leave most names empty.
private func wayOut(_ fields: [[UInt8]], _ index: Int) -> String {
  if fields.count(where: \.isEmpty) * 2 > fields.count {
    return "if titles stand above the header, skip them: load \"FILE\" skip 1 rows"
  }
  return index > 0 && index == fields.count - 1
    ? "take out the separator at the end of the header, or name the column" : "name the column"
}

/// A name without white space around it, and with single spaces inside when it spans lines.
private func tidied(_ name: String) -> String {
  let isSpace: (Character) -> Bool = { $0.isWhitespace }
  let trimmed = name.drop(while: isSpace)
  let end = trimmed.lastIndex { !$0.isWhitespace }
  guard let end else { return "" }
  let inner = trimmed[...end]
  guard inner.contains(where: \.isNewline) else { return String(inner) }
  return inner.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
