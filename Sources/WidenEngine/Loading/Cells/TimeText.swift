import WidenLanguage

/// Reads months as they are published.
enum MonthText {
  /// The number of a month such as `2017-SEP`, `SEP-2017` or `September 2017`; where months were
  /// declared also `Sep-17`, `2017-09`, `2017/09`, `09/2017` and the first day or the last of one.
  static func month(_ text: String, isDeclared: Bool) -> Int? {
    guard text.utf8.count <= 20 else { return nil }
    let parts = text.split { $0 == "-" || $0 == " " || $0 == "/" }
    guard parts.count == 2 else { return isDeclared && parts.count == 3 ? edge(text) : nil }
    if let year = year(parts[0]) {
      return (named(parts[1]) ?? (isDeclared ? numbered(parts[1]) : nil)).map { year * 12 + $0 - 1 }
    }
    if let year = year(parts[1]) {
      return (named(parts[0]) ?? (isDeclared ? numbered(parts[0]) : nil)).map { year * 12 + $0 - 1 }
    }
    guard isDeclared, parts[1].utf8.count == 2, let short = Int(parts[1]), short >= 0,
      let month = named(parts[0])
    else { return nil }
    return (2000 + short) * 12 + month - 1
  }

  /// The number of a month such as `201709`.
  static func compact(_ text: String) -> Int? {
    guard let year = year(text.prefix(4)), let month = numbered(text.dropFirst(4)) else {
      return nil
    }
    return year * 12 + month - 1
  }

  /// The number, 1 to 12, of a month by its name or the first three letters of it.
  static func named(_ word: Substring) -> Int? {
    let letters = word.lowercased()
    guard letters.utf8.count >= 3 else { return nil }
    let index = names.firstIndex { $0 == letters || $0.prefix(3) == letters }
    return (index ?? (letters == "sept" ? 8 : nil)).map { $0 + 1 }
  }

  private static func year(_ digits: Substring) -> Int? {
    guard digits.utf8.count == 4, let year = Int(digits), (1900...2099).contains(year) else {
      return nil
    }
    return year
  }

  private static func numbered(_ digits: Substring) -> Int? {
    guard digits.utf8.count == 2, let month = Int(digits), (1...12).contains(month) else {
      return nil
    }
    return month
  }

  /// The month of `2017-09-01` or `2017-09-30`.
  private static func edge(_ text: String) -> Int? {
    guard let day = DateForm(text: "yyyy-mm-dd")?.day(text) else { return nil }
    let month = Month(of: day)
    return day == month.first || day == month.last ? month.number : nil
  }

  private static let names = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}

/// Reads years that begin in one calendar year and end in the next.
enum YearText {
  /// The calendar year in which `2009/10`, `2009-10`, `2009/2010` or `200910` starts; with the
  /// letters of its kind before it, or without.
  static func start(_ text: String, _ kind: Period.Kind) -> Int? {
    var rest = text[...]
    let letters = kind == .financialYear ? "FY" : "AY"
    if rest.hasPrefix(letters) { rest = rest.dropFirst(2) }
    guard rest.utf8.count <= 9, let year = Int(rest.prefix(4)), (1900...2099).contains(year) else {
      return nil
    }
    var end = rest.dropFirst(4)
    if let sign = end.first, sign == "/" || sign == "-" { end = end.dropFirst() }
    guard end.utf8.count == 2 || end.utf8.count == 4,
      end.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(end)
    else { return nil }
    return number == (end.utf8.count == 2 ? (year + 1) % 100 : year + 1) ? year : nil
  }
}
