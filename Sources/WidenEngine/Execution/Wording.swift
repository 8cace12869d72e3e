import WidenLanguage

/// A number with commas between its thousands and at most so many decimals, without closing zeros.
func grouped(_ number: Double, places: Int = 2) -> String {
  guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
  let power = Domain.powers[min(4, places)]
  let units = Int((number * power).rounded(.toNearestOrAwayFromZero))
  let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: UInt(power))
  var decimals = String(rest)
  decimals = String(repeating: "0", count: max(0, places - decimals.count)) + decimals
  while decimals.hasSuffix("0") { decimals.removeLast() }
  let sign = units < 0 ? "-" : ""
  return sign + grouped(Int(whole)) + (decimals.isEmpty ? "" : "." + decimals)
}

/// A value as a column's name shows it.
func plainText(_ value: Value) -> String {
  switch value {
  case .missing: "(missing)"
  case .boolean(let flag): flag ? "yes" : "no"
  case .integer(let number): String(number)
  case .decimal(let number):
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
  case .text(let text): text
  case .date(let day): day.description
  case .month(let month): month.description
  case .period(let period): period.description
  }
}
