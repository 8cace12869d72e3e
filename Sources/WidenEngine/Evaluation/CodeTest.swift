import WidenLanguage

/// A condition on the codes of one column: those in some ranges fulfil it.
///
/// Conjunctions of such conditions are found in one pass over the rows.
struct CodeTest: Sendable {
  /// More ranges than this are not worth a comparison each.
  static let mostRanges = 4

  let codes: Codes
  /// In order and apart.
  private(set) var ranges: [Range<Int>]

  init(_ codes: Codes, _ ranges: [Range<Int>]) {
    self.codes = codes
    self.ranges = ranges.filter { !$0.isEmpty }
  }

  /// Narrows it to the codes that fulfil another test of the same column, too; false when the
  /// other is of another column, or the codes fall into too many ranges.
  mutating func narrow(to other: CodeTest) -> Bool {
    guard codes.isSame(as: other.codes) else { return false }
    let both = ranges.flatMap { range in
      other.ranges.map { range.clamped(to: $0) }.filter { !$0.isEmpty }
    }
    guard both.count <= CodeTest.mostRanges else { return false }
    ranges = both
    return true
  }
}

extension Codes {
  /// Whether both are the codes of one column.
  fileprivate func isSame(as other: Codes) -> Bool {
    switch (self, other) {
    case (.bytes(let own), .bytes(let other)): own === other
    case (.shorts(let own), .shorts(let other)): own === other
    case (.words(let own), .words(let other)): own === other
    case (.bytes, _), (.shorts, _), (.words, _): false
    }
  }
}

extension Evaluation {
  /// A condition as a test of codes, when it is one; nil also for what might divide by zero, whose
  /// rows are told in the order in which conditions stand.
  func codeTest(_ expression: TypedExpression, in scope: Scope) throws(ExecutionError) -> CodeTest?
  {
    guard !scope.isReduced else { return nil }
    if case .comparison(let sign, let left, let right, let order) = expression.node,
      let test = order == .natural
        ? comparisonTest(sign, left, right, in: scope)
        : sign == .equal ? equalityTest(left, right, in: scope) : nil
    {
      return test
    }
    if case .all(let parts) = expression.node, let test = try rangeTest(parts, in: scope) {
      return test
    }
    guard expression.isPlain,
      case .codes(let small, let column) = reduction(of: expression, in: scope)
    else { return nil }
    let accepted = try computedBitmap(expression, in: small)
    return accepted.runs(atMost: CodeTest.mostRanges).map { CodeTest(column.codes, $0) }
  }

  /// Comparisons that are all of one column: its codes between bounds.
  private func rangeTest(_ parts: [TypedExpression], in scope: Scope) throws(ExecutionError)
    -> CodeTest?
  {
    var test: CodeTest?
    for part in parts {
      guard case .comparison = part.node, let other = try codeTest(part, in: scope) else {
        return nil
      }
      if test?.narrow(to: other) == false { return nil }
      test = test ?? other
    }
    return test
  }

  /// A column of few texts that is equal to one: its code is looked up, the commonest condition of
  /// all; nil when it is anything else.
  private func equalityTest(
    _ left: TypedExpression, _ right: TypedExpression, in scope: Scope
  ) -> CodeTest? {
    guard case .column(let index) = left.node, case .constant(.text(let wanted)) = right.node,
      case .coded(let column) = scope.columns[index], case .text(let values) = column.domain,
      values.count <= 1 << 12
    else { return nil }
    let code = values.index(of: wanted).map { $0 + 1 }
    return CodeTest(column.codes, code.map { [$0..<$0 + 1] } ?? [])
  }

  /// A comparison of a column with a number.
  private func comparisonTest(
    _ sign: ComparisonOperator, _ left: TypedExpression, _ right: TypedExpression, in scope: Scope
  ) -> CodeTest? {
    if case .column(let index) = left.node, case .constant(let number) = right.node,
      case .coded(let column) = scope.columns[index]
    {
      return codes(of: column, for: sign, number).map { CodeTest(column.codes, [$0]) }
    }
    if case .constant(let number) = left.node, case .column(let index) = right.node,
      case .coded(let column) = scope.columns[index]
    {
      return codes(of: column, for: sign.mirrored, number).map { CodeTest(column.codes, [$0]) }
    }
    return nil
  }
}

extension TypedExpression {
  /// The conditions that all hold when it does.
  var conjuncts: [TypedExpression] {
    if case .all(let parts) = node { parts.flatMap(\.conjuncts) } else { [self] }
  }

  /// Whether it compares columns and constants only.
  fileprivate var isPlain: Bool {
    switch node {
    case .constant, .column: true
    case .comparison(_, let left, let right, _), .textTest(_, let left, let right):
      left.isPlain && right.isPlain
    case .membership(let value, let members, _):
      value.isPlain && members.allSatisfy(\.isPlain)
    case .isMissing(let value), .isRecorded(let value), .not(let value): value.isPlain
    case .all(let parts), .any(let parts): parts.allSatisfy(\.isPlain)
    case .function(_, let arguments): arguments.allSatisfy(\.isPlain)
    case .negative, .arithmetic, .conditional, .lookup, .related: false
    }
  }
}

extension TypedMember {
  fileprivate var isPlain: Bool {
    switch self {
    case .value(let value): value.isPlain
    case .range(let low, let high): low?.isPlain != false && high?.isPlain != false
    case .missing: true
    }
  }
}
