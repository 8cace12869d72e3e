/// Which styles show numbers as dates.
final class WorkbookStyles: XMLVisitor {
  private var formats: [Int: String] = [:]
  private var isInCellStyles = false
  private var styles: [Bool] = []

  /// Whether a style shows a number as a date.
  func isDate(_ style: Int) -> Bool { styles.indices.contains(style) && styles[style] }

  override func start(_ element: XMLName, _ attributes: XMLAttributes) {
    if element == "numFmt", let id = attributes["numFmtId"].flatMap({ Int($0) }) {
      formats[id] = attributes["formatCode"]
    } else if element == "cellXfs" {
      isInCellStyles = true
    } else if element == "xf", isInCellStyles {
      let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
      styles.append(formats[id].map(WorkbookStyles.showsDate) ?? WorkbookStyles.builtIn(id))
    }
  }

  override func end(_ element: XMLName) {
    if element == "cellXfs" { isInCellStyles = false }
  }

  /// The formats that every workbook has (ECMA-376, 18.8.30); 18 to 21 and 45 to 47 are times of day.
  private static func builtIn(_ id: Int) -> Bool {
    (14...17).contains(id) || id == 22 || (27...36).contains(id) || (50...58).contains(id)
  }

  /// Whether a format has a year or a day in it, outside of quotes, brackets and escapes.
  static func showsDate(_ format: String) -> Bool {
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for byte in format.utf8 {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case _ where isQuoted: break
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): isEscaped = true
      case UInt8(ascii: "["): isBracketed = true
      case UInt8(ascii: "]"): isBracketed = false
      case _ where isBracketed: break
      case UInt8(ascii: ";"): return false
      case UInt8(ascii: "d"), UInt8(ascii: "y"), UInt8(ascii: "D"), UInt8(ascii: "Y"): return true
      default: break
      }
    }
    return false
  }
}
