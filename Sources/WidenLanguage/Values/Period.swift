/// A named stretch of time: a financial, academic or calendar year, or a quarter.
public struct Period: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The kinds of period, in the order in which mixed kinds sort.
  public enum Kind: Int, Hashable, Sendable, CaseIterable {
    /// 1 April to 31 March, `FY2014/15`.
    case financialYear
    /// 1 August to 31 July, `AY2014/15`.
    case academicYear
    /// 1 January to 31 December, `2014`.
    case calendarYear
    /// Three months of a calendar year, `2014-Q3`.
    case quarter

    var months: Int { self == .quarter ? 3 : 12 }

    /// How many months after January a period of this kind starts.
    var offset: Int {
      switch self {
      case .financialYear: 3
      case .academicYear: 7
      case .calendarYear, .quarter: 0
      }
    }
  }

  /// What kind of period it is.
  public var kind: Kind
  /// Periods of this kind since the one that starts in year 0.
  public var number: Int

  /// The period of this kind with this number.
  public init(kind: Kind, number: Int) {
    self.kind = kind
    self.number = number
  }

  /// The year of this kind that starts in `startYear`.
  public init(_ kind: Kind, startYear: Int) {
    self.init(kind: kind, number: kind == .quarter ? startYear * 4 : startYear)
  }

  /// The period of this kind that a month lies in.
  public init(_ kind: Kind, of month: Month) {
    let shifted = month.number - kind.offset
    let length = kind.months
    self.init(kind: kind, number: shifted >= 0 ? shifted / length : (shifted - length + 1) / length)
  }

  /// Its first month.
  public var firstMonth: Month { Month(number: number * kind.months + kind.offset) }

  /// Its first day.
  public var first: Day { firstMonth.first }

  /// Its last day.
  public var last: Day { Month(number: firstMonth.number + kind.months - 1).last }

  /// The next period of the same kind.
  public var next: Period { Period(kind: kind, number: number + 1) }

  /// By kind, then by time.
  public static func < (left: Period, right: Period) -> Bool {
    (left.kind.rawValue, left.number) < (right.kind.rawValue, right.number)
  }

  /// The period as it is typed: `FY2014/15`, `AY2014/15`, `2014`, `2014-Q3`.
  public var description: String {
    switch kind {
    case .financialYear: "FY\(padded(number, 4))/\(padded((number + 1) % 100, 2))"
    case .academicYear: "AY\(padded(number, 4))/\(padded((number + 1) % 100, 2))"
    case .calendarYear: padded(number, 4)
    case .quarter: "\(padded(number / 4, 4))-Q\(number % 4 + 1)"
    }
  }
}
