import Testing
import WidenLanguage

@testable import WidenEngine

/// Conditions are two-valued, and what they cost does not grow where it must not.
@Suite struct ConditionTests {
  @Test(arguments: [0, 1, 64, 1000])
  func aConditionOrItsOpposite(rows: Int) throws {
    let (frame, _) = randomFrame(rows: rows, seed: rows)
    var maker = ExpressionMaker(random: Seeded(rows + 3))
    let evaluator = Evaluator(ExecutionContext(dataset: sites))
    for _ in 0..<50 {
      let condition = maker.condition(3)
      let opposite = TypedExpression(.not(condition), type: .boolean)
      let holds = try evaluator.condition(condition, over: frame)
      #expect(try evaluator.condition(opposite, over: frame) == holds.inverted)
    }
  }

  @Test func missingNeverCompares() throws {
    let number = field(0, .integer)
    let column = Column.integers([1, nil, 3])
    let one = constant(.integer(1))
    #expect(
      try holds(compare(.less, number, constant(.integer(9))), column) == [true, false, true])
    #expect(try holds(compare(.equal, number, one), column) == [true, false, false])
    #expect(try holds(compare(.notEqual, number, one), column) == [false, true, true])
    let nothing = TypedExpression(.constant(.missing), type: .integer)
    #expect(try holds(compare(.equal, number, nothing), column) == [false, false, false])
    #expect(try holds(compare(.notEqual, number, nothing), column) == [true, true, true])
  }

  @Test func sets() throws {
    let number = field(0, .integer)
    let column = Column.integers([1, nil, 3, 7])
    let members: [TypedMember] = [
      .value(constant(.decimal(3))), .missing,
      .range(low: constant(.integer(7)), high: nil),
    ]
    #expect(
      try holds(TypedExpression(.membership(number, members, .natural), type: .boolean), column)
        == [false, true, true, true])
  }

  @Test func orderedCategories() throws {
    let band = TypedExpression(.column(0), type: .category, categories: Field.bands)
    let column = Column.text(["8a", "10", nil, "5", "9"], categories: Field.bands)
    let atLeast = compare(
      .greaterOrEqual, band, constant(.text("8a")), .categories(Field.bands))
    // "10" is not among the bands, and comes after them.
    #expect(try holds(atLeast, column) == [true, true, false, false, true])
    let inOrder = compare(.less, band, constant(.text("10")), .text)
    #expect(try holds(inOrder, column) == [true, false, false, true, true])
  }

  @Test func recorded() throws {
    let value = TypedExpression(.column(0), type: .text, notRecorded: ["Not stated"])
    let column = Column.text(["White", "Not stated", nil])
    #expect(
      try holds(TypedExpression(.isRecorded(value), type: .boolean), column)
        == [true, false, false])
  }

  @Test(arguments: ["7", "77", "770", "S0", "0S", "9", "99", "12345", ""])
  func identifiersThatContain(part: String) throws {
    // Up to the last number of five digits.
    let numbers = Array(stride(from: 3, to: 100_000, by: 1))
    let column = Column.identifiers(prefix: "S", digits: 5, numbers, isUnique: true)
    let id = field(0, .text)
    let condition = TypedExpression(
      .textTest(.contains, value: id, pattern: constant(.text(part))), type: .boolean)
    let found = try holds(condition, column)
    let expected = numbers.indices.map { row in
      guard case .text(let text) = column[row] else { return false }
      return part.isEmpty || text.contains(part)
    }
    #expect(found == expected)
  }

  @Test func identifiersAreTheirText() throws {
    let column = Column.identifiers(prefix: "S", digits: 3, [7, 1234, nil])
    let texts = ["S007", "S7", "S1234", "S0007", "T007"]
    let expected = [[true, false, false], [], [false, true, false], [], []]
    for (text, wanted) in zip(texts, expected) {
      let isEqual = compare(.equal, field(0, .text), constant(.text(text)), .text)
      #expect(try holds(isEqual, column) == (wanted.isEmpty ? [false, false, false] : wanted))
    }
  }

  @Test func chainsOfAnyLength() throws {
    let number = field(0, .integer)
    let other = field(1, .integer)
    let column = Column.integers([1, 2, nil])
    var sum = number
    for _ in 0..<20_000 { sum = join(sum, .add, constant(.integer(1)), .integer) }
    sum = join(sum, .add, other, .integer)
    #expect(
      try values(sum, over: [column, column]) == [.integer(20_002), .integer(20_004), .missing])
    var choice = constant(.text("none"))
    for index in (0..<2000).reversed() {
      choice = TypedExpression(
        .conditional(
          condition: compare(
            .equal, join(number, .add, other, .integer), constant(.integer(index))),
          chosen: constant(.text("is \(index)")), other: choice), type: .text)
    }
    #expect(
      try values(choice, over: [column, column])
        == [.text("is 2"), .text("is 4"), .text("none")])
  }

  private func holds(_ condition: TypedExpression, _ column: Column) throws -> [Bool] {
    let frame = Frame(columns: [column], rowCount: column.count)
    let found = try Evaluator(ExecutionContext(dataset: sites)).condition(condition, over: frame)
    return (0..<column.count).map { found[$0] }
  }
}
