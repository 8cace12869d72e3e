import WidenEngine
import WidenLanguage

/// Where a column's part of a group of rows stands.
struct ChunkPlace {
  /// Where its values start.
  var offset: Int
  /// Where the texts start that they refer to.
  var dictionaryOffset: Int?
  var byteCount: Int
}

/// A column of a Parquet file.
struct ParquetColumn {
  /// The physical types, by their numbers in the format.
  private enum Kind: Int {
    case boolean = 0
    case integer32 = 1
    case integer64 = 2
    case double = 5
    case bytes = 6
  }

  private let column: StoredColumn
  private let kind: Kind

  init(_ column: StoredColumn) {
    self.column = column
    kind =
      switch column.type {
      case .boolean: .boolean
      case .integer: .integer64
      case .decimal: .double
      case .date: .integer32
      case .category, .text, .month, .period: .bytes
      }
  }

  /// Its place in the schema: a name and a type, and that it may be missing.
  func writeSchema(_ thrift: inout CompactThrift) {
    thrift.integer(1, of: 32, kind.rawValue)
    thrift.integer(3, of: 32, 1)
    thrift.text(4, column.name)
    // What the type means: text in UTF-8, or days since 1970.
    if kind == .bytes { thrift.integer(6, of: 32, 0) }
    if kind == .integer32 { thrift.integer(6, of: 32, 6) }
  }

  /// What a reader must know to find and read a part of it.
  func writeMetadata(_ place: ChunkPlace, rowCount: Int, to thrift: inout CompactThrift) {
    thrift.integer(1, of: 32, kind.rawValue)
    thrift.list(2, of: .integer32, count: 3) {
      for encoding in [Encoding.plain, .levels, .dictionary] { $0.put(zigzag: encoding.rawValue) }
    }
    thrift.list(3, of: .text, count: 1) { $0.put(column.name) }
    thrift.integer(4, of: 32, 0)
    thrift.integer(5, of: 64, rowCount)
    thrift.integer(6, of: 64, place.byteCount)
    thrift.integer(7, of: 64, place.byteCount)
    thrift.integer(9, of: 64, place.offset)
    if let dictionary = place.dictionaryOffset { thrift.integer(11, of: 64, dictionary) }
  }

  /// The pages of these rows, which start at this place of the file.
  func chunk(of rows: Range<Int>, at start: Int) -> (bytes: [UInt8], place: ChunkPlace) {
    let values = rows.map { column.value($0) }
    var levels = values.map { $0 == .missing ? 0 : 1 }
    let isWhole = !levels.contains(0)
    let packed = isWhole ? repeated(1, count: rows.count) : bitPacked(levels, width: 1)
    levels = []
    var body = littleEndian(UInt32(packed.count)) + packed
    var before: [UInt8] = []
    var encoding = Encoding.plain
    if kind == .bytes {
      encoding = .dictionary
      var codes: [String: Int] = [:]
      var texts: [UInt8] = []
      let numbers = values.compactMap { value -> Int? in
        if value == .missing { return nil }
        let text = plainText(of: value)
        if let known = codes[text] { return known }
        texts += littleEndian(UInt32(text.utf8.count)) + Array(text.utf8)
        codes[text] = codes.count
        return codes.count - 1
      }
      before = page(.dictionary(count: codes.count), texts)
      let width = max(1, Int.bitWidth - max(0, codes.count - 1).leadingZeroBitCount)
      body += [UInt8(width)] + bitPacked(numbers, width: width)
    } else {
      appendPlain(values, to: &body)
    }
    let data = page(.data(rows: rows.count, encoding), body)
    let place = ChunkPlace(
      offset: start + before.count, dictionaryOffset: before.isEmpty ? nil : start,
      byteCount: before.count + data.count)
    return (before + data, place)
  }

  private func appendPlain(_ values: [Value], to body: inout [UInt8]) {
    if kind == .boolean {
      let flags = values.compactMap {
        if case .boolean(let flag) = $0 { flag ? 1 : 0 } else { nil }
      }
      // Plain truth values are bits without the head of a run.
      let groups = (flags.count + 7) / 8
      body += bitPacked(flags, width: 1).suffix(groups)
      return
    }
    for value in values {
      switch value {
      case .integer(let number): body += littleEndian(Int64(number))
      case .decimal(let number): body += littleEndian(number.bitPattern)
      case .date(let day): body += littleEndian(Int32(clamping: day.number))
      case .missing, .boolean, .text, .month, .period: break
      }
    }
  }
}

/// How values are written, by the numbers of the format.
private enum Encoding: Int {
  case plain = 0
  case levels = 3
  case dictionary = 8
}

private enum Page {
  case data(rows: Int, Encoding)
  case dictionary(count: Int)
}

/// A page: its head and its bytes.
private func page(_ page: Page, _ body: [UInt8]) -> [UInt8] {
  var thrift = CompactThrift()
  thrift.structure { head in
    switch page {
    case .data: head.integer(1, of: 32, 0)
    case .dictionary: head.integer(1, of: 32, 2)
    }
    head.integer(2, of: 32, body.count)
    head.integer(3, of: 32, body.count)
    switch page {
    case .data(let rows, let encoding):
      head.structure(5) {
        $0.integer(1, of: 32, rows)
        $0.integer(2, of: 32, encoding.rawValue)
        $0.integer(3, of: 32, Encoding.levels.rawValue)
        $0.integer(4, of: 32, Encoding.levels.rawValue)
      }
    case .dictionary(let count):
      head.structure(7) {
        $0.integer(1, of: 32, count)
        $0.integer(2, of: 32, Encoding.plain.rawValue)
      }
    }
  }
  return thrift.bytes + body
}
