/// Reads the streams of Arrow in which rows come: a schema, and batches of rows.
///
/// Every place is checked before it is read, so that no bytes can do harm.
struct ArrowStream {
  private(set) var fields: [ArrowField] = []
  /// Values that columns point into, by what the stream calls their list.
  private var dictionaries: [Int: [[UInt8]?]] = [:]

  /// A column whose type is not known, or rows that are none, end the reading.
  mutating func read(_ bytes: [UInt8], _ range: Range<Int>? = nil) throws(Malformed) -> [ArrowRows]
  {
    let stream = ArrowBytes(bytes, range)
    var batches: [ArrowRows] = []
    var position = 0
    while position < stream.count {
      var size = Int(try stream.number(position, as: Int32.self))
      position += 4
      if size == -1 {
        size = Int(try stream.number(position, as: Int32.self))
        position += 4
      }
      if size == 0 { break }
      let message = try FlatTable(root: try stream.part(position, size))
      position += size
      let bodySize = Int(try message.number(3, else: Int64(0)))
      let body = try stream.part(position, bodySize)
      position += bodySize
      guard let header = try message.table(2) else { continue }
      switch try message.number(1, else: UInt8(0)) {
      case 1: try readSchema(header)
      case 2: try readDictionary(header, body)
      case 3: batches.append(try readRows(header, body))
      default: continue
      }
    }
    return batches
  }

  private mutating func readSchema(_ table: FlatTable) throws(Malformed) {
    guard try table.number(0, else: Int16(0)) == 0 else {
      throw Malformed("numbers have their highest byte first, which is not read here")
    }
    var found: [ArrowField] = []
    for field in try table.tables(1) { found.append(try ArrowField(field)) }
    fields = found
    dictionaries = [:]
  }

  private mutating func readDictionary(_ table: FlatTable, _ body: ArrowBytes) throws(Malformed) {
    let identifier = Int(try table.number(0, else: Int64(0)))
    guard let type = fields.first(where: { $0.dictionary?.identifier == identifier })?.type,
      let data = try table.table(1)
    else { throw Malformed("values come for no column") }
    var buffers = try ArrowBuffers(data, body, columnCount: 1)
    var cells = CellTexts()
    try cells.append(buffers: &buffers, type)
    let values = cells.values
    dictionaries[identifier] =
      try table.flag(2) ? (dictionaries[identifier] ?? []) + values : values
  }

  private func readRows(_ table: FlatTable, _ body: ArrowBytes) throws(Malformed) -> ArrowRows {
    var buffers = try ArrowBuffers(table, body, columnCount: fields.count)
    var columns: [CellTexts] = []
    for field in fields {
      var cells = CellTexts()
      if let dictionary = field.dictionary {
        try cells.append(
          buffers: &buffers, dictionary.indices,
          pointingInto: dictionaries[dictionary.identifier] ?? [])
      } else {
        try cells.append(buffers: &buffers, field.type)
      }
      columns.append(cells)
    }
    return ArrowRows(rowCount: buffers.rowCount, columns: columns)
  }
}

/// The bytes of a batch, which its columns take one behind the other.
struct ArrowBuffers {
  let rowCount: Int
  private let body: ArrowBytes
  private let nodes: [(first: Int, second: Int)]
  private let places: [(first: Int, second: Int)]
  private var nextNode = 0
  private var nextPlace = 0

  init(_ table: FlatTable, _ body: ArrowBytes, columnCount: Int) throws(Malformed) {
    guard try table.table(3) == nil else {
      throw Malformed(
        "the server compresses its answers, which is not read here",
        hint: "the setting spark.sql.execution.arrow.compression.codec of the server has to be none"
      )
    }
    let rows = try table.number(0, else: Int64(0))
    guard (0...mostRows).contains(rows) else {
      throw Malformed("a batch says that it has \(rows) rows")
    }
    self.body = body
    rowCount = Int(rows)
    nodes = try table.pairs(1)
    places = try table.pairs(2)
    guard nodes.count == columnCount else {
      throw Malformed("a batch has other columns than its schema")
    }
  }

  /// How many cells of the next column are missing.
  mutating func missingCount() throws(Malformed) -> Int {
    guard nextNode < nodes.count, nodes[nextNode].first == rowCount else {
      throw Malformed("a column has another number of rows than its batch")
    }
    defer { nextNode += 1 }
    return nodes[nextNode].second
  }

  mutating func next() throws(Malformed) -> ArrowBytes {
    guard nextPlace < places.count else { throw Malformed("a batch has too few buffers") }
    defer { nextPlace += 1 }
    return try body.part(places[nextPlace].first, places[nextPlace].second)
  }
}

/// No server sends more rows at once: ten thousand are usual.
private let mostRows: Int64 = 1 << 24
