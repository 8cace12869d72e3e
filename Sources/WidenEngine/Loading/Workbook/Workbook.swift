import WidenLanguage

/// The sheet of an Excel workbook as text that can be scanned.
func sheetText(_ source: ByteSource, _ options: LoadOptions, isCancelled: () -> Bool)
  throws(LoadError) -> PreparedText
{
  let archive = try ZipArchive(source)
  let name = shown(source.name, limit: 100)
  let start = try Relationships(of: "", in: archive).byPurpose["officeDocument"]
  guard let main = start ?? (archive.has("xl/workbook.xml") ? "xl/workbook.xml" : nil),
    archive.has(main), main.hasSuffix(".xml")
  else { throw noWorkbook(archive) }
  let relationships = try Relationships(of: main, in: archive)
  let index = WorkbookIndex()
  try readXML(main, of: archive, index)
  let sheet = try chosen(index.sheets, options.sheet, name)
  guard let path = relationships.targets[sheet.relationship], archive.has(path) else {
    throw LoadError(
      "\(name) is damaged: its sheet \(shown(sheet.name)) is missing", hint: "save it again")
  }
  let styles = WorkbookStyles()
  if let part = relationships.byPurpose["styles"] { try readXML(part, of: archive, styles) }
  let texts = SharedTexts()
  if let part = relationships.byPurpose["sharedStrings"] { try readXML(part, of: archive, texts) }
  return try withoutActuallyEscaping(isCancelled) { isCancelled throws(LoadError) in
    let rows = RowBox(SheetRows(source, options, .cells, sheet: options.sheet))
    let reader = SheetReader(of: name, texts, styles, isFrom1904: index.isFrom1904) {
      fields, number throws(LoadError) in
      if number % 1024 == 0, isCancelled() { throw .cancelled }
      try rows.rows.add(fields, row: number, line: number)
    }
    try readXML(path, of: archive, reader)
    var prepared = try rows.rows.finish()
    prepared.notes.insert(Answer.Note(.note, "read from the sheet \(shown(sheet.name))"), at: 0)
    if reader.errors > 0 {
      prepared.notes.append(
        Answer.Note(
          .warning,
          "\(counted(reader.errors, "cell")) with an error such as \(shown(reader.firstError)) "
            + "\(reader.errors == 1 ? "was" : "were") read as missing"))
    }
    if reader.unknownFormulas > 0 {
      prepared.notes.append(
        Answer.Note(
          .warning,
          "\(counted(reader.unknownFormulas, "formula")) without a stored value "
            + "\(reader.unknownFormulas == 1 ? "was" : "were") read as missing: "
            + "save the workbook from a spreadsheet to store them"))
    }
    return prepared
  }
}

/// Rows that a closure adds to.
private final class RowBox {
  var rows: SheetRows

  init(_ rows: SheetRows) {
    self.rows = rows
  }
}

/// The sheet that is asked for, or the only one that is not hidden.
private func chosen(_ sheets: [WorkbookIndex.Sheet], _ wanted: String?, _ name: String)
  throws(LoadError) -> WorkbookIndex.Sheet
{
  let names = sheets.map(\.name)
  if let wanted {
    if let index = names.firstIndex(of: wanted)
      ?? names.firstIndex(where: { $0.lowercased() == wanted.lowercased() })
    {
      return sheets[index]
    }
    throw LoadError(
      "\(name) has no sheet \(shown(wanted))",
      hint: nearest(wanted, in: names).map { "did you mean \(shown($0))?" } ?? listed(sheets))
  }
  let visible = sheets.filter { !$0.isHidden }
  guard let only = visible.first else { throw LoadError("\(name) has no sheets") }
  guard visible.count == 1 else {
    throw LoadError(
      "\(name) has \(visible.count) sheets, and none was named", hint: listed(visible))
  }
  return only
}

private func listed(_ sheets: [WorkbookIndex.Sheet]) -> String {
  let names = sheets.prefix(20).map { "\"\(visible($0.name))\"" }
  return "name one: sheet \(names.joined(separator: ", "))\(sheets.count > 20 ? ", …" : "")"
}

private func noWorkbook(_ archive: ZipArchive) -> LoadError {
  let name = shown(archive.source.name, limit: 100)
  if archive.has("xl/workbook.bin") {
    return LoadError("\(name) is a binary workbook", hint: "save it as .xlsx")
  }
  if archive.has("content.xml") {
    return LoadError("\(name) is an OpenDocument file", hint: "save it as .xlsx or CSV")
  }
  return LoadError(
    "\(name) is a zip archive, but no Excel workbook", hint: "unpack it, and load what is inside")
}
