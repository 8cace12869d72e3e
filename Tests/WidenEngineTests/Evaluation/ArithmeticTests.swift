import Testing
import WidenLanguage

@testable import WidenEngine

/// Numbers: exact where they can be, and never a trap.
@Suite struct ArithmeticTests {
  @Test func decimalsAddUp() throws {
    let tenths = Column.scaled([1, 7, nil], places: 1)
    let fifth = constant(.decimal(0.2))
    #expect(
      try values(join(field(0, .decimal), .add, fifth), over: [tenths])
        == [.decimal(0.3), .decimal(0.9), .missing])
    let hours = join(field(0, .decimal), .multiply, constant(.decimal(37.5)))
    #expect(
      try values(hours, over: [.scaled([7, 81], places: 2)])
        == [.decimal(2.625), .decimal(30.375)])
  }

  @Test func tooLargeNumbersBecomeFractions() throws {
    let column = Column.integers([.max, 1])
    #expect(
      try values(join(field(0, .integer), .add, constant(.integer(1)), .integer), over: [column])
        == [.decimal(9_223_372_036_854_775_808), .decimal(2)])
    let negative = TypedExpression(.negative(field(0, .integer)), type: .integer)
    #expect(
      try values(negative, over: [.integers([.min, 4])])
        == [.decimal(9_223_372_036_854_775_808), .decimal(-4)])
    #expect(
      try values(
        join(field(0, .decimal), .multiply, constant(.decimal(1e300))),
        over: [.decimals([1e300, 2])]) == [.missing, .decimal(2e300)])
  }

  @Test func divisionByZeroIsTold() throws {
    let number = Column.integers([0, 2, 0, 0, nil])
    let selection = Bitmap([true, true, false, true, true])
    let quotient = join(constant(.integer(6)), .divide, field(0, .integer))
    let context = ExecutionContext(dataset: sites)
    let found = try values(quotient, over: [number], selection: selection, in: context)
    #expect(found == [.missing, .decimal(3), .missing, .missing, .missing])
    #expect(context.notes == [.init(.note, "division by zero in 2 rows gave missing")])
  }

  @Test func divisionIsToldOnlyWhereItMatters() throws {
    let number = field(0, .integer)
    let other = field(1, .integer)
    let zero = constant(.integer(0))
    let safe = TypedExpression(
      .conditional(
        condition: compare(.notEqual, number, zero), chosen: join(other, .divide, number),
        other: TypedExpression(.constant(.missing), type: .decimal)), type: .decimal)
    let columns = [Column.integers([0, 2]), Column.integers([5, 6])]
    let context = ExecutionContext(dataset: sites)
    #expect(try values(safe, over: columns, in: context) == [.missing, .decimal(3)])
    let both = TypedExpression(
      .all([
        compare(.greater, number, zero),
        compare(.greater, join(other, .divide, number), constant(.integer(1))),
      ]), type: .boolean)
    let frame = Frame(columns: columns, rowCount: 2)
    #expect(try Evaluator(context).condition(both, over: frame) == Bitmap([false, true]))
    #expect(context.notes.isEmpty)
  }

  @Test func resultsAreNarrow() throws {
    let dates = Column.dates((0..<5000).map { Day(number: 15_000 + $0 % 3000) })
    let frame = Frame(columns: [dates], rowCount: 5000)
    let evaluator = Evaluator(ExecutionContext(dataset: sites))
    let year = TypedExpression(.function(.year, [field(0, .date)]), type: .integer)
    guard case .coded(let years) = try evaluator.column(year, over: frame),
      case .bytes = years.codes, case .integer(2011) = years.domain
    else {
      Issue.record("years are not bytes")
      return
    }
    #expect(!years.hasMissing)
    #expect(years.cardinality == 10)
  }

  @Test func periodsOfTwoKindsDoNotMix() throws {
    let date = field(0, .date)
    let mixed = TypedExpression(
      .conditional(
        condition: compare(.less, date, constant(day("2014-01-01"))),
        chosen: TypedExpression(.function(.fy, [date]), type: .period),
        other: TypedExpression(.function(.ay, [date]), type: .period)), type: .period)
    let dates = Column.dates([Day(number: 15_000), Day(number: 17_000)])
    #expect(throws: ExecutionError.self) { try values(mixed, over: [dates]) }
  }

  @Test(arguments: [1, 2]) func cancelled(threads: Int) {
    let context = ExecutionContext(dataset: sites, threads: threads, isCancelled: { true })
    let column = Column.decimals((0..<150_000).map { Double($0) })
    let frame = Frame(columns: [column], rowCount: 150_000)
    let positive = compare(.greater, field(0, .decimal), constant(.integer(0)))
    #expect(throws: ExecutionError.cancelled) {
      try Evaluator(context).condition(positive, over: frame)
    }
  }
}
