/// A calendar day, counted from 1 January 1970 in the Gregorian calendar.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1 January 1970; negative before it.
  public var number: Int

  /// The day that many days after 1 January 1970.
  public init(number: Int) {
    self.number = number
  }

  /// The day with this date, or nil when the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= Day.count(ofMonth: month, year: year) else {
      return nil
    }
    self.init(validYear: year, month: month, day: day)
  }

  init(validYear year: Int, month: Int, day: Int) {
    // Howard Hinnant's civil-from-days, the other way: years are counted from March.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// Year, month 1...12 and day 1...31.
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * dayOfYear + 2) / 153
    let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * fromMarch + 2) / 5 + 1
    )
  }

  /// The calendar year.
  public var year: Int { components.year }

  /// How many days a month has.
  public static func count(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Earlier days come first.
  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  /// The date as `2014-04-01`.
  public var description: String {
    let (year, month, day) = components
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// A calendar month.
public struct Month: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Months since January of year 0: `year * 12 + month - 1`.
  public var number: Int

  /// The month with this number.
  public init(number: Int) {
    self.number = number
  }

  /// The month `month` (1...12) of a year.
  public init(year: Int, month: Int) {
    number = year * 12 + month - 1
  }

  /// The month a day lies in.
  public init(of day: Day) {
    let (year, month, _) = day.components
    self.init(year: year, month: month)
  }

  /// The calendar year.
  public var year: Int { number >= 0 ? number / 12 : (number - 11) / 12 }

  /// The month of the year, 1...12.
  public var month: Int { number - year * 12 + 1 }

  /// Its first day.
  public var first: Day { Day(validYear: year, month: month, day: 1) }

  /// Its last day.
  public var last: Day { Day(number: Month(number: number + 1).first.number - 1) }

  /// Earlier months come first.
  public static func < (left: Month, right: Month) -> Bool { left.number < right.number }

  /// The month as `2014-09`.
  public var description: String { "\(padded(year, 4))-\(padded(month, 2))" }
}

func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(abs(number))
  return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
    + digits
}
