/// The line and the column of a byte of the text, both counted from 1; columns are characters.
public func lineAndColumn(of offset: Int, in source: String) -> (line: Int, column: Int) {
  let found = SourceLine(of: offset, in: Array(source.utf8))
  return (found.number, found.before(offset).count + 1)
}

/// One line of a source, without its end.
struct SourceLine {
  /// Counted from 1.
  var number: Int
  /// The offset of its first byte.
  var start: Int
  var bytes: ArraySlice<UInt8>

  /// The line that holds this offset.
  ///
  /// Lines end with LF, CR or both.
  init(of offset: Int, in source: [UInt8]) {
    let offset = min(max(offset, 0), source.count)
    number = 1
    start = 0
    for index in 0..<offset {
      let isPair = source[index] == 0x0D && source[(index + 1)...].first == 0x0A
      if Characters.isLineEnd(source[index]), !isPair {
        number += 1
        start = index + 1
      }
    }
    var end = max(start, offset)
    while end < source.count, !Characters.isLineEnd(source[end]) { end += 1 }
    bytes = source[start..<end]
  }

  /// The text of the line before this offset.
  func before(_ offset: Int) -> String {
    String(decoding: bytes.prefix(max(0, offset - start)), as: UTF8.self)
  }

  /// The text of the line from this offset on.
  func after(_ offset: Int) -> String {
    String(decoding: bytes.dropFirst(max(0, offset - start)), as: UTF8.self)
  }

  /// The text of the line inside this range.
  func inside(_ range: SourceRange) -> String {
    let low = min(max(range.start, start), bytes.endIndex)
    let high = min(max(range.end, low), bytes.endIndex)
    return String(decoding: bytes[low..<high], as: UTF8.self)
  }
}
