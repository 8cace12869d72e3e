import WidenLanguage

extension Evaluation {
  /// Where a value is one of the members.
  ///
  /// All constants are looked up together.
  func membership(
    _ value: TypedExpression, _ members: [TypedMember], _ ordering: Ordering, in scope: Scope
  ) throws(ExecutionError) -> Bitmap {
    let values = try vector(value, in: scope)
    var constants: [Value] = []
    var result = Bitmap(count: scope.rows, repeating: false)
    for member in members {
      switch member {
      case .missing: result = try result.union(presence(of: values, rows: scope.rows).inverted)
      case .value(let member):
        if case .constant(let constant) = member.node {
          constants.append(constant)
        } else {
          let other = try vector(member, in: scope)
          result = try result.union(
            compared(.equal, values, other, ordering, rows: scope.rows))
        }
      case .range(let low, let high):
        result = try result.union(range(values, low, high, ordering, in: scope))
      }
    }
    if !constants.isEmpty {
      result = try result.union(anyConstant(values, constants, rows: scope.rows))
    }
    return result
  }

  private func range(
    _ values: Vector, _ low: TypedExpression?, _ high: TypedExpression?, _ ordering: Ordering,
    in scope: Scope
  ) throws(ExecutionError) -> Bitmap {
    var result = try presence(of: values, rows: scope.rows)
    if let low {
      result = try result.intersection(
        compared(
          .greaterOrEqual, values, vector(low, in: scope), ordering, rows: scope.rows))
    }
    if let high {
      result = try result.intersection(
        compared(.lessOrEqual, values, vector(high, in: scope), ordering, rows: scope.rows))
    }
    return result
  }

  private func anyConstant(_ values: Vector, _ constants: [Value], rows: Int)
    throws(ExecutionError) -> Bitmap
  {
    var texts: [String] = []
    var numbers: Set<Int> = []
    var fractions: Set<Double> = []
    for constant in constants {
      if case .text(let text) = constant { texts.append(text) }
      if let number = constant.number { numbers.insert(number) }
      if let number = constant.fraction { fractions.insert(number) }
    }
    if !texts.isEmpty { return try textSet(values, texts, rows: rows) }
    if constants.count <= 8, case .coded(let column) = values {
      var found: [Bitmap] = []
      for constant in constants {
        if let rows = try compareCodes(.equal, column, constant) { found.append(rows) }
      }
      if let first = found.first, found.count == constants.count {
        return found.dropFirst().reduce(first) { $0.union($1) }
      }
    }
    let wanted = numbers
    let wantedFractions = fractions
    // A fraction among the members can equal a whole number only as a fraction.
    if values.isDecimal || numbers.count < fractions.count {
      return try work.bits(rows) { block, flags in
        let found = values.fractions(block)
        for row in 0..<block.count {
          let isIn = found.present[row] == 1 && wantedFractions.contains(found.values[row])
          flags[row] = isIn ? 1 : 0
        }
      }
    }
    return try work.bits(rows) { block, flags in
      let found = values.integers(block)
      for row in 0..<block.count {
        flags[row] = found.present[row] == 1 && wanted.contains(found.values[row]) ? 1 : 0
      }
    }
  }
}
