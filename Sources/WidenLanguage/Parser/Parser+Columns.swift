/// Columns that a step makes, orders or groups by.
extension Parser {
  func key() throws(Stop) -> Key {
    let value = try expression()
    return Key(value, accept("as") ? try name("a column's name", .newName) : nil)
  }

  func namedExpression() throws(Stop) -> NamedExpression {
    let start = index
    let value = try expression()
    if !at("as") { try refuseEquals(value, from: start) }
    try expect("as", naming: "a name for the new column")
    return NamedExpression(value, try name("a column's name", .newName))
  }

  /// `derive hours = fte * 37.5`, as other languages have it.
  private func refuseEquals(_ value: Expression, from start: Int) throws(Stop) {
    guard case .comparison(let comparison) = value, comparison.operator == .equal,
      case .path(let path) = comparison.left
    else { return }
    let sign = comparison.place.range
    let end = previous.range.end
    let name = text(path.place.range.start, path.place.range.end)
    let skipped = bytes[sign.end..<end].prefix { $0 == 0x20 || $0 == 0x09 }.count
    let formula = text(sign.end + skipped, end)
    let range = SourceRange(tokens[start].range.start, end)
    try fail(
      ClauseProblem.equalsInDerive(name: name, value: formula), at: tokens[start],
      fix: Diagnostic.Fix(range, "\(formula) as \(name)"))
  }

  func aggregates() throws(Stop) -> [NamedAggregate] {
    let found = try list { () throws(Stop) in
      let value = try aggregate()
      return NamedAggregate(value, accept("as") ? try name("a column's name", .newName) : nil)
    }
    if let name = found.last?.name, token.keyword == "where" {
      try fail(ExpressionProblem.conditionAfterName(name.text))
    }
    return found
  }

  func orders() throws(Stop) -> [Order] {
    if token.keyword == "by" {
      let gap = SourceRange(token.range.start, next.range.start)
      note(StepProblem.sortBy, fix: Diagnostic.Fix(gap, ""))
      advance()
    }
    return try list { () throws(Stop) in
      let value = try expression()
      return Order(value, isDescending: accept(["asc", "desc"]) == "desc")
    }
  }

  /// `(values => value, …, else => value)`.
  func rules(of column: Path?) throws(Stop) -> [RecodeStep.Rule] {
    let opening = token
    try expect("(")
    var rules: [RecodeStep.Rule] = []
    repeat {
      let isElse = accept("else")
      let values = isElse ? nil : try list { () throws(Stop) in try literalMember(of: column) }
      try expect("=>")
      rules.append(RecodeStep.Rule(values: values, result: try literal(of: nil)))
      if isElse { break }
    } while accept(",") || at("else")
    try close(opening)
    return rules
  }

  private func literalMember(of column: Path?) throws(Stop) -> Member {
    let low = at("..") ? nil : try literal(of: column)
    guard accept("..") else {
      guard let low else { throw Stop() }
      return .value(low)
    }
    let isOpen = low != nil && (token.keyword == "," || token.keyword == "=>")
    return .range(low: low, high: isOpen ? nil : try literal(of: column))
  }
}
