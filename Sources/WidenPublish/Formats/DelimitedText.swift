import WidenEngine
import WidenLanguage

extension RowLayout {
  /// Comma-separated values by RFC 4180, with line feeds, quotes only where they are needed.
  static func csv(_ answer: Answer, _ options: WritingOptions) -> RowLayout {
    let columns = dataColumns(of: answer)
    // An empty line would be no row for most readers, so a lone missing cell gets quotes.
    let missing = columns.count == 1 ? "\"\"" : ""
    var layout = delimited(columns, by: ",") { value, output in
      switch value {
      case .missing: output.append(contentsOf: missing.utf8)
      case .text(let text):
        let text = options.isForExcel ? keptByExcel(text) : guarded(text)
        appendCSV(options.shown(text), to: &output)
      case .month where options.isForExcel, .period where options.isForExcel:
        appendCSV(keptByExcel(plainText(of: value)), to: &output)
      case .integer(let number) where options.isForExcel && number.magnitude > 999_999_999_999_999:
        appendCSV(keptByExcel(String(number)), to: &output)
      case .boolean, .integer, .decimal, .date, .month, .period:
        output.append(contentsOf: plainText(of: value).utf8)
      }
    }
    // Excel takes a CSV file for the local code page unless it starts with a byte order mark.
    if options.isForExcel { layout.opening.insert(contentsOf: [0xEF, 0xBB, 0xBF], at: 0) }
    return layout
  }

  /// Tab-separated values; there are no quotes, so tabs and line ends inside a cell become spaces.
  static func tsv(_ answer: Answer, _ options: WritingOptions) -> RowLayout {
    delimited(dataColumns(of: answer), by: "\t") { value, output in
      guard case .text(let text) = value else {
        output.append(contentsOf: plainText(of: value).utf8)
        return
      }
      let isSeparator = { (byte: UInt8) in byte == 9 || byte == 10 || byte == 13 }
      let flat = guarded(text).utf8.map { isSeparator($0) ? UInt8(ascii: " ") : $0 }
      output.append(contentsOf: options.shown(String(decoding: flat, as: UTF8.self)).utf8)
    }
  }

  private static func delimited(
    _ columns: [TableColumn], by separator: String, _ render: @escaping RenderedColumn.Render
  ) -> RowLayout {
    var layout = RowLayout()
    for (index, column) in columns.enumerated() {
      layout.beforeCell.append(index == 0 ? [] : Array(separator.utf8))
      layout.columns.append(RenderedColumn(column, render))
      layout.opening.append(contentsOf: layout.beforeCell[index])
      render(.text(column.description.name), &layout.opening)
    }
    layout.opening.append(UInt8(ascii: "\n"))
    return layout
  }
}

private func appendCSV(_ text: String, to output: inout [UInt8]) {
  let needsQuotes =
    text.isEmpty || text.hasPrefix("\u{FEFF}")
    || text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    || text.utf8.first == 0x20 || text.utf8.last == 0x20
  guard needsQuotes else {
    output.append(contentsOf: text.utf8)
    return
  }
  output.append(UInt8(ascii: "\""))
  for byte in text.utf8 {
    if byte == UInt8(ascii: "\"") { output.append(byte) }
    output.append(byte)
  }
  output.append(UInt8(ascii: "\""))
}
