internal import CReadline

/// Where readline puts each part of a text on the screen.
///
/// Readline moves to the next row before a character that does not fit and after one that fills the
/// row, so that a full row before a newline is followed by an empty one.
struct ScreenLayout: Equatable {
  /// A cell, counted from the row of the prompt.
  struct Cell: Equatable {
    var row: Int
    var column: Int
  }

  /// Where each scalar starts; the last place is just behind the text.
  private(set) var places: [(byte: Int, cell: Cell)] = []
  private let width: Int

  /// The layout of a text that follows a prompt on a screen with this many columns, two at least.
  init(_ text: String, promptWidth: Int, width: Int) {
    self.width = width
    var walker = Walker(column: promptWidth, width: width)
    var byte = 0
    for scalar in text.unicodeScalars {
      places.append((byte, walker.place(scalar)))
      byte += scalar.utf8.count
    }
    places.append((byte, walker.cell))
  }

  /// The row in which the text ends.
  var lastRow: Int { places.last?.cell.row ?? 0 }

  /// Where the scalar at a byte of the text starts.
  func cell(at byte: Int) -> Cell {
    places.last { $0.byte <= byte }?.cell ?? Cell(row: 0, column: 0)
  }

  /// The byte whose cell is nearest to a column of a row, not right of it; nil outside the text.
  func byte(inRow row: Int, nearest column: Int) -> Int? {
    let inRow = places.filter { $0.cell.row == row }
    return (inRow.last { $0.cell.column <= column } ?? inRow.first)?.byte
  }

  static func == (left: ScreenLayout, right: ScreenLayout) -> Bool {
    left.width == right.width && left.places.elementsEqual(right.places, by: ==)
  }

  /// Walks over the screen as readline does.
  struct Walker {
    private(set) var cell: Cell
    private let width: Int

    init(column: Int, width: Int) {
      cell = Cell(row: column / width, column: column % width)
      self.width = width
    }

    /// Draws a scalar and returns the cell in which it starts.
    mutating func place(_ scalar: Unicode.Scalar) -> Cell {
      if scalar == "\n" {
        defer { nextRow() }
        return cell
      }
      let cells = cellCount(of: scalar)
      if cell.column + cells > width { nextRow() }
      let start = cell
      cell.column += cells
      if cell.column == width { nextRow() }
      return start
    }

    private mutating func nextRow() {
      cell = Cell(row: cell.row + 1, column: 0)
    }
  }
}

/// How many cells readline gives a scalar: it counts one for those it does not know.
func cellCount(of scalar: Unicode.Scalar) -> Int {
  if scalar.value >= 0x20 && scalar.value < 0x7F { return 1 }
  let cells = widen_wcwidth(scalar.value)
  return cells < 0 ? 1 : Int(cells)
}

/// How many cells a text without line ends takes.
func cellCount(of text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + cellCount(of: $1) }
}
