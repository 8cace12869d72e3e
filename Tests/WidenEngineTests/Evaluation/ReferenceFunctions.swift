import WidenLanguage

extension ReferenceEvaluator {
  func function(_ function: Function, _ arguments: [TypedExpression], _ row: [Value]) -> Value {
    let values = arguments.map { value($0, row) }
    if function == .coalesce { return values.first { $0 != .missing } ?? .missing }
    if function == .overlaps { return .boolean(overlaps(values)) }
    if values.contains(.missing) { return .missing }
    switch function {
    case .year: return days(values[0]).map { .integer($0.lowerBound.components.year) } ?? .missing
    case .day: return days(values[0]).map { .integer($0.lowerBound.components.day) } ?? .missing
    case .month: return month(values[0]).map { .month($0) } ?? .missing
    case .quarter: return month(values[0]).map { .period(Period(.quarter, of: $0)) } ?? .missing
    case .fy: return month(values[0]).map { .period(Period(.financialYear, of: $0)) } ?? .missing
    case .ay: return month(values[0]).map { .period(Period(.academicYear, of: $0)) } ?? .missing
    case .startOf: return days(values[0]).map { .date($0.lowerBound) } ?? .missing
    case .endOf: return days(values[0]).map { .date($0.upperBound) } ?? .missing
    case .daysBetween, .monthsBetween, .ageAt: return between(function, values)
    case .lower, .upper, .trim, .length, .left, .right, .replace: return text(function, values)
    case .rankOf:
      guard case .text(let text) = values[0],
        let rank = arguments[0].categories?.firstIndex(of: text)
      else { return .missing }
      return .integer(rank + 1)
    case .round, .floor, .ceiling, .abs, .min, .max: return number(function, values)
    case .coalesce, .overlaps: return .missing
    }
  }

  private func days(_ value: Value) -> ClosedRange<Day>? {
    switch value {
    case .date(let day): day...day
    case .month(let month): month.first...month.last
    case .period(let period): period.first...period.last
    case .missing, .boolean, .integer, .decimal, .text: nil
    }
  }

  private func month(_ value: Value) -> Month? { days(value).map { Month(of: $0.lowerBound) } }

  private func overlaps(_ values: [Value]) -> Bool {
    guard let start = days(values[0]), let asked = days(values[2]) else { return false }
    let end = days(values[1])?.upperBound
    return start.lowerBound <= asked.upperBound && end.map { $0 >= asked.lowerBound } ?? true
  }

  private func between(_ function: Function, _ values: [Value]) -> Value {
    guard let first = days(values[0])?.lowerBound, let second = days(values[1])?.lowerBound else {
      return .missing
    }
    if function == .daysBetween { return .integer(second.number - first.number) }
    // Counted one by one: a month is over when its day of the month has come.
    let (early, late) = (min(first, second).components, max(first, second).components)
    var months = 0
    while (early.year * 12 + early.month + months + 1, early.day)
      <= (late.year * 12 + late.month, late.day)
    {
      months += 1
    }
    if function == .ageAt { months /= 12 }
    return .integer(first <= second ? months : -months)
  }

  private func text(_ function: Function, _ values: [Value]) -> Value {
    guard case .text(let text) = values[0] else { return .missing }
    switch (function, values.dropFirst().first) {
    case (.lower, _): return .text(text.lowercased())
    case (.upper, _): return .text(text.uppercased())
    case (.length, _): return .integer(text.count)
    case (.trim, _):
      let start = text.drop { $0.isWhitespace }
      return .text(String(String(start.reversed()).drop { $0.isWhitespace }.reversed()))
    case (.left, .integer(let count)): return .text(String(text.prefix(max(0, count))))
    case (.right, .integer(let count)): return .text(String(text.suffix(max(0, count))))
    case (.replace, .text(let old)):
      guard case .text(let new) = values[2], !old.isEmpty else { return .text(text) }
      return .text(text.split(separator: old, omittingEmptySubsequences: false).joined(by: new))
    default: return .missing
    }
  }

  private func number(_ function: Function, _ values: [Value]) -> Value {
    switch (function, values[0]) {
    case (.min, _), (.max, _):
      return values.dropFirst().reduce(values[0]) { best, value in
        let isLess = less(value, best)
        let isGreater = less(best, value)
        return (function == .min ? isLess : isGreater) ? value : best
      }
    case (.abs, .integer(let number)):
      return number == .min ? .decimal(Double(number).magnitude) : .integer(Swift.abs(number))
    case (.abs, .decimal(let number)): return .decimal(Swift.abs(number))
    case (_, .integer): return values[0]
    case (.floor, .decimal(let number)): return whole(number.rounded(.down))
    case (.ceiling, .decimal(let number)): return whole(number.rounded(.up))
    case (.round, .decimal(let number)):
      guard case .integer(let places) = values[1] else { return .missing }
      return .decimal(ReferenceEvaluator.rounded(number, places))
    default: return .missing
    }
  }

  private func whole(_ number: Double) -> Value {
    Int(exactly: number).map { .integer($0) } ?? .decimal(number)
  }

  private func less(_ left: Value, _ right: Value) -> Bool {
    if case .date(let a) = left, case .date(let b) = right { return a < b }
    guard let a = ReferenceEvaluator.number(left), let b = ReferenceEvaluator.number(right) else {
      return false
    }
    return a < b
  }

  /// On the decimal text, in whole numbers.
  static func rounded(_ number: Double, _ places: Int) -> Double {
    let parts = "\(number.magnitude)".split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let halves = parts[0].split(separator: ".")
    let digits = halves.joined()
    guard var units = Int128(digits) else { return number }
    // The number is `units` times 10 to the power of `scale`.
    var scale = exponent - (halves.count > 1 ? halves[1].count : 0)
    if scale >= -places { return number }
    while scale < -places - 1 {
      units /= 10
      scale += 1
    }
    units = (units + 5) / 10
    let result = Double("\(units)e-\(places)") ?? number
    return number < 0 ? 0 - result : result
  }
}

extension [Substring] {
  fileprivate func joined(by separator: String) -> String { joined(separator: separator) }
}
