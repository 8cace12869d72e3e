import WidenLanguage

/// Reads the cells of a sheet, row by row.
final class SheetReader: XMLVisitor {
  private enum Kind { case number, shared, text, inline, boolean, error, date }

  /// How many cells hold the error of a formula, and the first of them.
  private(set) var errors = 0
  private(set) var firstError = ""
  /// How many cells hold a formula whose value the workbook does not store.
  private(set) var unknownFormulas = 0

  /// The name of the workbook, for messages.
  private let name: String
  private let texts: SharedTexts
  private let styles: WorkbookStyles
  private let isFrom1904: Bool
  private let row: ([[UInt8]], Int) throws(LoadError) -> Void
  private var fields: [[UInt8]] = []
  private var rowNumber = 0
  private var column = 0
  private var kind = Kind.number
  private var style = 0
  private var isInReading = false
  private var hasFormula = false

  /// `row` is called with the cells of each row and its number, from 1; blank rows may be left out.
  init(
    of name: String, _ texts: SharedTexts, _ styles: WorkbookStyles, isFrom1904: Bool,
    _ row: @escaping ([[UInt8]], Int) throws(LoadError) -> Void
  ) {
    self.name = name
    self.texts = texts
    self.styles = styles
    self.isFrom1904 = isFrom1904
    self.row = row
  }

  override func start(_ element: XMLName, _ attributes: XMLAttributes) {
    if element == "c" {
      startCell(attributes)
    } else if element == "v" {
      text.removeAll(keepingCapacity: true)
      wantsText = true
    } else if element == "t" {
      wantsText = !isInReading
    } else if element == "is" {
      text.removeAll(keepingCapacity: true)
    } else if element == "f" {
      hasFormula = true
    } else if element == "rPh" {
      isInReading = true
    } else if element == "row" {
      startRow(attributes)
    }
  }

  override func end(_ element: XMLName) {
    if element == "v" {
      wantsText = false
      hasFormula = false
      set(value())
    } else if element == "c" {
      if hasFormula { unknownFormulas += 1 }
    } else if element == "t" {
      wantsText = false
    } else if element == "is" {
      set(unescaped(text))
    } else if element == "rPh" {
      isInReading = false
    } else if element == "row" {
      give()
    }
  }

  private func startRow(_ attributes: XMLAttributes) {
    fields.removeAll(keepingCapacity: true)
    column = 0
    let number = attributes.bytes("r").map(digits) ?? rowNumber + 1
    guard number > rowNumber, number <= 1 << 20 else {
      problem = damaged("its rows are not in order")
      return
    }
    rowNumber = number
  }

  private func give() {
    guard problem == nil else { return }
    do throws(LoadError) { try row(fields, rowNumber) } catch { problem = error }
  }

  private func startCell(_ attributes: XMLAttributes) {
    column += 1
    hasFormula = false
    if let place = attributes.bytes("r") { column = letters(place) ?? column }
    style = attributes.bytes("s").map(digits) ?? 0
    switch attributes["t"] {
    case "s": kind = .shared
    case "str": kind = .text
    case "inlineStr": kind = .inline
    case "b": kind = .boolean
    case "e": kind = .error
    case "d": kind = .date
    default: kind = .number
    }
  }

  private func damaged(_ how: String) -> LoadError {
    LoadError("\(name) is damaged: \(how)", hint: "save it again from Excel")
  }

  private func set(_ bytes: [UInt8]) {
    guard column >= 1, column <= 16_384 else {
      problem = damaged("a cell of row \(rowNumber) is outside of it")
      return
    }
    while fields.count < column { fields.append([]) }
    fields[column - 1] = bytes
  }

  private func value() -> [UInt8] {
    switch kind {
    case .shared:
      return Int(String(decoding: text, as: UTF8.self)).flatMap(texts.bytes) ?? []
    case .text, .inline: return unescaped(text)
    case .boolean: return Array((text == [UInt8(ascii: "1")] ? "true" : "false").utf8)
    case .error:
      errors += 1
      if errors == 1 { firstError = String(decoding: text, as: UTF8.self) }
      return []
    case .date:
      let midnight = Array("T00:00:00".utf8)
      return text.count > 10 && text[10...].starts(with: midnight) ? Array(text[..<10]) : text
    case .number:
      if styles.isDate(style), let date = date(text) { return date }
      return plainNumber(text)
    }
  }

  private func date(_ text: [UInt8]) -> [UInt8]? {
    Double(String(decoding: text, as: UTF8.self)).flatMap { serialDate($0, isFrom1904: isFrom1904) }
      .map { Array($0.utf8) }
  }

  private func digits(_ bytes: UnsafePointer<CChar>) -> Int {
    var number = 0
    var next = bytes
    while (48...57).contains(next.pointee), number < 1 << 30 {
      number = number * 10 + Int(next.pointee) - 48
      next += 1
    }
    return number
  }

  /// The column of a place such as `AB12`, from 1.
  private func letters(_ bytes: UnsafePointer<CChar>) -> Int? {
    var number = 0
    var next = bytes
    while (65...90).contains(next.pointee), number < 1 << 20 {
      number = number * 26 + Int(next.pointee) - 64
      next += 1
    }
    return number > 0 ? number : nil
  }
}

/// A number as short as it can be written: workbooks store 0.1 as 0.10000000000000001.
func plainNumber(_ text: [UInt8]) -> [UInt8] {
  let isPlain = text.count <= 15 && text.allSatisfy { (45...57).contains($0) && $0 != 47 }
  if isPlain { return text }
  guard let number = Double(String(decoding: text, as: UTF8.self)) else { return text }
  if let whole = Int(exactly: number), whole.magnitude < 1 << 53 {
    return Array(String(whole).utf8)
  }
  return Array(number.description.utf8)
}

/// The day, and the time unless it is midnight, of a number of days as workbooks count them; nil for
/// numbers that are no days.
func serialDate(_ serial: Double, isFrom1904: Bool) -> String? {
  let days = serial.rounded(.down)
  guard days >= 0, days < 2_958_466 else { return nil }
  var number = Int(days)
  var seconds = Int(((serial - days) * 86_400).rounded())
  if seconds == 86_400 { (number, seconds) = (number + 1, 0) }
  // Day 1 is 1 January 1900; day 60 is 29 February 1900, which there never was. Counted from 1904,
  // day 0 is 1 January.
  guard isFrom1904 || number > 0 && number != 60 else { return nil }
  let first = isFrom1904 ? -24_107 : number < 60 ? -25_568 : -25_569
  let day = Day(number: first + number).description
  if seconds == 0 { return day }
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(day) \(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
}
