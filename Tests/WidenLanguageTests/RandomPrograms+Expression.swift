@testable import WidenLanguage

extension RandomPrograms {
  mutating func expression(_ depth: Int = 3) -> Expression {
    if depth <= 0 || chance(25) {
      let related = Related(chance(50) ? .any : .count, table: name(), condition: nil)
      return pick([literal(), .path(path()), .path(path()), .related(related)])
    }
    let one = expression(depth - 1)
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return .any(some(2) { $0.expression(depth - 1) } + [one])
    case 1: return .all(some(2) { $0.expression(depth - 1) } + [one])
    case 2: return .not(one, .none)
    case 3: return .negative(one, .none)
    case 4: return .comparison(Comparison(pick(ComparisonOperator.allCases), one, path(depth)))
    case 5:
      let members = some { $0.member(depth - 1) }
      return .membership(Membership(value: one, isNegated: chance(50), members: members))
    case 6:
      let kind = pick([TextTest.Kind.contains, .startsWith, .endsWith])
      return .textTest(TextTest(kind, isNegated: chance(50), value: one, pattern: path(depth)))
    case 7:
      let kind = pick([Presence.Kind.missing, .recorded])
      return .presence(Presence(kind, isNegated: chance(50), value: one))
    case 8: return .chain(chain(depth))
    case 9:
      return .conditional(
        Conditional(condition: one, chosen: path(depth), other: expression(depth - 1)))
    case 10:
      return .related(Related(chance(50) ? .any : .count, table: name(), condition: one))
    default:
      let arguments = maybe(80) { $0.some(2) { $0.expression(depth - 1) } } ?? []
      return .call(Call(function: path(), arguments: arguments))
    }
  }

  private mutating func path(_ depth: Int) -> Expression { expression(depth - 1) }

  private mutating func signs() -> [ArithmeticOperator] {
    pick([[.add, .subtract], [.multiply, .divide]])
  }

  private mutating func chain(_ depth: Int) -> Chain {
    let signs = signs()
    return Chain(
      first: expression(depth - 1),
      rest: some(2) { Chain.Term($0.pick(signs), $0.expression(depth - 1)) })
  }

  mutating func aggregate(_ depth: Int = 2) -> Aggregate {
    if depth > 0, chance(30) {
      switch Int.random(in: 0..<5, using: &random) {
      case 0:
        let signs = signs()
        return .chain(
          AggregateChain(
            first: aggregate(depth - 1),
            rest: some(2) { AggregateChain.Term($0.pick(signs), $0.aggregate(depth - 1)) }))
      case 1: return .negative(aggregate(depth - 1), .none)
      case 2: return .number(.number("100"), .none)
      case 3: return .parameter(Name("factor"))
      default:
        return .function(
          Name("round"), [aggregate(depth - 1), .number(.number("1"), .none)], .none)
      }
    }
    let condition = maybe(30) { $0.expression(2) }
    let interval = maybe(20) { $0.interval() }
    if chance(10) {
      return .measure(MeasureCall(name: name(), condition: condition, interval: interval))
    }
    let word = pick(AggregateWord.allCases)
    return .call(
      AggregateCall(
        word, operand: word == .count ? nil : expression(2),
        second: word == .correlation ? expression(1) : nil,
        percentile: word == .percentile ? .literal(.number("90"), .none) : nil,
        among: word == .rate ? maybe(50) { $0.expression(2) } : nil,
        using: word == .rate ? maybe(30) { $0.path() } : nil, condition: condition,
        interval: interval))
  }
}
