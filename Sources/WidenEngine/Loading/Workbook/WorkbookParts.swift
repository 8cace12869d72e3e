/// The parts of a workbook that a part refers to: their paths by the names used for them.
final class Relationships: XMLVisitor {
  private(set) var targets: [String: String] = [:]
  /// The paths by the last word of what they are for.
  private(set) var byPurpose: [String: String] = [:]
  private let folder: String

  /// Reads what `part` refers to; nothing when the archive does not say.
  init(of part: String, in archive: ZipArchive) throws(LoadError) {
    let slash = part.lastIndex(of: "/")
    folder = slash.map { String(part[...$0]) } ?? ""
    let file = slash.map { part[part.index(after: $0)...] } ?? part[...]
    super.init()
    let own = "\(folder)_rels/\(file).rels"
    if archive.has(own) { try readXML(own, of: archive, self) }
  }

  override func start(_ element: XMLName, _ attributes: XMLAttributes) {
    guard element == "Relationship", let target = attributes["Target"],
      attributes["TargetMode"] != "External"
    else { return }
    let path = Relationships.path(target, folder)
    if let name = attributes["Id"] { targets[name] = path }
    if let purpose = attributes["Type"]?.split(separator: "/").last {
      byPurpose[String(purpose)] = path
    }
  }

  /// A path inside the archive from one beside a part; no path leads out of an archive.
  private static func path(_ target: String, _ folder: String) -> String {
    let whole = target.hasPrefix("/") ? target : folder + target
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}

/// The sheets of a workbook and how it counts days.
final class WorkbookIndex: XMLVisitor {
  struct Sheet {
    var name: String
    var relationship: String
    var isHidden: Bool
  }

  private(set) var sheets: [Sheet] = []
  /// Whether days are counted from 1904 and not from 1900.
  private(set) var isFrom1904 = false

  override func start(_ element: XMLName, _ attributes: XMLAttributes) {
    if element == "sheet", let name = attributes["name"], let id = attributes["id"] {
      sheets.append(
        Sheet(
          name: name, relationship: id,
          isHidden: attributes["state"].map { $0 != "visible" } ?? false
        ))
    } else if element == "workbookPr", let flag = attributes["date1904"] {
      isFrom1904 = flag == "1" || flag == "true"
    }
  }
}

/// The texts that cells refer to by number.
final class SharedTexts: XMLVisitor {
  private var arena: [UInt8] = []
  private var ends: [Int] = [0]
  private var isInReading = false

  /// The bytes of a text, nil when there is none of this number.
  func bytes(_ index: Int) -> [UInt8]? {
    guard index >= 0, index + 1 < ends.count else { return nil }
    return Array(arena[ends[index]..<ends[index + 1]])
  }

  override func start(_ element: XMLName, _ attributes: XMLAttributes) {
    if element == "si" {
      text.removeAll(keepingCapacity: true)
    } else if element == "rPh" {
      // How a text is read aloud is no part of it.
      isInReading = true
    } else if element == "t" {
      wantsText = !isInReading
    }
  }

  override func end(_ element: XMLName) {
    if element == "t" {
      wantsText = false
    } else if element == "rPh" {
      isInReading = false
    } else if element == "si" {
      arena.append(contentsOf: unescaped(text))
      ends.append(arena.count)
    }
  }
}

/// A text in which `_x000D_` and the like stand for the characters that XML cannot hold.
///
/// A carriage return before a line feed is left out, as spreadsheets show it.
func unescaped(_ text: [UInt8]) -> [UInt8] {
  guard text.contains(UInt8(ascii: "_")) else { return text }
  var result: [UInt8] = []
  var rest = text[...]
  while let first = rest.first {
    let code = rest.prefix(7)
    if first == UInt8(ascii: "_"), code.count == 7, code.dropFirst().first == UInt8(ascii: "x"),
      code.last == UInt8(ascii: "_"),
      let value = UInt32(String(decoding: code.dropFirst(2).prefix(4), as: UTF8.self), radix: 16),
      value > 0, let scalar = Unicode.Scalar(value)
    {
      if value != 13 {
        result.append(contentsOf: Unicode.UTF8.encode(scalar) ?? .encodedReplacementCharacter)
      }
      rest = rest.dropFirst(7)
    } else {
      result.append(first)
      rest = rest.dropFirst()
    }
  }
  return result
}
