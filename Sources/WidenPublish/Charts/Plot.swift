import WidenLanguage

/// A canvas between its axes: the scale at the left, what the ends mean below.
struct Plot {
  var canvas: Canvas
  private let least: Double
  private let most: Double
  private let axis: [String]
  private let style: TableStyle

  /// A plot of values between these, with the values at its top, middle and bottom written by
  /// `text`; `right` cells are left free for labels behind it.
  init(
    _ values: [Double], style: TableStyle, right: Int = 0, includesZero: Bool = false,
    text: (Double) -> String
  ) {
    var least = values.min() ?? 0
    var most = values.max() ?? 1
    if includesZero { (least, most) = (min(0, least), max(0, most)) }
    if most == least {
      (least, most) = (least - max(1, abs(least) / 10), most + max(1, abs(most) / 10))
    }
    self.least = least
    self.most = most
    self.style = style
    let height = 12
    let ends = [most, (most + least) / 2, least].map(text)
    let width = ends.map { cellWidth($0) }.max() ?? 0
    axis = (0..<height).map { row in
      let label =
        row == 0 ? ends[0] : row == height - 1 ? ends[2] : row == height / 2 ? ends[1] : ""
      return String(repeating: " ", count: width - cellWidth(label)) + label
    }
    canvas = Canvas(
      width: max(16, (style.width ?? 80) - width - 2 - right), height: height,
      usesUnicode: style.usesUnicode)
  }

  /// Where a value stands, from 0 at the bottom to 1 at the top.
  func height(of value: Double) -> Double { (value - least) / (most - least) }

  /// The line of the canvas on which a value stands, from the top.
  func row(of value: Double) -> Int {
    min(
      canvas.height - 1,
      max(0, Int(((1 - height(of: value)) * Double(canvas.height - 1)).rounded())))
  }

  /// The lines, with texts behind them, and the texts under both ends.
  func lines(behind: [Int: String] = [:], below: (String, String)) -> [String] {
    let bar = style.usesUnicode ? "┤" : "|"
    var lines = zip(axis, canvas.lines).enumerated().map { row, pair in
      let behind = behind[row].map { " " + $0 } ?? ""
      return trimmed(style.dim(pair.0 + bar) + style.painted(pair.1) + behind)
    }
    let indent = String(repeating: " ", count: cellWidth(axis[0]) + 1)
    let gap = max(1, canvas.width - cellWidth(below.0) - cellWidth(below.1))
    lines.append(indent + style.dim(below.0 + String(repeating: " ", count: gap) + below.1))
    return lines
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }
}
