import WidenEngine
import WidenLanguage

/// Writes results as one page that needs nothing else: no script, no font, no picture from elsewhere.
///
/// Each result is a section with its prose, a drawing where one is wanted, a table that screen
/// readers can walk through, its notes, and how it was made. The page follows the reader's choice of
/// light or dark and prints well.
///
/// - Throws: `PublishError.noChart` when a result has not what the drawing that it is to have needs.
public func writeHTMLReport(
  _ report: Report, to sink: ([UInt8]) throws(PublishError) -> Void
) throws(PublishError) {
  try sink(Array(pageHead(report).utf8))
  for (index, section) in report.sections.enumerated() {
    try writeSection(section, number: index + 1, to: sink)
  }
  try sink(Array(pageFoot(report).utf8))
}

private func pageHead(_ report: Report) -> String {
  let title = shown(report.shownTitle)
  var page = """
    <!doctype html>
    <html lang="en-GB">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title)</title>
    <style>
    \(pageStyle)
    \(Drawing.style)
    </style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header>
    <h1>\(title)</h1>

    """
  page += paragraphs(report.prose)
  if report.isSynthetic {
    page +=
      "<p class=\"synthetic\"><strong>Synthetic data:</strong> the people and figures are invented.</p>\n"
  }
  page += "</header>\n"
  if report.sections.count > 1 {
    page += "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ol>\n"
    for (index, section) in report.sections.enumerated() {
      page += "<li><a href=\"#section-\(index + 1)\">\(shown(section.shownTitle))</a></li>\n"
    }
    page += "</ol>\n</nav>\n"
  }
  return page + "<main id=\"main\" tabindex=\"-1\">\n"
}

private func pageFoot(_ report: Report) -> String {
  let contexts = report.sections.map(\.context)
  var page = "</main>\n<footer>\n"
  for line in unique(contexts.flatMap(\.attribution)) { page += "<p>\(shown(line))</p>\n" }
  if let context = contexts.first {
    page +=
      "<p>Made with widen \(shown(context.version)) on \(shown(dayInWords(context.time))).</p>\n"
  }
  return page + "</footer>\n</body>\n</html>\n"
}

private func writeSection(
  _ section: Report.Section, number: Int, to sink: ([UInt8]) throws(PublishError) -> Void
) throws(PublishError) {
  let name = "section-\(number)"
  let title = shown(section.shownTitle)
  var page = "<section aria-labelledby=\"\(name)\">\n<h2 id=\"\(name)\">\(title)</h2>\n"
  page += paragraphs(section.prose)
  let kind: ChartKind?
  switch section.drawing {
  case .none: kind = nil
  case .suited: kind = nil
  case .kind(let wish): kind = wish
  }
  if section.drawing != .none {
    do throws(ChartError) {
      let picture = try drawing(
        of: section.answer, kind, title: section.shownTitle, identifier: "chart-\(number)",
        isAlone: false)
      // On a narrow page it is wider than the page, and the keyboard has to be able to scroll it.
      page +=
        "<figure class=\"picture\" tabindex=\"0\" aria-label=\"Chart: \(title)\">\n"
        + "\(picture)</figure>\n"
    } catch {
      throw .noChart(error.message, hint: error.hint)
    }
  }
  try sink(Array(page.utf8))
  try writeTable(section, number: number, to: sink)
  try sink(Array((story(below: section, number: number) + "</section>\n").utf8))
}

/// Notes, shorthand, and how the figures were made.
private func story(below section: Report.Section, number: Int) -> String {
  var page = ""
  let notes = section.answer.notes.map { shown(noteSentence($0)) }
  let marks = section.answer.table.columns.contains { ($0.withheld?.setCount ?? 0) > 0 }
  let shorthand = Shorthand.explanation(of: marks ? [TableColumn.withheldMark] : [])
  let lines = notes + (shorthand.map { [shown($0)] } ?? [])
  if !lines.isEmpty {
    page += "<ul class=\"notes\">\n" + lines.map { "<li>\($0)</li>\n" }.joined() + "</ul>\n"
  }
  page += "<div class=\"made\">\n<h3>How it was made</h3>\n<dl>\n"
  for item in story(section.answer, section.context) {
    let text = item.text.split(separator: "\n").map { shown(String($0)) }.joined(separator: "\n")
    let value = item.name == "Query" ? "<code>\(text)</code>" : text
    page += "<div><dt>\(item.name)</dt><dd>\(value)</dd></div>\n"
  }
  return page + "</dl>\n</div>\n"
}

/// Text as a page shows it: control characters as signs, and what HTML reads as something escaped.
func shown(_ text: String) -> String { escapedHTML(visible(text, usesUnicode: true)) }

private func paragraphs(_ texts: [String]) -> String {
  texts.map { "<p>\(shown($0))</p>\n" }.joined()
}

/// Texts without those that were there before.
func unique(_ texts: [String]) -> [String] {
  var known: Set<String> = []
  return texts.filter { known.insert($0).inserted }
}
