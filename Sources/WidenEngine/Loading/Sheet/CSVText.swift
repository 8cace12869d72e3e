/// Rows written as CSV for the scan, and where they stood.
struct CSVText {
  private(set) var bytes: [UInt8] = []
  private(set) var lines: LineMap
  private var line = 1

  /// Text whose rows stood on lines, or in rows, of a file.
  init(noun: String) {
    lines = LineMap(noun: noun)
  }

  /// Adds a row of `width` cells, padded with empty ones, that stood on `origin`.
  mutating func add(_ fields: [[UInt8]], width: Int, origin: Int) {
    lines.add(line, origin: origin)
    for column in 0..<width {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      if column < fields.count { add(fields[column]) }
    }
    // A lone empty cell must not look like a blank line.
    if width == 1, fields.first?.isEmpty ?? true { bytes.append(contentsOf: "\"\"".utf8) }
    bytes.append(Dialect.lineFeed)
    line += 1
  }

  private mutating func add(_ field: [UInt8]) {
    let needsQuotes = field.contains {
      $0 == UInt8(ascii: ",") || $0 == Dialect.quote || $0 == Dialect.lineFeed
        || $0 == Dialect.carriageReturn
    }
    guard needsQuotes else {
      bytes.append(contentsOf: field)
      return
    }
    bytes.append(Dialect.quote)
    for byte in field {
      if byte == Dialect.quote { bytes.append(byte) }
      if byte == Dialect.lineFeed { line += 1 }
      bytes.append(byte)
    }
    bytes.append(Dialect.quote)
  }
}

/// Where the lines of a text stood in the file that it was made of.
struct LineMap: Sendable {
  /// What a place in the file is called: a line, or a row of a sheet.
  var noun = "line"
  private var starts: [Int] = []
  private var offsets: [Int] = []

  init(noun: String = "line") {
    self.noun = noun
  }

  /// From this line on, lines stood as far on as `origin` is from `line`; lines come in order.
  mutating func add(_ line: Int, origin: Int) {
    guard offsets.last != origin - line else { return }
    starts.append(line)
    offsets.append(origin - line)
  }

  /// Where a line stood; the line itself in a file that was not rewritten.
  func origin(of line: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= line { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? line + offsets[low - 1] : line
  }
}
