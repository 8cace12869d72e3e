/// Aggregates and the arithmetic over them.
extension Parser {
  func aggregate() throws(Stop) -> Aggregate {
    try deepen()
    defer { depth -= 1 }
    let first = try aggregateProduct()
    var rest: [AggregateChain.Term] = []
    while let sign = accept(["+", "-"]).flatMap(ArithmeticOperator.init) {
      rest.append(AggregateChain.Term(sign, try aggregateProduct()))
    }
    return rest.isEmpty ? first : .chain(AggregateChain(first: first, rest: rest))
  }

  private func aggregateProduct() throws(Stop) -> Aggregate {
    let first = try aggregateUnary()
    var rest: [AggregateChain.Term] = []
    while let sign = accept(["*", "/"]).flatMap(ArithmeticOperator.init) {
      rest.append(AggregateChain.Term(sign, try aggregateUnary()))
    }
    return rest.isEmpty ? first : .chain(AggregateChain(first: first, rest: rest))
  }

  private func aggregateUnary() throws(Stop) -> Aggregate {
    let start = index
    guard accept("-") else { return try aggregatePart() }
    try deepen()
    defer { depth -= 1 }
    let value = try aggregateUnary()
    return .negative(value, place(from: start))
  }

  private func aggregatePart() throws(Stop) -> Aggregate {
    may(AggregateWord.all)
    may(.aggregate)
    let token = token
    if token.kind == .parameter {
      advance(.parameter)
      return .parameter(Name(token.text, token.place))
    }
    if token.kind == .number, case .literal(let number, let place)? = constant() {
      return .number(number, place)
    }
    if accept("(") {
      let inside = try aggregate()
      try close(token)
      return inside
    }
    if let word = AggregateWord(token) { return .call(try call(word)) }
    guard token.isName else { try fail(ExpressionProblem.aggregateDue(token.shown)) }
    if next.keyword == "(" { return try aggregateFunction() }
    let isOperand = next.kind == .text || next.kind == .number || next.kind == .date
    if isOperand || isTable(next) || next.keyword == "." { try notAnAggregate() }
    return .measure(try measure())
  }

  private func aggregateFunction() throws(Stop) -> Aggregate {
    let start = index
    let token = advance(.function)
    let opening = takeKeyword()
    let arguments = try list(aggregate)
    try close(opening)
    return .function(Name(token.text, token.place), arguments, place(from: start))
  }

  private func notAnAggregate() throws(Stop) -> Never {
    let near =
      Habits.aggregates[token.keyword]
      ?? (token.isWord ? nearest(token.text, in: AggregateWord.all) : nil)
    try fail(
      ExpressionProblem.notAnAggregate(token.text, suggestion: near),
      fix: replacing(token, with: near))
  }

  private func measure() throws(Stop) -> MeasureCall {
    let token = advance(.name)
    let (condition, interval) = try tail(isRate: false)
    return MeasureCall(
      name: Name(token.text, token.place), condition: condition, interval: interval)
  }

  private func call(_ word: AggregateWord) throws(Stop) -> AggregateCall {
    let start = index
    takeKeyword()
    var call = AggregateCall(word)
    switch word {
    case .count:
      try readCount(&call)
    case .rate:
      call.operand = try expression()
      if accept("among") { call.among = try expression() }
      if accept("using") { call.using = try path() }
    case .percentile:
      call.percentile = try percentile()
      try expect("of")
      call.operand = try operand()
    case .correlation:
      call.operand = try operand()
      try expect("with")
      call.second = try operand()
    case .distinct, .sum, .mean, .median, .min, .max, .sd, .missing, .recorded:
      call.operand = try operand()
    }
    (call.condition, call.interval) = try tail(isRate: word == .rate)
    call.place = place(from: start)
    return call
  }

  /// `count`, or `count distinct x`, which is the same as `distinct x`.
  private func readCount(_ call: inout AggregateCall) throws(Stop) {
    if accept("distinct") {
      call.word = .distinct
      call.operand = try operand()
    } else if isTable(token) {
      try fail(
        ExpressionProblem.countWithColumn(token.text, found: token.shown),
        fix: inserting("distinct ", at: token.range.start))
    }
  }

  private func percentile() throws(Stop) -> Expression {
    if token.kind == .number || token.kind == .parameter, let number = constant() {
      return number
    }
    may(.parameter)
    try fail(ExpressionProblem.percentileDue(token.shown))
  }

  /// `[where condition] [with interval]`.
  private func tail(isRate: Bool) throws(Stop) -> (Expression?, Interval?) {
    let condition = accept("where") ? try expression() : nil
    let interval = accept("with") ? try interval() : nil
    let word = token.keyword
    if word == "where" || word == "among", condition != nil || isRate {
      try fail(ExpressionProblem.aggregateConditionUnbracketed(word))
    }
    return (condition, interval)
  }
}
