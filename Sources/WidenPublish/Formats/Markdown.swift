import WidenEngine
import WidenLanguage

extension RowLayout {
  /// A table in GitHub's Markdown, padded so that it reads well as plain text, too.
  static func markdown(_ answer: Answer, _ context: ExportContext?) -> RowLayout {
    let table = answer.table
    let columns = pageColumns(of: table, rows: 0..<table.rowCount)
    let headers = columns.map { column in
      escapedMarkdown(column.name) + (column.base.map { " (\(escapedMarkdown($0)))" } ?? "")
    }
    var layout = RowLayout()
    var names = ""
    var rule = ""
    for (column, header) in zip(columns, headers) {
      let width = markdownWidth(column, header, rowCount: table.rowCount)
      let isRight = column.isNumber
      names += "| \(padded(header, to: width, isRight: isRight)) "
      rule += "|" + (isRight ? "-" : ":") + String(repeating: "-", count: width)
      rule += isRight ? ":" : "-"
      layout.beforeCell.append(Array((layout.columns.isEmpty ? "| " : " | ").utf8))
      layout.columns.append(
        RenderedColumn(table.columns[column.index]) { value, output in
          let text = escapedMarkdown(column.text(of: value))
          output.append(contentsOf: padded(text, to: width, isRight: isRight).utf8)
        })
    }
    layout.opening = Array((columns.isEmpty ? "no columns\n" : "\(names)|\n\(rule)|\n").utf8)
    layout.afterRow = Array((columns.isEmpty ? "" : " |\n").utf8)
    let lines = pageLines(answer, context).map {
      "- \(escapedMarkdown(visible($0, usesUnicode: true)))\n"
    }
    if !lines.isEmpty { layout.closing = Array(("\n" + lines.joined()).utf8) }
    return layout
  }
}

/// Long tables are not padded: nobody reads their source, and every cell would be rendered twice.
private func markdownWidth(_ column: PageColumn, _ header: String, rowCount: Int) -> Int {
  var width = max(3, cellWidth(header))
  guard rowCount <= 1000 else { return width }
  for row in 0..<rowCount {
    width = max(width, min(60, cellWidth(escapedMarkdown(column.text(row: row)))))
  }
  return width
}

/// Text that Markdown shows as it is: no HTML, no links, no emphasis, no new columns.
func escapedMarkdown(_ text: String) -> String {
  var result = ""
  var previous: Character = " "
  let characters = Array(text)
  for (index, character) in characters.enumerated() {
    let next: Character = index + 1 < characters.count ? characters[index + 1] : " "
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\\", "|", "`", "*": result += "\\\(character)"
    case "]" where next == "(" || next == "[": result += "\\]"
    case "_" where !(previous.isLetter || previous.isNumber) || !(next.isLetter || next.isNumber):
      result += "\\_"
    case "~" where next == "~" || previous == "~": result += "\\~"
    default: result.append(character)
    }
    previous = character
  }
  return result
}
