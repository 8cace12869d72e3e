import WidenLanguage

extension Evaluation {
  /// Two numbers joined by a sign.
  ///
  /// Missing in, missing out.
  func arithmetic(
    _ sign: ArithmeticOperator, _ left: Vector, _ right: Vector, in scope: Scope
  ) throws(ExecutionError) -> Vector {
    if left.isMissingConstant || right.isMissingConstant { return .constant(.missing) }
    if !left.isDecimal, !right.isDecimal,
      let whole = try wholeArithmetic(sign, left, right, rows: scope.rows)
    {
      return whole
    }
    return try realArithmetic(sign, left, right, in: scope)
  }

  /// The number with the other sign.
  func negative(_ value: Vector, rows: Int) throws(ExecutionError) -> Vector {
    if !value.isDecimal {
      let zero = Vector.constant(.integer(0))
      if let whole = try wholeArithmetic(.subtract, zero, value, rows: rows) { return whole }
      return try mapFractions(value, rows: rows, places: 0) { 0 - $0 }
    }
    return try mapFractions(value, rows: rows, places: value.places) { 0 - $0 }
  }

  /// Whole numbers stay whole; nil when a result is too large, and for division.
  private func wholeArithmetic(
    _ sign: ArithmeticOperator, _ left: Vector, _ right: Vector, rows: Int
  ) throws(ExecutionError) -> Vector? {
    switch sign {
    case .add: try whole(left, right, rows) { $0.addingReportingOverflow($1) }
    case .subtract: try whole(left, right, rows) { $0.subtractingReportingOverflow($1) }
    case .multiply: try whole(left, right, rows) { $0.multipliedReportingOverflow(by: $1) }
    case .divide: nil
    }
  }

  @inline(__always)
  private func whole(
    _ left: Vector, _ right: Vector, _ rows: Int,
    _ join: @escaping @Sendable (Int, Int) -> (partialValue: Int, overflow: Bool)
  ) throws(ExecutionError) -> Vector? {
    let overflow = Flag()
    let (values, validity) = try work.numbers(rows, as: Int.self) { block, target, present in
      let a = left.integers(block)
      let b = right.integers(block)
      var isTooLarge = false
      for row in 0..<block.count {
        let (value, over) = join(a.values[row], b.values[row])
        let isPresent = a.present[row] & b.present[row]
        target[row] = value
        present[row] = isPresent
        isTooLarge = isTooLarge || (over && isPresent == 1)
      }
      if isTooLarge { overflow.set() }
    }
    return overflow.isSet ? nil : .integers(values, validity: validity)
  }

  private func realArithmetic(
    _ sign: ArithmeticOperator, _ left: Vector, _ right: Vector, in scope: Scope
  ) throws(ExecutionError) -> Vector {
    let places = places(of: sign, left, right)
    switch sign {
    case .add: return try real(left, right, scope.rows, places) { $0 + $1 }
    case .subtract: return try real(left, right, scope.rows, places) { $0 - $1 }
    case .multiply: return try real(left, right, scope.rows, places) { $0 * $1 }
    case .divide:
      let quotient = try real(left, right, scope.rows, nil) { $0 / $1 }
      let zero = try compared(
        .equal, right, .constant(.integer(0)), .natural, rows: scope.rows)
      if zero.words.elements.contains(where: { $0 != 0 }) {
        try divided(zero.intersection(presence(of: left, rows: scope.rows)), in: scope)
      }
      return quotient
    }
  }

  /// The places a sum or product of decimals has, when they are few.
  private func places(of sign: ArithmeticOperator, _ left: Vector, _ right: Vector) -> Int? {
    guard let a = left.places, let b = right.places else { return nil }
    let places =
      switch sign {
      case .add, .subtract: max(a, b)
      case .multiply: a + b
      case .divide: 5
      }
    return places <= 4 ? places : nil
  }

  @inline(__always)
  private func real(
    _ left: Vector, _ right: Vector, _ rows: Int, _ places: Int?,
    _ join: @escaping @Sendable (Double, Double) -> Double
  ) throws(ExecutionError) -> Vector {
    let (values, validity) = try work.numbers(rows, as: Double.self) { block, target, present in
      let a = left.fractions(block)
      let b = right.fractions(block)
      for row in 0..<block.count {
        let value = join(a.values[row], b.values[row])
        target[row] = value
        present[row] = a.present[row] & b.present[row] & (value.isFinite ? 1 : 0)
      }
      if let places { snap(target, block.count, to: places) }
    }
    return .decimals(values, validity: validity, places: places)
  }

  /// Each present number by a function; what it makes infinite is missing.
  func mapFractions(
    _ value: Vector, rows: Int, places: Int?, _ change: @escaping @Sendable (Double) -> Double
  ) throws(ExecutionError) -> Vector {
    let (values, validity) = try work.numbers(rows, as: Double.self) { block, target, present in
      let numbers = value.fractions(block)
      for row in 0..<block.count {
        let result = numbers.present[row] == 1 ? change(numbers.values[row]) : 0
        target[row] = result
        present[row] = numbers.present[row] & (result.isFinite ? 1 : 0)
      }
    }
    return .decimals(values, validity: validity, places: places)
  }

  /// Each present whole number by a function; nil makes it missing.
  func mapIntegers(
    _ value: Vector, rows: Int, _ change: @escaping @Sendable (Int) -> Int?
  ) throws(ExecutionError) -> Vector {
    let (values, validity) = try work.numbers(rows, as: Int.self) { block, target, present in
      let numbers = value.integers(block)
      for row in 0..<block.count {
        let result = numbers.present[row] == 1 ? change(numbers.values[row]) : nil
        target[row] = result ?? 0
        present[row] = result == nil ? 0 : 1
      }
    }
    return .integers(values, validity: validity)
  }

  /// Each pair of present whole numbers by a function.
  func mapIntegers(
    _ left: Vector, _ right: Vector, rows: Int, _ join: @escaping @Sendable (Int, Int) -> Int
  ) throws(ExecutionError) -> Vector {
    let (values, validity) = try work.numbers(rows, as: Int.self) { block, target, present in
      let a = left.integers(block)
      let b = right.integers(block)
      for row in 0..<block.count {
        let isPresent = a.present[row] & b.present[row]
        target[row] = isPresent == 1 ? join(a.values[row], b.values[row]) : 0
        present[row] = isPresent
      }
    }
    return .integers(values, validity: validity)
  }
}

/// Rounds to the nearest number with so many places.
///
/// The operands were decimals read from text, so the true result is such a number, and the nearest
/// to what was computed.
private func snap(_ values: UnsafeMutablePointer<Double>, _ count: Int, to places: Int) {
  let scale = Domain.powers[places]
  // Fractions of this size are whole, so that adding it rounds, without a call into the library.
  let wholeNumbers = 6_755_399_441_055_744.0
  for row in 0..<count {
    let units = values[row] * scale
    if units.magnitude < 2e15 { values[row] = (units + wholeNumbers - wholeNumbers) / scale }
  }
}
