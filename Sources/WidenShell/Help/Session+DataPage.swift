internal import WidenEngine
internal import WidenLanguage

/// `help fte`: what the dataset says of a name that the language has no page for.
extension Session {
  /// A page on a table, a column, a definition or a measure; nil where `help` knows the word itself.
  func dataPage(of words: [String]) -> String? {
    let word = words.joined(separator: " ").lowercased()
    if topics.contains(word) { return nil }
    let parts = tablePages(of: word) + columnPages(of: word) + definitionPages(of: word)
    return parts.isEmpty ? nil : parts.joined(separator: "\n")
  }

  private func tablePages(of word: String) -> [String] {
    guard let table = state.dataset.entry(named: word)?.description else { return [] }
    let name = print(Expression.path(Path([Name(table.name)])))
    return [
      "\(visible(table.name)) is a table.\(table.summary.map { " " + visible($0) } ?? "")\n\n"
        + "    show columns of \(name)\n    from \(name) | count\n"
    ]
  }

  /// The columns of this name, of whatever table, those that say the same of themselves once.
  private func columnPages(of word: String) -> [String] {
    var pages: [(tables: [String], column: ColumnDescription)] = []
    for table in state.dataset.entries.map(\.description) where table.rows == nil {
      guard let column = table.column(named: word), !column.isHidden else { continue }
      let same = pages.firstIndex {
        $0.column.summary == column.summary && $0.column.type == column.type
      }
      if let same {
        pages[same].tables.append(table.name)
      } else {
        pages.append(([table.name], column))
      }
    }
    return pages.map { tables, column in
      let path = print(Expression.path(Path([Name(tables[0]), Name(column.name)])))
      let look =
        column.type.isText
        ? "show values of \(path)"
        : "from \(path.prefix { $0 != "." }) | summarise min \(column.name), max \(column.name)"
      return "\(visible(column.name)) is a column of \(list(tables.map { visible($0) })) "
        + "(\(column.type.rawValue)).\(column.summary.map { " " + visible($0) } ?? "")\n\n    \(look)\n"
    }
  }

  private func definitionPages(of word: String) -> [String] {
    let columns = state.definitions.columns.filter { $0.name.lowercased() == word }.map { column in
      let owner = column.table.map { "\($0)." } ?? ""
      let arguments = column.arguments.map(\.text).joined(separator: ", ")
      return "\(owner)\(column.name)\(arguments.isEmpty ? "" : "(\(arguments))") is defined as\n"
        + "    \(print(column.value))\n"
    }
    let measures = state.definitions.measures.filter { $0.name.lowercased() == word }.map {
      "\($0.name) is a measure, defined as\n    \(print($0.value))\n"
    }
    return columns + measures
  }
}
