extension Binder {
  /// Binds an expression over the columns of a scope.
  mutating func expression(_ written: Expression, in scope: Scope) throws(Diagnostic)
    -> TypedExpression
  {
    let place = written.place
    switch written {
    case .literal(let literal, _): return constant(literal, place)
    case .parameter(let name): return try parameterValue(name)
    case .path(let path): return try self.path(path, in: scope)
    case .call(let call): return try self.call(call, in: scope)
    case .negative(let inner, _):
      let value = try number(inner, in: scope)
      return TypedExpression(negated(value), type: value.type, place: place)
    case .chain(let chain): return try arithmetic(chain, in: scope, place)
    case .comparison(let comparison): return try self.comparison(comparison, in: scope, place)
    case .membership(let membership): return try self.membership(membership, in: scope, place)
    case .textTest(let test): return try textTest(test, in: scope, place)
    case .presence(let presence): return try self.presence(presence, in: scope, place)
    case .all(let parts): return condition(.all(try conditions(parts, in: scope)), place)
    case .any(let parts): return condition(.any(try alternatives(parts, in: scope)), place)
    case .not(let inner, _):
      return condition(.not(try condition(inner, in: scope)), place)
    case .conditional(let conditional):
      return try self.conditional(conditional, in: scope, place)
    case .related(let related): return try relatedRows(related, in: scope)
    }
  }

  /// Binds an expression that must be a condition.
  mutating func condition(_ written: Expression, in scope: Scope) throws(Diagnostic)
    -> TypedExpression
  {
    let value = try expression(written, in: scope)
    guard value.type == .boolean else {
      throw MeaningProblem.conditionNeeded(what: described(written), type: value.type)
        .at(written.place)
    }
    return value
  }

  private mutating func conditions(_ parts: [Expression], in scope: Scope) throws(Diagnostic)
    -> [TypedExpression]
  {
    var bound: [TypedExpression] = []
    for part in parts { bound.append(try condition(part, in: scope)) }
    return bound
  }

  /// Conditions of which one must hold; in `band = "5" or "6"` a list was meant.
  private mutating func alternatives(_ parts: [Expression], in scope: Scope) throws(Diagnostic)
    -> [TypedExpression]
  {
    for (first, second) in zip(parts, parts.dropFirst()) {
      guard case .comparison(let comparison) = first, comparison.operator == .equal,
        case .literal(_, let place) = second, place.range.start < place.range.end
      else { continue }
      let type = try expression(second, in: scope).type
      if type == .boolean { continue }
      let better =
        "\(described(comparison.left)) in (\(words(at: comparison.right.place)), \(words(at: place)))"
      let whole = SourceRange(comparison.left.place.range.start, place.range.end)
      var problem = MeaningProblem.conditionNeededAfterOr(
        what: words(at: place), type: type, better: better
      ).at(place)
      problem.fix = parts.count == 2 ? Diagnostic.Fix(whole, better) : nil
      throw problem
    }
    return try conditions(parts, in: scope)
  }

  /// A typed condition.
  func condition(_ node: TypedNode, _ place: Place) -> TypedExpression {
    TypedExpression(node, type: .boolean, place: place)
  }

  /// How an expression is called in a message: a path by its name, else `this`.
  func described(_ written: Expression) -> String {
    switch written {
    case .path(let path): path.text
    case .literal, .parameter, .call, .negative, .chain, .comparison, .membership, .textTest,
      .presence, .all, .any, .not, .conditional, .related:
      words(at: written.place)
    }
  }

  /// The source text at a place, or `this` when it has none.
  func words(at place: Place) -> String {
    let range = place.range
    guard range.start < range.end, range.end <= source.count, range.end - range.start <= 60
    else { return "this" }
    return String(decoding: source[range.start..<range.end], as: UTF8.self)
  }

  /// The value of a literal.
  func constant(_ literal: Literal, _ place: Place) -> TypedExpression {
    switch literal {
    case .number(let text):
      if let whole = Int(text) {
        return TypedExpression(.integer(whole), type: .integer, place: place)
      }
      return TypedExpression(.decimal(Double(text) ?? 0), type: .decimal, place: place)
    case .percent(let text):
      return TypedExpression(
        .decimal(percentage(text)), type: .decimal, place: place)
    case .text(let text): return TypedExpression(.text(text), type: .text, place: place)
    case .date(let day): return TypedExpression(.date(day), type: .date, place: place)
    case .month(let month): return TypedExpression(.month(month), type: .month, place: place)
    case .period(let period): return TypedExpression(.period(period), type: .period, place: place)
    case .yes: return TypedExpression(.boolean(true), type: .boolean, place: place)
    case .no: return TypedExpression(.boolean(false), type: .boolean, place: place)
    // Missing fits every type; whoever uses it looks for it first.
    case .missing: return TypedExpression(.missing, type: .text, place: place)
    }
  }

  /// `2.3%` is 0.023: dividing 2.3 by 100 would be off by one in the last place, so the decimal
  /// point is moved in the text.
  private func percentage(_ text: String) -> Double {
    let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
    return Double(digits + "e-2") ?? 0
  }

  private func negated(_ value: TypedExpression) -> TypedNode {
    switch value.constant {
    case .integer(let number): .constant(.integer(-number))
    case .decimal(let number): .constant(.decimal(-number))
    case .missing, .boolean, .text, .date, .month, .period, nil: .negative(value)
    }
  }

  /// Binds an expression that must be a number.
  mutating func number(_ written: Expression, in scope: Scope) throws(Diagnostic)
    -> TypedExpression
  {
    let value = try expression(written, in: scope)
    guard value.type.isNumber || value.constant == .missing else {
      throw MeaningProblem.aggregateNeeds(
        what: "numbers", aggregate: "a calculation", column: described(written), type: value.type
      ).at(written.place)
    }
    return value
  }

  private mutating func arithmetic(_ chain: Chain, in scope: Scope, _ place: Place)
    throws(Diagnostic) -> TypedExpression
  {
    var result = try number(chain.first, in: scope)
    for term in chain.rest {
      let value = try number(term.value, in: scope)
      result = TypedExpression(
        .arithmetic(term.operator, result, value),
        type: arithmeticType(term.operator, result, value), place: place)
    }
    return result
  }

  /// Whole numbers stay whole, but for division.
  func arithmeticType(
    _ sign: ArithmeticOperator, _ left: TypedExpression, _ right: TypedExpression
  ) -> ValueType {
    sign != .divide && left.type == .integer && right.type == .integer ? .integer : .decimal
  }

  private mutating func textTest(_ test: TextTest, in scope: Scope, _ place: Place)
    throws(Diagnostic) -> TypedExpression
  {
    let value = try text(test.value, in: scope)
    let pattern = try text(test.pattern, in: scope)
    let node = condition(.textTest(test.kind, value: value, pattern: pattern), place)
    return test.isNegated ? condition(.not(node), place) : node
  }

  private mutating func text(_ written: Expression, in scope: Scope) throws(Diagnostic)
    -> TypedExpression
  {
    let value = try expression(written, in: scope)
    guard value.type.isText else {
      throw MeaningProblem.aggregateNeeds(
        what: "text", aggregate: "this test", column: described(written), type: value.type
      ).at(written.place, fix: value.constant == nil ? nil : "\"\(described(written))\"")
    }
    return value
  }

  private mutating func presence(_ presence: Presence, in scope: Scope, _ place: Place)
    throws(Diagnostic) -> TypedExpression
  {
    let value = try expression(presence.value, in: scope)
    let node: TypedNode
    switch presence.kind {
    case .missing: node = .isMissing(value)
    case .recorded:
      node = .isRecorded(value)
      if !value.notRecorded.isEmpty {
        let left = shortList(value.notRecorded.map { "\"\($0)\"" }, "and")
        tell(
          Diagnostic(
            .note, "'recorded' leaves out \(described(presence.value)) \(left), as well as missing",
            at: place.range))
      }
    }
    return presence.isNegated
      ? condition(.not(condition(node, place)), place) : condition(node, place)
  }

  private mutating func conditional(
    _ conditional: Conditional, in scope: Scope, _ place: Place
  ) throws(Diagnostic) -> TypedExpression {
    let test = try condition(conditional.condition, in: scope)
    let chosen = try expression(conditional.chosen, in: scope)
    let other = try expression(conditional.other, in: scope)
    var type = chosen.constant == .missing ? other.type : chosen.type
    if chosen.constant != .missing, other.constant != .missing, chosen.type != other.type {
      if chosen.type.isNumber, other.type.isNumber {
        type = .decimal
      } else if chosen.type.isText, other.type.isText {
        type = .text
      } else {
        throw MeaningProblem.differentBranches(first: chosen.type, second: other.type)
          .at(conditional.other.place)
      }
    }
    var categories: [String]?
    if type.isText, let first = chosen.knownTexts, let second = other.knownTexts {
      categories = first + second.filter { !first.contains($0) }
    }
    return TypedExpression(
      .conditional(condition: test, chosen: chosen, other: other), type: type,
      categories: categories, place: place)
  }
}

extension TypedExpression {
  /// The texts it may give, in the order in which they are written, when that can be told.
  fileprivate var knownTexts: [String]? {
    switch node {
    case .constant(.text(let text)): [text]
    case .constant(.missing): []
    case .constant, .column, .function, .negative, .arithmetic, .comparison, .membership,
      .textTest, .isMissing, .isRecorded, .all, .any, .not, .conditional, .lookup, .related:
      categories
    }
  }
}
