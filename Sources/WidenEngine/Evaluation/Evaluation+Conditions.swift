import WidenLanguage

extension Evaluation {
  /// The rows of a scope for which a condition holds.
  func bitmap(_ expression: TypedExpression, in scope: Scope) throws(ExecutionError) -> Bitmap {
    switch expression.node {
    case .constant, .column:
      return try truth(of: vector(expression, in: scope), rows: scope.rows)
    case .function, .negative, .arithmetic, .comparison, .membership, .textTest, .isMissing,
      .isRecorded, .all, .any, .not, .conditional, .lookup, .related:
      break
    }
    switch reduction(of: expression, in: scope) {
    case nil: return try computedBitmap(expression, in: scope)
    case .constant(let single):
      let holds = try computedBitmap(expression, in: single)
      return Bitmap(count: scope.rows, repeating: holds[0])
    case .codes(let small, let column):
      return try work.gatherBits(column.codes, computedBitmap(expression, in: small))
    }
  }

  /// The same, by looking at the expression only, not for a smaller scope.
  func computedBitmap(_ expression: TypedExpression, in scope: Scope) throws(ExecutionError)
    -> Bitmap
  {
    switch expression.node {
    case .comparison(let sign, let left, let right, let ordering):
      return try compared(
        sign, vector(left, in: scope), vector(right, in: scope), ordering, rows: scope.rows)
    case .membership(let value, let members, let ordering):
      return try membership(value, members, ordering, in: scope)
    case .textTest(let kind, let value, let pattern):
      return try textTest(
        kind, vector(value, in: scope), vector(pattern, in: scope), rows: scope.rows)
    case .isMissing(let value):
      return try presence(of: vector(value, in: scope), rows: scope.rows).inverted
    case .isRecorded(let value): return try isRecorded(value, in: scope)
    case .all(let parts): return try conjunction(of: parts, in: scope)
    case .any(let parts): return try disjunction(of: parts, in: scope)
    case .not(let condition): return try bitmap(condition, in: scope).inverted
    case .constant, .column, .function, .negative, .arithmetic, .conditional, .lookup, .related:
      // It has no smaller scope, or is in one already, so that this finds the same way only once.
      return try truth(of: vector(expression, in: scope), rows: scope.rows)
    }
  }

  /// Where a boolean is yes.
  func truth(of vector: Vector, rows: Int) throws(ExecutionError) -> Bitmap {
    switch vector {
    case .constant(let value): return Bitmap(count: rows, repeating: value == .boolean(true))
    case .condition(let bitmap): return bitmap
    case .coded(let column):
      let isYes = (0..<column.cardinality).map { column.domain.value(of: $0) == .boolean(true) }
      return try work.gatherBits(column.codes, Bitmap(isYes))
    case .integers, .decimals:
      return try work.bits(rows) { block, flags in
        let numbers = vector.integers(block)
        for row in 0..<block.count {
          flags[row] = numbers.present[row] & (numbers.values[row] == 1 ? 1 : 0)
        }
      }
    }
  }

  /// Where a value is not missing.
  func presence(of vector: Vector, rows: Int) throws(ExecutionError) -> Bitmap {
    switch vector {
    case .constant(let value): return Bitmap(count: rows, repeating: value != .missing)
    case .condition: return Bitmap(count: rows, repeating: true)
    case .integers(_, let validity), .decimals(_, let validity, _):
      return validity ?? Bitmap(count: rows, repeating: true)
    case .coded(let column):
      guard column.hasMissing else { return Bitmap(count: rows, repeating: true) }
      return try work.bits(rows) { block, flags in
        let numbers = vector.integers(block)
        flags.update(from: numbers.present, count: block.count)
      }
    }
  }

  private func isRecorded(_ value: TypedExpression, in scope: Scope) throws(ExecutionError)
    -> Bitmap
  {
    let values = try vector(value, in: scope)
    let present = try presence(of: values, rows: scope.rows)
    guard !value.notRecorded.isEmpty, value.type.isText else { return present }
    let unknown = try textSet(values, value.notRecorded, rows: scope.rows)
    return present.subtracting(unknown)
  }

  /// The rows for which all parts hold.
  ///
  /// What a part divides by zero counts only where the parts before it hold.
  private func conjunction(of parts: [TypedExpression], in scope: Scope) throws(ExecutionError)
    -> Bitmap
  {
    var result: Bitmap?
    var tests: [CodeTest] = []
    func flush() throws(ExecutionError) {
      guard !tests.isEmpty else { return }
      let found = try work.select(tests, rows: scope.rows)
      result = result?.intersection(found) ?? found
      tests = []
    }
    for part in grouped(parts.flatMap(\.conjuncts), in: scope, { .all($0) }) {
      if let test = try codeTest(part, in: scope) {
        let isMerged = tests.indices.contains { tests[$0].narrow(to: test) }
        if !isMerged { tests.append(test) }
        continue
      }
      try flush()
      let found = try bitmap(part, in: result.map { scope.restricted(to: $0) } ?? scope)
      result = result?.intersection(found) ?? found
    }
    try flush()
    return result ?? Bitmap(count: scope.rows, repeating: true)
  }

  /// The rows for which any part holds.
  private func disjunction(of parts: [TypedExpression], in scope: Scope) throws(ExecutionError)
    -> Bitmap
  {
    var result = Bitmap(count: scope.rows, repeating: false)
    for part in grouped(parts, in: scope, { .any($0) }) {
      result = try result.union(bitmap(part, in: scope.restricted(to: result.inverted)))
    }
    return result
  }

  /// The parts, of which those that depend on the same column are one.
  private func grouped(
    _ parts: [TypedExpression], in scope: Scope, _ node: ([TypedExpression]) -> TypedNode
  ) -> [TypedExpression] {
    guard !scope.isReduced else { return parts }
    var groups: [[TypedExpression]] = []
    var groupOfColumn: [Int: Int] = [:]
    for part in parts {
      if case .column(let column) = part.dependency {
        if let group = groupOfColumn[column] {
          groups[group].append(part)
          continue
        }
        groupOfColumn[column] = groups.count
      }
      groups.append([part])
    }
    // A single group would be the same question again.
    guard groups.count > 1 else { return parts }
    return groups.map { group in
      group.count == 1 ? group[0] : TypedExpression(node(group), type: .boolean)
    }
  }
}
