import Testing
import WidenLanguage

@testable import WidenEngine

/// The engine against the reference: the same values for every row, whatever the expression.
@Suite struct RandomExpressionTests {
  @Test(arguments: [0, 1, 63, 64, 65, 1000], [1, 2, 3, 4])
  func values(rows: Int, seed: Int) throws {
    let (frame, values) = randomFrame(rows: rows, seed: seed * 1000 + rows)
    var maker = ExpressionMaker(random: Seeded(seed * 77 + rows))
    for index in 0..<(rows > 100 ? 60 : 250) {
      let type = ValueType.allCases[index % ValueType.allCases.count]
      try check(maker.expression(type, 1 + index % 4), frame, values)
    }
  }

  @Test func manyRows() throws {
    let (frame, values) = randomFrame(rows: 70_000, seed: 5)
    var maker = ExpressionMaker(random: Seeded(9))
    for type in ValueType.allCases { try check(maker.expression(type, 2), frame, values) }
  }

  /// Above 100,000 rows two threads share the segments.
  @Test func anyNumberOfThreads() throws {
    let (frame, _) = randomFrame(rows: 140_000, seed: 6)
    var maker = ExpressionMaker(random: Seeded(11))
    for index in 0..<16 {
      let expression = maker.expression(ValueType.allCases[index % 8], 2)
      let columns = try [1, 2].map { threads in
        try Evaluator(ExecutionContext(dataset: sites, threads: threads))
          .column(expression, over: frame)
      }
      let differs = (0..<frame.rowCount).contains { columns[0][$0] != columns[1][$0] }
      #expect(!differs, "\(readable("\(expression.node)"))")
    }
  }

  private func check(
    _ expression: TypedExpression, _ frame: Frame, _ rows: [[Value]]
  ) throws {
    let reference = ReferenceEvaluator(dataset: sites)
    let context = ExecutionContext(dataset: sites)
    let column = try Evaluator(context).column(expression, over: frame)
    #expect(column.count == frame.rowCount)
    let expected = rows.map { reference.value(expression, $0) }
    if let row = rows.indices.first(where: { !isSame(column[$0], expected[$0]) }) {
      let text = "row \(row): \(column[row]) instead of \(expected[row])\n\(expression.node)"
      Issue.record("\(readable(text))")
    }
    guard expression.type == .boolean else { return }
    let bitmap = try Evaluator(context).condition(expression, over: frame)
    #expect(bitmap == Bitmap(expected.map { $0 == .boolean(true) }))
  }
}

/// Equal, but that the evaluator keeps sums of short decimals exact where the reference does not.
private func isSame(_ value: Value, _ expected: Value) -> Bool {
  guard case .decimal(let a) = value, case .decimal(let b) = expected else {
    return value == expected
  }
  return abs(a - b) <= 1e-12 * max(1, abs(b))
}

/// The dump of a tree without what is the same in all its nodes.
private func readable(_ dump: String) -> String {
  var text = dump
  let same =
    ", categories: nil, isOrdered: false, notRecorded: [], origin: nil, "
    + "place: Place(range: SourceRange(start: 0, end: 0))"
  for part in ["WidenLanguage.", same] {
    text = text.split(separator: part, omittingEmptySubsequences: false).joined()
  }
  return text
}
