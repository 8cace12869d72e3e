import WidenLanguage

/// Text that is ready for the scan, and what was decided on the way to it.
struct PreparedText {
  var file: TextFile
  /// Columns, by index, that have no name: they are left out when they are blank.
  var nameless: Set<Int> = []
  /// Columns, by index, whose numbers are codes.
  var codeColumns: Set<Int> = []
  var notes: [Answer.Note] = []

  init(file: TextFile) {
    self.file = file
  }

  /// A text as it is, or without the rows that are none of its table where some were declared.
  init(_ file: TextFile, _ options: LoadOptions, isCancelled: () -> Bool) throws(LoadError) {
    self.file = file
    let lower = file.source.name.lowercased()
    let isNamedForTabs = lower.hasSuffix(".tsv") || lower.hasSuffix(".tab")
    let expected = options.separator ?? (isNamedForTabs ? .tab : .comma)
    var reader = file.reader(maximumFieldBytes: options.maximumFieldBytes, keepsFields: true)
    if options.isPublishedSheet {
      var sheet = SheetRows(file.source, options, .text)
      var row = 0
      while try reader.next() {
        row += 1
        try sheet.add(reader.fields, row: row, line: reader.line)
        if row % 1024 == 0, isCancelled() { throw .cancelled }
      }
      if row <= options.skipRows {
        throw LoadError(
          "\(shown(file.source.name, limit: 100)) has \(counted(row, "row")), so "
            + "\(grouped(options.skipRows)) cannot be skipped")
      }
      self = try sheet.finish()
    } else {
      var first: [[[UInt8]]] = []
      while first.count < 30, (try? reader.next()) == true { first.append(reader.fields) }
      if let place = HeaderPlace(first) {
        throw LoadError.titles(place, file.source, sheet: nil)
      }
    }
    if file.separator != expected {
      notes.insert(Answer.Note(.note, "read as separated by \(file.separator.plural)"), at: 0)
    }
  }
}
