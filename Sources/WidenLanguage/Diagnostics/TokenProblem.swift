/// Problems of single tokens: characters, texts, numbers and dates.
enum TokenProblem: CataloguedProblem {
  case curlyQuotes(String)
  case digitsAndLetters(String)
  case emptyName
  case foreignDigits(String, String)
  case hashInWord
  case moreThanOneYear(String, String)
  case noSuchDate(String, Month?)
  case noSuchMonth(String, financialYear: String?)
  case noSuchYear(String)
  case notWrittenAsDate(String, [String])
  case notWrittenAsMonth(String, String)
  case notWrittenAsYear(String, String)
  /// `better` is nil for a character that means nothing, empty for one that should go.
  case strayCharacter(String, better: String?)
  case thousandsSeparator(String)
  case timeOfDay(String, String)
  case unclosed(isName: Bool, quote: String)
  case yearOrDivision(first: String, second: String)

  var wording: Wording {
    switch self {
    case .curlyQuotes(let text):
      Wording("curly quotes do not enclose text", "write \(short(quoted(text)))")
    case .digitsAndLetters(let text):
      Wording("'\(short(text))' mixes digits and letters", "write \(short(quoted(text))) in quotes")
    case .emptyName:
      Wording("a name in backticks is empty", "write the name between them")
    case .foreignDigits(let text, let digits):
      Wording("'\(short(text))' is not written in the digits 0 to 9", "write \(short(digits))")
    case .hashInWord:
      Wording(
        "unexpected '#' inside a word",
        "a comment needs a space before '#'; a name that holds one needs backticks")
    case .moreThanOneYear(let text, let right):
      Wording("'\(text)' does not span one year", "write \(right)")
    case .noSuchDate(let text, let month):
      Wording("'\(short(text))' is not a date", month.map(length) ?? calendar)
    case .noSuchMonth(let text, let financialYear):
      Wording(
        "'\(text)' is not a month",
        financialYear.map { "write \($0) for the financial year" }
          ?? "write a minus sign with spaces round it to subtract")
    case .noSuchYear(let text):
      Wording("'\(text)' is not a year", "years run from 1800 to 2199, such as FY2014/15")
    case .notWrittenAsDate(let text, let readings):
      Wording(
        "'\(short(text))' is not written as a date",
        "write "
          + (readings.isEmpty
            ? "year-month-day, such as 2024-04-01" : readings.joined(separator: " or ")))
    case .notWrittenAsMonth(let text, let right):
      Wording("'\(text)' is not written as a month", "write \(right)")
    case .notWrittenAsYear(let text, let right):
      Wording("'\(text)' is not written as a year", "write \(right)")
    case .strayCharacter(let character, let better):
      Wording(
        "unexpected character '\(character)'",
        better.map { $0.isEmpty ? "leave it out" : "write \($0)" })
    case .thousandsSeparator(let number):
      Wording("a number has no thousands separator", "write \(short(number))")
    case .timeOfDay(let text, let date):
      Wording("'\(short(text))' has a time of day", "write \(date)")
    case .unclosed(let isName, let quote):
      unclosedWording(isName ? "name" : "text", quote)
    case .yearOrDivision(let first, let second):
      yearWording(first, second)
    }
  }
}

private let calendar = "dates run from 1800-01-01 to 2199-12-31, months from 01 to 12"

private func unclosedWording(_ kind: String, _ quote: String) -> Wording {
  Wording(
    "this \(kind) has no closing quote",
    "\(kind)s end on the line they start on; close it with \(quote)")
}

private func yearWording(_ first: String, _ second: String) -> Wording {
  let year = "\(first)/\(second.suffix(2))"
  return Wording(
    "'\(first)/\(second)' could be a year or a division",
    "write FY\(year) or AY\(year), or \(first) / \(second) with spaces to divide")
}

private func length(_ month: Month) -> String {
  let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  let days = Day.count(ofMonth: month.month, year: month.year)
  return "\(names[month.month - 1]) \(month.year) has \(days) days"
}
