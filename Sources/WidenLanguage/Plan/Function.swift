/// The functions of the language, described once: the binder types them, the engine computes them,
/// completion and help show them.
public enum Function: String, Hashable, Sendable, CaseIterable {
  // Time
  case year, month, quarter, day, fy, ay
  case ageAt = "age_at"
  case daysBetween = "days_between"
  case monthsBetween = "months_between"
  case startOf = "start_of"
  case endOf = "end_of"
  case overlaps
  // Text
  case lower, upper, trim, length, left, right, replace
  // Numbers
  case round, floor, ceiling, abs, min, max
  // Any
  case coalesce
  case rankOf = "rank_of"

  /// How it is called, what it gives, and an example over the sample.
  public struct Record: Hashable, Sendable {
    /// How it is called: `left(text, count)`.
    public var signature: String
    /// What it gives, as a phrase: `the first characters`.
    public var summary: String
    /// A query that runs on the sample dataset.
    public var example: String
  }

  /// Its description.
  public var record: Record {
    switch self {
    case .year:
      Record(
        "year(date)", "the calendar year of a date, month or period, as a whole number",
        "from staff | count by year(joined) as year")
    case .month:
      Record(
        "month(date)", "the month a date lies in, such as 2014-09",
        "from staff | where left is recorded | count by month(left) as month")
    case .quarter:
      Record(
        "quarter(date)", "the calendar quarter of a date or month, such as 2014-Q3",
        "from participation | count by quarter(started) as quarter")
    case .day:
      Record(
        "day(date)", "the day of the month, 1 to 31", "from staff | count by day(joined) as day")
    case .fy:
      Record(
        "fy(date)", "the financial year (1 April to 31 March) of a date or month",
        "from participation | count by fy(started) as year")
    case .ay:
      Record(
        "ay(date)", "the academic year (1 August to 31 July) of a date or month",
        "from participation | count by ay(started) as year")
    case .ageAt:
      Record(
        "age_at(born, date)", "whole years from a date of birth to another date",
        "from staff | summarise median age_at(joined, 2015-03-31) as years_in_post")
    case .daysBetween:
      Record(
        "days_between(first, second)", "days from one date to another",
        "from staff | summarise median days_between(joined, left) as days")
    case .monthsBetween:
      Record(
        "months_between(first, second)", "whole months from one date to another",
        "from participation | summarise mean months_between(started, ended) as months")
    case .startOf:
      Record(
        "start_of(period)", "the first day of a month or period",
        "from participation | derive start_of(fy(started)) as year_starts | take 5")
    case .endOf:
      Record(
        "end_of(period)", "the last day of a month or period",
        "from participation | derive end_of(fy(started)) as year_ends | take 5")
    case .overlaps:
      Record(
        "overlaps(start, end, period)",
        "whether the time from start to end (open when missing) touches a day, month or period",
        "from initiatives | where overlaps(started, ended, FY2014/15) | count")
    case .lower:
      Record(
        "lower(text)", "the text in small letters", "from organisations | select name | take 3")
    case .upper:
      Record(
        "upper(text)", "the text in capitals",
        "from organisations | derive upper(name) as capitals | take 3")
    case .trim:
      Record(
        "trim(text)", "the text without spaces at its ends",
        "from organisations | derive trim(name) as trimmed | take 3")
    case .length:
      Record(
        "length(text)", "the number of characters",
        "from organisations | derive length(name) as letters | take 3")
    case .left:
      Record(
        "left(text, count)", "the first characters",
        "from organisations | count by left(organisation, 2) as prefix")
    case .right:
      Record(
        "right(text, count)", "the last characters",
        "from organisations | count by right(organisation, 1) as ending")
    case .replace:
      Record(
        "replace(text, old, new)", "the text with every old part replaced by the new",
        "from organisations | derive replace(name, \"NHS Foundation Trust\", \"FT\") as short | take 3"
      )
    case .round:
      Record(
        "round(number, places)", "rounded to 0 or more places, halves away from zero",
        "from staff | summarise round(mean salary, 0) as mean_salary by band")
    case .floor:
      Record(
        "floor(number)", "the next whole number down",
        "from staff | count by floor(salary / 10000) as ten_thousands")
    case .ceiling:
      Record(
        "ceiling(number)", "the next whole number up",
        "from staff | count by ceiling(salary / 10000) as ten_thousands")
    case .abs:
      Record(
        "abs(number)", "the number without its sign",
        "from staff | derive abs(fte - 1) as less | take 3")
    case .min:
      Record(
        "min(first, second, …)", "the least of several numbers or dates",
        "from staff | derive min(fte, 1) as capped | take 3")
    case .max:
      Record(
        "max(first, second, …)", "the greatest of several numbers or dates",
        "from staff | derive max(fte, 0.5) as raised | take 3")
    case .coalesce:
      Record(
        "coalesce(first, second, …)", "the first value that is not missing",
        "from staff | count by coalesce(leaving_reason, \"Still in post\") as reason")
    case .rankOf:
      Record(
        "rank_of(category)", "the position of a value in its ordered categories, from 1",
        "from staff | summarise mean rank_of(band) as mean_rank by sex")
    }
  }

  /// The function of this name, whatever its capitals.
  public init?(named name: String) {
    self.init(rawValue: name.lowercased())
  }
}

extension Function.Record {
  fileprivate init(_ signature: String, _ summary: String, _ example: String) {
    self.init(signature: signature, summary: summary, example: example)
  }
}
