import CXLSXWriter
import WidenEngine
import WidenLanguage

/// A result on a sheet of its own.
struct SheetTable {
  let section: Report.Section
  let sheetName: String
  /// The title with its number, without the markers of notes.
  let title: String
  let columns: [SheetColumn]
  /// How many of the leading columns say what a row is about.
  let labels: Int
  /// The shorthand that occurs.
  let shorthand: Set<String>
  fileprivate let notes: [Int]
  fileprivate let tableName: String

  init(_ section: Report.Section, number: Int, notes: [Int], names: inout Set<String>) {
    self.section = section
    self.notes = notes
    sheetName = "Table_\(number)"
    title = "Table \(number): \(section.shownTitle)"
    let table = section.answer.table
    let pages = pageColumns(of: table, rows: 0..<min(table.rowCount, 5000))
    let labels = labelCount(pages.map(\.description))
    self.labels = labels
    var columns = pages.enumerated().map { position, page in
      SheetColumn(page, table.columns[page.index], isLabel: position < labels)
    }
    makeUnique(&columns)
    self.columns = columns
    shorthand = columns.reduce(into: []) { $0.formUnion($1.shorthand) }
    tableName = uniqueTableName("table_\(number)_" + section.shownTitle, among: &names)
  }

  /// The lines above the table.
  fileprivate var lines: [String] {
    var lines = ["This worksheet contains one table."]
    lines += section.prose
    if !notes.isEmpty {
      lines[0] += " It refers to notes, which are found on the Notes worksheet."
    }
    if let shorthand = Shorthand.explanation(of: shorthand) { lines.append(shorthand + ".") }
    var source = "Source: \(section.context.datasetName)"
    if section.answer.isSynthetic || section.context.isSynthetic {
      source += ". " + syntheticSentence
    }
    lines.append(source + ".")
    return lines
  }
}

/// Writes a result to its sheet, row by row.
func writeTable(_ table: SheetTable, to file: WorkbookFile) {
  let formats = file.formats
  var page = SheetPage(file, named: table.sheetName)
  for (index, column) in table.columns.enumerated() { page.setWidth(column.width, ofColumn: index) }
  page.write(
    table.title + table.notes.map { " [note \($0)]" }.joined(), formats.title)
  for line in table.lines { page.write(line, formats.line) }
  let first = page.row
  guard !table.columns.isEmpty else {
    page.write(["Result"], formats.heading)
    page.write(["(no columns)"], formats.text)
    page.addTable(named: table.tableName, headings: ["Result"], from: first)
    return
  }
  for (index, column) in table.columns.enumerated() {
    page.put(
      column.heading, at: index, column.page.isNumber ? formats.numberHeading : formats.heading)
  }
  page.endRow()
  let codes = table.columns.map { formats.number(numberCode($0.page)) }
  let date = formats.number("yyyy-mm-dd", isLeft: true)
  let code = formats.number("0", isLeft: true)
  for row in 0..<table.section.answer.table.rowCount {
    for (index, column) in table.columns.enumerated() {
      switch column.cell(row) {
      case .number(let number): page.put(number, at: index, codes[index])
      case .date(let number): page.put(number, at: index, date)
      case .code(let number): page.put(number, at: index, code)
      case .text(let text): page.put(text, at: index, formats.text)
      case .mark(let mark): page.put(mark, at: index, formats.mark)
      }
    }
    page.endRow()
  }
  if table.section.answer.table.rowCount == 0 {
    // A table has a row at least, and no cell of it is empty.
    for index in table.columns.indices { page.put("(no rows)", at: index, formats.text) }
    page.endRow()
  }
  page.addTable(
    named: table.tableName, headings: table.columns.map(\.heading), from: first)
  addChart(to: page, of: table, headingRow: first, file)
}

/// Gives columns of one name different ones, whatever their capitals, and none more than 255 letters.
private func makeUnique(_ columns: inout [SheetColumn]) {
  var known: Set<String> = []
  for index in columns.indices {
    let name = String(columns[index].heading.unicodeScalars.prefix(240))
    var heading = name
    var number = 2
    while !known.insert(heading.lowercased()).inserted {
      heading = "\(name) (\(number))"
      number += 1
    }
    columns[index].heading = heading
  }
}

/// A name for a table as Excel allows it: letters, digits and underscores, unlike a cell's.
private func uniqueTableName(_ text: String, among names: inout Set<String>) -> String {
  var name = ""
  for character in text.lowercased() {
    let isPlain = character.isASCII && (character.isLetter || character.isNumber)
    if isPlain { name.append(character) } else if name.last != "_" { name.append("_") }
    if name.count >= 60 { break }
  }
  while name.last == "_" { name.removeLast() }
  while !names.insert(name).inserted { name += "_" }
  return name
}
