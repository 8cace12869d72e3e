import WidenEngine
import WidenLanguage

extension RowLayout {
  /// A small page with one plain table: a heading, a caption, scopes for those who listen, and no
  /// script.
  static func html(_ answer: Answer, _ context: ExportContext?) -> RowLayout {
    let table = answer.table
    let columns = pageColumns(of: table, rows: 0..<table.rowCount)
    let labels = labelCount(columns.map(\.description))
    var layout = RowLayout()
    var header = ""
    var end = ""
    for (position, column) in columns.enumerated() {
      let kind = column.isNumber ? " class=\"number\"" : ""
      let base = column.base.map { "<br><small>\(escapedHTML($0))</small>" } ?? ""
      header += "<th scope=\"col\"\(kind)>\(escapedHTML(column.name))\(base)</th>"
      let start = position < labels ? "<th scope=\"row\">" : "<td\(kind)>"
      layout.beforeCell.append(Array(((position == 0 ? "<tr>" : end) + start).utf8))
      end = position < labels ? "</th>" : "</td>"
      layout.columns.append(
        RenderedColumn(table.columns[column.index]) { value, output in
          output.append(contentsOf: escapedHTML(column.text(of: value)).utf8)
        })
    }
    let title = escapedHTML(context?.title ?? resultTitle(table))
    layout.opening = Array(
      (head(title: title, caption: caption(answer, context))
        + "<thead>\n<tr>\(header)</tr>\n</thead>\n<tbody>\n").utf8)
    layout.afterRow = Array((columns.isEmpty ? "" : end + "</tr>\n").utf8)
    layout.closing = Array(("</tbody>\n</table>\n" + foot(pageLines(answer, context))).utf8)
    return layout
  }
}

private func caption(_ answer: Answer, _ context: ExportContext?) -> String {
  let rows = counted(answer.table.rowCount, "row")
  return escapedHTML(visible(context.map { "\($0.datasetName): \(rows)" } ?? rows))
}

private func head(title: String, caption: String) -> String {
  """
  <!doctype html>
  <html lang="en-GB">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>\(title)</title>
  <style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; }
  h1 { font-size: 1.375rem; margin: 0 0 1rem; }
  table { border-collapse: collapse; }
  caption { text-align: left; font-weight: 600; padding-bottom: 0.5rem; }
  th, td { padding: 0.25rem 1.25rem 0.25rem 0; text-align: left; vertical-align: top; }
  thead th { border-bottom: 2px solid; vertical-align: bottom; }
  tbody tr { border-bottom: 1px solid rgb(128 128 128 / 35%); }
  tbody th { font-weight: 400; }
  small { display: inline-block; font-weight: 400; max-width: 14rem; }
  .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  thead .number { white-space: normal; }
  </style>
  </head>
  <body>
  <main>
  <h1>\(title)</h1>
  <table>
  <caption>\(caption)</caption>

  """
}

private func foot(_ lines: [String]) -> String {
  let items = lines.map { "<li>\(escapedHTML(visible($0, usesUnicode: true)))</li>\n" }
  return (items.isEmpty ? "" : "<ul>\n\(items.joined())</ul>\n") + "</main>\n</body>\n</html>\n"
}

/// Text that HTML shows as it is, in an attribute, too.
func escapedHTML(_ text: String) -> String {
  var result = ""
  for character in text.unicodeScalars {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}
