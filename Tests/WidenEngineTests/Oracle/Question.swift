import WidenEngine
import WidenLanguage

/// A random plan and the same question in SQL.
///
/// Conditions are two-valued in the language and three-valued in SQL: every comparison is rendered
/// so that missing makes it false before anything negates it.
struct Question {
  let plan: PlanBuilder
  let query: String

  init(over entry: Dataset.Entry, _ random: inout Seeded) {
    var builder = PlanBuilder(entry)
    var writer = ConditionWriter(entry.table)
    var query = "select * from t"
    if !random.once(in: 4) {
      let condition = writer.condition(builder, depth: 0, &random)
      builder = builder.filter(condition.expression)
      query = "select * from t where \(condition.query)"
    }
    let keys = Question.keys.shuffled(using: &random).prefix(random.below(4))
    let pool = Question.aggregates.shuffled(using: &random).prefix(1 + random.below(4))
    var aggregates: [(String, TypedAggregate)] = []
    var shown = Array(keys)
    for (index, (kind, column)) in pool.enumerated() {
      var condition: (expression: TypedExpression, query: String)?
      if random.once(in: 3) { condition = writer.condition(builder, depth: 2, &random) }
      aggregates.append(
        ("x\(index)", builder.aggregate(kind, column, where: condition?.expression)))
      shown.append(
        Question.query(kind, column, where: condition?.query) + " as x\(index)")
    }
    builder = builder.group(by: Array(keys), aggregates)
    query = "select \(shown.joined(separator: ", ")) from (\(query))"
    if !keys.isEmpty { query += " group by \(keys.joined(separator: ", "))" }
    var order = keys.map { "\($0) is null, \(Question.orderKey($0))" }
    if !keys.isEmpty, random.once(in: 2) {
      let isDescending = random.once(in: 2)
      builder = builder.sort(("x0", isDescending))
      order.insert("x0 is null, x0 \(isDescending ? "desc" : "asc")", at: 0)
    }
    if !order.isEmpty {
      query = "select * from (\(query)) order by \(order.joined(separator: ", "))"
    }
    if random.once(in: 3) {
      let count = random.below(6)
      builder = builder.take(count)
      query += " limit \(count)"
    }
    plan = builder
    self.query = query
  }

  static let keys = ["band", "town", "age", "joined", "pay", "wide", "hours"]

  /// Those that give whole numbers and fractions without rounding of their own; the first
  /// aggregate may be sorted by.
  private static let aggregates: [(TypedAggregate.Kind, String?)] = [
    (.count, nil), (.count, nil), (.sum, "age"), (.sum, "wide"), (.sum, "pay"), (.mean, "age"),
    (.mean, "pay"), (.mean, "wide"), (.minimum, "age"), (.maximum, "pay"), (.minimum, "joined"),
    (.maximum, "wide"), (.minimum, "hours"), (.distinct, "town"), (.distinct, "hours"),
    (.distinct, "pay"), (.missing, "town"), (.recorded, "joined"), (.sum, "hours"),
  ]

  /// Text is shown by its numbers: the names of the random table are a letter and a number.
  private static func orderKey(_ key: String) -> String {
    key == "town" ? "cast(substr(town, 2) as integer)" : key
  }

  private static func query(
    _ kind: TypedAggregate.Kind, _ column: String?, where condition: String?
  ) -> String {
    let name = column ?? "1"
    let operand = condition.map { "case when \($0) then \(name) end" } ?? name
    switch kind {
    case .count: return condition.map { "coalesce(sum(\($0)), 0)" } ?? "count(*)"
    case .distinct: return "count(distinct \(operand))"
    case .sum: return "sum(\(operand))"
    case .mean: return "avg(\(operand))"
    case .minimum: return "min(\(operand))"
    case .maximum: return "max(\(operand))"
    case .missing: return "coalesce(sum(\(name) is null and \(condition ?? "1")), 0)"
    case .recorded: return "count(\(operand))"
    case .median, .standardDeviation, .percentile, .correlation: return "null"
    }
  }
}

/// Random conditions over the columns of a table, in both languages.
struct ConditionWriter {
  private let table: Table

  init(_ table: Table) {
    self.table = table
  }

  /// A condition, seldom deeper than three.
  mutating func condition(_ plan: PlanBuilder, depth: Int, _ random: inout Seeded)
    -> (expression: TypedExpression, query: String)
  {
    switch random.below(depth > 2 ? 4 : 8) {
    case 4:
      let part = condition(plan, depth: depth + 1, &random)
      return (TypedExpression(.not(part.expression), type: .boolean), "(not \(part.query))")
    case 5, 6, 7:
      let parts = (0..<2 + random.below(2)).map { _ in
        condition(plan, depth: depth + 1, &random)
      }
      let isAll = random.once(in: 2)
      let expressions = parts.map(\.expression)
      return (
        TypedExpression(isAll ? .all(expressions) : .any(expressions), type: .boolean),
        "(" + parts.map(\.query).joined(separator: isAll ? " and " : " or ") + ")"
      )
    default: return leaf(plan, &random)
    }
  }

  private func leaf(_ plan: PlanBuilder, _ random: inout Seeded)
    -> (expression: TypedExpression, query: String)
  {
    let name = Question.keys[random.below(Question.keys.count)]
    let column = plan[name]
    switch random.below(6) {
    case 0:
      return (TypedExpression(.isMissing(column), type: .boolean), "(\(name) is null)")
    case 1:
      return (TypedExpression(.isRecorded(column), type: .boolean), "(\(name) is not null)")
    case 2: return membership(name, column, &random)
    default: return comparison(name, column, &random)
    }
  }

  private func membership(_ name: String, _ column: TypedExpression, _ random: inout Seeded)
    -> (expression: TypedExpression, query: String)
  {
    var members: [TypedMember] = []
    var tests: [String] = []
    for _ in 0..<1 + random.below(4) {
      let (value, literal) = constant(name, &random)
      members.append(.value(TypedExpression(.constant(value), type: column.type)))
      tests.append("coalesce(\(name) = \(literal), 0)")
    }
    if !column.type.isText, random.once(in: 3) {
      let (low, lowText) = constant(name, &random)
      let (high, highText) = constant(name, &random)
      members.append(
        .range(
          low: TypedExpression(.constant(low), type: column.type),
          high: TypedExpression(.constant(high), type: column.type)))
      tests.append("coalesce(\(name) between \(lowText) and \(highText), 0)")
    }
    if random.once(in: 4) {
      members.append(.missing)
      tests.append("(\(name) is null)")
    }
    let node = TypedNode.membership(column, members, column.type.isText ? .text : .natural)
    return (
      TypedExpression(node, type: .boolean), "(" + tests.joined(separator: " or ") + ")"
    )
  }

  private func comparison(_ name: String, _ column: TypedExpression, _ random: inout Seeded)
    -> (expression: TypedExpression, query: String)
  {
    let (value, literal) = constant(name, &random)
    let signs: [ComparisonOperator] =
      column.type.isText
      ? [.equal, .notEqual] : [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
    let sign = signs[random.below(signs.count)]
    let expression = compare(column, sign, value)
    if sign == .notEqual {
      return (expression, "(not coalesce(\(name) = \(literal), 0))")
    }
    return (expression, "coalesce(\(name) \(sign.rawValue) \(literal), 0)")
  }

  /// A value that occurs, most of the time, in both languages.
  private func constant(_ name: String, _ random: inout Seeded) -> (Value, String) {
    let column = table.columns.first { $0.description.name == name }
    var value = Value.missing
    if let column, table.rowCount > 0 { value = column.data[random.below(table.rowCount)] }
    if value == .missing { value = fallback(name) }
    return (value, literal(value))
  }

  private func fallback(_ name: String) -> Value {
    switch name {
    case "band": .text("9")
    case "town": .text("T-1")
    case "joined": .date(Day(number: 12_000))
    case "pay", "hours": .decimal(70.25)
    default: .integer(40)
    }
  }

  private func literal(_ value: Value) -> String {
    switch value {
    case .missing: "null"
    case .boolean(let flag): flag ? "1" : "0"
    case .integer(let number): "\(number)"
    case .decimal(let number): "\(number)"
    case .text(let text): "'\(text)'"
    case .date(let day): "\(day.number)"
    case .month(let month): "\(month.number)"
    case .period(let period): "\(period.number)"
    }
  }
}
