public import WidenEngine
import WidenLanguage

/// What a result said, cell by cell, in the form in which a manifest keeps it.
public struct RecordedFigures: Hashable, Sendable {
  /// The names of the columns.
  public var columns: [String]
  /// How many columns, the first ones, say what the figures after them are about.
  public var labels: Int
  /// The number of rows.
  public var rowCount: Int
  /// The SHA-256 hash of all rows as JSON, a line each.
  public var hash: String
  /// The same of each column by itself; empty where the cells are kept.
  public var columnHashes: [String]
  /// The cells; nil where they are too many, or about single people.
  public var rows: [[JSONValue]]?

  /// A manifest keeps so many cells; of longer results it keeps hashes.
  public static let mostCells = 100_000

  /// The figures of a result as a file of this format holds them, with its cells when they are not
  /// too many.
  public init(_ answer: Answer, format: Format, mostCells: Int = mostCells) {
    let shown = recordedColumns(of: answer, format)
    let table = answer.table
    columns = shown.map(\.description.name)
    rowCount = table.rowCount
    let keepsCells = !answer.holdsPeople && rowCount * shown.count <= mostCells
    hash = hashOfRows(shown, rowCount)
    columnHashes = keepsCells ? [] : shown.map { hashOfRows([$0], answer.table.rowCount) }
    let known = labelCount(shown.map(\.description))
    guard keepsCells else {
      (labels, rows) = (known, nil)
      return
    }
    let rows = (0..<table.rowCount).map { row in shown.map { $0.recordedCell(row) } }
    self.rows = rows
    labels = tellingLabels(rows, shown.map(\.description.type), atLeast: known)
  }

  /// Figures that a manifest kept.
  init(
    columns: [String], labels: Int, rowCount: Int, hash: String, columnHashes: [String],
    rows: [[JSONValue]]?
  ) {
    self.columns = columns
    self.labels = labels
    self.rowCount = rowCount
    self.hash = hash
    self.columnHashes = columnHashes
    self.rows = rows
  }

  /// The same figures, now that their cells are known.
  func withCells(_ rows: [[JSONValue]], types: [ValueType]) -> RecordedFigures {
    var figures = self
    figures.rows = rows
    figures.labels = tellingLabels(rows, types, atLeast: labels)
    return figures
  }

  /// How many cells are figures, and not labels.
  public var figureCount: Int { rowCount * (columns.count - labels) }
}

/// The columns that a file of this format holds.
func recordedColumns(of answer: Answer, _ format: Format) -> [TableColumn] {
  format.isData ? dataColumns(of: answer) : answer.table.columns.filter { !$0.description.isHidden }
}

/// How many columns tell the rows apart: the labels, and whole numbers behind them that rows were
/// grouped by, such as ages.
private func tellingLabels(
  _ rows: [[JSONValue]], _ types: [ValueType], atLeast known: Int
) -> Int {
  var labels = known
  while Set(rows.map { $0.prefix(labels) }).count < rows.count {
    guard labels + 1 < types.count, types[labels] != .decimal else { return known }
    labels += 1
  }
  return labels
}

private func hashOfRows(_ columns: [TableColumn], _ rowCount: Int) -> String {
  var layout = RowLayout()
  layout.columns = columns.map { RenderedColumn($0) { appendJSON($0, to: &$1) } }
  layout.beforeCell = columns.indices.map { Array(($0 == 0 ? "[" : ",").utf8) }
  layout.afterRow = Array("]\n".utf8)
  var hash = SHA256()
  // Hashing cannot fail.
  try? layout.write(rowCount: rowCount) { bytes throws(PublishError) in hash.update(bytes) }
  return hash.hexadecimal()
}

/// The hash of rows that were read back, which is the one above when they are what was written.
func hashOfRows(_ rows: [[JSONValue]]) -> String {
  var hash = SHA256()
  for row in rows {
    let cells = row.map(\.bytes).joined(separator: [UInt8(ascii: ",")])
    hash.update([UInt8(ascii: "[")] + cells + [UInt8(ascii: "]"), UInt8(ascii: "\n")])
  }
  return hash.hexadecimal()
}

extension TableColumn {
  fileprivate func recordedCell(_ row: Int) -> JSONValue {
    if withheld?[row] == true { return .text(TableColumn.withheldMark) }
    switch data[row] {
    case .missing: return .null
    case .boolean(let flag): return .boolean(flag)
    case .integer(let number): return .integer(number)
    case .decimal(let number): return number.isFinite ? .decimal(number == 0 ? 0 : number) : .null
    case .text(let text): return .text(text)
    case .date(let day): return .text(day.description)
    case .month(let month): return .text(month.description)
    case .period(let period): return .text(period.description)
    }
  }
}

extension JSONValue {
  /// The value as JSON; of arrays and objects, which no cell is, nothing.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .null, .array, .object: appendJSON(Value.missing, to: &bytes)
    case .boolean(let flag): appendJSON(Value.boolean(flag), to: &bytes)
    case .integer(let number): appendJSON(Value.integer(number), to: &bytes)
    case .decimal(let number): appendJSON(Value.decimal(number), to: &bytes)
    case .text(let text): appendJSON(text, to: &bytes)
    }
    return bytes
  }
}
