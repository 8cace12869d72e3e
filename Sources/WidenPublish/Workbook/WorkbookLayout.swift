import WidenEngine
import WidenLanguage

/// What stands on which sheet of a workbook.
struct WorkbookLayout {
  let report: Report
  let tables: [SheetTable]
  /// The notes of all results, each once, in the order of their numbers.
  private(set) var notes: [String] = []

  init(_ report: Report) {
    self.report = report
    var notes: [String] = []
    var names: Set<String> = []
    tables = report.sections.enumerated().map { index, section in
      let numbers = section.answer.notes.map { note in
        let text = noteSentence(note)
        if let known = notes.firstIndex(of: text) { return known + 1 }
        notes.append(text)
        return notes.count
      }
      return SheetTable(section, number: index + 1, notes: numbers, names: &names)
    }
    self.notes = notes
  }

  /// The cover, the list of contents and the notes.
  func writeFront(to file: WorkbookFile) {
    var cover = SheetPage(file, named: "Cover")
    cover.setWidth(100, ofColumn: 0)
    cover.write(report.shownTitle, file.formats.title)
    for line in coverLines { cover.write(line, file.formats.text) }
    var rows = tables.map { [$0.sheetName, $0.title] }
    if !notes.isEmpty { rows.insert(["Notes", "The notes that the tables refer to"], at: 0) }
    rows.append(["About", "How the figures were made"])
    writeList(
      rows, headings: ["Worksheet", "What it holds"], widths: [16, 84], title: "Contents",
      lines: ["This worksheet contains one table: a list of the worksheets."], hasLinks: true,
      to: file)
    if notes.isEmpty { return }
    writeList(
      notes.enumerated().map { ["[note \($0.offset + 1)]", $0.element] },
      headings: ["Note number", "Note"], widths: [16, 84], title: "Notes",
      lines: ["This worksheet contains one table: the notes that the tables refer to."], to: file)
  }

  /// The sheet that tells how the figures were made.
  func writeAbout(to file: WorkbookFile) {
    var rows: [[String]] = []
    for table in tables {
      rows += story(table.section).filter { $0.name != "Note" }.map {
        [table.sheetName, $0.name, $0.text.isEmpty ? "(none)" : $0.text]
      }
    }
    writeList(
      rows, headings: ["Worksheet", "Item", "Value"], widths: [16, 24, 90], title: "About",
      lines: [
        "This worksheet contains one table: how the figures of each worksheet were made.",
        "Source: the queries and the dataset that the table names.",
      ], to: file)
  }

  private var coverLines: [String] {
    var lines = report.prose
    if report.isSynthetic { lines.append(syntheticSentence + ".") }
    let contexts = report.sections.map(\.context)
    lines.append("Source: " + list(unique(contexts.map(\.datasetName))) + ".")
    lines += unique(contexts.flatMap(\.attribution))
    lines.append("Disclosure control policy: " + list(unique(contexts.map(\.policy))) + ".")
    let marks = tables.reduce(into: Set<String>()) { $0.formUnion($1.shorthand) }
    if let shorthand = Shorthand.explanation(of: marks) { lines.append(shorthand + ".") }
    if !notes.isEmpty {
      lines.append("Markers such as [note 1] refer to the notes on the Notes worksheet.")
    }
    lines.append(
      "The worksheet About tells how each figure was made: the query, its parameters, the rows "
        + "after each step and the policy.")
    if let context = contexts.first {
      lines.append("Made with widen \(context.version) on \(dayInWords(context.time)).")
    }
    return lines
  }

  /// A sheet with a title, some lines and a table of texts.
  private func writeList(
    _ rows: [[String]], headings: [String], widths: [Double], title: String, lines: [String],
    hasLinks: Bool = false, to file: WorkbookFile
  ) {
    let formats = file.formats
    var page = SheetPage(file, named: title)
    for (column, width) in widths.enumerated() { page.setWidth(width, ofColumn: column) }
    page.write(title, formats.title)
    for line in lines { page.write(line, formats.line) }
    let first = page.row
    page.write(headings, formats.heading)
    for row in rows {
      for (column, text) in row.enumerated() {
        if hasLinks, column == 0 {
          page.link(text, to: text, column: column)
        } else if let number = wholeNumber(text) {
          page.put(number, at: column, formats.number("0", isLeft: true))
        } else {
          page.put(sheetText(text, keepsLines: true), at: column, formats.text)
        }
      }
      page.endRow()
    }
    page.addTable(named: title + "_list", headings: headings, from: first)
  }
}
