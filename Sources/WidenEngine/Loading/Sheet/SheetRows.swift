import WidenLanguage

/// Turns the rows of a sheet, with titles, notes and blank rows, into text that can be scanned.
struct SheetRows {
  /// How rows that are shorter or longer than the header are to be taken.
  enum Origin {
    /// Text: every row has as many fields as the header.
    case text
    /// A workbook or a database, which stores no empty cells at the end of a row.
    case cells
  }

  private let source: ByteSource
  private let options: LoadOptions
  private let origin: Origin
  private let sheet: String?
  private var text: CSVText
  private var headers: [[[UInt8]]] = []
  private var header: HeaderNames?
  private var headerLine = 1
  private var lastRow = 0
  private var filledColumns: [Int] = []
  /// What stands above the empty cells of those columns.
  private var above: [[UInt8]] = []
  private var leftOut = LeftOut()
  /// The first rows of a sheet of which nothing was declared: they show where its header stands.
  private var sample: [(fields: [[UInt8]], row: Int, line: Int)]?

  init(_ source: ByteSource, _ options: LoadOptions, _ origin: Origin, sheet: String? = nil) {
    self.source = source
    self.options = options
    self.origin = origin
    self.sheet = sheet
    text = CSVText(noun: origin == .text ? "line" : "row")
    if !options.isPublishedSheet { sample = [] }
  }

  /// Adds row number `row` of the sheet, from 1, which starts on `line` of the file.
  ///
  /// Rows between this one and the one before are blank.
  mutating func add(_ fields: [[UInt8]], row: Int, line: Int) throws(LoadError) {
    guard sample != nil else { return try take(fields, row: row, line: line) }
    sample?.append((fields, row, line))
    if sample?.count == 30 { try replay() }
  }

  /// The text, when all rows have been added.
  mutating func finish() throws(LoadError) -> PreparedText {
    try replay()
    if header == nil, !headers.isEmpty { try finishHeader() }
    guard let header else {
      throw LoadError("no row is left in \(name) for the header")
    }
    var prepared = PreparedText(
      file: TextFile(written: text.bytes, for: source, lines: text.lines))
    prepared.nameless = header.nameless
    prepared.notes = leftOut.finished(isDeclared: options.isPublishedSheet)
    return prepared
  }

  private var name: String { shown(source.name, limit: 100) }

  /// Takes the rows that were held back, unless they show that titles stand above the header.
  private mutating func replay() throws(LoadError) {
    guard let held = sample else { return }
    sample = nil
    if var place = HeaderPlace(held.map(\.fields)) {
      // Blank rows at the top are skipped without a word.
      let isBlank = held[..<place.skipRows].allSatisfy { $0.fields.allSatisfy(\.isEmpty) }
      place.skipRows = held[place.skipRows].row - 1
      if !isBlank { throw LoadError.titles(place, source, sheet: sheet) }
    }
    for row in held { try take(row.fields, row: row.row, line: row.line) }
  }

  private mutating func take(_ fields: [[UInt8]], row: Int, line: Int) throws(LoadError) {
    let gap = row - lastRow - 1
    lastRow = row
    guard row > options.skipRows else { return }
    if let long = fields.firstIndex(where: { $0.count > options.maximumFieldBytes }) {
      throw LoadError(
        "field \(long + 1) on \(text.lines.noun) \(line) of \(name) is longer than "
          + counted(options.maximumFieldBytes, "byte"), line: line)
    }
    let filled = fields.lastIndex { !$0.isEmpty }
    guard let header else {
      if filled == nil { return }
      headers.append(fields)
      if headers.count == 1 { headerLine = line }
      if headers.count == options.headerRows ?? 1 { try finishHeader() }
      return
    }
    leftOut.addBlanks(gap)
    guard let filled else { return leftOut.addBlanks(1) }
    let width = header.names.count
    let isAside = filled == 0 && (width > 2 || width == 2 && leftOut.followsBlank)
    if !isAside, origin == .text ? fields.count != width : filled >= width {
      throw ragged(line: line, count: origin == .text ? fields.count : filled + 1, width)
    }
    let isLeftOut = leftOut.add(isAside: isAside, isDeclared: options.isPublishedSheet, fields[0])
    let row = filledDown(fields)
    if isLeftOut { return }
    text.add(row, width: width, origin: line)
    if text.bytes.count > decodedLimit {
      throw LoadError("\(name) is too large: its cells have more than 2 GiB of text")
    }
  }

  private mutating func finishHeader() throws(LoadError) {
    if let widest = headers.map(\.count).max(), widest > Header.maximumColumns {
      throw LoadError.columns(widest, name)
    }
    var rows = headers
    if origin == .cells {
      for index in rows.indices {
        let end = rows[index].lastIndex { !$0.isEmpty } ?? -1
        rows[index].removeLast(rows[index].count - 1 - end)
      }
    }
    var found = HeaderNames(rows)
    // Where nothing is declared, a column without a name is a mistake that the header names.
    if !options.isPublishedSheet { found = HeaderNames(plain: rows[0]) }
    for column in options.filledColumns {
      let names = found.names.map { String(decoding: $0, as: UTF8.self) }
      filledColumns.append(try LoadError.column(column, of: names, in: name))
    }
    above = Array(repeating: [], count: filledColumns.count)
    header = found
    text.add(found.names, width: found.names.count, origin: headerLine)
  }

  /// The row with the values above in its empty cells where that was asked for.
  private mutating func filledDown(_ fields: [[UInt8]]) -> [[UInt8]] {
    guard !filledColumns.isEmpty else { return fields }
    var row = fields
    for (index, column) in filledColumns.enumerated() {
      while row.count <= column { row.append([]) }
      if row[column].isEmpty { row[column] = above[index] } else { above[index] = row[column] }
    }
    return row
  }

  private func ragged(line: Int, count: Int, _ width: Int) -> LoadError {
    let unit = origin == .text ? "field" : "cell"
    return LoadError(
      "\(text.lines.noun) \(line) of \(name) has \(counted(count, unit)), but the header has "
        + "\(grouped(width))", line: line,
      hint: "a note beside the table must be taken out, a column needs a name")
  }
}

/// The rows of a sheet that are none of its table.
private struct LeftOut {
  private var blanks = 0
  private var pendingBlanks = 0
  private var headings: [[UInt8]] = []
  /// Rows with only their first cell filled, since the last row of figures.
  private var pending: [[UInt8]] = []

  /// Whether the row before was blank or left out after a blank one.
  var followsBlank: Bool { pendingBlanks > 0 }

  mutating func addBlanks(_ count: Int) { pendingBlanks += count }

  /// Notes a row; true when it is not to be kept.
  mutating func add(isAside: Bool, isDeclared: Bool, _ first: [UInt8]) -> Bool {
    guard isAside else {
      blanks += pendingBlanks
      headings += pending
      (pendingBlanks, pending) = (0, [])
      return false
    }
    pending.append(first)
    return isDeclared
  }

  /// What to say of them when no more rows come.
  func finished(isDeclared: Bool) -> [Answer.Note] {
    guard isDeclared else {
      guard let first = pending.first else { return [] }
      let start = shown(String(decoding: first, as: UTF8.self))
      return [
        Answer.Note(
          .warning,
          "\(counted(pending.count, "last row")) have only a first cell, such as \(start): "
            + "'with headers = 1' leaves notes below the table out")
      ]
    }
    var parts: [String] = []
    if blanks > 0 { parts.append(counted(blanks, "blank row")) }
    if let part = quoted(headings, "sub-heading") { parts.append(part) }
    if let part = quoted(pending, "footnote") { parts.append(part) }
    return parts.isEmpty ? [] : [Answer.Note(.note, "left out: \(list(parts))")]
  }

  private func quoted(_ texts: [[UInt8]], _ noun: String) -> String? {
    guard let first = texts.first else { return nil }
    return "\(counted(texts.count, noun)) (\(shown(String(decoding: first, as: UTF8.self)))"
      + "\(texts.count > 1 ? ", …" : ""))"
  }
}
