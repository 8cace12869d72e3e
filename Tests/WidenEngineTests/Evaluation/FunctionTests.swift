import Testing
import WidenLanguage

@testable import WidenEngine

/// Each function by example: of constants, and of columns so that nothing is one and the same.
@Suite struct FunctionTests {
  @Test func partsOfDates() throws {
    let day = day("2014-03-31")
    try check(.year, [day], .integer(2014))
    try check(.month, [day], .month(Month(year: 2014, month: 3)))
    try check(.quarter, [day], .period(Period(kind: .quarter, number: 2014 * 4)))
    try check(.day, [day], .integer(31))
    try check(.fy, [day], .period(Period(.financialYear, startYear: 2013)))
    try check(.ay, [day], .period(Period(.academicYear, startYear: 2013)))
    try check(
      .fy, [.month(Month(year: 2014, month: 4))], .period(Period(.financialYear, startYear: 2014)))
    try check(.year, [.period(Period(.financialYear, startYear: 2014))], .integer(2014))
  }

  @Test func endsOfPeriods() throws {
    let year = Value.period(Period(.financialYear, startYear: 2014))
    try check(.startOf, [year], day("2014-04-01"))
    try check(.endOf, [year], day("2015-03-31"))
    try check(.endOf, [.month(Month(year: 2016, month: 2))], day("2016-02-29"))
  }

  @Test func timeBetween() throws {
    try check(.ageAt, [day("1980-05-10"), day("2015-05-09")], .integer(34))
    try check(.ageAt, [day("1980-05-10"), day("2015-05-10")], .integer(35))
    try check(.ageAt, [day("1980-02-29"), day("2015-02-28")], .integer(34))
    try check(.daysBetween, [day("2014-02-27"), day("2014-03-01")], .integer(2))
    try check(.daysBetween, [day("2014-03-01"), day("2014-02-27")], .integer(-2))
    try check(.monthsBetween, [day("2014-01-31"), day("2014-02-28")], .integer(0))
    try check(.monthsBetween, [day("2014-01-15"), day("2015-03-15")], .integer(14))
    try check(.monthsBetween, [day("2015-03-15"), day("2014-01-16")], .integer(-13))
  }

  @Test(
    arguments: [
      ("2014-03-01", "2014-04-01", true), ("2014-03-01", "2014-03-31", false),
      ("2014-03-01", nil, true), ("2015-03-31", nil, true), ("2015-04-01", nil, false),
      (nil, "2014-06-01", false),
    ] as [(String?, String?, Bool)])
  func overlaps(start: String?, end: String?, isIn: Bool) throws {
    let year = Value.period(Period(.financialYear, startYear: 2014))
    let arguments = [start.map(day) ?? .missing, end.map(day) ?? .missing, year]
    try check(.overlaps, arguments, .boolean(isIn), types: [.date, .date, .period])
  }

  @Test func texts() throws {
    try check(.lower, [.text("NHS Éire")], .text("nhs éire"))
    try check(.upper, [.text("straße")], .text("STRASSE"))
    try check(.trim, [.text("\u{A0} St Thomas' \t")], .text("St Thomas'"))
    try check(.length, [.text("e\u{301}a")], .integer(2))
    try check(.length, [.text("a\r\nb")], .integer(3))
    try check(.left, [.text("RX1"), .integer(2)], .text("RX"))
    try check(.left, [.text("RX1"), .integer(-2)], .text(""))
    try check(.right, [.text("naïve"), .integer(3)], .text("ïve"))
    try check(.replace, [.text("aXaXX"), .text("X"), .text("--")], .text("a--a----"))
    try check(.replace, [.text("abc"), .text(""), .text("x")], .text("abc"))
  }

  @Test(arguments: [
    (2.675, 2, 2.68), (1.005, 2, 1.01), (-2.5, 0, -3), (0.5, 0, 1), (2.4999999, 0, 2),
    (1234.5678, 3, 1234.568), (9.995, 2, 10), (1e15, 3, 1e15), (0.1 + 0.2, 1, 0.3),
    (1e-7, 2, 0), (123_456_789_012.345, 2, 123_456_789_012.35), (0.285, 2, 0.29),
  ])
  func rounding(number: Double, places: Int, result: Double) throws {
    try check(.round, [.decimal(number), .integer(places)], .decimal(result))
    #expect(ReferenceEvaluator.rounded(number, places) == result)
  }

  @Test func numbers() throws {
    try check(.floor, [.decimal(-1.5)], .integer(-2))
    try check(.ceiling, [.decimal(-1.5)], .integer(-1))
    try check(.abs, [.decimal(-1.25)], .decimal(1.25))
    try check(.abs, [.integer(.min)], .decimal(9_223_372_036_854_775_808), as: .integer)
    try check(.min, [.decimal(0.6), .integer(1)], .decimal(0.6))
    try check(.max, [.integer(3), .integer(7), .integer(5)], .integer(7))
    try check(.max, [.integer(3), .missing], .missing, types: [.integer, .integer], as: .integer)
    try check(.coalesce, [.missing, .text("b")], .text("b"), types: [.text, .text])
  }

  @Test func rankOfCategories() throws {
    let band = TypedExpression(.column(0), type: .category, categories: Field.bands)
    let column = Column.text(["8a", nil, "2", "other"], categories: Field.bands)
    let rank = TypedExpression(.function(.rankOf, [band]), type: .integer)
    #expect(
      try values(rank, over: [column]) == [.integer(5), .missing, .integer(1), .missing])
  }

  /// Of constants, and of columns with two rows more: one without values and one with the same.
  private func check(
    _ function: Function, _ arguments: [Value], _ result: Value, types: [ValueType]? = nil,
    as type: ValueType? = nil
  ) throws {
    let types = types ?? arguments.map { constant($0).type }
    let operands = zip(arguments, types).map { TypedExpression(.constant($0), type: $1) }
    let type = type ?? constant(result).type
    let ofConstants = TypedExpression(.function(function, operands), type: type)
    #expect(try values(ofConstants) == [result])
    let columns = zip(arguments, types).map { Column.values([$0, .missing, $0], type: $1) }
    let fields = types.indices.map { field($0, types[$0]) }
    let ofColumns = TypedExpression(.function(function, fields), type: type)
    let nothing: Value = function == .overlaps ? .boolean(false) : .missing
    #expect(try values(ofColumns, over: columns) == [result, nothing, result])
  }
}
