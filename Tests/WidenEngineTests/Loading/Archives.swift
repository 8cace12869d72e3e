import CZlib

@testable import WidenEngine

/// Packs bytes with zlib, as gzip or bare.
func packed(_ bytes: [UInt8], _ form: Inflater.Form) -> [UInt8] {
  let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  stream.initialize(to: z_stream())
  defer { stream.deallocate() }
  deflateInit2_(
    stream, 6, Z_DEFLATED, form.rawValue, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  var source = bytes
  return source.withUnsafeMutableBufferPointer { source in
    [UInt8](unsafeUninitializedCapacity: Int(deflateBound(stream, UInt(source.count))) + 64) {
      target, count in
      stream.pointee.next_in = source.baseAddress
      stream.pointee.avail_in = UInt32(source.count)
      stream.pointee.next_out = target.baseAddress
      stream.pointee.avail_out = UInt32(target.count)
      deflate(stream, Z_FINISH)
      count = target.count - Int(stream.pointee.avail_out)
      deflateEnd(stream)
    }
  }
}

/// A zip archive of these parts, every second one packed.
func zip(_ parts: [(name: String, text: String)], flags: Int = 0, damage: UInt8 = 0) -> [UInt8] {
  func short(_ number: Int) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8 & 255)] }
  func word(_ number: Int) -> [UInt8] { short(number & 0xFFFF) + short(number >> 16) }
  var bytes: [UInt8] = []
  var directory: [UInt8] = []
  for (index, part) in parts.enumerated() {
    let content = Array(part.text.utf8)
    let isPacked = index % 2 == 1
    let stored = isPacked ? packed(content, .raw) : content
    let checksum = Int(crc32(0, content, UInt32(content.count))) ^ Int(damage)
    let shape =
      short(20) + short(flags) + short(isPacked ? 8 : 0) + word(0) + word(checksum)
      + word(stored.count) + word(content.count) + short(part.name.utf8.count) + short(0)
    directory +=
      word(0x0201_4B50) + short(20) + shape + short(0) + short(0) + short(0) + word(0)
      + word(bytes.count) + Array(part.name.utf8)
    bytes += word(0x0403_4B50) + shape + Array(part.name.utf8) + stored
  }
  return bytes + directory + word(0x0605_4B50) + word(0) + short(parts.count) + short(parts.count)
    + word(directory.count) + word(bytes.count) + short(0)
}

/// A workbook of sheets given as the XML between the tags of their rows.
func workbook(
  _ sheets: [(name: String, rows: String)], texts: [String] = [], formats: [String] = [],
  properties: String = "", flags: Int = 0, damage: UInt8 = 0
) -> [UInt8] {
  let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  func relationships(_ all: [(id: String, purpose: String, target: String)]) -> String {
    "<Relationships>"
      + all.map {
        "<Relationship Id=\"\($0.id)\" Type=\"\(relation)/\($0.purpose)\" Target=\"\($0.target)\"/>"
      }.joined() + "</Relationships>"
  }
  let list = sheets.enumerated().map {
    "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" r:id=\"s\($0)\""
      + "\($1.name.hasPrefix("hidden") ? " state=\"hidden\"" : "")/>"
  }
  var styles = "<styleSheet><numFmts>"
  for (index, format) in formats.enumerated() {
    styles += "<numFmt numFmtId=\"\(200 + index)\" formatCode=\"\(format)\"/>"
  }
  styles += "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
  for id in [0, 14, 9] + formats.indices.map({ 200 + $0 }) { styles += "<xf numFmtId=\"\(id)\"/>" }
  var parts = [
    ("_rels/.rels", relationships([("a", "officeDocument", "xl/workbook.xml")])),
    (
      "xl/workbook.xml",
      "<workbook xmlns:r=\"\(relation)\"><workbookPr \(properties)/><sheets>\(list.joined())"
        + "</sheets></workbook>"
    ),
    (
      "xl/_rels/workbook.xml.rels",
      relationships(
        sheets.indices.map { ("s\($0)", "worksheet", "/xl/worksheets/sheet\($0 + 1).xml") }
          + [("t", "sharedStrings", "sharedStrings.xml"), ("u", "styles", "./styles.xml")])
    ),
    ("xl/styles.xml", styles + "</cellXfs></styleSheet>"),
    (
      "xl/sharedStrings.xml",
      "<x:sst xmlns:x=\"m\">" + texts.map { "<x:si>\($0)</x:si>" }.joined() + "</x:sst>"
    ),
  ]
  for (index, sheet) in sheets.enumerated() {
    parts.append(
      (
        "xl/worksheets/sheet\(index + 1).xml",
        "<worksheet><sheetData>\(sheet.rows)</sheetData></worksheet>"
      ))
  }
  return zip(parts, flags: flags, damage: damage)
}
