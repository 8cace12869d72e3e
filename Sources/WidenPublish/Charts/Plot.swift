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
      width: max(16, (style.width ?? 80) - width - 2 - right), height: height)
  }

  /// Where a value stands, from 0 at the bottom to 1 at the top.
  func height(of value: Double) -> Double { (value - least) / (most - least) }

  /// The line of the canvas on which a value stands, from the top.
  func row(of value: Double) -> Int {
    min(
      canvas.height - 1,
      max(0, Int(((1 - height(of: value)) * Double(canvas.height - 1)).rounded())))
  }

  /// The lines, with texts behind them, and under them what stands where: the first, the last, and as
  /// many between as there is room for, at equal steps.
  func lines(behind: [Int: String] = [:], below places: [String]) -> [String] {
    var lines = zip(axis, canvas.lines).enumerated().map { row, pair in
      let behind = behind[row].map { " " + $0 } ?? ""
      return trimmed(style.dim(pair.0 + "┤") + style.painted(pair.1) + behind)
    }
    let indent = String(repeating: " ", count: cellWidth(axis[0]) + 1)
    lines.append(indent + style.dim(trimmed(scale(of: places))))
    return lines
  }

  /// The names of places along the canvas.
  private func scale(of places: [String]) -> String {
    let places = places.map { cut($0, to: max(4, canvas.width / 2 - 1)) }
    guard let first = places.first, let last = places.last, places.count > 1 else {
      return String(repeating: " ", count: canvas.width / 2) + (places.first ?? "")
    }
    let widest = places.map { cellWidth($0) }.max() ?? 0
    // With the fewest steps at which no name comes near the next one.
    let steps = (1..<places.count).first { step in
      (places.count - 1).isMultiple(of: step)
        && Double(step * (canvas.width - 1)) / Double(places.count - 1) >= Double(widest + 3)
    }
    guard let steps, steps < places.count - 1 else {
      let gap = max(1, canvas.width - cellWidth(first) - cellWidth(last))
      return first + String(repeating: " ", count: gap) + last
    }
    var line = ""
    for place in stride(from: 0, to: places.count, by: steps) {
      let name = places[place]
      let middle = place * (canvas.width - 1) / (places.count - 1)
      let start = min(max(0, middle - cellWidth(name) / 2), canvas.width - cellWidth(name))
      line += String(repeating: " ", count: max(0, start - cellWidth(line))) + name
    }
    return line
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }
}
