import WidenLanguage

/// The names of the columns, and what was tidied in them.
struct Header: Sendable {
  /// How many columns a table may have.
  static let maximumColumns = 10_000

  let names: [String]
  /// What to say of a column's name, by column.
  let oddities: [Int: String]

  init(fields: [[UInt8]], line: Int, _ dialect: Dialect, name file: String) throws(LoadError) {
    let file = shown(file, limit: 100)
    var names: [String] = []
    var oddities: [Int: String] = [:]
    var columns: [String: Int] = [:]
    if fields.count > Header.maximumColumns { throw LoadError.columns(fields.count, file) }
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
      // Queries may write a name in any capitals.
      if let first = columns.updateValue(index, forKey: name.lowercased()) {
        let other = names[first]
        throw LoadError(
          "columns \(first + 1) and \(index + 1) of \(file) are "
            + (other == name
              ? "both named \(shown(name))"
              : "named \(shown(other)) and \(shown(name)), which differ in capitals only"),
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
    for other in Separator.allCases
    where other.byte != dialect.separator && field.contains(other.byte) {
      throw LoadError(
        "only one column was found in \(file): its fields look separated by \(other.plural)",
        line: line, hint: "if they are, say so: with separator = \"\(other.rawValue)\"")
    }
  }
}

extension LoadError {
  static func columns(_ count: Int, _ name: String) -> LoadError {
    LoadError(
      "\(name) has \(grouped(count)) columns; a table has \(grouped(Header.maximumColumns)) at most",
      hint: "it may be a table on its side: one row a value is easier to query")
  }

  /// The index of the column that the user names, or the error that it does not exist.
  static func column(_ name: String, of names: [String], in file: String) throws(LoadError) -> Int {
    if let index = names.firstIndex(where: { $0.lowercased() == name.lowercased() }) {
      return index
    }
    throw LoadError(
      "\(file) has no column \(shown(name))",
      hint: nearest(name, in: names).map { "did you mean \(shown($0))?" }
        ?? "its columns are \(list(names.prefix(8).map { shown($0) }))\(names.count > 8 ? " …" : "")"
    )
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
