public import WidenLanguage

/// A value as CSV and TSV hold it; text as it is, missing as the empty text.
///
/// Decimals are the shortest digits that read back as the same number, never in exponent notation
/// (which many a reader takes for text) and always with a point, so that a decimal column stays one.
public func plainText(of value: Value) -> String {
  switch value {
  case .missing: ""
  case .boolean(let flag): flag ? "yes" : "no"
  case .integer(let number): String(number)
  case .decimal(let number): plainText(of: number) ?? ""
  case .text(let text): text
  case .date(let day): day.description
  case .month(let month): month.description
  case .period(let period): period.description
  }
}

/// A number in plain notation; nil for infinities and what is not a number.
func plainText(of number: Double) -> String? {
  guard number.isFinite else { return nil }
  if number == 0 { return "0.0" }
  let text = number.description
  return text.utf8.contains(UInt8(ascii: "e")) ? DecimalDigits(number).text(places: 1) : text
}
