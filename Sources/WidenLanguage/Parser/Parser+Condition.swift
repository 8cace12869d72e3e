/// Conditions, loosest first. `and`, `or`, `+` and `*` are rows, so that the tree is no deeper than
/// its brackets.
extension Parser {
  /// An expression or condition of any kind.
  func expression() throws(Stop) -> Expression {
    try deepen()
    defer { depth -= 1 }
    var conditions = [try conjunction()]
    while accept("or") { conditions.append(try conjunction()) }
    return conditions.count > 1 ? .any(conditions) : conditions[0]
  }

  private func conjunction() throws(Stop) -> Expression {
    var conditions = [try negation()]
    while accept("and") { conditions.append(try negation()) }
    return conditions.count > 1 ? .all(conditions) : conditions[0]
  }

  func negation() throws(Stop) -> Expression {
    let start = index
    guard accept("not") else { return try comparison() }
    try deepen()
    defer { depth -= 1 }
    let condition = try negation()
    return .not(condition, place(from: start))
  }

  private func comparison() throws(Stop) -> Expression {
    let start = index
    let left = try sum()
    repairOperator()
    // The values that may follow are those of the column on the left.
    let outer = compared
    if case .path(let path) = left { compared = path }
    defer { compared = outer }
    if at(ComparisonOperator.all), let sign = ComparisonOperator(rawValue: token.keyword) {
      return try comparison(left, sign, from: start)
    }
    let isNegated = accept("not")
    if accept("in") {
      return .membership(Membership(value: left, isNegated: isNegated, members: try set()))
    }
    if let kind = try textTest() {
      return .textTest(TextTest(kind, isNegated: isNegated, value: left, pattern: try sum()))
    }
    if isNegated { try fail(ExpressionProblem.notAfterValue(token.shown)) }
    return accept("is") ? try presence(of: left) : left
  }

  private func comparison(
    _ left: Expression, _ sign: ComparisonOperator, from start: Int
  ) throws(Stop) -> Expression {
    let place = takeKeyword().place
    let middle = index
    let right = try sum()
    repairOperator()
    if ComparisonOperator(rawValue: token.keyword) != nil {
      try refuseChain(from: start, middle: middle)
    }
    return .comparison(Comparison(sign, left, right, place: place))
  }

  /// `1 < x < 5`: what was meant is two comparisons.
  private func refuseChain(from start: Int, middle: Int) throws(Stop) -> Never {
    let second = token
    let first = text(tokens[start].range.start, tokens[middle - 1].range.end)
    let shared = text(tokens[middle].range.start, previous.range.end)
    takeKeyword()
    _ = try sum()
    let end = previous.range.end
    let better = "\(first) \(shared) and \(shared) \(text(second.range.start, end))"
    let range = SourceRange(tokens[start].range.start, end)
    try fail(
      ExpressionProblem.chainedComparison(better: short(better), middle: short(shared)),
      at: second, fix: Diagnostic.Fix(range, better))
  }

  private func textTest() throws(Stop) -> TextTest.Kind? {
    if accept("contains") { return .contains }
    guard let word = accept(["starts", "ends"]) else { return nil }
    try expect("with")
    return word == "starts" ? .startsWith : .endsWith
  }

  private func presence(of value: Expression) throws(Stop) -> Expression {
    let start = index - 1
    let isNegated = accept("not")
    if let word = accept(["missing", "recorded"]), let kind = Presence.Kind(rawValue: word) {
      return .presence(Presence(kind, isNegated: isNegated, value: value))
    }
    let isBlank = Habits.blanks.contains(token.keyword)
    var fix: Diagnostic.Fix?
    if isBlank {
      fix = replacing(token, with: "missing")
    } else if !token.isEnd {
      fix = Diagnostic.Fix(place(from: start).range, isNegated ? "!=" : "=")
    }
    try fail(
      ExpressionProblem.isWithoutMissing(
        isNegated ? "is not" : "is", found: token.shown, isBlank: isBlank), fix: fix)
  }

  /// Reports an operator of another language and reads on as if it were ours.
  private func repairOperator() {
    guard let better = Habits.signs[token.keyword] else { return }
    note(
      ExpressionProblem.notAnOperator(token.text, hint: "write \(better)"),
      fix: replacing(token, with: better))
    reread(as: Token(better == "and" ? .word : .sign, better, token.range))
  }

  // MARK: Sets and ranges

  /// `(range, …)` or one range.
  func set() throws(Stop) -> [Member] {
    let opening = token
    guard accept("(") else { return [try member()] }
    try deepen()
    defer { depth -= 1 }
    let found = try list(member)
    try close(opening)
    if token.keyword == ".." { try fail(ExpressionProblem.listForRange) }
    return found
  }

  /// A value, or a range that may be open at one end.
  func member() throws(Stop) -> Member {
    let low = at("..") ? nil : try sum()
    guard accept("..") else {
      guard let low else { throw Stop() }
      return .value(low)
    }
    let high = try rangeEnd()
    if low == nil, high == nil { try fail(ExpressionProblem.rangeWithoutEnds, at: previous) }
    return .range(low: low, high: high)
  }

  func rangeEnd() throws(Stop) -> Expression? {
    may(.value(of: compared))
    may(.column(after: []))
    let isOpen =
      token.isEnd || token.kind == .sign && token.keyword != "-" && token.keyword != "("
      || token.isWord && followingWords.contains(token.keyword)
    return isOpen ? nil : try sum()
  }
}
