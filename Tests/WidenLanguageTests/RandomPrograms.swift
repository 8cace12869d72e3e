@testable import WidenLanguage

/// Random trees, made from the same signatures that the parser reads.
struct RandomPrograms {
  var random: SeededGenerator

  init(seed: Int) {
    random = SeededGenerator(seed: seed)
  }

  private static let names: [String] =
    ("band n left count share change control top total within snapshot starts ends any desc percent"
    + " org_code Staff`Group été where by from to x1 sum rate interval baseline on with_ cases because"
    + " null true measure distinct fy Staff|Group 8a a--b").split(separator: " ").map {
      String($0).replacing("|", with: " ")
    }

  // MARK: Choosing

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &random)]
  }

  mutating func some<Element>(
    _ most: Int = 3, _ make: (inout RandomPrograms) -> Element
  ) -> [Element] {
    (0..<Int.random(in: 1...most, using: &random)).map { _ in make(&self) }
  }

  mutating func maybe<Element>(
    _ percent: Int, _ make: (inout RandomPrograms) -> Element
  ) -> Element? {
    chance(percent) ? make(&self) : nil
  }

  // MARK: Programs

  mutating func program() -> Program {
    Program(
      help: pick([[], [], ["Title", "", "more"]]),
      statements: some { PlacedStatement($0.statement()) })
  }

  mutating func statement() -> Statement {
    let word = chance(50) ? StatementWord.query : pick(StatementWord.allCases)
    switch word {
    case .query:
      return .query(query())
    case .define where chance(50):
      return .define(.measure(name(), aggregate()))
    case .define:
      let arguments = maybe(50) { $0.some { $0.name() } } ?? []
      return .define(.column(path(), arguments: arguments, expression()))
    case .let, .param, .load, .run, .export, .compare, .set, .show, .explain, .why, .report,
      .save, .help, .back, .quit:
      let parts = fill(word.items)
      return Statement(word, parts, place: .none) ?? .back
    }
  }

  mutating func query() -> Query {
    Query(table: name(), steps: some(5) { PlacedStep($0.step()) }.dropLast())
  }

  mutating func step() -> Step {
    let word = pick(StepWord.allCases)
    return Step(word, fill(word.items)) ?? .describe
  }

  private mutating func fill(_ items: [SignatureItem]) -> Parts {
    var parts = Parts()
    fill(items, &parts)
    return parts
  }

  private mutating func fill(_ items: [SignatureItem], _ parts: inout Parts) {
    for item in items {
      switch item {
      case .word: break
      case .field(let field, let kind): parts[field] = part(kind)
      case .choice(let field, let words): parts[field] = .word(pick(words))
      case .either(let alternatives): fill(pick(alternatives), &parts)
      case .options(let groups):
        for group in groups where chance(50) {
          fill(group, &parts)
          if let flag = flagName(group) { parts[flag] = .flag }
        }
      }
    }
  }

  private mutating func part(_ kind: PartKind) -> Part {
    switch kind {
    case .aggregate: .aggregate(aggregate())
    case .aggregates:
      .aggregates(some { NamedAggregate($0.aggregate(), $0.maybe(50) { $0.name() }) })
    case .column, .table, .benchmark, .policy, .setting, .newName: .name(name())
    case .condition, .expression: .expression(expression())
    case .count: .count(chance(70) ? .number(5, .none) : .parameter(Name("n")))
    case .whole: .whole(7)
    case .file, .text: .text(text(), .none)
    case .interval: .interval(interval())
    case .key: .key(key())
    case .keys: .keys(some { $0.key() })
    case .literal: .expression(literal())
    case .literals: .expressions(some { $0.literal() })
    case .matches: .matches(some { CompareStep.Match($0.name(), $0.path()) })
    case .member: .member(member(2))
    case .members: .members(some { $0.member(2) })
    case .named: .named(some { NamedExpression($0.expression(), $0.name()) })
    case .options: .options(some { $0.option() })
    case .orders: .orders(some { Order($0.expression(), isDescending: $0.chance(50)) })
    case .path: .path(path())
    case .paths: .paths(some { $0.path() })
    case .query: .query(query())
    case .renamings: .renamings(some { Renaming($0.path(), $0.name()) })
    case .rules: .rules(rules())
    case .settingValue:
      .settingValue(chance(50) ? .word(Name(pick(["safe", "warn"]))) : .literal(literal()))
    case .value: .letValue(chance(50) ? .query(query()) : .value(letMember()))
    case .words: .words(pick([["share"], ["count", "by"], ["tour"], ["and", "="]]))
    }
  }

  // MARK: Parts

  mutating func name() -> Name {
    Name(pick(Self.names))
  }

  mutating func path() -> Path { Path(some(2) { $0.name() }) }

  mutating func key() -> Key { Key(expression(), maybe(50) { $0.name() }) }

  private mutating func option() -> Option { Option(name(), some { $0.member(2) }) }

  mutating func interval() -> Interval { Interval(level: pick(["95%", "99%", "99.8%"])) }

  mutating func text() -> String {
    pick(["a", "say \"hi\"", "it's", "", "# no | comment", "-- é"])
  }

  private mutating func letMember() -> Member {
    let value = expression()
    return chance(50) ? .value(value) : .range(low: value, high: maybe(50) { $0.expression(2) })
  }

  private mutating func rules() -> [RecodeStep.Rule] {
    var rules = some { RecodeStep.Rule(values: [$0.literalMember()], result: $0.literal()) }
    if chance(50) { rules.append(RecodeStep.Rule(values: nil, result: literal())) }
    return rules
  }

  private mutating func literalMember() -> Member {
    let value = literal()
    return pick([.value(value), .range(low: value, high: nil), .range(low: nil, high: value)])
  }

  mutating func literal() -> Expression {
    let literals: [Literal] = [
      .number("5"), .number("0.25"), .percent("2.3%"), .text(text()), .date(Day(number: 19_814)),
      .month(Month(year: 2014, month: 9)), .period(Period(.academicYear, startYear: 2014)), .yes,
      .no, .missing,
    ]
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return .parameter(Name("org"))
    case 1: return .negative(.literal(.number("7"), .none), .none)
    default: return .literal(pick(literals), .none)
    }
  }

  mutating func member(_ depth: Int) -> Member {
    if chance(50) { return .value(expression(depth - 1)) }
    let (hasLow, hasHigh) = pick([(true, true), (true, false), (false, true)])
    return .range(
      low: hasLow ? expression(depth - 1) : nil, high: hasHigh ? expression(depth - 1) : nil)
  }
}
