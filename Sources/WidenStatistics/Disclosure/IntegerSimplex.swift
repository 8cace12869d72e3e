/// Why a linear program was given up.
enum SimplexFailure: Error {
  case infeasible
  case tooMuchWork
  case tooLargeNumbers
}

/// The least and greatest values of sums of bounded variables, in exact arithmetic.
///
/// Each row is a variable too, the sum of others. At any time the rows' places are held by the
/// basic variables, each written as an integer combination of the others over one common
/// denominator, so that pivots divide without remainder (J. Edmonds, "Systems of distinct
/// representatives and linear algebra", 1967). Feasibility is found as in B. Dutertre and L. de
/// Moura, "A fast linear-arithmetic solver for DPLL(T)", 2006, and Bland's rule ends both phases.
struct IntegerSimplex {
  /// Stands for the bound of a variable that has none.
  static let unbounded = Int.max
  /// Entries stay below this, so that a product of two and a difference of those fit.
  private static let largestEntry = 1 << 30

  var low: [Int]
  var high: [Int]
  /// The value of each variable that is not basic.
  var value: [Int]
  /// Which variable a row or a column stands for, and where a variable stands.
  var rowVariable: [Int]
  var columnVariable: [Int]
  var rowOf: [Int]
  var columnOf: [Int]
  /// The combinations, row by row; `width` apart, of which the first entries are in use.
  var tableau: [Int]
  let width: Int
  /// The constant of each row, and the value of its variable, both times the denominator.
  var constants: [Int]
  var levels: [Int]
  var denominator = 1
  /// How many more entries may be computed.
  var work: Int

  /// A program over variables with bounds, and rows that are sums of them, with bounds.
  ///
  /// The rows are numbered as variables after the others. Variables start from `start`.
  init(
    low: [Int], high: [Int], start: [Int], rows: [[Int]], rowLow: [Int], rowHigh: [Int], work: Int
  ) throws(SimplexFailure) {
    self.low = low + rowLow
    self.high = high + rowHigh
    self.work = work
    value = start + [Int](repeating: 0, count: rows.count)
    // A variable without room is a constant from the beginning.
    columnVariable = low.indices.filter { low[$0] != high[$0] }
    columnOf = [Int](repeating: -1, count: low.count + rows.count)
    for (column, variable) in columnVariable.enumerated() { columnOf[variable] = column }
    width = columnVariable.count
    let (entries, isTooLarge) = width.multipliedReportingOverflow(by: rows.count)
    guard !isTooLarge, entries < work else { throw .tooMuchWork }
    rowVariable = rows.indices.map { low.count + $0 }
    rowOf = [Int](repeating: -1, count: low.count) + rows.indices
    tableau = [Int](repeating: 0, count: rows.count * columnVariable.count)
    constants = [Int](repeating: 0, count: rows.count)
    levels = constants
    for (row, members) in rows.enumerated() {
      for member in members {
        if columnOf[member] >= 0 {
          tableau[row * width + columnOf[member]] += 1
        } else {
          constants[row] += value[member]
        }
      }
    }
    try computeLevels()
  }

  /// Moves to a point where all bounds hold.
  mutating func makeFeasible() throws(SimplexFailure) {
    while let (row, isBelow) = try violatedRow() {
      let bound = isBelow ? low[rowVariable[row]] : high[rowVariable[row]]
      var chosen: Int?
      for column in columnVariable.indices {
        let entry = tableau[row * width + column]
        let variable = columnVariable[column]
        let rises = (entry > 0) == isBelow
        let hasRoom =
          rises ? value[variable] < high[variable] : value[variable] > low[variable]
        if entry != 0, hasRoom, chosen.map({ variable < columnVariable[$0] }) ?? true {
          chosen = column
        }
      }
      guard let chosen else { throw .infeasible }
      try pivot(row: row, column: chosen, leavingAt: bound)
    }
  }

  /// One step towards a greater (+1) or smaller (−1) value of a variable; what came of it.
  mutating func step(towards direction: Int, of target: Int) throws(SimplexFailure) -> Step {
    guard let (column, sign) = entering(towards: direction, of: target) else { return .optimal }
    let variable = columnVariable[column]
    let ownRoom: Int? =
      sign > 0
      ? (high[variable] == Self.unbounded ? nil : high[variable] - value[variable])
      : value[variable] - low[variable]
    var limit: (room: Int, speed: Int, row: Int, bound: Int)?
    for row in rowVariable.indices {
      let speed = tableau[row * width + column] * sign
      if speed == 0 { continue }
      let leaving = rowVariable[row]
      let bound = speed > 0 ? high[leaving] : low[leaving]
      if bound == Self.unbounded { continue }
      let room = abs(try difference(try product(bound, denominator), levels[row]))
      guard let best = limit else {
        limit = (room, abs(speed), row, bound)
        continue
      }
      let here = try product(room, best.speed)
      let there = try product(best.room, abs(speed))
      if here < there || (here == there && leaving < rowVariable[best.row]) {
        limit = (room, abs(speed), row, bound)
      }
    }
    if let ownRoom {
      let isNearest = try limit.map { limit throws(SimplexFailure) in
        try product(ownRoom, limit.speed) <= limit.room
      }
      if isNearest ?? true {
        value[variable] += sign * ownRoom
        for row in rowVariable.indices {
          let change = try product(tableau[row * width + column], -sign * ownRoom)
          levels[row] = try difference(levels[row], change)
        }
        return .moved
      }
    }
    guard let limit else { return .endless }
    try pivot(row: limit.row, column: column, leavingAt: limit.bound)
    return .moved
  }

  enum Step {
    case moved
    case optimal
    case endless
  }

  /// The value of a variable, as a numerator over the denominator.
  func numerator(of variable: Int) -> Int {
    rowOf[variable] >= 0 ? levels[rowOf[variable]] : value[variable] * denominator
  }

  /// The first variable, in order, that can move the target the way it should go (Bland's rule).
  private func entering(towards direction: Int, of target: Int) -> (column: Int, sign: Int)? {
    var chosen: (column: Int, sign: Int)?
    for column in columnVariable.indices {
      let variable = columnVariable[column]
      let entry: Int
      if rowOf[target] >= 0 {
        entry = tableau[rowOf[target] * width + column]
      } else {
        entry = variable == target ? 1 : 0
      }
      if entry == 0 { continue }
      let sign = (entry > 0) == (direction > 0) ? 1 : -1
      let hasRoom =
        sign > 0 ? value[variable] < high[variable] : value[variable] > low[variable]
      if hasRoom, chosen.map({ variable < columnVariable[$0.column] }) ?? true {
        chosen = (column, sign)
      }
    }
    return chosen
  }

  private func violatedRow() throws(SimplexFailure) -> (row: Int, isBelow: Bool)? {
    var found: (row: Int, isBelow: Bool)?
    for row in rowVariable.indices {
      let variable = rowVariable[row]
      if let found, rowVariable[found.row] < variable { continue }
      if levels[row] < (try product(low[variable], denominator)) {
        found = (row, true)
      } else if high[variable] != Self.unbounded,
        levels[row] > (try product(high[variable], denominator))
      {
        found = (row, false)
      }
    }
    return found
  }

  /// Exchanges a basic variable, which goes to a bound, for one that is not.
  private mutating func pivot(row: Int, column: Int, leavingAt bound: Int) throws(SimplexFailure) {
    let used = columnVariable.count
    work -= rowVariable.count + used
    guard work > 0 else { throw .tooMuchWork }
    let leaving = rowVariable[row]
    let entering = columnVariable[column]
    let divisor = denominator
    let corner = tableau[row * width + column]
    let sign = corner > 0 ? 1 : -1
    let size = abs(corner)
    let start = row * width
    // How far the leaving variable moves, and with it all others, times both denominators.
    let move = try difference(try product(bound, divisor), levels[row])
    for other in rowVariable.indices where other != row {
      let factor = tableau[other * width + column] * sign
      if factor == 0, size == divisor { continue }
      levels[other] =
        try difference(try product(levels[other], size), -(try product(factor, move))) / divisor
      constants[other] =
        try difference(
          try product(constants[other], size), try product(factor, constants[row])) / divisor
    }
    try eliminate(row: row, column: column, size: size, sign: sign)
    for place in 0..<used where place != column { tableau[start + place] *= -sign }
    tableau[start + column] = divisor * sign
    constants[row] *= -sign
    levels[row] = try difference(try product(value[entering], size), -sign * move)
    denominator = size
    rowVariable[row] = entering
    columnVariable[column] = leaving
    rowOf[entering] = row
    columnOf[entering] = -1
    rowOf[leaving] = -1
    columnOf[leaving] = column
    value[leaving] = bound
    if low[leaving] == high[leaving] { try makeConstant(column) }
  }

  /// Takes the entering variable out of all other rows.
  ///
  /// That is where nearly all of the time goes. The divisions leave no remainder, so that they are
  /// multiplications by the inverse of the denominator's odd part among numbers of 64 bits, which
  /// the compiler does for several entries at once.
  private mutating func eliminate(row: Int, column: Int, size: Int, sign: Int)
    throws(SimplexFailure)
  {
    let (used, width, divisor) = (columnVariable.count, width, denominator)
    let shift = divisor.trailingZeroBitCount
    let odd = divisor >> shift
    var inverse = odd
    for _ in 0..<5 { inverse &*= 2 &- odd &* inverse }
    let start = row * width
    // With the denominator unchanged only the columns that the row has are touched.
    let places =
      size == divisor ? (0..<used).filter { $0 != column && tableau[start + $0] != 0 } : []
    var done = 0
    var largest = 0
    let rowCount = rowVariable.count
    tableau.withUnsafeMutableBufferPointer { cells in
      for other in 0..<rowCount where other != row {
        let base = other * width
        let factor = cells[base + column] * sign
        if size == divisor {
          if factor == 0 { continue }
          for place in places {
            let entry = cells[base + place] &* size &- factor &* cells[start + place]
            cells[base + place] = (entry >> shift) &* inverse
            largest |= abs(cells[base + place])
          }
          done += places.count
        } else {
          for place in 0..<used {
            let entry = cells[base + place] &* size &- factor &* cells[start + place]
            let quotient = (entry >> shift) &* inverse
            cells[base + place] = quotient
            largest |= quotient ^ (quotient >> 63)
          }
          done += used
        }
        cells[base + column] = factor
      }
    }
    work -= done
    guard largest < Self.largestEntry else { throw .tooLargeNumbers }
  }

  /// A variable that can never move again becomes part of the constants.
  private mutating func makeConstant(_ column: Int) throws(SimplexFailure) {
    let fixed = columnVariable[column]
    let last = columnVariable.count - 1
    for row in rowVariable.indices {
      let base = row * width
      let part = try product(tableau[base + column], value[fixed])
      constants[row] = try difference(constants[row], -part)
      tableau[base + column] = tableau[base + last]
    }
    columnVariable[column] = columnVariable[last]
    columnOf[columnVariable[column]] = column
    columnVariable.removeLast()
    columnOf[fixed] = -1
  }

  /// The rows' values at the start; afterwards they follow what moves.
  private mutating func computeLevels() throws(SimplexFailure) {
    let values = columnVariable.map { value[$0] }
    for row in rowVariable.indices {
      var level = constants[row]
      let base = row * width
      for (column, value) in values.enumerated() where tableau[base + column] != 0 {
        level = try difference(level, -(try product(tableau[base + column], value)))
      }
      levels[row] = level
    }
  }
}

/// A product, unless it does not fit.
private func product(_ first: Int, _ second: Int) throws(SimplexFailure) -> Int {
  let (product, isTooLarge) = first.multipliedReportingOverflow(by: second)
  guard !isTooLarge, product != Int.min else { throw .tooLargeNumbers }
  return product
}

/// A difference, unless it does not fit.
private func difference(_ first: Int, _ second: Int) throws(SimplexFailure) -> Int {
  let (difference, isTooLarge) = first.subtractingReportingOverflow(second)
  guard !isTooLarge, difference != Int.min else { throw .tooLargeNumbers }
  return difference
}
