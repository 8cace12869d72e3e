/// A grid of dots, two by four in each cell of the terminal, drawn as Braille patterns.
struct Canvas {
  let width: Int
  let height: Int
  private var dots: [Bool]
  /// Characters that stand on top of the dots, by cell.
  private var marks: [Character?]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    dots = Array(repeating: false, count: width * 2 * height * 4)
    marks = Array(repeating: nil, count: width * height)
  }

  /// A line between two points, each from 0 to 1 from the left and from the bottom.
  mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double)) {
    let (a, b) = (place(start), place(end))
    let steps = max(abs(a.x - b.x), abs(a.y - b.y), 1)
    for step in 0...steps {
      let part = Double(step) / Double(steps)
      let x = Int((Double(a.x) + part * Double(b.x - a.x)).rounded())
      let y = Int((Double(a.y) + part * Double(b.y - a.y)).rounded())
      dots[y * width * 2 + x] = true
    }
  }

  /// A character at a point, over whatever is there.
  mutating func mark(_ character: Character, at point: (x: Double, y: Double)) {
    let (x, y) = place(point)
    marks[y / 4 * width + x / 2] = character
  }

  private func place(_ point: (x: Double, y: Double)) -> (x: Int, y: Int) {
    let right = width * 2 - 1
    let bottom = height * 4 - 1
    return (
      min(right, max(0, Int((point.x * Double(right)).rounded()))),
      min(bottom, max(0, Int(((1 - point.y) * Double(bottom)).rounded())))
    )
  }

  /// The lines from the top down.
  var lines: [String] {
    (0..<height).map { row in
      String((0..<width).map { marks[row * width + $0] ?? pattern(row, $0) })
    }
  }

  /// The Braille pattern of a cell; where there is no Unicode, a full stop for any dot.
  private func pattern(_ row: Int, _ column: Int) -> Character {
    let bits: [(x: Int, y: Int, bit: UInt32)] = [
      (0, 0, 0x01), (0, 1, 0x02), (0, 2, 0x04), (1, 0, 0x08), (1, 1, 0x10), (1, 2, 0x20),
      (0, 3, 0x40), (1, 3, 0x80),
    ]
    var value: UInt32 = 0
    for (x, y, bit) in bits where dots[(row * 4 + y) * width * 2 + column * 2 + x] {
      value |= bit
    }
    if value == 0 { return " " }
    guard let scalar = Unicode.Scalar(0x2800 + value) else { return "." }
    return Character(scalar)
  }
}
