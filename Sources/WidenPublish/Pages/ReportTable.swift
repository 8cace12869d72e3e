import WidenEngine
import WidenLanguage

/// Writes the table of a section, in pieces.
///
/// It may be wider than the page, so it lies in a region that the keyboard can scroll. Its headings
/// say which cells they are for.
func writeTable(
  _ section: Report.Section, number: Int, to sink: ([UInt8]) throws(PublishError) -> Void
) throws(PublishError) {
  let table = section.answer.withoutWithheld.table
  let columns = pageColumns(of: table, rows: 0..<min(table.rowCount, 5000))
  let labels = max(columns.isEmpty ? 0 : 1, labelCount(columns.map(\.description)))
  let rows = counted(table.rowCount, "row")
  var page = """
    <div class="table" role="region" aria-labelledby="caption-\(number)" tabindex="0">
    <table>
    <caption id="caption-\(number)">\(shown(section.shownTitle)): \(rows)</caption>
    <thead>
    <tr>
    """
  for column in columns {
    let kind = column.isNumber ? " class=\"number\"" : ""
    let base = column.base.map { "<small>\(escapedHTML($0))</small>" } ?? ""
    // A heading is never empty, or it would say nothing to those who listen.
    let name = column.name.isEmpty ? "(no name)" : column.name
    page += "<th scope=\"col\"\(kind)>\(escapedHTML(name))\(base)</th>"
  }
  page += "</tr>\n</thead>\n<tbody>\n"
  for row in 0..<table.rowCount {
    let texts = columns.map { $0.text(row: row) }
    page += texts.prefix(labels).contains("Total") ? "<tr class=\"total\">" : "<tr>"
    for (position, text) in texts.enumerated() {
      let isNumber = columns[position].isNumber
      let kind = isNumber ? " class=\"number\"" : ""
      page +=
        position < labels
        ? "<th scope=\"row\"\(kind)>\(escapedHTML(text))</th>"
        : "<td\(kind)>\(escapedHTML(text))</td>"
    }
    page += "</tr>\n"
    if page.utf8.count > 1 << 16 {
      try sink(Array(page.utf8))
      page = ""
    }
  }
  if table.rowCount == 0 {
    page += "<tr><td colspan=\"\(max(1, columns.count))\">no rows</td></tr>\n"
  }
  try sink(Array((page + "</tbody>\n</table>\n</div>\n").utf8))
}

/// How the page looks: one column of text, wide tables and drawings, the reader's own light or dark.
let pageStyle = """
  :root { color-scheme: light dark; --ink: #0b0c0c; --faint: #505a5f; --rule: #b1b4b6;
    --ground: #fff; --tint: #f3f2f1; --link: #1d4f91; --focus: #fd0; }
  @media (prefers-color-scheme: dark) { :root { --ink: #f3f2f1; --faint: #b1b4b6; --rule: #505a5f;
    --ground: #16191c; --tint: #23282d; --link: #9cc8f5; --focus: #fd0; } }
  * { box-sizing: border-box; }
  body { margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 3rem; max-width: 62rem;
    background: var(--ground); color: var(--ink);
    font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Arial, sans-serif; }
  h1 { font-size: clamp(1.6rem, 5vw, 2.3rem); line-height: 1.15; margin: 1rem 0; }
  h2 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 0.75rem; }
  h3 { font-size: 1rem; margin: 0 0 0.25rem; }
  p, nav, .notes { max-width: 42rem; }
  a { color: var(--link); text-underline-offset: 0.15em; }
  a:focus, [tabindex]:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
  main:focus { outline: none; }
  .skip { position: absolute; left: -999rem; background: var(--ground); padding: 0.5rem 1rem; }
  .skip:focus { left: 1rem; top: 0.5rem; }
  .synthetic { border-left: 0.3rem solid var(--rule); padding-left: 0.9rem; }
  nav { margin: 1.5rem 0 0; }
  nav h2 { font-size: 1.05rem; margin-bottom: 0.25rem; }
  nav ol { margin: 0; padding-left: 1.4rem; }
  nav li { padding: 0.15rem 0; }
  section { border-top: 1px solid var(--rule); margin-top: 2.25rem; padding-top: 1.5rem; }
  .picture { margin: 1rem 0 1.25rem; overflow-x: auto; }
  .drawing { display: block; width: 100%; min-width: 34rem; max-width: 50rem; height: auto; }
  .table { overflow-x: auto; margin: 1rem 0; }
  table { border-collapse: collapse; font-size: 0.97rem; }
  caption { text-align: left; color: var(--faint); padding-bottom: 0.5rem; font-size: 0.92rem;
    white-space: nowrap; }
  th, td { padding: 0.34rem 1.4rem 0.34rem 0; text-align: left; vertical-align: top; }
  th:last-child, td:last-child { padding-right: 0.25rem; }
  thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
  tbody tr { border-bottom: 1px solid var(--rule); }
  tbody th { font-weight: 400; }
  .total th, .total td { font-weight: 700; }
  small { display: block; font-weight: 400; color: var(--faint); max-width: 15rem; margin-left: auto;
    font-size: 0.82rem; line-height: 1.35; }
  .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  thead .number { white-space: normal; }
  .notes { font-size: 0.95rem; padding-left: 1.2rem; }
  .made { background: var(--tint); padding: 0.9rem 1.1rem; font-size: 0.9rem; overflow-x: auto; }
  dl { margin: 0; }
  dl div { display: grid; grid-template-columns: 7rem 1fr; gap: 0.15rem 1rem; padding: 0.15rem 0; }
  dt { color: var(--faint); }
  dd { margin: 0; overflow-wrap: anywhere; }
  code { font: 0.95em/1.5 ui-monospace, "DejaVu Sans Mono", Consolas, monospace;
    white-space: pre-wrap; }
  footer { border-top: 1px solid var(--rule); color: var(--faint); font-size: 0.88rem;
    margin-top: 2.5rem; padding-top: 0.75rem; }
  footer p { max-width: none; margin: 0.4rem 0; }
  @media (max-width: 34rem) { dl div { grid-template-columns: 1fr; } dt { font-weight: 600; } }
  @media print {
    @page { margin: 1.8cm; }
    :root { --ink: #000; --faint: #333; --rule: #888; --ground: #fff; --tint: #fff; --link: #000; }
    body { padding: 0; max-width: none; font-size: 10.5pt; }
    .skip, nav { display: none; }
    .table, .picture { overflow: visible; }
    .drawing { min-width: 0; max-width: 16cm; }
    table { font-size: 9.5pt; }
    thead { display: table-header-group; }
    tr, figure, .made { break-inside: avoid; }
    h2, h3, caption { break-after: avoid; }
    .made { padding: 0; }
  }
  """
