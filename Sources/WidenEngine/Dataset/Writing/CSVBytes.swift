import WidenLanguage

extension Table {
  /// The table as a CSV file by RFC 4180 that any tool reads: exact values, quotes only where needed.
  ///
  /// Unlike an export for spreadsheets it changes no value, not even one that looks like a formula.
  var csvBytes: [UInt8] {
    var cells = columns.map { CSVCells($0.data, isOnly: columns.count == 1) }
    var bytes: [UInt8] = []
    for (index, column) in columns.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      appendCSV(column.description.name, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
    for row in 0..<rowCount {
      for index in cells.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        cells[index].append(row, to: &bytes)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}

/// The cells of a column; each code is made into bytes once.
private struct CSVCells {
  private let data: Column
  /// What stands in an empty cell: a line without anything would be no row.
  private let empty: [UInt8]
  private var known: [[UInt8]?]

  init(_ data: Column, isOnly: Bool) {
    self.data = data
    empty = isOnly ? Array("\"\"".utf8) : []
    var codes = 0
    if case .coded(let column) = data, column.cardinality <= column.codes.count + 1024 {
      codes = column.cardinality
    }
    known = Array(repeating: nil, count: codes)
  }

  mutating func append(_ row: Int, to bytes: inout [UInt8]) {
    guard case .coded(let column) = data, !known.isEmpty else {
      bytes.append(contentsOf: made(data[row]))
      return
    }
    let code = column.codes[row]
    let cell = known[code] ?? made(column.domain.value(of: code))
    known[code] = cell
    bytes.append(contentsOf: cell)
  }

  private func made(_ value: Value) -> [UInt8] {
    switch value {
    case .missing: return empty
    case .text(let text):
      var bytes: [UInt8] = []
      appendCSV(text, to: &bytes)
      return bytes
    case .boolean, .integer, .decimal, .date, .month, .period: return Array(plainCell(value).utf8)
    }
  }
}

private func appendCSV(_ text: String, to bytes: inout [UInt8]) {
  let needsQuotes =
    text.isEmpty || text.hasPrefix("\u{FEFF}") || text.utf8.first == 0x20
    || text.utf8.last == 0x20
    || text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
  guard needsQuotes else {
    bytes.append(contentsOf: text.utf8)
    return
  }
  bytes.append(UInt8(ascii: "\""))
  for byte in text.utf8 {
    if byte == UInt8(ascii: "\"") { bytes.append(byte) }
    bytes.append(byte)
  }
  bytes.append(UInt8(ascii: "\""))
}
