import WidenLanguage

extension Evaluation {
  /// The values of a function.
  func function(
    _ function: Function, _ arguments: [TypedExpression], of expression: TypedExpression,
    in scope: Scope
  ) throws(ExecutionError) -> Vector {
    let rows = scope.rows
    switch function {
    case .coalesce: return try coalesce(arguments, of: expression, in: scope)
    case .rankOf: return try rank(of: arguments[0], in: scope)
    case .year, .month, .quarter, .day, .fy, .ay, .startOf, .endOf:
      return try timePart(
        function, vector(arguments[0], in: scope), type: arguments[0].type, rows: rows)
    case .ageAt, .daysBetween, .monthsBetween:
      return try timeBetween(
        function, vector(arguments[0], in: scope), arguments[0].type,
        vector(arguments[1], in: scope), arguments[1].type, rows: rows)
    case .overlaps:
      var operands: [(vector: Vector, type: ValueType)] = []
      for argument in arguments {
        operands.append((try vector(argument, in: scope), argument.type))
      }
      return .condition(try overlaps(operands, rows: rows))
    case .lower, .upper, .trim, .left, .right, .replace:
      return try changedText(function, arguments, of: expression, in: scope)
    case .length: return try length(vector(arguments[0], in: scope), rows: rows)
    case .round:
      let places =
        arguments.count > 1 ? try vector(arguments[1], in: scope) : .constant(.integer(0))
      return try rounded(vector(arguments[0], in: scope), to: places, rows: rows)
    case .floor: return try rounded(vector(arguments[0], in: scope), .down, rows: rows)
    case .ceiling: return try rounded(vector(arguments[0], in: scope), .up, rows: rows)
    case .abs: return try magnitude(vector(arguments[0], in: scope), rows: rows)
    case .min, .max:
      var operands: [Vector] = []
      for argument in arguments { operands.append(try vector(argument, in: scope)) }
      return try extreme(operands, isGreatest: function == .max, rows: rows)
    }
  }

  private func changedText(
    _ function: Function, _ arguments: [TypedExpression], of expression: TypedExpression,
    in scope: Scope
  ) throws(ExecutionError) -> Vector {
    let change: TextChange =
      switch function {
      case .lower: .lower
      case .upper: .upper
      case .left: .left
      case .right: .right
      case .replace: .replace
      case .trim, .year, .month, .quarter, .day, .fy, .ay, .ageAt, .daysBetween, .monthsBetween,
        .startOf, .endOf, .overlaps, .length, .round, .floor, .ceiling, .abs, .min, .max,
        .coalesce, .rankOf:
        .trim
      }
    var operands: [Vector] = []
    for argument in arguments.dropFirst() { operands.append(try vector(argument, in: scope)) }
    return try changeTexts(
      vector(arguments[0], in: scope), operands, categories: expression.categories,
      rows: scope.rows, change.apply)
  }

  /// The position of each text among the categories of its expression, from 1.
  private func rank(of value: TypedExpression, in scope: Scope) throws(ExecutionError) -> Vector {
    let categories = value.categories ?? []
    var interner = Interner(expecting: categories.count)
    for category in categories { _ = try interner.code(of: category) }
    let ranks = interner
    let values = try vector(value, in: scope)
    guard case .coded(let column) = values else {
      guard case .constant(.text(let text)) = values else { return .constant(.missing) }
      let rank = TextReader(text).withBytes(1) { ranks.known($0) }
      return .constant(rank == 0 ? .missing : .integer(rank))
    }
    // Some texts of the column are declared categories, so that there are not many of them: each
    // is looked up once.
    let reader = TextReader(column.domain)
    let table = CodedColumn(
      codes: Codes(count: column.cardinality, cardinality: ranks.count + 1) { code in
        code == 0 ? 0 : ranks.known(reader.bytes(code))
      }, domain: .integer(minimum: 1), cardinality: ranks.count + 1)
    return .coded(try work.gather(column.codes, mayBeZero: column.hasMissing, table))
  }
}
