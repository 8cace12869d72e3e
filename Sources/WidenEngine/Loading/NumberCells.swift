import CKernels

/// A number as it is written.
struct WrittenNumber: Hashable {
  /// The digits without the point, with the sign; meaningless when `isLong`.
  var units: Int
  /// How many digits stand behind the point.
  var places: Int
  /// Has a point and more digits than fit: read as the nearest Double.
  var isLong: Bool
}

/// Reads a number in plain notation; nil when it is none, or a whole number of more than 64 bits.
func parseNumber(_ cell: Cell) -> WrittenNumber? {
  let bytes = cell.start
  let count = cell.count
  let isNegative = count > 0 && bytes[0] == UInt8(ascii: "-")
  let first = isNegative ? 1 : 0
  var units = 0
  var point: Int?
  var isLong = false
  var index = first
  while index < count {
    let digit = Int(bytes[index]) &- 48
    if digit >= 0, digit <= 9 {
      let (tenfold, overflow) = units.multipliedReportingOverflow(by: 10)
      let (sum, carries) = tenfold.addingReportingOverflow(digit)
      isLong = isLong || overflow || carries
      units = isLong ? 0 : sum
    } else if bytes[index] == UInt8(ascii: "."), point == nil, index > first {
      point = index
    } else {
      return nil
    }
    index &+= 1
  }
  let wholeDigits = (point ?? count) - first
  let places = point.map { count - $0 - 1 } ?? 0
  guard wholeDigits > 0, point == nil || places > 0 else { return nil }
  if wholeDigits > 1, bytes[first] == UInt8(ascii: "0") { return nil }
  if isLong, point == nil || wholeDigits > 300 { return nil }
  return WrittenNumber(units: isNegative ? -units : units, places: places, isLong: isLong)
}

/// What a scan of a column's cells found out before it ended or stopped.
struct ScanOutcome {
  /// How many cells had a value of the kind that was looked for.
  var present = 0
  var missing = 0
  /// How often each shorthand occurred; empty when none did.
  var shorthand: [Int] = []
  var minimum = Int.max
  var maximum = Int.min
  var places = 0
  /// The row of the first cell that is of another kind.
  var stoppedAt: Int?
  /// Numbers that have more than 4 decimal places or too many digits.
  var needsDoubles = false

  /// Counts a cell as missing if it holds shorthand.
  mutating func takesShorthand(_ cell: Cell) -> Bool {
    guard let index = Shorthand.index(cell) else { return false }
    if shorthand.isEmpty { shorthand = [Int](repeating: 0, count: Shorthand.all.count) }
    shorthand[index] += 1
    return true
  }
}

/// Reads numbers into `values`, in units of 10 to the power of `-places`.
///
/// `places` of the result is at least the given one; it grows when a cell needs more.
func scanNumbers(
  _ run: CellRun, places: Int, into values: UnsafeMutablePointer<Int>,
  level: Int32 = processorLevel
) -> ScanOutcome {
  var reading = NumberReading(places: places)
  var cells = run.textCells
  var row = 0
  while row < run.rows {
    let (first, present) = (row, reading.scan.present)
    row = values.withMemoryRebound(to: Int64.self, capacity: run.rows) {
      kernel_read_numbers(
        level, &cells, row, Int32(reading.outcome.places), Int64(Int.missing), $0, &reading.scan)
    }
    reading.outcome.missing &+= row - first - (reading.scan.present - present)
    // Where the kernel cannot read one of eight cells, all eight are read here.
    let end = min(row + 8, run.rows)
    while row < end, reading.read(run.cell(row), row, values) { row += 1 }
    if row < end { break }
  }
  reading.outcome.minimum = Int(reading.scan.least)
  reading.outcome.maximum = Int(reading.scan.most)
  reading.outcome.present = reading.scan.present
  return reading.outcome
}

/// What is known of a column's numbers while they are read.
private struct NumberReading {
  var outcome = ScanOutcome()
  var scan = NumberScan(least: .max, most: .min, present: 0)

  init(places: Int) { outcome.places = places }

  /// Reads the cell of a row; false when it is no number, or one that needs Doubles.
  @inline(__always)
  mutating func read(_ cell: Cell, _ row: Int, _ values: UnsafeMutablePointer<Int>) -> Bool {
    if cell.count == 0 {
      values[row] = .missing
      outcome.missing &+= 1
      return true
    }
    var units = quickNumber(cell.start, cell.count, outcome.places)
    if units < 0 {
      guard let number = parseNumber(cell) else {
        values[row] = .missing
        if outcome.takesShorthand(cell) { return true }
        outcome.stoppedAt = row
        return false
      }
      if number.places > outcome.places, number.places <= 4, !number.isLong {
        let factor = 10.power(number.places - outcome.places)
        outcome.needsDoubles = !rescale(values, row, factor)
        if scan.present > 0 {
          scan.least &*= Int64(factor)
          scan.most &*= Int64(factor)
        }
        outcome.places = number.places
      }
      let (scaled, overflow) = number.units.multipliedReportingOverflow(
        by: 10.power(max(0, outcome.places - number.places)))
      if number.isLong || number.places > 4 || overflow { outcome.needsDoubles = true }
      if outcome.needsDoubles { return false }
      units = scaled
    }
    values[row] = units
    scan.least = min(scan.least, Int64(units))
    scan.most = max(scan.most, Int64(units))
    scan.present &+= 1
    return true
  }
}

/// Reads numbers as Doubles; missing is NaN.
func scanDoubles(_ run: CellRun, into values: UnsafeMutablePointer<Double>) -> ScanOutcome {
  var outcome = ScanOutcome()
  for row in 0..<run.rows {
    let cell = run.cell(row)
    values[row] = .nan
    if cell.count == 0 {
      outcome.missing &+= 1
    } else if let number = parseNumber(cell) {
      values[row] = number.double(cell)
      outcome.present &+= 1
    } else if !outcome.takesShorthand(cell) {
      outcome.stoppedAt = row
      break
    }
  }
  return outcome
}

extension WrittenNumber {
  /// The nearest Double.
  func double(_ cell: Cell) -> Double {
    // Both are exact up to 2 to the power of 53 and 10 to the power of 22, and one division rounds once.
    if !isLong, units.magnitude <= 1 << 53, places <= 22 {
      return Double(units) / WrittenNumber.powers[places]
    }
    return Double(String(decoding: cell.bytes, as: UTF8.self)) ?? .nan
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

extension Int {
  /// This number to the power of a small exponent.
  func power(_ exponent: Int) -> Int {
    var result = 1
    for _ in 0..<exponent { result &*= self }
    return result
  }
}

/// Multiplies the values so far; false when one does not fit.
private func rescale(_ values: UnsafeMutablePointer<Int>, _ count: Int, _ factor: Int) -> Bool {
  for row in 0..<count where values[row] != .missing {
    let (scaled, overflow) = values[row].multipliedReportingOverflow(by: factor)
    if overflow || scaled == .missing { return false }
    values[row] = scaled
  }
  return true
}

/// A number of at most eight digits with exactly `places` of them behind the point, or a whole number,
/// in units of 10 to the power of `-places`; -1 for all others, which `parseNumber` reads.
@inline(__always)
private func quickNumber(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ places: Int) -> Int {
  guard count <= 8 else { return -1 }
  let word = loadWord(bytes + count - 8)
  if places > 0, count > places &+ 1, bytes[count &- 1 &- places] == UInt8(ascii: ".") {
    // The digits before the point move up over it.
    let fraction = ~0 &<< UInt64(truncatingIfNeeded: 64 &- 8 &* places)
    let digits = (word & fraction) | ((word &<< 8) & ~fraction)
    if bytes[0] == UInt8(ascii: "0"), count > places &+ 2 { return -1 }
    return quickDigits(digits, count &- 1)
  }
  if bytes[0] == UInt8(ascii: "0"), count > 1 { return -1 }
  let whole = quickDigits(word, count)
  return places == 0 || whole < 0 ? whole : whole &* tens(places)
}

@inline(__always)
private func tens(_ places: Int) -> Int {
  places == 1 ? 10 : places == 2 ? 100 : places == 3 ? 1000 : 10_000
}

/// The number whose 1 to 8 digits are the last bytes of a word; -1 when they are not all digits.
@inline(__always)
func quickDigits(_ word: UInt64, _ count: Int) -> Int {
  let kept = ~0 &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
  let word = (word & kept) | (0x3030_3030_3030_3030 & ~kept)
  let high: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
  let areDigits =
    ((word & high) ^ 0x3030_3030_3030_3030)
    | (((word &+ 0x0606_0606_0606_0606) & high) ^ 0x3030_3030_3030_3030)
  return areDigits == 0 ? Int(truncatingIfNeeded: eightDigits(word)) : -1
}

/// Eight ASCII digits, the first in the lowest byte: pairs, then fours, then all are put together.
@inline(__always)
private func eightDigits(_ word: UInt64) -> UInt64 {
  var value = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) &>> 8
  value = ((value & 0x00FF_00FF_00FF_00FF) &* 6_553_601) &>> 16
  return ((value & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) &>> 32
}
