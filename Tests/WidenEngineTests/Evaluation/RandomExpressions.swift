import WidenLanguage

/// Makes random expressions over the random table, each of a given type.
struct ExpressionMaker {
  var random: Seeded

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }

  mutating func expression(_ type: ValueType, _ depth: Int) -> TypedExpression {
    if depth > 0, Int.random(in: 0..<5, using: &random) == 0 {
      return Bool.random(using: &random)
        ? TypedExpression(
          .conditional(
            condition: condition(depth - 1), chosen: expression(type, depth - 1),
            other: expression(type, depth - 1)), type: type)
        : TypedExpression(
          .function(.coalesce, [expression(type, depth - 1), expression(type, depth - 1)]),
          type: type)
    }
    switch type {
    case .text, .category: return text(depth)
    case .integer: return integer(depth)
    case .decimal: return decimal(depth)
    case .boolean: return depth > 0 ? condition(depth) : Field.flag.expression
    case .date: return date(depth)
    case .month:
      return depth > 0 && Bool.random(using: &random)
        ? call(.month, [date(depth - 1)], .month) : Field.month.expression
    case .period:
      return depth > 0 && Bool.random(using: &random)
        ? call(.fy, [pick([date(depth - 1), Field.month.expression])], .period)
        : pick([Field.year.expression, constant(.period(Period(.financialYear, startYear: 2013)))])
    }
  }

  mutating func condition(_ depth: Int) -> TypedExpression {
    guard depth > 0 else { return Field.flag.expression }
    let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in condition(depth - 1) }
    let node: TypedNode
    switch Int.random(in: 0..<10, using: &random) {
    case 0: node = .all(parts)
    case 1: node = .any(parts)
    case 2: node = .not(parts[0])
    case 3: node = .isMissing(expression(pick(ValueType.allCases), depth - 1))
    case 4: node = .isRecorded(pick([Field.name.expression, text(depth - 1)]))
    case 5:
      node = .textTest(
        pick([.contains, .startsWith, .endsWith]), value: text(depth - 1),
        pattern: pick([constant(.text(pick(["a", "b", "S0", "99", "", "1"]))), text(0)]))
    case 6: node = membership(depth)
    case 7: node = overlap(depth)
    case 8:
      node = .related(
        RelatedRows(
          kind: .any, key: Field.site.expression, table: "sites", pointer: "code",
          condition: siteCondition))
    default: node = comparison(depth)
    }
    return TypedExpression(node, type: .boolean)
  }

  private var siteCondition: TypedExpression {
    TypedExpression(
      .comparison(
        .greater, TypedExpression(.column(2), type: .integer), constant(.integer(5)), .natural),
      type: .boolean)
  }

  private mutating func comparison(_ depth: Int) -> TypedNode {
    let (type, other, ordering): (ValueType, ValueType, Ordering) = pick([
      (.text, .text, .text), (.integer, .integer, .natural), (.decimal, .integer, .natural),
      (.integer, .decimal, .natural), (.date, .date, .natural), (.month, .month, .natural),
      (.period, .period, .natural), (.category, .category, .categories(Field.bands)),
      (.text, .category, .text), (.boolean, .boolean, .natural),
    ])
    let left = type == .category ? Field.band.expression : expression(type, depth - 1)
    let right = other == .category ? text(depth - 1) : expression(other, depth - 1)
    return .comparison(
      pick(ComparisonOperator.allCases), left, pick([right, anyConstant(other)]), ordering)
  }

  private mutating func membership(_ depth: Int) -> TypedNode {
    let (type, ordering): (ValueType, Ordering) = pick([
      (.text, .text), (.integer, .natural), (.decimal, .natural), (.date, .natural),
      (.category, .categories(Field.bands)), (.period, .natural), (.month, .natural),
    ])
    let members = (0..<Int.random(in: 1...4, using: &random)).map { _ -> TypedMember in
      switch Int.random(in: 0..<6, using: &random) {
      case 0: .missing
      case 1: .range(low: anyConstant(type), high: anyConstant(type))
      case 2: .range(low: anyConstant(type), high: nil)
      case 3: .value(expression(type, depth - 1))
      default: .value(anyConstant(type))
      }
    }
    return .membership(expression(type, depth - 1), members, ordering)
  }

  private mutating func overlap(_ depth: Int) -> TypedNode {
    let period = pick([
      constant(.period(Period(.financialYear, startYear: 2013))),
      constant(.month(Month(number: 24_150))), constant(.date(Day(number: 16_000))),
      Field.year.expression,
    ])
    return .function(.overlaps, [date(depth - 1), date(depth - 1), period])
  }

  private mutating func anyConstant(_ type: ValueType) -> TypedExpression {
    switch type {
    case .text: constant(.text(pick(["ab", "x9", "x10", "S000099", "S99", "R3", "naïve"])))
    case .category: constant(.text(pick(Field.bands + ["10", "none"])))
    case .integer: constant(.integer(.random(in: -5...20, using: &random)))
    case .decimal: constant(.decimal(Double(Int.random(in: -8...40, using: &random)) / 4))
    case .boolean: constant(.boolean(.random(using: &random)))
    case .date: constant(.date(Day(number: .random(in: 15_400...17_000, using: &random))))
    case .month: constant(.month(Month(number: .random(in: 24_100...24_200, using: &random))))
    case .period:
      constant(
        .period(Period(.financialYear, startYear: .random(in: 2009...2016, using: &random))))
    }
  }

  private mutating func text(_ depth: Int) -> TypedExpression {
    let leaf = pick([
      Field.name, .name, .band, .id, .site,
    ]).expression
    guard depth > 0 else { return pick([leaf, anyConstant(.text)]) }
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return call(pick([.lower, .upper, .trim]), [text(depth - 1)], .text)
    case 1:
      return call(
        pick([.left, .right]),
        [text(depth - 1), pick([constant(.integer(2)), Field.number.expression])], .text)
    case 2:
      return call(
        .replace,
        [
          text(depth - 1), constant(.text(pick(["a", "b", "00", ""]))),
          pick([constant(.text("-")), leaf]),
        ],
        .text)
    case 3: return lookup(TypedExpression(.column(1), type: .text))
    default: return leaf
    }
  }

  private mutating func integer(_ depth: Int) -> TypedExpression {
    let leaf = pick([Field.number, .number, .wide]).expression
    guard depth > 0 else { return pick([leaf, anyConstant(.integer)]) }
    switch Int.random(in: 0..<11, using: &random) {
    case 0:
      return TypedExpression(
        .arithmetic(pick([.add, .subtract]), integer(depth - 1), integer(depth - 1)), type: .integer
      )
    case 1:
      return TypedExpression(
        .arithmetic(.multiply, Field.number.expression, anyConstant(.integer)), type: .integer)
    case 2: return TypedExpression(.negative(integer(depth - 1)), type: .integer)
    case 3: return call(pick([.abs, .floor, .ceiling]), [integer(depth - 1)], .integer)
    case 4: return call(pick([.floor, .ceiling]), [decimal(depth - 1)], .integer)
    case 5: return call(pick([.min, .max]), [integer(depth - 1), integer(depth - 1)], .integer)
    case 6: return call(pick([.year, .day]), [date(depth - 1)], .integer)
    case 7:
      return call(
        pick([.daysBetween, .monthsBetween, .ageAt]), [date(depth - 1), date(depth - 1)], .integer)
    case 8: return call(.length, [text(depth - 1)], .integer)
    case 9: return lookup(TypedExpression(.column(2), type: .integer))
    default: return call(.rankOf, [Field.band.expression], .integer)
    }
  }

  private mutating func decimal(_ depth: Int) -> TypedExpression {
    let leaf = pick([Field.fte, .amount]).expression
    guard depth > 0 else { return pick([leaf, anyConstant(.decimal)]) }
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      return TypedExpression(
        .arithmetic(pick([.add, .subtract]), decimal(depth - 1), integer(depth - 1)), type: .decimal
      )
    case 1:
      return TypedExpression(
        .arithmetic(.multiply, leaf, pick([anyConstant(.decimal), Field.number.expression])),
        type: .decimal)
    case 2:
      return TypedExpression(
        .arithmetic(.divide, pick([leaf, integer(depth - 1)]), integer(depth - 1)), type: .decimal)
    case 3: return TypedExpression(.negative(decimal(depth - 1)), type: .decimal)
    case 4:
      return call(
        .round,
        [decimal(depth - 1), pick([0, 1, 2, 3].map { constant(.integer($0)) })], .decimal)
    case 5: return call(pick([.min, .max]), [decimal(depth - 1), integer(depth - 1)], .decimal)
    default: return leaf
    }
  }

  private mutating func date(_ depth: Int) -> TypedExpression {
    let leaf = pick([Field.joined, .left]).expression
    guard depth > 0 else { return pick([leaf, leaf, anyConstant(.date)]) }
    switch Int.random(in: 0..<5, using: &random) {
    case 0:
      return call(
        pick([.startOf, .endOf]), [pick([Field.month, .year, .joined]).expression], .date)
    case 1: return call(pick([.min, .max]), [date(depth - 1), date(depth - 1)], .date)
    case 2: return lookup(TypedExpression(.column(3), type: .date))
    default: return leaf
    }
  }

  private mutating func lookup(_ result: TypedExpression) -> TypedExpression {
    TypedExpression(
      .lookup(
        Lookup(pointer: Field.site.expression, table: "sites", key: "code", result: result)),
      type: result.type)
  }

  private func call(_ function: Function, _ arguments: [TypedExpression], _ type: ValueType)
    -> TypedExpression
  {
    TypedExpression(.function(function, arguments), type: type)
  }
}

/// A constant of the value's own type.
func constant(_ value: Value) -> TypedExpression {
  let type: ValueType =
    switch value {
    case .boolean: .boolean
    case .integer: .integer
    case .decimal: .decimal
    case .text, .missing: .text
    case .date: .date
    case .month: .month
    case .period: .period
    }
  return TypedExpression(.constant(value), type: type)
}
