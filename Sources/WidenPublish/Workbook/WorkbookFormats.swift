import CXLSXWriter
import WidenLanguage

/// The looks of a workbook's cells: a plain typeface of 12 points, no fills, no borders.
final class WorkbookFormats {
  typealias Format = UnsafeMutablePointer<lxw_format>

  let title: Format?
  let line: Format?
  let heading: Format?
  let numberHeading: Format?
  /// Text in a table, which wraps.
  let text: Format?
  /// Text where numbers stand: `[c]`.
  let mark: Format?
  /// A link inside the workbook.
  let link: Format?
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private var numbers: [String: Format] = [:]

  init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
    func format(_ change: (Format) -> Void = { _ in }) -> Format? {
      guard let format = workbook_add_format(workbook) else { return nil }
      format_set_font_name(format, "Arial")
      format_set_font_size(format, 12)
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      change(format)
      return format
    }
    func alignRight(_ format: Format) {
      format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
    }
    self.workbook = workbook
    title = format {
      format_set_bold($0)
      format_set_font_size($0, 16)
    }
    line = format()
    heading = format {
      format_set_bold($0)
      format_set_text_wrap($0)
      format_set_bottom($0, UInt8(LXW_BORDER_MEDIUM.rawValue))
    }
    numberHeading = format {
      format_set_bold($0)
      format_set_text_wrap($0)
      format_set_bottom($0, UInt8(LXW_BORDER_MEDIUM.rawValue))
      alignRight($0)
    }
    text = format { format_set_text_wrap($0) }
    mark = format { alignRight($0) }
    link = format {
      format_set_underline($0, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
      format_set_font_color($0, 0x1D_4F_91)
    }
  }

  /// Numbers that are shown by this code of Excel's; those that name something stand on the left.
  func number(_ code: String, isLeft: Bool = false) -> Format? {
    let key = isLeft ? code + " left" : code
    if let known = numbers[key] { return known }
    guard let format = workbook_add_format(workbook) else { return nil }
    format_set_font_name(format, "Arial")
    format_set_font_size(format, 12)
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    if isLeft { format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue)) }
    format_set_num_format(format, code)
    numbers[key] = format
    return format
  }
}

/// How Excel shows the numbers of a column.
func numberCode(_ column: PageColumn) -> String {
  switch column.description.format {
  case .plain:
    if column.description.type != .decimal { return column.hasPlainDigits ? "0" : "#,##0" }
    let places = column.places ?? 0
    return "#,##0" + (places > 0 ? "." + String(repeating: "0", count: places) : "")
  case .year: return "0"
  case .percentage: return "0.0%"
  case .points: return "+0.0;-0.0;0.0"
  case .ratio: return "#,##0.00"
  case .index: return "#,##0.0"
  // A probability that is too small for a number is not nought.
  case .probability: return "[<0.001]\"<0.001\";0.000"
  }
}
