import WidenLanguage

/// Random conditions about days, months and years, in both languages.
///
/// A time is compared with a longer one as with the time from its first day to its last.
struct TimePhrases {
  let phrases: PhraseWriter

  /// A time as it is written, and the first and last of the numbers that the column has for it.
  private struct Written {
    var text: String
    var first: Int
    var last: Int
  }

  func condition(_ column: WrittenColumn, _ random: inout Seeded) -> Phrase {
    let own = Phrase(text: written(column.name), sql: quoted(column.name))
    if column.kind == .date, random.once(in: 4),
      let other = phrases.column(&random, where: { $0.kind == .date })
    {
      let sign = ["<", "<=", ">", ">=", "="][random.below(5)]
      return Phrase(
        text: "\(own.text) \(sign) \(written(other.name))",
        sql: "coalesce(\(own.sql) \(sign) \(quoted(other.name)), 0)", level: .comparison)
    }
    if phrases.isTable, random.once(in: 6) {
      let year = time(.date, &random)
      return Phrase(
        text: "overlaps(joined, left, \(year.text))",
        sql: "coalesce(\"joined\" <= \(year.last) and coalesce(\"left\" >= \(year.first), 1), 0)")
    }
    if random.once(in: 2) { return comparison(own, column.kind, &random) }
    var members: [(text: String, test: String)] = []
    for _ in 0..<1 + random.below(2) { members.append(member(own, column.kind, &random)) }
    return ConditionPhrases(phrases: phrases).membership(own, members, &random)
  }

  private func comparison(_ own: Phrase, _ kind: WrittenKind, _ random: inout Seeded) -> Phrase {
    let sign = ["=", "!=", "<", "<=", ">", ">="][random.below(6)]
    let other = time(kind, &random)
    let test =
      switch sign {
      case "<", ">=": "\(own.sql) \(sign) \(other.first)"
      case "<=", ">": "\(own.sql) \(sign) \(other.last)"
      default: "\(own.sql) between \(other.first) and \(other.last)"
      }
    let whole = "coalesce(\(test), 0)"
    return Phrase(
      text: "\(own.text) \(sign) \(other.text)", sql: sign == "!=" ? "(not \(whole))" : whole,
      level: .comparison)
  }

  private func member(_ own: Phrase, _ kind: WrittenKind, _ random: inout Seeded)
    -> (text: String, test: String)
  {
    let (low, high) = (time(kind, &random), time(kind, &random))
    switch random.below(4) {
    case 0: return (low.text, "coalesce(\(own.sql) between \(low.first) and \(low.last), 0)")
    case 1: return ("\(low.text)..", "coalesce(\(own.sql) >= \(low.first), 0)")
    case 2: return ("..\(low.text)", "coalesce(\(own.sql) <= \(low.last), 0)")
    default:
      return (
        "\(low.text)..\(high.text)",
        "coalesce(\(own.sql) between \(low.first) and \(high.last), 0)"
      )
    }
  }

  /// A time that a column of this kind can be compared with.
  private func time(_ kind: WrittenKind, _ random: inout Seeded) -> Written {
    let month = Month(number: 24_150 + random.below(44))
    let year = Period(.financialYear, startYear: 2012 + random.below(4))
    let choice = random.below(3)
    switch kind {
    case .year: return Written(text: "\(year)", first: year.number, last: year.number)
    case .month where choice == 0:
      let first = year.firstMonth.number
      return Written(text: "\(year)", first: first, last: first + 11)
    case .month: return Written(text: "\(month)", first: month.number, last: month.number)
    case .text, .integer, .decimal, .boolean, .date: break
    }
    if choice == 0 {
      let day = Day(number: 15_650 + random.below(1300))
      return Written(text: "\(day)", first: day.number, last: day.number)
    }
    if choice == 1 {
      return Written(text: "\(month)", first: month.first.number, last: month.last.number)
    }
    return Written(text: "\(year)", first: year.first.number, last: year.last.number)
  }
}
