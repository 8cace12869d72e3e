/// The screen of a terminal, as far as the line editor draws on it.
///
/// It stands in for a real terminal, so that tests see what a user would see.
struct Screen {
  /// What a cell shows, and the codes of its colour.
  private struct Cell {
    var character: Character = " "
    var style = ""
  }

  private var cells: [[Cell]]
  /// The rows that go on in the next one because they were full.
  private var wrapped: [Bool]
  private(set) var cursor = (row: 0, column: 0)
  /// Whether any colour was ever asked for.
  private(set) var hasSeenColour = false
  private(set) var width: Int
  private(set) var height: Int
  /// The colours that are on, as `1;34`.
  private var style = ""
  private var saved = (row: 0, column: 0, isWrapping: false)
  /// The last cell of a row was filled; the next character goes to the next row.
  private var isWrapping = false
  private var pending: [Unicode.Scalar] = []
  private var bytes: [UInt8] = []

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    cells = Array(repeating: Array(repeating: Cell(), count: width), count: height)
    wrapped = Array(repeating: false, count: height)
  }

  /// The rows without the space behind them and without the empty ones at the end.
  var text: String { lines { _ in true }.joined(separator: "\n") }

  /// The rows, empty where all that they show is dim.
  var rowsThatAreNotDim: [String] {
    lines { row in row.contains { $0.character != " " && $0.style != "2" } }
  }

  private func lines(_ isShown: ([Cell]) -> Bool) -> [String] {
    var lines = cells.map { row in
      let shown = isShown(row) ? row.map(\.character) : []
      return String(shown.reversed().drop { $0 == " " }.reversed().filter { $0 != "\0" })
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The coloured stretches of a row, each as `1;34:where`.
  func colours(ofRow row: Int) -> [String] {
    var found: [(style: String, text: String)] = []
    for cell in cells[row] where cell.character != "\0" {
      if let last = found.last, last.style == cell.style {
        found[found.count - 1].text.append(cell.character)
      } else {
        found.append((cell.style, String(cell.character)))
      }
    }
    return found.filter { !$0.style.isEmpty }.map { "\($0.style):\($0.text)" }
  }

  /// Makes the screen another size.
  ///
  /// Most terminals wrap long lines anew; others cut them off.
  mutating func resize(width: Int, height: Int, wrapsAnew: Bool) {
    var place = cursor
    var rows: [(cells: [Cell], isWrapped: Bool)] = []
    for (index, row) in cells.enumerated() {
      let goesOn = wrapsAnew && index > 0 && wrapped[index - 1] && !rows.isEmpty
      if goesOn {
        if index == cursor.row {
          place = (rows.count - 1, rows[rows.count - 1].cells.count + cursor.column)
        }
        rows[rows.count - 1].cells += row
      } else {
        if index == cursor.row { place.row = rows.count }
        rows.append((row, false))
      }
    }
    var split: [(cells: [Cell], isWrapped: Bool)] = []
    for (index, row) in rows.enumerated() {
      var rest = row.cells[...]
      while let last = rest.last, last.character == " " { rest.removeLast() }
      let first = split.count
      repeat {
        let piece = Array(rest.prefix(width))
        rest = rest.dropFirst(wrapsAnew ? width : rest.count)
        let blank = Array(repeating: Cell(), count: width - piece.count)
        split.append((piece + blank, !rest.isEmpty))
      } while !rest.isEmpty
      if index == place.row {
        let down = wrapsAnew ? min(place.column / width, split.count - first) : 0
        if first + down == split.count {
          split.append((Array(repeating: Cell(), count: width), false))
        }
        cursor = (first + down, wrapsAnew ? place.column % width : min(place.column, width - 1))
      }
    }
    let lost = max(0, cursor.row - (height - 1))
    cursor.row -= lost
    split = Array(split.dropFirst(lost).prefix(height))
    while split.count < height {
      split.append((Array(repeating: Cell(), count: width), false))
    }
    cells = split.map(\.cells)
    wrapped = split.map(\.isWrapped)
    (self.width, self.height) = (width, height)
    isWrapping = false
  }

  /// Draws what a program wrote; a character that is cut in two waits for its rest.
  mutating func draw(_ written: [UInt8]) {
    bytes += written
    var whole = bytes.count
    while whole > 0, bytes.count - whole < 4,
      String(validating: bytes[..<whole], as: UTF8.self) == nil
    {
      whole -= 1
    }
    for scalar in String(decoding: bytes[..<whole], as: UTF8.self).unicodeScalars { take(scalar) }
    bytes.removeFirst(whole)
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    if !pending.isEmpty || scalar == "\u{1B}" {
      pending.append(scalar)
      finishSequence()
      return
    }
    switch scalar {
    case "\r": move(to: cursor.row, 0)
    case "\n": newline()
    case "\u{8}": move(to: cursor.row, max(0, cursor.column - 1))
    case "\u{0}"..."\u{1F}": break
    default: put(scalar)
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    if (0x300...0x36F).contains(scalar.value) {
      // A mark goes onto the character before it.
      let column = isWrapping ? cursor.column : max(0, cursor.column - 1)
      let marked = String(cells[cursor.row][column].character) + String(scalar)
      cells[cursor.row][column].character = marked.first ?? " "
      return
    }
    let count = scalar.value < 0x1100 ? 1 : scalar.value < 0x2E80 ? 1 : 2
    if isWrapping || cursor.column + count > width {
      wrapped[cursor.row] = true
      cursor.column = 0
      newline()
    }
    cells[cursor.row][cursor.column] = Cell(character: Character(scalar), style: style)
    if count == 2 { cells[cursor.row][cursor.column + 1] = Cell(character: "\0", style: style) }
    cursor.column += count
    isWrapping = cursor.column == width
    if isWrapping { cursor.column = width - 1 }
  }

  private mutating func newline() {
    isWrapping = false
    if cursor.row + 1 < height {
      cursor.row += 1
    } else {
      cells.removeFirst()
      cells.append(Array(repeating: Cell(), count: width))
      wrapped.removeFirst()
      wrapped.append(false)
    }
  }

  private mutating func move(to row: Int, _ column: Int) {
    isWrapping = false
    cursor = (min(max(0, row), height - 1), min(max(0, column), width - 1))
  }

  private mutating func finishSequence() {
    guard pending.count > 1, let last = pending.last else { return }
    if pending[1] == "[" {
      guard pending.count > 2, (0x40...0x7E).contains(last.value) else { return }
      let text = String(String.UnicodeScalarView(pending[2..<(pending.count - 1)]))
      if !text.hasPrefix("?") { control(last, text.split(separator: ";").map { Int($0) ?? 0 }) }
    } else if last == "7" {
      saved = (cursor.row, cursor.column, isWrapping)
    } else if last == "8" {
      move(to: saved.row, saved.column)
      isWrapping = saved.isWrapping
    } else if last == "(" || last == ")" {
      if pending.count < 3 { return }
    }
    pending = []
  }

  private mutating func control(_ letter: Unicode.Scalar, _ numbers: [Int]) {
    let count = max(1, numbers.first ?? 1)
    let blank = Cell()
    switch letter {
    case "A": move(to: cursor.row - count, cursor.column)
    case "B": move(to: cursor.row + count, cursor.column)
    case "C": move(to: cursor.row, cursor.column + count)
    case "D": move(to: cursor.row, cursor.column - count)
    case "G": move(to: cursor.row, count - 1)
    case "H": move(to: count - 1, (numbers.count > 1 ? numbers[1] : 1) - 1)
    case "J", "K":
      for column in cursor.column..<width { cells[cursor.row][column] = blank }
      wrapped[cursor.row] = false
      if letter == "J" {
        if numbers.first == 2 {
          cells = Array(repeating: Array(repeating: blank, count: width), count: height)
        }
        for row in (cursor.row + 1)..<max(height, cursor.row + 1) {
          cells[row] = Array(repeating: blank, count: width)
          wrapped[row] = false
        }
      }
    case "P":
      let removed = min(count, width - cursor.column)
      cells[cursor.row].removeSubrange(cursor.column..<(cursor.column + removed))
      cells[cursor.row] += Array(repeating: blank, count: removed)
    case "@":
      cells[cursor.row].insert(
        contentsOf: Array(repeating: blank, count: count), at: cursor.column)
      cells[cursor.row].removeLast(count)
    case "m":
      let codes = numbers.drop { $0 == 0 }.map(String.init).joined(separator: ";")
      style = codes
      if !codes.isEmpty { hasSeenColour = true }
    default: break
    }
  }
}
