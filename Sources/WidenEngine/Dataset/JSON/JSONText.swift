extension JSONValue {
  /// The value as a file holds it: indented by two spaces, short lists on one line, a line feed last.
  public var fileText: String {
    var text = ""
    write(to: &text, depth: 0)
    return text + "\n"
  }

  private func write(to text: inout String, depth: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += String(number)
    case .decimal(let number): text += number.isFinite ? number.description : "null"
    case .text(let content): text += JSONValue.quoted(content)
    case .array(let items):
      if let line = line(width: 98 - 2 * depth) {
        text += line
      } else {
        JSONValue.list("[", items, "]", to: &text, depth) { item, text in
          item.write(to: &text, depth: depth + 1)
        }
      }
    case .object(let members):
      JSONValue.list("{", members, "}", to: &text, depth) { member, text in
        text += JSONValue.quoted(member.name) + ": "
        member.value.write(to: &text, depth: depth + 1)
      }
    }
  }

  /// A list of plain values on one line, if it is short enough.
  private func line(width: Int) -> String? {
    guard case .array(let items) = self else { return nil }
    var text = "["
    for (index, item) in items.enumerated() {
      switch item {
      case .array, .object: return nil
      case .null, .boolean, .integer, .decimal, .text: break
      }
      if index > 0 { text += ", " }
      item.write(to: &text, depth: 0)
      if text.utf8.count > width { return nil }
    }
    return text + "]"
  }

  private static func list<Item>(
    _ start: String, _ items: [Item], _ end: String, to text: inout String, _ depth: Int,
    _ write: (Item, inout String) -> Void
  ) {
    text += start
    for (index, item) in items.enumerated() {
      text += index == 0 ? "\n" : ",\n"
      text += String(repeating: "  ", count: depth + 1)
      write(item, &text)
    }
    if !items.isEmpty { text += "\n" + String(repeating: "  ", count: depth) }
    text += end
  }

  private static func quoted(_ content: String) -> String {
    var text = "\""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
