import WidenLanguage

/// Days, months and periods as the whole numbers that vectors hold.
extension Evaluation {
  /// What a function makes of a single day, month or period.
  func timePart(_ function: Function, _ value: Vector, type: ValueType, rows: Int)
    throws(ExecutionError) -> Vector
  {
    if type == .date, let part = monthPart(function) {
      return try eachMonth(of: value, rows: rows, part)
    }
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

  /// What a function makes of all days of a month; nil when they differ.
  private func monthPart(_ function: Function) -> (@Sendable (Month) -> Int)? {
    switch function {
    case .year: { $0.year }
    case .month: { $0.number }
    case .quarter: { Period(.quarter, of: $0).ordinal }
    case .fy: { Period(.financialYear, of: $0).ordinal }
    case .ay: { Period(.academicYear, of: $0).ordinal }
    case .endOf, .day, .startOf, .ageAt, .daysBetween, .monthsBetween, .overlaps, .lower, .upper,
      .trim, .length, .left, .right, .replace, .round, .floor, .ceiling, .abs, .min, .max,
      .coalesce, .rankOf:
      nil
    }
  }

  /// The months of days, which are looked for only when a day lies in another month than the last:
  /// in most columns each day stands once and in order.
  private func eachMonth(of days: Vector, rows: Int, _ part: @escaping @Sendable (Month) -> Int)
    throws(ExecutionError) -> Vector
  {
    let (values, validity) = try work.numbers(rows, as: Int.self) { block, target, present in
      let numbers = days.integers(block)
      var (first, last, result) = (1, 0, 0)
      for row in 0..<block.count {
        present[row] = numbers.present[row]
        guard numbers.present[row] == 1 else {
          target[row] = 0
          continue
        }
        let day = numbers.values[row]
        if day < first || day > last {
          let month = Month(of: Day(number: day))
          (first, last, result) = (month.first.number, month.last.number, part(month))
        }
        target[row] = result
      }
    }
    return .integers(values, validity: validity)
  }

  /// What a function makes of two days, or of the first days of months and periods.
  func timeBetween(
    _ function: Function, _ first: Vector, _ firstType: ValueType, _ second: Vector,
    _ secondType: ValueType, rows: Int
  ) throws(ExecutionError) -> Vector {
    if function == .daysBetween, firstType == .date, secondType == .date {
      return try mapIntegers(first, second, rows: rows) { $1 &- $0 }
    }
    if function == .daysBetween, firstType == .date, secondType == .date {
      return try mapIntegers(first, second, rows: rows) { $1 &- $0 }
    }
    if function == .daysBetween {
      return try mapIntegers(first, second, rows: rows) { first, second in
        days(second, secondType).lowerBound &- days(first, firstType).lowerBound
      }
    }
    let monthsEach = function == .ageAt ? 12 : 1
    return try mapIntegers(
      datesInMonths(first, firstType, rows: rows), datesInMonths(second, secondType, rows: rows),
      rows: rows
    ) { first, second in
      let months = (max(first, second) &>> 5) &- (min(first, second) &>> 5)
      let isShort = max(first, second) & 31 < min(first, second) & 31
      let whole = (isShort ? months &- 1 : months) / monthsEach
      return first <= second ? whole : 0 &- whole
    }
  }

  /// Dates as 32 times the month's number plus the day of the month: found once for each code where
  /// there are few.
  private func datesInMonths(_ dates: Vector, _ type: ValueType, rows: Int)
    throws(ExecutionError) -> Vector
  {
    let change: @Sendable (Int) -> Int = { number in
      let date = Day(number: days(number, type).lowerBound)
      return Month(of: date).number &<< 5 | date.components.day
    }
    guard case .coded(let column) = dates, column.cardinality <= rows else {
      return try mapIntegers(dates, rows: rows, change)
    }
    let table = try mapIntegers(
      .coded(column.withOwnCodes), rows: column.cardinality, change)
    return try work.gather(column.codes, mayBeZero: column.hasMissing, table)
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
