/// Where the header of a table stands below titles.
public struct HeaderPlace: Hashable, Sendable {
  /// How many rows stand above it.
  public var skipRows: Int
  /// How many rows it has, 1 or 2.
  public var headerRows: Int

  /// Finds the header below titles; nil when it stands in the first row, as far as rows can tell.
  ///
  /// Titles fill a cell or two; the header is the first row that fills nearly as many as most do.
  init?(_ rows: [[[UInt8]]]) {
    let filled = rows.map { row in row.count { !$0.isEmpty } }
    let typical = filled.sorted(by: >).dropFirst(filled.count / 4).first ?? 0
    guard typical > 1, let header = filled.firstIndex(where: { $0 * 10 >= typical * 6 }),
      header > 0
    else { return nil }
    let above = rows[header - 1]
    let isGroup =
      filled[header - 1] > 1 && filled[header - 1] < filled[header]
      && above.indices.allSatisfy { column in
        above[column].isEmpty || column < rows[header].count && !rows[header][column].isEmpty
      }
    skipRows = isGroup ? header - 1 : header
    headerRows = isGroup ? 2 : 1
  }
}

extension LoadError {
  /// Refuses titles above a table, and offers the line that skips them.
  static func titles(_ place: HeaderPlace, _ source: ByteSource, sheet: String?) -> LoadError {
    let row = place.skipRows + 1
    let rows = place.headerRows == 1 ? "row \(row)" : "rows \(row) and \(row + 1)"
    var line = "load \"\(source.path)\""
    if let sheet { line += " sheet \"\(sheet)\"" }
    if place.skipRows > 0 { line += " skip \(place.skipRows) rows" }
    if place.headerRows > 1 { line += " with headers = \(place.headerRows)" }
    var error = LoadError(
      "the header of \(shown(source.name, limit: 100)) seems to stand in \(rows)", line: nil,
      hint: line)
    error.headerPlace = place
    return error
  }
}
