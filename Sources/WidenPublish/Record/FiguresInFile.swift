import WidenEngine
import WidenLanguage

extension RecordedExport {
  /// So many cells of a file are read back; more would take the memory of the machine.
  public static let mostCellsReadBack = 5_000_000

  /// The figures of the result with all of its cells, read back from the file itself.
  ///
  /// A manifest keeps no cells of a long result, but the file does. They are only believed when the
  /// file is the one that was written and its rows hash to what the manifest says; nil, when they
  /// do not, or when the format is not one whose values can be had again as they were.
  public func figuresInFile(_ result: Result) -> RecordedFigures? {
    guard isUntouched == true, results.count == 1, result.figures.rows == nil,
      result.figures.rowCount * result.figures.columns.count <= RecordedExport.mostCellsReadBack,
      let rows = rowsInFile(result), hashOfRows(rows) == result.figures.hash
    else { return nil }
    return result.figures.withCells(rows, types: result.types)
  }

  private func rowsInFile(_ result: Result) -> [[JSONValue]]? {
    switch format {
    case .csv, .tsv, .sqlite: rowsOfTable(result)
    case .json, .ndjson: rowsOfLines(result.figures.columns)
    case .table, .markdown, .html, .xlsx, .parquet, .svg: nil
    }
  }

  /// Cells as text, made into what they were by the types that the manifest names.
  private func rowsOfTable(_ result: Result) -> [[JSONValue]]? {
    let names = result.figures.columns
    var options = LoadOptions()
    options.separator = format == .csv ? .comma : format == .tsv ? .tab : nil
    options.encoding = .utf8
    options.sheet = format == .sqlite ? "result" : nil
    options.textColumns = Set(names + names.map { $0 + "_withheld" })
    guard let loaded = try? loadFile(path: path, options: options).table else { return nil }
    var columns: [(values: Column, withheld: Column?, type: ValueType)] = []
    for (name, type) in zip(names, result.types) {
      guard let place = loaded.columns.firstIndex(where: { $0.description.name == name }) else {
        return nil
      }
      let mask = loaded.columns.first { $0.description.name == name + "_withheld" }
      columns.append((loaded.columns[place].data, format == .sqlite ? mask?.data : nil, type))
    }
    return (0..<loaded.rowCount).map { row in
      columns.map { column in
        if let mask = column.withheld?[row], isYes(mask) { return .text(TableColumn.withheldMark) }
        return cell(column.values[row], column.type)
      }
    }
  }

  /// An object a line, whether an array stands around them or not.
  private func rowsOfLines(_ names: [String]) -> [[JSONValue]]? {
    guard let bytes = try? readFile(path).bytes else { return nil }
    var rows: [[JSONValue]] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.first == UInt8(ascii: "{") {
      let object = line.last == UInt8(ascii: ",") ? line.dropLast() : line
      guard case .object(let members)? = try? JSONValue(parsing: object),
        members.map(\.name) == names
      else { return nil }
      rows.append(members.map(\.value))
    }
    return rows
  }
}

private func isYes(_ value: Value) -> Bool {
  value == .boolean(true) || value == .text("1") || value == .integer(1)
}

/// A cell that was read as text, as a value of its type; what is none stays text, as `[c]` does.
private func cell(_ value: Value, _ type: ValueType) -> JSONValue {
  switch value {
  case .missing: return .null
  case .boolean(let flag): return .boolean(flag)
  case .integer, .decimal, .date, .month, .period: return cell(plainText(of: value), type)
  case .text(let text): return cell(text, type)
  }
}

private func cell(_ text: String, _ type: ValueType) -> JSONValue {
  switch type {
  case .integer: return Int(text).map { .integer($0) } ?? .text(text)
  case .decimal: return Double(text).map { .decimal($0 == 0 ? 0 : $0) } ?? .text(text)
  case .boolean:
    if text == "yes" || text == "true" || text == "1" { return .boolean(true) }
    return text == "no" || text == "false" || text == "0" ? .boolean(false) : .text(text)
  case .text, .category, .date, .month, .period:
    // Text that a spreadsheet would take for a formula was guarded.
    let own = String(text.dropFirst())
    return .text(text.first == "'" && guarded(own) == text ? own : text)
  }
}
