/// Numbers, dates, months and periods, and the look-alikes that would compute something else.
extension Lexer {
  mutating func number() {
    let first = digitsEnd(from: position)
    if let slashed = slashDate(first) { return slashDate(slashed) }
    if first - position == 4 {
      if byte(at: first) == 0x2D, dashed(first) { return }
      if byte(at: first) == 0x2F, let end = bareYearEnd(first) { return bareYear(first, upTo: end) }
    }
    var end = first
    if byte(at: first) == 0x2E {
      let fraction = digitsEnd(from: first + 1)
      if fraction > first + 1 { end = fraction }
    }
    if isWordPart(at: end) { return mixed(from: end) }
    take(.number, upTo: byte(at: end) == 0x25 ? end + 1 : end)
  }

  /// Digits and letters in one word, such as the band `8a`.
  private mutating func mixed(from start: Int) {
    var end = wordEnd(from: start)
    if byte(at: end) == 0x25 { end += 1 }
    let written = text(of: bytes, position..<end)
    let digits = written.filter { $0 != "_" }
    take(.text, written, upTo: end)
    if digits.utf8.allSatisfy(Characters.isDigit) {
      report(.thousandsSeparator(digits), replacement: digits)
    } else {
      report(.digitsAndLetters(written), replacement: quoted(written))
    }
  }

  /// Digits of another script.
  mutating func foreignNumber() {
    let end = wordEnd(from: position)
    let written = text(of: bytes, position..<end)
    let digits = written.compactMap { $0.wholeNumberValue.map(String.init) }
    guard digits.count == written.count else {
      return unknown(.strayCharacter(visible(written), better: nil), length: end - position)
    }
    take(.number, digits.joined(), upTo: end)
    report(.foreignDigits(written, digits.joined()), replacement: digits.joined())
  }

  // MARK: Dates with dashes

  /// Reads `2014-09`, `2014-09-01` and what looks like them; false when it is a subtraction.
  private mutating func dashed(_ first: Int) -> Bool {
    let second = digitsEnd(from: first + 1)
    guard second > first + 1 else { return false }
    let year = integer(position, first)
    if byte(at: second) == 0x2D {
      let third = digitsEnd(from: second + 1)
      guard third > second + 1 else { return false }
      let parts = [year, integer(first + 1, second), integer(second + 1, third)]
      if byte(at: third) == 0x54, byte(at: third + 1).map(Characters.isDigit) == true {
        timestamp(parts, from: third)
      } else {
        date(parts, upTo: wordEnd(from: third), isWhole: !isWordPart(at: third))
      }
      return true
    }
    guard second - first <= 3, !isWordPart(at: second) else { return false }
    month(year, integer(first + 1, second), upTo: second)
    return true
  }

  private mutating func date(_ parts: [Int], upTo end: Int, isWhole: Bool) {
    let written = text(of: bytes, position..<end)
    let day = Day(year: parts[0], month: parts[1], day: parts[2])
    let isInCalendar = isWhole && years.contains(parts[0]) && (1...12).contains(parts[1])
    take(
      .date, day?.description ?? written, upTo: end,
      literal: .date(day ?? Day(number: 0)))
    if let day, isInCalendar {
      if written != day.description {
        report(.notWrittenAsDate(written, ["\(day)"]), replacement: "\(day)")
      }
    } else {
      report(
        .noSuchDate(written, isInCalendar ? Month(year: parts[0], month: parts[1]) : nil))
    }
  }

  /// A date with a time of day, as programs write it: the date is what was meant.
  private mutating func timestamp(_ parts: [Int], from third: Int) {
    var end = third
    while let byte = byte(at: end),
      Characters.isDigit(byte) || byte == 0x54 || byte == 0x3A || byte == 0x2E || byte == 0x5A
    {
      end += 1
    }
    let day = Day(year: parts[0], month: parts[1], day: parts[2])
    let written = text(of: bytes, position..<end)
    take(.date, written, upTo: end, literal: .date(day ?? Day(number: 0)))
    if let day, years.contains(parts[0]) {
      report(.timeOfDay(written, "\(day)"), replacement: "\(day)")
    } else {
      report(.noSuchDate(written, nil))
    }
  }

  private mutating func month(_ year: Int, _ number: Int, upTo end: Int) {
    let written = text(of: bytes, position..<end)
    guard years.contains(year), (1...12).contains(number) else {
      take(.month, written, upTo: end, literal: .month(Month(number: 0)))
      guard years.contains(year), number == (year + 1) % 100 else {
        return report(.noSuchMonth(written, financialYear: nil))
      }
      let period = "\(Period(.financialYear, startYear: year))"
      return report(.noSuchMonth(written, financialYear: period), replacement: period)
    }
    let month = Month(year: year, month: number)
    take(.month, "\(month)", upTo: end, literal: .month(month))
    if written != "\(month)" {
      report(.notWrittenAsMonth(written, "\(month)"), replacement: "\(month)")
    }
  }

  // MARK: Dates and years with slashes

  /// The three numbers of `01/04/24` or `1.4.2024` and where they end.
  private func slashDate(_ first: Int) -> (parts: [Int], end: Int)? {
    guard first - position <= 2, isDateSlash(at: first) else { return nil }
    let second = digitsEnd(from: first + 1)
    guard (1...2).contains(second - first - 1), isDateSlash(at: second) else { return nil }
    let third = digitsEnd(from: second + 1)
    let length = third - second - 1
    guard length == 2 || length == 4, !isWordPart(at: third), byte(at: third) != 0x2E else {
      return nil
    }
    let year = integer(second + 1, third) + (length == 2 ? 2000 : 0)
    return ([integer(position, first), integer(first + 1, second), year], third)
  }

  private func isDateSlash(at offset: Int) -> Bool {
    byte(at: offset) == 0x2F || byte(at: offset) == 0x2E
  }

  private mutating func slashDate(_ found: (parts: [Int], end: Int)) {
    let written = text(of: bytes, position..<found.end)
    let (one, two, year) = (found.parts[0], found.parts[1], found.parts[2])
    var readings: [Day] = []
    for (day, month) in [(one, two), (two, one)] where years.contains(year) {
      if let reading = Day(year: year, month: month, day: day), !readings.contains(reading) {
        readings.append(reading)
      }
    }
    take(.date, written, upTo: found.end, literal: .date(readings.first ?? Day(number: 0)))
    let shown = readings.map(\.description)
    report(
      .notWrittenAsDate(written, shown), replacement: shown.count == 1 ? shown.first : nil)
  }

  /// The end of `2014/15` or `2014/2015`, which could be a year or a division.
  private func bareYearEnd(_ first: Int) -> Int? {
    let century = integer(position, position + 2)
    let second = digitsEnd(from: first + 1)
    let length = second - first - 1
    guard century == 19 || century == 20, length == 2 || length == 4, !isWordPart(at: second)
    else { return nil }
    return second
  }

  private mutating func bareYear(_ first: Int, upTo end: Int) {
    let year = integer(position, first)
    let second = text(of: bytes, first + 1..<end)
    let period = Period(.financialYear, startYear: year)
    take(.period, upTo: end, literal: .period(period))
    report(.yearOrDivision(first: "\(year)", second: second))
  }

  // MARK: Periods

  /// Where a financial or academic year ends that starts here: `FY2014/15`, `fy 14-15`.
  var periodEnd: Int? {
    let prefix = bytes[position] | 0x20
    guard prefix == 0x66 || prefix == 0x61, byte(at: position + 1).map({ $0 | 0x20 }) == 0x79
    else { return nil }
    let isSpaced = byte(at: position + 2) == 0x20
    let start = position + (isSpaced ? 3 : 2)
    let first = digitsEnd(from: start)
    // With a space and a dash it is a column called 'fy' and a month: `fy 2014-09`.
    guard (2...4).contains(first - start),
      byte(at: first) == 0x2F || byte(at: first) == 0x2D && !isSpaced
    else { return nil }
    let second = digitsEnd(from: first + 1)
    guard (2...4).contains(second - first - 1), !isWordPart(at: second) else { return nil }
    return second
  }

  mutating func period(upTo end: Int) {
    let written = text(of: bytes, position..<end)
    let kind: Period.Kind = bytes[position] | 0x20 == 0x66 ? .financialYear : .academicYear
    let numbers = written.split { !($0.isASCII && $0.isNumber) }.compactMap { Int($0) }
    let year = (numbers.first ?? 0) + ((numbers.first ?? 0) < 100 ? 2000 : 0)
    let period = Period(kind, startYear: year)
    take(.period, "\(period)", upTo: end, literal: .period(period))
    if !years.contains(year) {
      report(.noSuchYear(written))
    } else if (numbers.last ?? 0) % 100 != (year + 1) % 100 {
      report(.moreThanOneYear(written, "\(period)"), replacement: "\(period)")
    } else if written.uppercased() != "\(period)" {
      report(.notWrittenAsYear(written, "\(period)"), replacement: "\(period)")
    }
  }

  /// The whole number between two offsets; far too large ones stop growing.
  private func integer(_ start: Int, _ end: Int) -> Int {
    bytes[start..<end].reduce(0) { min($0, 1_000_000) * 10 + Int($1 - 0x30) }
  }
}

private let years = 1800..<2200
