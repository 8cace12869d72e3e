import WidenLanguage

extension Evaluation {
  /// The values of an expression over the rows of a scope.
  func vector(_ expression: TypedExpression, in scope: Scope) throws(ExecutionError) -> Vector {
    switch expression.node {
    case .constant(let value): return .constant(value)
    case .column(let index): return Vector(scope.columns[index])
    case .function, .negative, .arithmetic, .comparison, .membership, .textTest, .isMissing,
      .isRecorded, .all, .any, .not, .conditional, .lookup, .related:
      break
    }
    switch reduction(of: expression, in: scope) {
    case nil:
      let vector = try computed(expression, in: scope)
      guard expression.type == .integer, vector.isDecimal else { return vector }
      // Such as a number rounded down; only what is too large for a whole number stays a fraction.
      return try whole(vector, rows: scope.rows) ?? vector
    case .constant(let single):
      let vector = try narrowed(computed(expression, in: single), as: expression.type, rows: 1)
      return .constant(vector.value(at: 0, type: expression.type))
    case .codes(let small, let column):
      let table = try narrowed(
        computed(expression, in: small), as: expression.type, rows: small.rows)
      return try work.gather(column.codes, mayBeZero: column.hasMissing, table)
    }
  }

  /// The same, by looking at the expression only, not for a smaller scope.
  private func computed(_ expression: TypedExpression, in scope: Scope) throws(ExecutionError)
    -> Vector
  {
    switch expression.node {
    case .constant(let value): return .constant(value)
    case .column(let index): return Vector(scope.columns[index])
    case .function(let function, let arguments):
      return try self.function(function, arguments, of: expression, in: scope)
    case .negative(let value):
      return try negative(vector(value, in: scope), rows: scope.rows)
    case .arithmetic: return try arithmetic(expression, in: scope)
    case .comparison, .membership, .textTest, .isMissing, .isRecorded, .all, .any, .not:
      return .condition(try computedBitmap(expression, in: scope))
    case .conditional: return try conditional(expression, in: scope)
    case .lookup(let lookup): return try self.lookup(lookup, of: expression, in: scope)
    case .related(let related): return try self.related(related, in: scope)
    }
  }

  /// Chains of operators lean to the left and may be of any length, so they are not computed by
  /// recursion: from the first term on, after as much of the start as has a smaller scope.
  private func arithmetic(_ expression: TypedExpression, in scope: Scope) throws(ExecutionError)
    -> Vector
  {
    var spine: [(whole: TypedExpression, sign: ArithmeticOperator, right: TypedExpression)] = []
    var first = expression
    while case .arithmetic(let sign, let left, let right) = first.node {
      spine.append((first, sign, right))
      first = left
    }
    spine.reverse()
    var done = 0
    if !scope.isReduced {
      var dependency = first.dependency
      while done < spine.count {
        dependency = dependency.joined(spine[done].right.dependency)
        if dependency == .several { break }
        done += 1
      }
      if done > 0, reduction(of: spine[done - 1].whole, in: scope) != nil {
        first = spine[done - 1].whole
      } else {
        done = 0
      }
    }
    var result = try vector(first, in: scope)
    for term in spine[done...] {
      result = try arithmetic(term.sign, result, vector(term.right, in: scope), in: scope)
    }
    return result
  }
}
