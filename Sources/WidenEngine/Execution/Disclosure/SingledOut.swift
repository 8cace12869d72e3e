import WidenLanguage
import WidenStatistics

/// What the conditions so far have made of rows about people, so that a count of nobody does not say
/// of somebody who is known what they are not.
///
/// Of one person who is told apart by age, band and organisation a further condition counts nobody
/// or one: then 0 says as much as a mark. So where all conditions but one leave few people, nothing
/// is said of what all of them leave.
struct Narrowing: Sendable {
  /// More are not taken apart.
  private static let mostConditions = 16

  /// The rows for which each condition holds; all are as long as the frame.
  private var conditions: [Bitmap] = []
  /// Whether rows that are gone were narrowed so.
  private(set) var tells = false
  /// Whether a number was compared with a bound: moved until nobody is left, it would show the least
  /// or the greatest, which is one person's.
  private(set) var hasBound = false
  /// The columns that were computed so that they tell of few people.
  var tellingColumns: Set<Int> = []
  let threshold: Int

  init(threshold: Int) { self.threshold = threshold }

  mutating func add(_ condition: Bitmap, isBound: Bool) {
    conditions.append(condition)
    if isBound { hasBound = true }
  }

  mutating func addTelling() { tells = true }

  /// The same for rows that were gathered: their conditions can be taken apart no more.
  func gathered(_ people: People?) -> Narrowing {
    var gathered = self
    gathered.tells = people.map { isTelling(of: $0) } ?? tells
    gathered.conditions = []
    return gathered
  }

  /// Whether all conditions but one, these among them, leave few people.
  func isTelling(of people: People, with more: [Bitmap] = []) -> Bool {
    if tells { return true }
    let all = conditions + more
    return Narrowing.isFewWithoutOne(of: all, people, threshold)
  }

  static func isFewWithoutOne(of all: [Bitmap], _ people: People, _ threshold: Int) -> Bool {
    guard let first = all.first, all.count <= mostConditions else { return false }
    guard all.count > 1 else {
      return people.areFew(in: Bitmap(count: first.count, repeating: true), threshold)
    }
    return all.indices.contains { left in
      let others = all.indices.filter { $0 != left }.map { all[$0] }
      let rest = others.dropFirst().reduce(others[0]) { $0.intersection($1) }
      return people.areFew(in: rest, threshold)
    }
  }
}

extension People {
  /// Whether rows are about somebody, but not more than so many people.
  func areFew(in rows: Bitmap, _ threshold: Int) -> Bool {
    let count = rows.setCount
    // Nobody holds that many posts.
    guard count > 0, count <= 8 * max(1, threshold) else { return false }
    return (1...max(1, threshold)).contains(Set(rows.rows.compactMap(number(ofRow:))).count)
  }
}

extension Executor {
  /// Notes a condition on rows about people that may leave.
  func narrow(_ relation: inout Relation, by condition: TypedExpression) throws(ExecutionError) {
    guard let (control, people) = control(of: relation), control.withholds else { return }
    var narrowing =
      relation.frame.narrowing ?? Narrowing(threshold: control.policy.threshold)
    for part in condition.conjuncts {
      narrowing.add(
        try evaluator.condition(part, over: relation.frame), isBound: part.boundsNumbers)
    }
    if try tells(condition, of: people, in: relation, narrowing) { narrowing.addTelling() }
    relation.frame.narrowing = narrowing
  }

  /// Whether an expression over rows about people is made so that it tells of few: it joins to what
  /// few people have in common another condition, or asks for somebody by name on the way.
  func tells(_ expression: TypedExpression, in relation: Relation) throws(ExecutionError) -> Bool {
    guard let (control, people) = control(of: relation), control.withholds else { return false }
    let narrowing = relation.frame.narrowing ?? Narrowing(threshold: control.policy.threshold)
    return try tells(expression, of: people, in: relation, narrowing)
  }

  /// Whether what is left of rows about people, or how they are grouped, tells of few.
  func tellsOfFew(_ relation: Relation, _ keys: [TypedExpression]) throws(ExecutionError) -> Bool {
    guard let (control, people) = control(of: relation), control.withholds else { return false }
    if relation.frame.narrowing?.isTelling(of: people) == true { return true }
    if !keys.isEmpty, let selection = relation.frame.selection,
      people.areFew(in: selection, control.policy.threshold)
    {
      return true
    }
    for key in keys where try tells(key, in: relation) { return true }
    return false
  }

  /// The aggregates whose condition, with those before, or whose operand tells of few people.
  func tellingOfFew(_ aggregates: [TypedAggregate], in relation: Relation) throws(ExecutionError)
    -> Set<Int>
  {
    guard let (control, people) = control(of: relation), control.withholds else { return [] }
    let narrowing = relation.frame.narrowing ?? Narrowing(threshold: control.policy.threshold)
    var found: Set<Int> = []
    for (index, aggregate) in aggregates.enumerated() {
      if let condition = aggregate.condition {
        var parts: [Bitmap] = []
        for part in condition.conjuncts {
          parts.append(try evaluator.condition(part, over: relation.frame))
        }
        if narrowing.isTelling(of: people, with: parts) { found.insert(index) }
        if try tells(condition, in: relation) { found.insert(index) }
      }
      if let operand = aggregate.operand, try tells(operand, in: relation) { found.insert(index) }
    }
    return found
  }

  private func tells(
    _ expression: TypedExpression, of people: People, in relation: Relation, _ narrowing: Narrowing
  ) throws(ExecutionError) -> Bool {
    if !expression.columnsRead.isDisjoint(with: narrowing.tellingColumns) { return true }
    if relation.names.areAdded(by: expression) { return true }
    if case .all = expression.node {
      var parts: [Bitmap] = []
      for part in expression.conjuncts {
        parts.append(try evaluator.condition(part, over: relation.frame))
      }
      if Narrowing.isFewWithoutOne(of: parts, people, narrowing.threshold) { return true }
    }
    for part in expression.parts {
      if part.type == .boolean, !expression.isNegation, relation.names.areRead(by: part) {
        if case .all = expression.node {
          // Taken apart above.
        } else {
          let bits = try evaluator.condition(part, over: relation.frame)
          if people.areFew(in: bits, narrowing.threshold)
            || people.areFew(in: bits.inverted, narrowing.threshold)
          {
            return true
          }
        }
      }
      if try tells(part, of: people, in: relation, narrowing) { return true }
    }
    return false
  }
}

extension Relation {
  /// Notes that a column was made so that it tells of few people.
  mutating func markTelling(_ column: Int, threshold: Int) {
    var narrowing = frame.narrowing ?? Narrowing(threshold: threshold)
    narrowing.tellingColumns.insert(column)
    frame.narrowing = narrowing
  }

  /// The columns whose values tell people apart.
  fileprivate var names: PeopleNames { PeopleNames(in: columns, column: frame.people?.name) }
}

/// The columns whose values tell people, or what they hold, apart.
struct PeopleNames: Sendable {
  let columns: Set<Int>

  /// Among these columns; people's own column may have a name.
  init(in columns: [ColumnDescription], column name: String?) {
    self.columns = Set(
      columns.indices.filter { index in
        let column = columns[index]
        return column.sensitivity == .identifier
          || column.origin?.column != nil && column.origin?.column == name
      })
  }

  /// Whether an expression reads any of them.
  func areRead(by expression: TypedExpression) -> Bool {
    !expression.columnsRead.isDisjoint(with: columns)
  }

  /// Whether people who are asked for by name are put beside others who have something in common:
  /// eight who are known hide few who are not, and are taken off the count again.
  ///
  /// Conditions that all have to hold only narrow each other down.
  func areAdded(by expression: TypedExpression) -> Bool {
    if case .all = expression.node { return false }
    let read = reads(expression)
    return read.names && read.others
  }

  /// Whether an expression reads the values that tell people apart, and whether it reads others.
  private func reads(_ expression: TypedExpression) -> (names: Bool, others: Bool) {
    switch expression.node {
    case .constant: return (false, false)
    case .column: return areRead(by: expression) ? (true, false) : (false, true)
    // That somebody has a number, and what stands about them elsewhere, names nobody.
    case .isMissing, .isRecorded, .lookup, .related: return (false, true)
    case .function, .negative, .arithmetic, .comparison, .membership, .textTest, .all, .any, .not,
      .conditional:
      let parts = expression.parts.map { reads($0) }
      return (parts.contains(where: \.names), parts.contains(where: \.others))
    }
  }
}

extension TypedExpression {
  /// Whether it asks if a number is less or more than another.
  var boundsNumbers: Bool {
    switch node {
    case .comparison(let sign, let left, _, _):
      if left.type.isNumber, sign != .equal, sign != .notEqual { return true }
    case .membership(let value, let members, _):
      if value.type.isNumber, members.contains(where: \.isRange) { return true }
    case .constant, .column, .function, .negative, .arithmetic, .textTest, .isMissing, .isRecorded,
      .all, .any, .not, .conditional, .lookup, .related:
      break
    }
    return parts.contains(where: \.boundsNumbers)
  }

  var isNegation: Bool {
    if case .not = node { true } else { false }
  }
}

extension TypedMember {
  fileprivate var isRange: Bool {
    if case .range = self { true } else { false }
  }
}
