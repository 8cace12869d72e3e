import WidenLanguage

/// Which bytes separate fields and end rows.
struct Dialect: Hashable, Sendable {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed: UInt8 = 10
  static let carriageReturn: UInt8 = 13

  var separator = UInt8(ascii: ",")
  /// A line feed, or a carriage return in a file without line feeds.
  ///
  /// A carriage return right before a line feed belongs to the line's end.
  var newline = Dialect.lineFeed
}

/// Reads rows byte by byte and knows their lines: for the header, for errors, for what is rare.
///
/// It accepts exactly what the fast reader accepts, and says what is wrong with the rest.
struct RecordReader {
  /// The fields of the row read last, unquoted; empty unless `keepsFields`.
  private(set) var fields: [[UInt8]] = []
  /// How many fields the row read last has.
  private(set) var fieldCount = 0
  /// The line on which the row read last starts, from 1.
  private(set) var line: Int
  /// Where the next row starts.
  private(set) var position: Int
  var keepsFields: Bool

  private enum State { case fieldStart, unquoted, quoted, closed, closedReturn }

  private let source: ByteSource
  private let dialect: Dialect
  private let end: Int
  private let maximumFieldBytes: Int
  private var nextLine: Int
  private var window: [UInt8] = []
  private var windowStart: Int
  private var utf8 = UTF8Check()
  // Of the row that is being read.
  private var state = State.fieldStart
  private var field: [UInt8] = []
  private var fieldBytes = 0
  private var lineStart: Int
  private var quoteLine = 0

  /// A reader from `start`, where a row starts on `line`, to `end`.
  init(
    _ source: ByteSource, _ dialect: Dialect, from start: Int, to end: Int, line: Int = 1,
    maximumFieldBytes: Int, keepsFields: Bool = false
  ) {
    self.source = source
    self.dialect = dialect
    self.end = end
    self.line = line
    self.maximumFieldBytes = maximumFieldBytes
    self.keepsFields = keepsFields
    position = start
    nextLine = line
    windowStart = start
    lineStart = start
  }

  /// Reads a row; false at the end.
  mutating func next() throws(LoadError) -> Bool {
    guard position < end else { return false }
    fields.removeAll(keepingCapacity: true)
    (fieldCount, line, state, fieldBytes) = (0, nextLine, .fieldStart, 0)
    field.removeAll(keepingCapacity: true)
    while position < end {
      if position - windowStart >= window.count { try refill() }
      let byte = window[position - windowStart]
      position += 1
      if byte == 0 || !utf8.accepts(byte) { throw notText(byte) }
      let isRowEnd = byte == dialect.newline && state != .quoted
      if byte == dialect.newline {
        nextLine += 1
        lineStart = position
      }
      if isRowEnd {
        guard utf8.isComplete else { throw notText(byte) }
        try endField(atRowEnd: true)
        return true
      }
      try take(byte)
    }
    if !utf8.isComplete { throw notText(0x80) }
    if state == .quoted { throw unclosed }
    try endField(atRowEnd: true)
    return true
  }

  private mutating func take(_ byte: UInt8) throws(LoadError) {
    switch state {
    case .fieldStart where byte == Dialect.quote:
      state = .quoted
      quoteLine = nextLine
      return
    case .fieldStart, .unquoted:
      if byte == dialect.separator { return try endField(atRowEnd: false) }
      if byte == Dialect.quote { throw strayQuote }
      state = .unquoted
    case .quoted:
      if byte == Dialect.quote {
        state = .closed
        return
      }
    case .closed:
      if byte == dialect.separator { return try endField(atRowEnd: false) }
      if byte == Dialect.carriageReturn, dialect.newline == Dialect.lineFeed {
        state = .closedReturn
        return
      }
      guard byte == Dialect.quote else { throw textAfterQuote }
      state = .quoted
    case .closedReturn: throw textAfterQuote
    }
    fieldBytes += 1
    if fieldBytes > maximumFieldBytes { throw state == .quoted ? unclosed : tooLong }
    if keepsFields { field.append(byte) }
  }

  private mutating func endField(atRowEnd: Bool) throws(LoadError) {
    if keepsFields {
      let endsInReturn =
        dialect.newline == Dialect.lineFeed && state == .unquoted
        && field.last == Dialect.carriageReturn
      if atRowEnd, endsInReturn { field.removeLast() }
      fields.append(field)
      field.removeAll(keepingCapacity: true)
    }
    fieldCount += 1
    fieldBytes = 0
    state = .fieldStart
  }

  private mutating func refill() throws(LoadError) {
    windowStart = position
    window = try source.bytes(position..<min(end, position + (256 << 10)))
  }
}

extension RecordReader {
  private var place: Int { position - lineStart }

  private var unclosed: LoadError {
    LoadError(
      "the quoted field that opens on line \(quoteLine) of \(shown(source.name, limit: 100)) is not closed",
      line: quoteLine,
      hint: "close the quote; a field may have \(counted(maximumFieldBytes, "byte"))")
  }

  private var tooLong: LoadError {
    LoadError(
      "field \(fieldCount + 1) on line \(nextLine) of \(shown(source.name, limit: 100)) is longer than "
        + counted(maximumFieldBytes, "byte"), line: nextLine, column: place)
  }

  private var strayQuote: LoadError {
    LoadError(
      "a quote stands inside of field \(fieldCount + 1) on line \(nextLine) of \(shown(source.name, limit: 100))",
      line: nextLine, column: place,
      hint: "put the whole field in quotes and double the quotes inside of it")
  }

  private var textAfterQuote: LoadError {
    LoadError(
      "text follows the closing quote of field \(fieldCount + 1) on line \(nextLine) of "
        + shown(source.name, limit: 100), line: nextLine, column: place,
      hint: quoteLine == nextLine
        ? "double the quotes inside of a quoted field"
        : "the field opens on line \(quoteLine): its quote may never have been closed")
  }

  private func notText(_ byte: UInt8) -> LoadError {
    let name = shown(source.name, limit: 100)
    if byte == 0 {
      return LoadError(
        "\(name) is not text: line \(nextLine) holds a zero byte", line: nextLine, column: place)
    }
    var error = LoadError(
      "\(name) is not UTF-8 text: line \(nextLine) holds a byte that does not belong there",
      line: nextLine, column: place, hint: "save it as 'CSV UTF-8'")
    error.isEncoding = true
    return error
  }
}
