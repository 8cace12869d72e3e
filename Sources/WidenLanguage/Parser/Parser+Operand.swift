/// Sums, products and what they are made of.
extension Parser {
  func sum() throws(Stop) -> Expression {
    let first = try product()
    var rest: [Chain.Term] = []
    while let sign = accept(["+", "-"]).flatMap(ArithmeticOperator.init) {
      rest.append(Chain.Term(sign, try product()))
    }
    return rest.isEmpty ? first : .chain(Chain(first: first, rest: rest))
  }

  private func product() throws(Stop) -> Expression {
    let first = try unary()
    var rest: [Chain.Term] = []
    while let sign = accept(["*", "/"]).flatMap(ArithmeticOperator.init) {
      rest.append(Chain.Term(sign, try unary()))
    }
    return rest.isEmpty ? first : .chain(Chain(first: first, rest: rest))
  }

  private func unary() throws(Stop) -> Expression {
    let start = index
    guard accept("-") else { return try operand() }
    try deepen()
    defer { depth -= 1 }
    let value = try unary()
    return .negative(value, place(from: start))
  }

  /// A value, a column, a call, a bracket, `if …`, or a question about related rows.
  ///
  /// Also what an aggregate takes.
  func operand() throws(Stop) -> Expression {
    if let compared { may(.value(of: compared)) }
    if let constant = constant() { return constant }
    let opening = token
    if accept("(") {
      // Inside a bracket something else may be compared.
      let outer = compared
      compared = nil
      defer { compared = outer }
      let inside = try expression()
      try close(opening)
      return inside
    }
    if at("if") { return try conditional() }
    if let better = Habits.values[token.keyword], next.keyword != ".", next.keyword != "(" {
      return foreignValue(better)
    }
    may(["any", "count"])
    may(.column(after: []))
    may(.function)
    if isRelatedWord(token), isTable(next) { return try related() }
    if token.isName { return try columnOrCall() }
    try operandMissing()
  }

  private func columnOrCall() throws(Stop) -> Expression {
    let start = index
    let path = try path()
    let opening = token
    // So far it is a column called 'any' or 'count'; a table may make it a question.
    if index == start + 1, isRelatedWord(previous) { may(.table) }
    guard accept("(") else { return .path(path) }
    markFunction(from: start)
    try deepen()
    defer { depth -= 1 }
    let outer = compared
    compared = nil
    defer { compared = outer }
    let arguments = at(")") ? [] : try list(expression)
    try close(opening)
    return .call(Call(function: path, arguments: arguments, place: place(from: start)))
  }

  private func conditional() throws(Stop) -> Expression {
    let start = index
    takeKeyword()
    let condition = try expression()
    try expect("then")
    let chosen = try expression()
    try expect("else")
    let other = try expression()
    return .conditional(
      Conditional(condition: condition, chosen: chosen, other: other, place: place(from: start)))
  }

  /// `null`, `true` and `false` are reported and read as ours.
  private func foreignValue(_ better: String) -> Expression {
    let token = token
    note(
      ExpressionProblem.notAValue(token.text, better: better), fix: replacing(token, with: better))
    advance(.keyword)
    return .literal(wordLiterals[better] ?? .missing, token.place)
  }

  private func operandMissing() throws(Stop) -> Never {
    if token.keyword == ".", next.kind == .number {
      let number = next.text
      let range = token.range.joined(next.range)
      try fail(ExpressionProblem.leadingPoint(number), fix: Diagnostic.Fix(range, "0.\(number)"))
    }
    if token.keyword == ".." { try fail(ExpressionProblem.rangeOutsideIn) }
    try columnNotRepeated()
    let isMeantAsName =
      next.isEnd || [",", "|"].contains(next.keyword)
      || ComparisonOperator(rawValue: next.keyword) != nil
    try fail(
      ExpressionProblem.operandDue(
        token.shown, reserved: token.isWord && isMeantAsName ? token.text : nil))
  }

  // MARK: Related rows

  private func isRelatedWord(_ token: Token) -> Bool {
    token.keyword == "any" || token.keyword == "count"
  }

  func isTable(_ token: Token) -> Bool {
    token.kind == .name
      || token.isWord && !reservedWords.contains(token.keyword)
        && !followingWords.contains(token.keyword)
  }

  /// `any TABLE [where one comparison]`: `and` after it would read two ways, so it needs brackets.
  private func related() throws(Stop) -> Expression {
    let start = index
    let word = takeKeyword().keyword
    let table = try name("a table", .table)
    var condition: Expression?
    if accept("where") {
      try deepen()
      defer { depth -= 1 }
      let outer = compared
      compared = nil
      defer { compared = outer }
      condition = try negation()
      if token.keyword == "and" || token.keyword == "or" {
        try fail(
          ExpressionProblem.relatedAmbiguous(token.keyword, related: word, table: table.text))
      }
    }
    return .related(
      Related(
        word == "any" ? .any : .count, table: table, condition: condition,
        place: place(from: start)))
  }

  // MARK: Brackets

  func close(_ opening: Token) throws(Stop) {
    if accept(")") { return }
    if token.isEnd {
      let isIncomplete = token.kind == .endOfText
      note(ClauseProblem.bracketNeverClosed, at: opening, isIncomplete: isIncomplete)
      throw Stop()
    }
    let near = nearestTried()
    try fail(
      ClauseProblem.commaDue(token.shown, suggestion: near), fix: replacing(token, with: near))
  }
}
