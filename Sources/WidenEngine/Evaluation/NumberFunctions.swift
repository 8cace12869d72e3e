import WidenLanguage

extension Evaluation {
  /// Rounded to places, halves away from zero, as the number reads in decimal.
  func rounded(_ value: Vector, to places: Vector, rows: Int) throws(ExecutionError) -> Vector {
    if !value.isDecimal {
      // Whole numbers have no places to lose, but without a number of places there is no result.
      return try mapIntegers(value, places, rows: rows) { number, _ in number }
    }
    if case .constant(let constant) = places {
      guard let count = constant.number else { return .constant(.missing) }
      let known = min(max(0, count), value.places ?? 17)
      return try mapFractions(value, rows: rows, places: known <= 4 ? known : nil) {
        roundedHalfAway($0, places: count)
      }
    }
    let (values, validity) = try work.numbers(rows, as: Double.self) { block, target, present in
      let numbers = value.fractions(block)
      let counts = places.integers(block)
      for row in 0..<block.count {
        present[row] = numbers.present[row] & counts.present[row]
        target[row] =
          present[row] == 1 ? roundedHalfAway(numbers.values[row], places: counts.values[row]) : 0
      }
    }
    return .decimals(values, validity: validity, places: nil)
  }

  /// The next whole number in a direction.
  func rounded(_ value: Vector, _ rule: FloatingPointRoundingRule, rows: Int)
    throws(ExecutionError) -> Vector
  {
    guard value.isDecimal else { return value }
    return try mapFractions(value, rows: rows, places: 0) { $0.rounded(rule) }
  }

  /// The number without its sign.
  func magnitude(_ value: Vector, rows: Int) throws(ExecutionError) -> Vector {
    if value.isMissingConstant { return value }
    if value.isDecimal {
      return try mapFractions(value, rows: rows, places: value.places) { $0.magnitude }
    }
    let overflow = Flag()
    let result = try mapIntegers(value, rows: rows) { number in
      if number == .min { overflow.set() }
      return number < 0 ? 0 &- number : number
    }
    return overflow.isSet
      ? try mapFractions(value, rows: rows, places: 0) { $0.magnitude } : result
  }

  /// The least or the greatest of several; missing when one of them is.
  func extreme(_ values: [Vector], isGreatest: Bool, rows: Int) throws(ExecutionError) -> Vector {
    if values.isEmpty || values.contains(where: \.isMissingConstant) {
      return .constant(.missing)
    }
    guard values.contains(where: \.isDecimal) else {
      let (numbers, validity) = try work.numbers(rows, as: Int.self) { block, target, present in
        extremeOfBlock(
          values.map { $0.integers(block) }, isGreatest, block.count, target, present)
      }
      return .integers(numbers, validity: validity)
    }
    var places: Int? = 0
    for value in values { places = places.flatMap { own in value.places.map { max(own, $0) } } }
    let (numbers, validity) = try work.numbers(rows, as: Double.self) { block, target, present in
      extremeOfBlock(
        values.map { $0.fractions(block) }, isGreatest, block.count, target, present)
    }
    return .decimals(numbers, validity: validity, places: places)
  }
}

private func extremeOfBlock<Element: Comparable & BitwiseCopyable>(
  _ operands: [Block<Element>], _ isGreatest: Bool, _ count: Int,
  _ target: UnsafeMutablePointer<Element>, _ present: UnsafeMutablePointer<UInt8>
) {
  guard let first = operands.first else { return }
  target.update(from: first.values, count: count)
  present.update(from: first.present, count: count)
  for operand in operands.dropFirst() {
    for row in 0..<count {
      let value = operand.values[row]
      let isBetter = isGreatest ? value > target[row] : value < target[row]
      if isBetter { target[row] = value }
      present[row] &= operand.present[row]
    }
  }
}

/// Rounds to 0 or more places, halves away from zero, as the shortest decimal text of the number
/// says: 2.675 to two places is 2.68, although the nearest binary fraction lies below the half.
func roundedHalfAway(_ number: Double, places: Int) -> Double {
  guard number.isFinite, places < 17 else { return number }
  let places = max(0, places)
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let scaled = number.magnitude * scale
  let whole = scaled.rounded(.down)
  let rest = scaled - whole
  if scaled < 1e12, (rest - 0.5).magnitude > 1e-3 {
    let units = rest < 0.5 ? whole : whole + 1
    return number < 0 ? 0 - units / scale : units / scale
  }
  return roundedText(number, places: places) ?? number
}

/// The same, digit by digit.
private func roundedText(_ number: Double, places: Int) -> Double? {
  let text = Array("\(number.magnitude)".utf8)
  let mantissa = text.prefix { $0 != UInt8(ascii: "e") }
  let exponent =
    mantissa.count < text.count
    ? Int(String(decoding: text[(mantissa.count + 1)...], as: UTF8.self)) ?? 0 : 0
  var digits = mantissa.filter { $0 != UInt8(ascii: ".") }.map { Int($0) - 48 }
  let point = (mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.count) + exponent
  // The digits stand for 0.d1d2d3… times 10 to the power of `point`.
  let kept = point + places
  if kept >= digits.count { return number }
  if kept < 0 { return 0 }
  let isUp = digits[kept] >= 5
  digits = Array(digits[..<kept])
  if isUp {
    var index = kept - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 { digits[index] += 1 } else { digits.insert(1, at: 0) }
  }
  let units = digits.isEmpty ? "0" : digits.map(String.init).joined()
  guard let result = Double("\(units)e-\(places)") else { return nil }
  return number < 0 ? 0 - result : result
}
