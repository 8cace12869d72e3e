/// The names of columns from one header row or several.
struct HeaderNames {
  /// A name for each column.
  let names: [[UInt8]]
  /// Columns, by index, that got a name only because the header gives them none.
  let nameless: Set<Int>

  /// Joins header rows from the top down; the groups in upper rows hold for the columns to their
  /// right that have a name below.
  init(_ rows: [[[UInt8]]]) {
    let width = rows.map(\.count).max() ?? 0
    func cell(_ row: Int, _ column: Int) -> [UInt8] {
      column < rows[row].count ? trimmed(rows[row][column]) : []
    }
    var parts = [[[UInt8]]](repeating: [], count: width)
    var nameless: Set<Int> = []
    for row in rows.indices {
      var group: [UInt8] = []
      for column in 0..<width {
        let own = cell(row, column)
        let hasNameBelow = rows.indices.contains { $0 > row && !cell($0, column).isEmpty }
        if row == rows.count - 1 {
          if !own.isEmpty { parts[column].append(own) }
        } else if !hasNameBelow {
          // A cell over nothing names its own column and groups no others.
          group = []
          if !own.isEmpty { parts[column].append(own) }
        } else {
          if !own.isEmpty { group = own }
          if !group.isEmpty { parts[column].append(group) }
        }
      }
    }
    names = parts.enumerated().map { column, parts in
      if parts.isEmpty {
        nameless.insert(column)
        return Array("column_\(column + 1)".utf8)
      }
      return Array(parts.joined(separator: " ".utf8))
    }
    self.nameless = nameless
  }
}

extension HeaderNames {
  /// The cells of one row as they are, empty ones too.
  init(plain row: [[UInt8]]) {
    names = row
    nameless = []
  }
}

/// Bytes without blanks around them.
func trimmed(_ bytes: [UInt8]) -> [UInt8] {
  let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (9...13).contains($0) }
  guard let first = bytes.firstIndex(where: { !isBlank($0) }),
    let last = bytes.lastIndex(where: { !isBlank($0) })
  else { return [] }
  return Array(bytes[first...last])
}
