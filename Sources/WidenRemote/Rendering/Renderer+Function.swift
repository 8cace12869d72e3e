internal import WidenLanguage

extension Renderer {
  /// A function of the language.
  func call(
    _ function: Function, _ arguments: [TypedExpression], of expression: TypedExpression,
    _ scope: SQLScope
  ) throws(Unsendable) -> SQLExpression {
    if function == .coalesce {
      let values = try alike(arguments, scope)
      return SQLExpression("coalesce(\(list(values)))", values[0].kind)
    }
    if function == .min || function == .max {
      let values = try alike(arguments, scope)
      let word = function == .min ? "least" : "greatest"
      return SQLExpression(
        "(case when \(values.map { "\($0.sql) is not null" }.joined(separator: " and "))"
          + " then \(word)(\(list(values))) end)",
        values[0].kind)
    }
    if function == .rankOf {
      let known = try bind(all: arguments[0].categories ?? [], as: .text)
      return SQLExpression(
        dialect.position(try value(arguments[0], scope).sql, known), .integer)
    }
    if function == .round { return try rounded(arguments, scope) }
    var values: [SQLExpression] = []
    for argument in arguments { values.append(try value(argument, scope)) }
    switch function {
    case .year, .month, .quarter, .day, .fy, .ay, .startOf, .endOf, .ageAt, .daysBetween,
      .monthsBetween, .overlaps:
      return time(function, values)
    case .lower, .upper, .trim, .length, .left, .right, .replace:
      return try text(function, values)
    case .floor, .ceiling, .abs: return try number(function, values)
    case .round, .min, .max, .coalesce, .rankOf:
      throw Unsendable("'\(function)' is not known there")
    }
  }

  private func list(_ values: [SQLExpression]) -> String {
    values.map(\.sql).joined(separator: ", ")
  }

  // MARK: Text

  private func text(_ function: Function, _ values: [SQLExpression]) throws(Unsendable)
    -> SQLExpression
  {
    let text = values[0].sql
    switch function {
    case .lower, .upper:
      return SQLExpression("(\(dialect.changedCase(function.rawValue, text)))", .text)
    case .trim:
      return SQLExpression(
        "btrim(\(text), \(try bind(whiteSpace, as: dialect.type(.text))))", .text)
    case .length: return SQLExpression(dialect.cast("length(\(text))", "bigint"), .integer)
    case .left, .right:
      let count = dialect.cast(limited(values[1].sql, to: Int(Int32.max)), "int")
      return SQLExpression("\(function.rawValue)(\(text), \(count))", .text)
    case .replace:
      return SQLExpression("replace(\(text), \(values[1].sql), \(values[2].sql))", .text)
    case .year, .month, .quarter, .day, .fy, .ay, .startOf, .endOf, .ageAt, .daysBetween,
      .monthsBetween, .overlaps, .round, .floor, .ceiling, .abs, .min, .max, .coalesce, .rankOf:
      throw Unsendable("'\(function)' is not known there")
    }
  }

  // MARK: Numbers

  /// A whole number that is neither negative nor beyond a limit; missing stays missing.
  private func limited(_ number: String, to limit: Int) -> String {
    "(case when \(number) < 0 then 0 when \(number) > \(limit) then \(limit) else \(number) end)"
  }

  private func number(
    _ function: Function, _ values: [SQLExpression]
  ) throws(Unsendable) -> SQLExpression {
    let value = values[0]
    switch function {
    case .abs: return SQLExpression("abs(\(value.sql))", value.kind)
    case .floor, .ceiling:
      if value.kind == .integer { return value }
      let word = function == .floor ? "floor" : "ceil"
      return SQLExpression(dialect.cast("\(word)(\(value.sql))", "bigint"), .integer)
    case .round, .year, .month, .quarter, .day, .fy, .ay, .startOf, .endOf, .ageAt, .daysBetween,
      .monthsBetween, .overlaps, .lower, .upper, .trim, .length, .left, .right, .replace, .min,
      .max, .coalesce, .rankOf:
      throw Unsendable("'\(function)' is not known there")
    }
  }

  private func rounded(_ arguments: [TypedExpression], _ scope: SQLScope) throws(Unsendable)
    -> SQLExpression
  {
    let value = try value(arguments[0], scope)
    let places = arguments.count > 1 ? arguments[1] : nil
    if value.kind == .integer {
      guard let places, places.node == .constant(.missing) else { return value }
      return SQLExpression(dialect.cast("null", dialect.type(.integer)), .integer)
    }
    var count: Int?
    if let places {
      if case .constant(.integer(let number)) = places.node { count = number }
    } else {
      count = 0
    }
    guard let count else {
      let real = cast(value, to: .real).sql
      let given = try places.map { places throws(Unsendable) in
        try self.value(places, scope).sql
      }
      return SQLExpression(dialect.roundedByRow(real, limited(given ?? "0", to: 17)), .real)
    }
    if count >= 17 { return value }
    let known = max(0, count)
    if case .exact(let own) = value.kind {
      return SQLExpression(
        "round(\(value.sql), \(known))", .exact(places: max(1, min(own, known))))
    }
    if known <= 4 {
      return SQLExpression(dialect.rounded(value.sql, known), .exact(places: max(1, known)))
    }
    return SQLExpression(dialect.roundedByRow(value.sql, "\(known)"), .real)
  }

  // MARK: Time

  private func time(_ function: Function, _ values: [SQLExpression]) -> SQLExpression {
    let first = values[0]
    switch function {
    case .year: return SQLExpression(year(of: first), .integer)
    case .month: return SQLExpression(month(of: first), .month)
    case .quarter:
      return SQLExpression(dialect.quotient(month(of: first), "3"), .period(.quarter))
    case .fy: return SQLExpression(year(of: first, startingAt: 3), .period(.financialYear))
    case .ay: return SQLExpression(year(of: first, startingAt: 7), .period(.academicYear))
    case .day: return SQLExpression(dialect.datePart(.day, firstDay(first)), .integer)
    case .startOf: return SQLExpression(firstDay(first), .date)
    case .endOf: return SQLExpression(lastDay(first), .date)
    case .daysBetween:
      return SQLExpression(dialect.days(firstDay(first), firstDay(values[1])), .integer)
    case .overlaps:
      let (from, to, asked) = (firstDay(first), lastDay(values[1]), values[2])
      return SQLExpression(
        "((\(from) <= \(lastDay(asked)) and (\(to) is null or \(to) >= \(firstDay(asked))))"
          + " is true)", .boolean)
    case .ageAt, .monthsBetween, .lower, .upper, .trim, .length, .left, .right, .replace, .round,
      .floor, .ceiling, .abs, .min, .max, .coalesce, .rankOf:
      return between(first, values[1], monthsEach: function == .ageAt ? 12 : 1)
    }
  }

  /// Whole months, or years, from one day to another; negative when it comes before.
  private func between(_ first: SQLExpression, _ second: SQLExpression, monthsEach: Int)
    -> SQLExpression
  {
    let (from, to) = (firstDay(first), firstDay(second))
    func months(_ early: String, _ late: String) -> String {
      let (a, b) = (SQLExpression(early, .date), SQLExpression(late, .date))
      let isShort =
        "\(dialect.datePart(.day, late)) < \(dialect.datePart(.day, early))"
      return dialect.quotient(
        "(\(month(of: b)) - \(month(of: a)) - (case when \(isShort) then 1 else 0 end))",
        "\(monthsEach)")
    }
    return SQLExpression(
      "(case when \(from) <= \(to) then \(months(from, to)) else - \(months(to, from)) end)",
      .integer)
  }

  private func year(of time: SQLExpression) -> String {
    time.kind == .date
      ? dialect.datePart(.year, time.sql) : dialect.quotient(month(of: time), "12")
  }

  /// The year of a time when years start that many months after January.
  private func year(of time: SQLExpression, startingAt months: Int) -> String {
    dialect.quotient("(\(month(of: time)) - \(months))", "12")
  }

  /// The number of the month in which a time starts.
  private func month(of time: SQLExpression) -> String {
    switch time.kind {
    case .month: time.sql
    case .period(let kind): firstMonth(time.sql, kind)
    case .date, .text, .integer, .exact, .real, .boolean:
      "(\(dialect.datePart(.year, time.sql)) * 12"
        + " + \(dialect.datePart(.month, time.sql)) - 1)"
    }
  }

  private func firstMonth(_ number: String, _ kind: Period.Kind) -> String {
    switch kind {
    case .financialYear: "(\(number) * 12 + 3)"
    case .academicYear: "(\(number) * 12 + 7)"
    case .calendarYear: "(\(number) * 12)"
    case .quarter: "(\(number) * 3)"
    }
  }

  /// The first day of a time.
  func firstDay(_ time: SQLExpression) -> String {
    time.kind == .date ? time.sql : day(ofMonth: month(of: time))
  }

  /// The last day of a time.
  func lastDay(_ time: SQLExpression) -> String {
    switch time.kind {
    case .date, .text, .integer, .exact, .real, .boolean: time.sql
    case .month: dialect.dateAfter(day(ofMonth: "(\(time.sql) + 1)"), "-1")
    case .period(let kind):
      dialect.dateAfter(
        day(ofMonth: "(\(month(of: time)) + \(kind == .quarter ? 3 : 12))"), "-1")
    }
  }

  private func day(ofMonth number: String) -> String {
    dialect.firstOfMonth(dialect.quotient(number, "12"), "\(number) % 12 + 1")
  }
}

/// What `trim` takes away: white space as Unicode has it.
private let whiteSpace =
  "\t\n\u{B}\u{C}\r \u{85}\u{A0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}"
  + "\u{2007}\u{2008}\u{2009}\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}"
