internal import WidenLanguage

/// The cells of a column as text, one behind the other.
struct CellTexts {
  private(set) var bytes: [UInt8] = []
  /// Where each cell ends.
  private(set) var ends: [Int] = []
  /// Which cells are there; nil when all are.
  private(set) var isThere: [Bool]?

  /// The cells one by one; nil for those that are missing.
  var values: [[UInt8]?] {
    ends.indices.map { row in
      guard isThere?[row] ?? true else { return nil }
      return Array(bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]])
    }
  }

  /// Takes the next column of a batch.
  mutating func append(buffers: inout ArrowBuffers, _ type: ArrowType) throws(Malformed) {
    let missing = try buffers.missingCount()
    // Where nothing is there, no cell needs to be kept.
    if type == .nothing { return }
    let rows = buffers.rowCount
    let validity = try buffers.next()
    guard missing == 0 || validity.count >= (rows + 7) / 8 else { throw ArrowBytes.outside }
    let write = try CellTexts.writer(type, &buffers)
    ends.reserveCapacity(rows)
    for row in 0..<rows {
      let isMissing = missing != 0 && !validity.bit(row)
      if !isMissing { try write(row, &self) }
      add(missing: isMissing)
    }
  }

  /// Takes the next column of a batch, whose numbers point into a list of values.
  mutating func append(
    buffers: inout ArrowBuffers, _ type: ArrowType, pointingInto values: [[UInt8]?]
  ) throws(Malformed) {
    var indices = CellTexts()
    try indices.append(buffers: &buffers, type)
    for index in indices.values {
      guard let index else {
        add(missing: true)
        continue
      }
      guard let place = Int(String(decoding: index, as: UTF8.self)), values.indices.contains(place)
      else { throw ArrowBytes.outside }
      if let value = values[place] { bytes += value }
      // Few bytes may stand for many.
      try checkSize()
      add(missing: values[place] == nil)
    }
  }

  private typealias Writer = (Int, inout CellTexts) throws(Malformed) -> Void

  /// Ends a cell.
  private mutating func add(missing: Bool) {
    if missing, isThere == nil { isThere = Array(repeating: true, count: ends.count) }
    isThere?.append(!missing)
    ends.append(bytes.count)
  }

  private func checkSize() throws(Malformed) {
    if bytes.count > CellTexts.mostBytes { throw Malformed("a batch has too much text") }
  }

  private static let mostBytes = 1 << 30

  /// What writes the cell of a row, once its column's buffers are found.
  private static func writer(_ type: ArrowType, _ buffers: inout ArrowBuffers) throws(Malformed)
    -> Writer
  {
    let values = try buffers.next()
    let rows = buffers.rowCount
    switch type {
    case .nothing: return { _, _ in }
    case .boolean:
      guard values.count >= (rows + 7) / 8 else { throw ArrowBytes.outside }
      return { row, cells in cells.write(values.bit(row) ? "true" : "false") }
    case .integer(1, true): return wholes(try values.numbers(rows, as: Int8.self))
    case .integer(2, true): return wholes(try values.numbers(rows, as: Int16.self))
    case .integer(4, true): return wholes(try values.numbers(rows, as: Int32.self))
    case .integer(_, true): return wholes(try values.numbers(rows, as: Int64.self))
    case .integer(1, false): return wholes(try values.numbers(rows, as: UInt8.self))
    case .integer(2, false): return wholes(try values.numbers(rows, as: UInt16.self))
    case .integer(4, false): return wholes(try values.numbers(rows, as: UInt32.self))
    case .integer(_, false): return wholes(try values.numbers(rows, as: UInt64.self))
    case .real(true):
      let numbers = try values.numbers(rows, as: UInt32.self)
      return { row, cells throws(Malformed) in
        cells.write("\(Float(bitPattern: try numbers(row)))")
      }
    case .real(false):
      let numbers = try values.numbers(rows, as: UInt64.self)
      return { row, cells throws(Malformed) in
        cells.write("\(Double(bitPattern: try numbers(row)))")
      }
    case .decimal(let places):
      let numbers = try values.numbers(rows, as: Int128.self)
      return { row, cells throws(Malformed) in cells.write(try numbers(row), places) }
    case .text(false), .bytes(false): return try texts(values, try buffers.next(), rows, Int32.self)
    case .text(true), .bytes(true): return try texts(values, try buffers.next(), rows, Int64.self)
    case .day:
      let numbers = try values.numbers(rows, as: Int32.self)
      return { row, cells throws(Malformed) in
        cells.write("\(Day(number: Int(try numbers(row))))")
      }
    case .dayInMilliseconds:
      let numbers = try values.numbers(rows, as: Int64.self)
      return { row, cells throws(Malformed) in
        cells.write("\(Day(number: floored(try numbers(row), by: 86_400_000).quotient))")
      }
    case .time(let units):
      let numbers = try values.numbers(rows, as: Int64.self)
      return { row, cells throws(Malformed) in cells.write(time: try numbers(row), units) }
    }
  }

  private static func wholes<Number>(_ numbers: ArrowNumbers<Number>) -> Writer {
    { row, cells throws(Malformed) in cells.write("\(try numbers(row))") }
  }

  /// Texts lie one behind the other; their ends are numbers of one size or another.
  private static func texts<Place: FixedWidthInteger & BitwiseCopyable>(
    _ places: ArrowBytes, _ content: ArrowBytes, _ rows: Int, _ type: Place.Type
  ) throws(Malformed) -> Writer {
    // A column of no rows may leave out where they begin.
    let ends = rows == 0 ? nil : try places.numbers(rows + 1, as: type)
    return { row, cells throws(Malformed) in
      guard let ends else { return }
      let start = Int(truncatingIfNeeded: try ends(row))
      let end = Int(truncatingIfNeeded: try ends(row + 1))
      guard start <= end, start >= 0 else { throw ArrowBytes.outside }
      cells.bytes += try content.part(start, end - start).content
      // Texts may overlap, so that few bytes may stand for many.
      try cells.checkSize()
    }
  }

  private mutating func write(_ text: String) { bytes += text.utf8 }

  /// A number in units of its last place.
  private mutating func write(_ units: Int128, _ places: Int) {
    var digits = Array("\(units.magnitude)".utf8)
    if digits.count <= places {
      digits.insert(contentsOf: [UInt8](repeating: 48, count: places + 1 - digits.count), at: 0)
    }
    if units < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes += digits.prefix(digits.count - places)
    guard places > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    bytes += digits.suffix(places)
  }

  /// A time of a day, to the microsecond where it has any.
  private mutating func write(time number: Int64, _ unitsPerSecond: Int) {
    let (seconds, units) = floored(number, by: Int64(unitsPerSecond))
    let (day, second) = floored(Int64(seconds), by: 86_400)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    write("\(Day(number: day)) \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))")
    let microseconds =
      unitsPerSecond > 1_000_000 ? units / 1000 : units * (1_000_000 / unitsPerSecond)
    if microseconds > 0 {
      let digits = "\(microseconds)"
      write("." + String(repeating: "0", count: 6 - digits.count) + digits)
    }
  }
}

/// Division that rounds down, whose remainder is never negative.
private func floored(_ number: Int64, by divisor: Int64) -> (quotient: Int, remainder: Int) {
  let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0
    ? (Int(quotient) - 1, Int(remainder + divisor)) : (Int(quotient), Int(remainder))
}
