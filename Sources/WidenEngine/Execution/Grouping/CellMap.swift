import CKernels
import Glibc

/// The number of rows that are worked on at a time: what the loops share stays in the first cache.
let tileRows = 1 << 12

/// How rows find their accumulators: a cell from the codes of the keys, and in it a record.
///
/// Cell `cellCount` takes the rows that are not in. With several lanes neighbouring rows use
/// records of their own, so that adding to one need not wait for the last.
struct CellMap: Sendable {
  /// A key's codes and what each counts for in the cell's number.
  struct Part: Sendable {
    var codes: Codes
    var factor: Int
    /// When it is given, what counts is the table's code for each code.
    var table: Codes?
    /// Whether the codes stand beside the map's rows, and not beside the table's.
    var isByPlace = false

    /// The code that counts for a row.
    func code(ofRow row: Int) -> Int { table.map { $0[codes[row]] } ?? codes[row] }
  }

  var parts: [Part]
  var cellCount: Int
  /// The number of rows, in or not.
  var rowCount: Int
  /// The rows in the order in which they are to be read; nil when it is their own.
  var rows: Buffer<UInt32>?
  /// The rows that are in, 64 a word; nil means all.
  var selection: Buffer<UInt64>?
  /// The length of a record in words.
  var stride = 1
  var lanes = 1
  /// Which of several records takes the rows that are not in.
  var trashIndex = 0

  init(_ grouping: Grouping, rowCount: Int, selection: Bitmap?) {
    parts = grouping.parts
    cellCount = grouping.cellCount
    rows = grouping.rows
    // Of rows in another order all are in.
    self.rowCount = grouping.rows?.count ?? rowCount
    self.selection = grouping.rows == nil ? selection?.words : nil
  }

  /// The words of one lane.
  var laneWords: Int { (cellCount + 1) * stride }
  /// Where the record of the rows that are not in starts.
  var trash: UInt32 { UInt32(truncatingIfNeeded: (cellCount + trashIndex) * stride) }
}

/// One tile of rows on its way into accumulators, and the memory that takes.
final class TileSpace {
  private let map: CellMap
  /// Where the lane of each row of a tile starts.
  private let lanePattern: Scratch<UInt32>
  // Made when they are needed: counting by one key, say, needs none, and clearing all of them took
  // as long as reading and binding its query.
  private lazy var cells = Scratch<UInt32>(count: tileRows)
  private lazy var masked = Scratch<UInt32>(count: tileRows)
  private lazy var codes = Scratch<UInt32>(count: tileRows)
  private lazy var listed = Scratch<UInt32>(count: tileRows + 64)
  private lazy var wide = Scratch<UInt64>(count: tileRows)
  private lazy var second = Scratch<UInt64>(count: tileRows)
  /// The table's rows of the tile, when they are no stretch of it.
  private var rows: UnsafePointer<UInt32>
  private var start = 0
  private var isListed = false
  /// How many rows the tile holds, some of which may point to the trash.
  private(set) var count = 0

  init(_ map: CellMap) {
    self.map = map
    lanePattern = Scratch(count: map.lanes > 1 ? tileRows : 0)
    // Nobody reads them before a tile has been opened whose rows are listed.
    rows = UnsafePointer(lanePattern.pointer)
    let laneWords = UInt32(truncatingIfNeeded: map.laneWords)
    for index in 0..<lanePattern.count {
      lanePattern.pointer[index] = UInt32(truncatingIfNeeded: index & 3) &* laneWords
    }
  }

  /// Goes to the tile that starts at a row; false when none of its rows is in.
  func open(_ range: Range<Int>) -> Bool {
    start = range.lowerBound
    count = range.count
    isListed = map.rows != nil
    if let order = map.rows { rows = order.pointer + start }
    var isMasked = false
    if let selection = map.selection {
      let words = selection.pointer + start >> 6
      let selected = kernel_count_bits(processorLevel, words, (count + 63) >> 6)
      if selected == 0 { return false }
      // Few rows are looked up one by one; many are computed with the others and thrown away.
      if selected * 2 < range.count { list(words) } else { isMasked = selected < range.count }
    }
    computeCells()
    if isMasked, let selection = map.selection { mask(selection, from: cells, into: cells) }
    return true
  }

  /// The place of each row's record.
  var places: UnsafePointer<UInt32> { UnsafePointer(cells.pointer) }

  /// The same, with the rows for which a condition fails sent to the trash.
  func places(where condition: Buffer<UInt64>) -> UnsafePointer<UInt32> {
    mask(condition, from: cells, into: masked)
    return UnsafePointer(masked.pointer)
  }

  /// The codes of a column for each row of the tile.
  func load(_ column: Codes) -> UnsafePointer<UInt32> {
    if case .words(let source) = column, !isListed { return source.pointer + start }
    switch column {
    case .bytes(let source): widen(source.pointer, kernel_cells_of_bytes)
    case .shorts(let source): widen(source.pointer, kernel_cells_of_shorts)
    case .words(let source): widen(source.pointer, kernel_cells_of_words)
    }
    return UnsafePointer(codes.pointer)
  }

  /// The bits of a column's numbers, 0 for missing, and codes that are 1 where it has a value.
  func load<Number>(_ column: Buffer<Number>, _ validity: Buffer<UInt64>?)
    -> (bits: UnsafeMutablePointer<UInt64>, codes: UnsafeMutablePointer<UInt32>)
  where Number: BitwiseCopyable {
    let source = UnsafeRawPointer(column.pointer).assumingMemoryBound(to: UInt64.self)
    // What is made when it is needed is asked for once: for each row that took three times as long
    // as summing them up.
    let (bits, marks) = (wide.pointer, codes.pointer)
    guard let validity else {
      marks.update(repeating: 1, count: count)
      if isListed {
        let rows = rows
        for index in 0..<count { bits[index] = source[Int(rows[index])] }
      } else {
        bits.update(from: source + start, count: count)
      }
      return (bits, marks)
    }
    let words = validity.pointer
    for index in 0..<count {
      let row = self.row(index)
      let bit = words[row >> 6] >> UInt64(row & 63) & 1
      marks[index] = UInt32(truncatingIfNeeded: bit)
      bits[index] = source[row] & (0 &- bit)
    }
    return (bits, marks)
  }

  /// A place for the numbers of another column beside those of `load`.
  var spare: UnsafeMutablePointer<UInt64> { second.pointer }

  /// The table's row at an index of the tile.
  func row(_ index: Int) -> Int { isListed ? Int(rows[index]) : start &+ index }

  private func list(_ words: UnsafePointer<UInt64>) {
    isListed = true
    rows = UnsafePointer(listed.pointer)
    count = kernel_list_rows(
      processorLevel, words, (count + 63) >> 6, UInt32(truncatingIfNeeded: start), listed.pointer)
  }

  private func computeCells() {
    let cells = cells.pointer
    var isFirst = true
    if map.lanes > 1 {
      memcpy(cells, lanePattern.pointer, count * MemoryLayout<UInt32>.stride)
      isFirst = false
    }
    for part in map.parts {
      let factor = UInt32(truncatingIfNeeded: part.factor * map.stride)
      if part.isByPlace, case .words(let codes) = part.codes {
        kernel_cells_of_words(
          processorLevel, codes.pointer + start, count, factor, isFirst ? 1 : 0, cells)
      } else if let table = part.table {
        if isFirst { cells.update(repeating: 0, count: count) }
        look(up: part.codes, table, factor)
      } else {
        switch part.codes {
        case .bytes(let codes): add(codes.pointer, factor, isFirst, kernel_cells_of_bytes)
        case .shorts(let codes): add(codes.pointer, factor, isFirst, kernel_cells_of_shorts)
        case .words(let codes): add(codes.pointer, factor, isFirst, kernel_cells_of_words)
        }
      }
      isFirst = false
    }
    if isFirst { cells.update(repeating: 0, count: count) }
  }

  private typealias CellKernel<Code> = (
    Int32, UnsafePointer<Code>?, Int, UInt32, Int32, UnsafeMutablePointer<UInt32>?
  ) -> Void

  @inline(__always)
  private func add<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: UnsafePointer<Code>, _ factor: UInt32, _ isFirst: Bool, _ kernel: CellKernel<Code>
  ) {
    let cells = cells.pointer
    if !isListed {
      return kernel(processorLevel, codes + start, count, factor, isFirst ? 1 : 0, cells)
    }
    let rows = rows
    if isFirst {
      for index in 0..<count {
        cells[index] = UInt32(truncatingIfNeeded: codes[Int(rows[index])]) &* factor
      }
    } else {
      for index in 0..<count {
        cells[index] &+= UInt32(truncatingIfNeeded: codes[Int(rows[index])]) &* factor
      }
    }
  }

  private func look(up codes: Codes, _ table: Codes, _ factor: UInt32) {
    switch codes {
    case .bytes(let codes): look(up: codes.pointer, table, factor)
    case .shorts(let codes): look(up: codes.pointer, table, factor)
    case .words(let codes): look(up: codes.pointer, table, factor)
    }
  }

  private func look<Code: FixedWidthInteger & UnsignedInteger>(
    up codes: UnsafePointer<Code>, _ table: Codes, _ factor: UInt32
  ) {
    switch table {
    case .bytes(let table): look(up: codes, table.pointer, factor)
    case .shorts(let table): look(up: codes, table.pointer, factor)
    case .words(let table): look(up: codes, table.pointer, factor)
    }
  }

  private func look<
    Code: FixedWidthInteger & UnsignedInteger, Other: FixedWidthInteger & UnsignedInteger
  >(up codes: UnsafePointer<Code>, _ table: UnsafePointer<Other>, _ factor: UInt32) {
    let cells = cells.pointer
    for index in 0..<count {
      let code = Int(truncatingIfNeeded: codes[row(index)])
      cells[index] &+= UInt32(truncatingIfNeeded: table[code]) &* factor
    }
  }

  @inline(__always)
  private func widen<Code: FixedWidthInteger & UnsignedInteger>(
    _ source: UnsafePointer<Code>, _ kernel: CellKernel<Code>
  ) {
    let target = codes.pointer
    if !isListed { return kernel(processorLevel, source + start, count, 1, 1, target) }
    let rows = rows
    for index in 0..<count {
      target[index] = UInt32(truncatingIfNeeded: source[Int(rows[index])])
    }
  }

  private func mask(_ bits: Buffer<UInt64>, from: Scratch<UInt32>, into: Scratch<UInt32>) {
    let (source, target, words, trash) = (from.pointer, into.pointer, bits.pointer, map.trash)
    if isListed {
      for index in 0..<count {
        let row = Int(rows[index])
        target[index] = words[row >> 6] >> UInt64(row & 63) & 1 == 1 ? source[index] : trash
      }
      return
    }
    kernel_mask_cells(processorLevel, source, words + start >> 6, count, trash, target)
  }
}
