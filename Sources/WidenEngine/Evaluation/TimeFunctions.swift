import WidenLanguage

/// Days, months and periods as the whole numbers that vectors hold.
extension Evaluation {
  /// What a function makes of a single day, month or period.
  func timePart(_ function: Function, _ value: Vector, type: ValueType, rows: Int)
    throws(ExecutionError) -> Vector
  {
    let change: @Sendable (Int) -> Int =
      switch function {
      case .year: { firstMonth($0, type).year }
      case .month: { firstMonth($0, type).number }
      case .quarter: { Period(.quarter, of: firstMonth($0, type)).ordinal }
      case .fy: { Period(.financialYear, of: firstMonth($0, type)).ordinal }
      case .ay: { Period(.academicYear, of: firstMonth($0, type)).ordinal }
      case .endOf: { days($0, type).upperBound }
      case .day: { Day(number: days($0, type).lowerBound).components.day }
      case .startOf, .ageAt, .daysBetween, .monthsBetween, .overlaps, .lower, .upper, .trim,
        .length, .left, .right, .replace, .round, .floor, .ceiling, .abs, .min, .max, .coalesce,
        .rankOf:
        { days($0, type).lowerBound }
      }
    return try mapIntegers(value, rows: rows, change)
  }

  /// What a function makes of two days, or of the first days of months and periods.
  func timeBetween(
    _ function: Function, _ first: Vector, _ firstType: ValueType, _ second: Vector,
    _ secondType: ValueType, rows: Int
  ) throws(ExecutionError) -> Vector {
    let isDays = function == .daysBetween
    let monthsEach = function == .ageAt ? 12 : 1
    return try mapIntegers(first, second, rows: rows) { first, second in
      let start = days(first, firstType).lowerBound
      let end = days(second, secondType).lowerBound
      return isDays ? end &- start : wholeMonths(from: start, to: end) / monthsEach
    }
  }

  /// Where the time from start to end touches a day, month or period; open without an end, and
  /// nowhere without a start.
  func overlaps(
    _ arguments: [(vector: Vector, type: ValueType)], rows: Int
  ) throws(ExecutionError) -> Bitmap {
    let (start, end, period) = (arguments[0], arguments[1], arguments[2])
    return try work.bits(rows) { block, flags in
      let starts = start.vector.integers(block)
      let ends = end.vector.integers(block)
      let periods = period.vector.integers(block)
      for row in 0..<block.count {
        guard starts.present[row] & periods.present[row] == 1 else {
          flags[row] = 0
          continue
        }
        let asked = days(periods.values[row], period.type)
        let hasStarted = days(starts.values[row], start.type).lowerBound <= asked.upperBound
        let hasEnded =
          ends.present[row] == 1
          && days(ends.values[row], end.type).upperBound < asked.lowerBound
        flags[row] = hasStarted && !hasEnded ? 1 : 0
      }
    }
  }
}

/// The first and the last day, by number, of a day, month or period.
private func days(_ number: Int, _ type: ValueType) -> ClosedRange<Int> {
  switch type {
  case .month:
    let month = Month(number: number)
    return month.first.number...month.last.number
  case .period:
    let period = Period(ordinal: number)
    return period.first.number...period.last.number
  case .date, .text, .category, .integer, .decimal, .boolean: return number...number
  }
}

/// The month in which a day, month or period starts.
private func firstMonth(_ number: Int, _ type: ValueType) -> Month {
  switch type {
  case .month: Month(number: number)
  case .period: Period(ordinal: number).firstMonth
  case .date, .text, .category, .integer, .decimal, .boolean: Month(of: Day(number: number))
  }
}

/// Whole months from one day to another, negative when the second is earlier.
private func wholeMonths(from start: Int, to end: Int) -> Int {
  if end < start { return -wholeMonths(from: end, to: start) }
  let first = Day(number: start).components
  let second = Day(number: end).components
  let months = (second.year - first.year) * 12 + second.month - first.month
  return second.day < first.day ? months - 1 : months
}
