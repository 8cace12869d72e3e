public import WidenEngine
import WidenLanguage

/// A result as a table for a terminal, its last line ended too.
///
/// Compact: names, a thin rule, rows; numbers with their decimal points above each other; under a
/// percentage's name what it is of. What does not fit the style is left out, and a last line says so.
public func terminalTable(_ answer: Answer, style: TableStyle = TableStyle()) -> String {
  let table = answer.table
  let rows = ShownRows(count: table.rowCount, maximum: style.maximumRows)
  let columns = pageColumns(
    of: table, rows: rows.indices, missing: style.missing,
    missingLabel: style.isAccessible ? style.missing : "(missing)")
  if columns.isEmpty { return "no columns\n" }
  if style.isAccessible { return accessibleTable(columns, rows) }
  if columns.count == 1, table.rowCount == 1 { return oneCell(columns[0], style) }
  return TerminalTable(columns, rows, style).lines.map { $0 + "\n" }.joined()
}

private func oneCell(_ column: PageColumn, _ style: TableStyle) -> String {
  let base = column.base.map { style.dim(" (\($0))") } ?? ""
  return style.bold(column.name) + ": " + column.text(row: 0) + base + "\n"
}

/// The lines of a table, from its names to what it hides.
private struct TerminalTable {
  private let columns: [PageColumn]
  private let widths: [Int]
  /// The texts of the cells, by column.
  private let cells: [[String]]
  private let rows: ShownRows
  private let hidden: HiddenParts
  private let style: TableStyle

  init(_ all: [PageColumn], _ rows: ShownRows, _ style: TableStyle) {
    let indices = rows.indices
    // A column takes one cell at least: of ten thousand, few need to be looked at.
    let candidates = all.prefix(style.width.map { max(1, $0) } ?? all.count)
    let texts = candidates.map { column in indices.map { column.text(row: $0) } }
    let wanted = zip(candidates, texts).map { column, texts in
      WantedWidth(column, cell: texts.lazy.map { cellWidth($0) }.max() ?? 0)
    }
    widths = ColumnWidths(wanted, limit: style.width).widths
    columns = Array(all.prefix(widths.count))
    cells = Array(texts.prefix(widths.count))
    hidden = HiddenParts(
      rows: rows, columnCount: all.count, leftOut: all.dropFirst(widths.count).map(\.name))
    self.rows = rows
    self.style = style
  }

  var lines: [String] {
    var lines = header
    let rule = widths.map { String(repeating: "─", count: $0) }
    lines.append(line(rule) { text, _ in style.dim(text) })
    if rows.count == 0 { lines.append("no rows") }
    for row in 0..<(rows.head + rows.tail) {
      if row == rows.cutAfter {
        lines.append(line(columns.map { _ in "⋮" }) { text, _ in style.dim(text) })
      }
      for texts in levels(of: cells.map { $0[row] }) {
        lines.append(line(texts) { text, _ in text == style.missing ? style.dim(text) : text })
      }
    }
    return lines + hidden.lines(width: style.width).map(style.dim)
  }

  /// The lines that a row takes: one, unless text goes on under itself.
  private func levels(of texts: [String]) -> [[String]] {
    guard style.wrapsText, zip(texts, widths).contains(where: { cellWidth($0) > $1 }) else {
      return [texts]
    }
    let stacks = zip(texts, widths).enumerated().map { column, cell in
      columns[column].isNumber ? [cell.0] : wrapped(cell.0, to: cell.1)
    }
    return (0..<(stacks.map(\.count).max() ?? 0)).map { level in
      stacks.map { level < $0.count ? $0[level] : "" }
    }
  }

  /// Names, and under them what percentages are of.
  private var header: [String] {
    let names = zip(columns, widths).map { wrapped($0.name, to: $1, isName: true) }
    let bases = zip(columns, widths).map { column, width in
      column.base.map { wrapped($0, to: width) } ?? []
    }
    let stacks = zip(names, bases).map { $0 + $1 }
    return (0..<(stacks.map(\.count).max() ?? 0)).map { level in
      line(stacks.map { level < $0.count ? $0[level] : "" }) { text, column in
        level < names[column].count ? style.bold(text) : style.dim(text)
      }
    }
  }

  /// One line of cells.
  ///
  /// Colour goes round the text alone, and space is only written before text.
  private func line(_ texts: [String], _ paint: (String, Int) -> String) -> String {
    var line = ""
    var space = 0
    for (index, text) in texts.enumerated() {
      let shown = cut(text, to: widths[index])
      let rest = max(0, widths[index] - cellWidth(shown))
      if columns[index].isNumber { space += rest }
      if !shown.isEmpty {
        line += String(repeating: " ", count: space) + paint(shown, index)
        space = 0
      }
      space += (columns[index].isNumber ? 0 : rest) + ColumnWidths.gap
    }
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }
}
