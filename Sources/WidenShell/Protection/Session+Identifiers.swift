internal import WidenEngine
internal import WidenLanguage

extension Session {
  /// A query with the values replaced that tell who somebody is, for what is kept or leaves:
  /// manifests, reports and the history.
  ///
  /// A text counts as one when it stands in a column that tells people apart; a number only when
  /// the query names such a column of numbers.
  public func withoutIdentifiers(_ text: String) -> String {
    let words = Set(
      text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    let columns = identifierColumns(ofTablesIn: words)
    guard !columns.isEmpty else { return text }
    return replaced(text) { written in
      if let first = written.first, first == "\"" {
        let value = String(written.dropFirst().prefix { $0 != "\"" })
        return columns.contains { holds($0, value) { $0.holds(value) } }
      }
      guard let number = Int(written) else { return false }
      return columns.contains { column in
        words.contains(column.description.name.lowercased())
          && holds(column, "\(number)") { $0.holds(number) }
      }
    }
  }

  /// Whether a column holds a value, here or in the database that has its rows.
  private func holds(_ column: TableColumn, _ text: String, here: (Column) -> Bool) -> Bool {
    guard let origin = column.description.origin,
      let source = state.dataset.entry(named: origin.table)?.source
    else { return here(column.data) }
    return source.holds(text, in: origin)
  }

  /// The columns that tell people apart, of the tables that a text names.
  private func identifierColumns(ofTablesIn words: Set<String>) -> [TableColumn] {
    state.dataset.entries.flatMap { entry -> [TableColumn] in
      let description = entry.description
      guard description.isAboutPeople, words.contains(description.name.lowercased()) else {
        return []
      }
      let isNamed = { (column: ColumnDescription) in
        column.sensitivity == .identifier || column.name == description.person
      }
      guard description.columns.contains(where: isNamed) else { return [] }
      return entry.table.columns.filter { isNamed($0.description) }
    }
  }
}

extension Column {
  /// Whether a text is one of the values.
  fileprivate func holds(_ text: String) -> Bool {
    guard case .coded(let coded) = self else { return Int(text).map(holds) ?? false }
    switch coded.domain {
    case .text(let dictionary):
      return (0..<dictionary.count).contains { dictionary[$0] == text }
    case .identifier(let prefix, let digits, _):
      let rest = text.dropFirst(prefix.count)
      return text.hasPrefix(prefix) && rest.count == digits && rest.allSatisfy(\.isNumber)
    case .integer: return Int(text).map(holds) ?? false
    case .decimal, .boolean, .date, .month, .period: return false
    }
  }

  /// Whether a number is among those that the column may hold.
  fileprivate func holds(_ number: Int) -> Bool {
    switch self {
    case .coded(let coded):
      guard case .integer(let minimum) = coded.domain else { return false }
      return (minimum..<minimum + max(1, coded.cardinality - 1)).contains(number)
    case .integers: return true
    case .decimals: return false
    }
  }
}
