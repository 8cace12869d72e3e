/// A number as the digits people see: the shortest that read back as the same number.
///
/// Rounding these digits, not the binary number behind them, makes a page agree with the data
/// file beside it: 0.2785 is 27.9 % although its nearest binary number lies just below.
struct DecimalDigits {
  private(set) var isNegative: Bool
  /// 0...9 each, the first and the last not 0; none for zero.
  private var digits: [UInt8] = []
  /// The number is 0.DIGITS times 10 to the power of `point`.
  private var point = 0

  /// The digits of a finite number; an infinite one reads as zero.
  init(_ number: Double) {
    isNegative = number < 0
    guard number.isFinite, number != 0 else { return }
    var exponent = 0
    var isFraction = false
    let text = number.magnitude.description
    for (index, byte) in zip(text.utf8.indices, text.utf8) {
      if byte == UInt8(ascii: "e") {
        exponent = Int(text[text.utf8.index(after: index)...]) ?? 0
        break
      } else if byte == UInt8(ascii: ".") {
        isFraction = true
      } else {
        digits.append(byte - UInt8(ascii: "0"))
        if !isFraction { point += 1 }
      }
    }
    point += exponent
    trim()
  }

  /// The digits of a whole number.
  init(_ number: Int) {
    isNegative = number < 0
    digits = String(number.magnitude).utf8.map { $0 - UInt8(ascii: "0") }
    point = digits.count
    trim()
  }

  /// Whether the number is zero.
  var isZero: Bool { digits.isEmpty }

  /// How many digits after the point it takes to write it exactly.
  var places: Int { max(0, digits.count - point) }

  /// How many digits stand before the point; negative for zeros that follow it.
  var magnitude: Int { point }

  /// The number times 10 to the power of `power`.
  func shifted(by power: Int) -> DecimalDigits {
    var result = self
    if !isZero { result.point += power }
    return result
  }

  /// The number rounded to so many places, halves away from zero.
  func rounded(toPlaces places: Int) -> DecimalDigits {
    let kept = point + places
    guard kept < digits.count else { return self }
    var result = self
    guard kept >= 0 else {
      result.digits = []
      result.point = 0
      return result
    }
    let roundsUp = digits[kept] >= 5
    result.digits = Array(digits[..<kept])
    if roundsUp {
      var index = kept - 1
      while index >= 0, result.digits[index] == 9 {
        result.digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        result.digits[index] += 1
      } else {
        result.digits.insert(1, at: 0)
        result.point += 1
      }
    }
    result.trim()
    return result
  }

  /// The number in plain notation, with at least so many places, thousands apart if asked for.
  func text(places minimum: Int = 0, separator: String = "") -> String {
    let fraction = max(minimum, places)
    var text = isNegative && !isZero ? "-" : ""
    let whole = max(1, point)
    for position in 0..<whole {
      text.append(digit(point > 0 ? position : -1))
      let left = whole - position - 1
      if left > 0, left % 3 == 0 { text += separator }
    }
    if fraction > 0 {
      text += "."
      for position in point..<(point + fraction) { text.append(digit(position)) }
    }
    return text
  }

  private func digit(_ position: Int) -> Character {
    guard digits.indices.contains(position) else { return "0" }
    return Character(Unicode.Scalar(digits[position] + UInt8(ascii: "0")))
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point = digits.isEmpty ? 0 : point - zeros
  }
}
