import WidenEngine
public import WidenLanguage

extension RowLayout {
  /// An array of objects, one a row, one a line.
  static func json(_ answer: Answer) -> RowLayout {
    var layout = ndjson(answer)
    layout.opening = Array("[".utf8)
    layout.afterRow = Array("}".utf8)
    layout.betweenRows = Array(",\n".utf8)
    layout.closing = Array("]\n".utf8)
    if answer.table.rowCount > 0 {
      layout.opening.append(UInt8(ascii: "\n"))
      layout.closing.insert(UInt8(ascii: "\n"), at: 0)
    }
    return layout
  }

  /// One object a line.
  static func ndjson(_ answer: Answer) -> RowLayout {
    var layout = RowLayout()
    for (index, column) in dataColumns(of: answer).enumerated() {
      var before = Array((index == 0 ? "{" : ",").utf8)
      appendJSON(column.description.name, to: &before)
      before.append(UInt8(ascii: ":"))
      layout.beforeCell.append(before)
      layout.columns.append(RenderedColumn(column) { appendJSON($0, to: &$1) })
    }
    layout.afterRow = Array((layout.columns.isEmpty ? "{}\n" : "}\n").utf8)
    return layout
  }
}

/// Adds a value as JSON: numbers and booleans as they are, missing as null, all else as text.
public func appendJSON(_ value: Value, to output: inout [UInt8]) {
  switch value {
  case .missing: output.append(contentsOf: "null".utf8)
  case .boolean(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
  case .integer(let number): output.append(contentsOf: String(number).utf8)
  case .decimal(let number): output.append(contentsOf: (plainText(of: number) ?? "null").utf8)
  case .text(let text): appendJSON(text, to: &output)
  case .date, .month, .period: appendJSON(plainText(of: value), to: &output)
  }
}

/// Adds text as a JSON string in quotes.
///
/// Everything that is unsafe on a terminal is written as `\u` escapes, so that JSON may be shown
/// anywhere and still reads back as it was.
public func appendJSON(_ text: String, to output: inout [UInt8]) {
  output.append(UInt8(ascii: "\""))
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
    output.append(contentsOf: text.utf8)
  } else {
    appendEscaped(text, to: &output)
  }
  output.append(UInt8(ascii: "\""))
}

private func appendEscaped(_ text: String, to output: inout [UInt8]) {
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": output.append(contentsOf: "\\\"".utf8)
    case "\\": output.append(contentsOf: "\\\\".utf8)
    case "\n": output.append(contentsOf: "\\n".utf8)
    case "\r": output.append(contentsOf: "\\r".utf8)
    case "\t": output.append(contentsOf: "\\t".utf8)
    default:
      if isUnsafe(scalar) {
        for unit in Character(scalar).utf16 { appendCode(unit, to: &output) }
      } else {
        output.append(contentsOf: Character(scalar).utf8)
      }
    }
  }
}

private func appendCode(_ unit: UInt16, to output: inout [UInt8]) {
  let code = String(unit, radix: 16)
  output.append(contentsOf: "\\u".utf8)
  output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - code.utf8.count))
  output.append(contentsOf: code.utf8)
}
