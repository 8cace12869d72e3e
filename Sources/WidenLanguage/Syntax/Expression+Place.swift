extension Expression {
  /// Where the expression stands, from its first part to its last.
  public var place: Place {
    switch self {
    case .literal(_, let place), .negative(_, let place), .not(_, let place): place
    case .parameter(let name): name.place
    case .path(let path): path.place
    case .call(let call): call.place
    case .chain(let chain): covering([chain.first] + chain.rest.map(\.value))
    case .comparison(let comparison): covering([comparison.left, comparison.right])
    case .membership(let membership):
      covering([membership.value] + membership.members.flatMap(\.expressions))
    case .textTest(let test): covering([test.value, test.pattern])
    case .presence(let presence): presence.value.place
    case .all(let conditions), .any(let conditions): covering(conditions)
    case .conditional(let conditional): conditional.place
    case .related(let related): related.place
    }
  }
}

extension Member {
  /// The value, or the ends of the range that are given.
  public var expressions: [Expression] {
    switch self {
    case .value(let value): [value]
    case .range(let low, let high): [low, high].compactMap { $0 }
    }
  }
}

extension Aggregate {
  /// Where the aggregate stands, from its first part to its last.
  public var place: Place {
    switch self {
    case .call(let call): call.place
    case .measure(let measure): measure.name.place
    case .parameter(let name): name.place
    case .number(_, let place), .negative(_, let place), .function(_, _, let place): place
    case .chain(let chain):
      Place(
        chain.rest.reduce(chain.first.place.range) { $0.joined($1.value.place.range) })
    }
  }
}

private func covering(_ expressions: [Expression]) -> Place {
  guard let first = expressions.first, let last = expressions.last else { return .none }
  return Place(first.place.range.joined(last.place.range))
}
