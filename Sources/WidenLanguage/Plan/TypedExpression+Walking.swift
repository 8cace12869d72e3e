extension TypedExpression {
  /// The expressions it is made of, over the same rows.
  public var parts: [TypedExpression] {
    switch node {
    case .constant, .column: []
    case .function(_, let arguments): arguments
    case .negative(let value), .isMissing(let value), .isRecorded(let value), .not(let value):
      [value]
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right, _):
      [left, right]
    case .membership(let value, let members, _): [value] + members.flatMap(\.expressions)
    case .textTest(_, let value, let pattern): [value, pattern]
    case .all(let conditions), .any(let conditions): conditions
    case .conditional(let condition, let chosen, let other): [condition, chosen, other]
    case .lookup(let lookup): [lookup.pointer]
    case .related(let related): [related.key]
    }
  }

  /// The columns of the input that it reads.
  var columnsUsed: Set<Int> {
    if case .column(let index) = node { return [index] }
    return parts.reduce(into: []) { $0.formUnion($1.columnsUsed) }
  }

  /// The columns whose missing values a `!=` or a `not` lets through.
  var columnsWhoseMissingPass: [Int] {
    switch node {
    case .comparison(.notEqual, let left, let right, _):
      [left, right].flatMap { $0.constant == nil ? Array($0.columnsUsed) : [] }.sorted()
    case .not(let inner):
      switch inner.node {
      case .comparison(.equal, _, _, _), .membership, .textTest: inner.columnsUsed.sorted()
      case .constant, .column, .function, .negative, .arithmetic, .comparison, .isMissing,
        .isRecorded, .all, .any, .not, .conditional, .lookup, .related:
        []
      }
    case .all(let conditions): conditions.flatMap(\.columnsWhoseMissingPass)
    case .constant, .column, .function, .negative, .arithmetic, .comparison, .membership,
      .textTest, .isMissing, .isRecorded, .any, .conditional, .lookup, .related:
      []
    }
  }

  /// The same expression with every column index replaced.
  func mappingColumns(_ map: (Int) -> Int) -> TypedExpression {
    var copy = self
    copy.node = node.mappingColumns(map)
    return copy
  }
}

extension TypedNode {
  fileprivate func mappingColumns(_ map: (Int) -> Int) -> TypedNode {
    func mapped(_ value: TypedExpression) -> TypedExpression { value.mappingColumns(map) }
    switch self {
    case .constant: return self
    case .column(let index): return .column(map(index))
    case .function(let function, let arguments): return .function(function, arguments.map(mapped))
    case .negative(let value): return .negative(mapped(value))
    case .arithmetic(let sign, let left, let right):
      return .arithmetic(sign, mapped(left), mapped(right))
    case .comparison(let sign, let left, let right, let order):
      return .comparison(sign, mapped(left), mapped(right), order)
    case .membership(let value, let members, let order):
      return .membership(mapped(value), members.map { $0.mapping(mapped) }, order)
    case .textTest(let kind, let value, let pattern):
      return .textTest(kind, value: mapped(value), pattern: mapped(pattern))
    case .isMissing(let value): return .isMissing(mapped(value))
    case .isRecorded(let value): return .isRecorded(mapped(value))
    case .all(let conditions): return .all(conditions.map(mapped))
    case .any(let conditions): return .any(conditions.map(mapped))
    case .not(let value): return .not(mapped(value))
    case .conditional(let condition, let chosen, let other):
      return .conditional(
        condition: mapped(condition), chosen: mapped(chosen), other: mapped(other))
    case .lookup(var lookup):
      lookup.pointer = mapped(lookup.pointer)
      return .lookup(lookup)
    case .related(var related):
      related.key = mapped(related.key)
      return .related(related)
    }
  }
}

extension TypedMember {
  /// The value, or the ends that are given.
  var expressions: [TypedExpression] {
    switch self {
    case .value(let value): [value]
    case .range(let low, let high): [low, high].compactMap { $0 }
    case .missing: []
    }
  }

  func mapping(_ change: (TypedExpression) -> TypedExpression) -> TypedMember {
    switch self {
    case .value(let value): .value(change(value))
    case .range(let low, let high): .range(low: low.map(change), high: high.map(change))
    case .missing: .missing
    }
  }
}
