public import WidenLanguage

/// A value as people read it: `1,485`, `27.9 %`, `+1.2`, `yes`, and `·` for missing.
///
/// `places` is how many decimals the plain numbers of the column have; nil means as many as the
/// value itself needs, up to four significant ones. Text is returned as it is, not yet made visible.
public func pageText(
  of value: Value, description: ColumnDescription, places: Int? = nil
) -> String {
  switch value {
  case .missing: return "·"
  case .boolean, .text, .date, .month, .period: return plainText(of: value)
  case .integer(let number):
    if description.format == .plain {
      let separator = hasPlainDigits(description, number) ? "" : ","
      return DecimalDigits(number).text(separator: separator)
    }
    if description.format == .year { return DecimalDigits(number).text(separator: "") }
    return pageText(of: DecimalDigits(number), description.format, places: 0)
  case .decimal(let number):
    guard number.isFinite else { return "·" }
    let digits = DecimalDigits(number)
    return pageText(
      of: digits, description.format, places: places ?? decimalPlaces(of: [digits], isExact: false))
  }
}

private func pageText(
  of digits: DecimalDigits, _ format: ColumnDescription.Format, places: Int
) -> String {
  switch format {
  case .plain, .year: return rounded(digits, places: places)
  case .ratio: return rounded(digits, places: 2)
  case .index: return rounded(digits, places: 1)
  // A probability that is too small for a number is not nought.
  case .probability: return digits.isZero ? "<0.001" : rounded(digits, places: 3)
  case .percentage: return rounded(digits.shifted(by: 2), places: 1) + " %"
  case .points:
    let points = digits.shifted(by: 2).rounded(toPlaces: 1)
    if points.isZero { return "0.0" }
    return (points.isNegative ? "" : "+") + points.text(places: 1, separator: ",")
  }
}

/// A number that is not zero never reads as zero: `<0.0001`.
private func rounded(_ digits: DecimalDigits, places: Int) -> String {
  let result = digits.rounded(toPlaces: places)
  guard result.isZero, !digits.isZero else { return result.text(places: places, separator: ",") }
  let least = DecimalDigits(1).shifted(by: -places).text(places: places)
  return digits.isNegative ? ">-" + least : "<" + least
}

/// How many decimals a column of plain numbers is shown with, the same for all of them.
///
/// As many as the values need, up to two; amounts from 1,000 on have two or none, as money has;
/// numbers all below 1 get four, and if that is still too few, four significant ones. Recorded
/// numbers (`isExact`) keep up to four.
func decimalPlaces(of values: some Sequence<DecimalDigits>, isExact: Bool) -> Int {
  var needed = 0
  var magnitude = Int.min
  for value in values where !value.isZero {
    needed = max(needed, value.places)
    magnitude = max(magnitude, value.magnitude)
  }
  if needed == 0 { return 0 }
  if magnitude >= 4 { return 2 }
  if needed <= (isExact ? 4 : 2) { return needed }
  if magnitude >= 1 { return 2 }
  return min(needed, magnitude > -3 ? 4 : min(10, 4 - magnitude))
}

/// Whether whole numbers name something rather than count it, and so have no thousands separators.
func hasPlainDigits(_ description: ColumnDescription, _ number: Int) -> Bool {
  if description.sensitivity == .identifier || description.format == .year { return true }
  let name = description.name.lowercased()
  if name == "id" || name.hasSuffix("_id") { return true }
  return (name == "year" || name.hasSuffix("_year") || name.hasPrefix("year_"))
    && (1000...2999).contains(number)
}
