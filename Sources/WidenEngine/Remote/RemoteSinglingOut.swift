import WidenLanguage

/// What tells of few people among rows in a database, found by asking how many people some
/// conditions leave there; `Narrowing` says which conditions those are and why.
struct RemoteSinglingOut {
  /// What would tell of few people.
  private enum Culprit: Hashable {
    case rows
    case column(Int)
    case aggregate(Int)
  }

  /// A combination of more conditions is not taken apart.
  private static let mostConditions = 16

  private let rows: Unfiltered
  private let input: RemoteInput
  private let names: PeopleNames
  private let threshold: Int
  /// What must not leave few people, and of whom it tells if it does; nil: all rows.
  private var asked: [TypedExpression?] = []
  private var culprits: [[Culprit]] = []
  /// What tells of few people whatever the rows are.
  private var certain: Set<Culprit> = []
  /// The columns that each culprit reads.
  private var read: [Culprit: Set<Int>] = [:]

  private init(_ input: RemoteInput, threshold: Int) {
    self.input = input
    self.threshold = threshold
    names = PeopleNames(in: input.columns, column: input.people?.name)
    rows = input.plan.unfiltered
  }

  /// Whether rows, or how they are grouped, tell of few people; and which aggregates do.
  static func found(
    in input: RemoteInput, by keys: [TypedExpression], _ aggregates: [TypedAggregate],
    threshold: Int
  ) throws(ExecutionError) -> (tells: Bool, telling: Set<Int>) {
    var search = RemoteSinglingOut(input, threshold: threshold)
    search.suspectRows(by: keys)
    for (index, aggregate) in aggregates.enumerated() {
      if let condition = aggregate.condition {
        search.leaveOneOut(of: search.rows.conditions + condition.conjuncts, .aggregate(index))
        search.suspect(condition, .aggregate(index))
      }
      if let operand = aggregate.operand { search.suspect(operand, .aggregate(index)) }
    }
    let found = try search.ask()
    var tells = found.contains(.rows)
    // What was left before a join, or a choice of rows, tells of what is made of it, too.
    for before in search.rows.plan.unfilteredInputs where !tells {
      guard before.people(in: input.dataset) != nil else { continue }
      tells = try RemoteSinglingOut.found(
        in: input.among(before), by: [], [], threshold: threshold
      ).tells
    }
    let telling = aggregates.indices.filter { found.contains(.aggregate($0)) }
    return (tells, Set(telling))
  }

  private mutating func suspectRows(by keys: [TypedExpression]) {
    if !rows.conditions.isEmpty {
      leaveOneOut(of: rows.conditions, .rows)
      if !keys.isEmpty { add(.all(of: rows.conditions), .rows) }
    }
    for filter in rows.filters { suspect(filter, .rows) }
    for key in keys { suspect(key, .rows) }
    for (column, expression) in rows.computed { suspect(expression, .column(column)) }
  }

  private mutating func add(_ condition: TypedExpression?, _ culprit: Culprit) {
    if let known = asked.firstIndex(of: condition) {
      culprits[known].append(culprit)
    } else {
      asked.append(condition)
      culprits.append([culprit])
    }
  }

  private mutating func leaveOneOut(of all: [TypedExpression], _ culprit: Culprit) {
    guard all.count <= RemoteSinglingOut.mostConditions else { return }
    for left in all.indices {
      add(.all(of: all.indices.filter { $0 != left }.map { all[$0] }), culprit)
    }
  }

  /// Notes what an expression would tell by the way it is made.
  private mutating func suspect(_ expression: TypedExpression, _ culprit: Culprit) {
    read[culprit, default: []].formUnion(expression.columnsRead)
    if names.areAdded(by: expression) { certain.insert(culprit) }
    if case .all = expression.node { leaveOneOut(of: expression.conjuncts, culprit) }
    for part in expression.parts {
      if case .all = expression.node {
        // Taken apart above.
      } else if part.type == .boolean, !expression.isNegation, names.areRead(by: part) {
        add(part, culprit)
        add(TypedExpression(.not(part), type: .boolean), culprit)
      }
      suspect(part, culprit)
    }
  }

  /// Asks the database, and gives what tells of few.
  private func ask() throws(ExecutionError) -> Set<Culprit> {
    var found = certain
    if !asked.isEmpty {
      let few = try input.among(rows.plan).areFew(asked, threshold)
      for (culprits, isFew) in zip(culprits, few) where isFew { found.formUnion(culprits) }
    }
    // A column may be computed from one that tells.
    for column in rows.computed.map(\.column) where isReading(.column(column), found) {
      found.insert(.column(column))
    }
    for culprit in read.keys where isReading(culprit, found) { found.insert(culprit) }
    return found
  }

  private func isReading(_ culprit: Culprit, _ found: Set<Culprit>) -> Bool {
    read[culprit, default: []].contains { found.contains(.column($0)) }
  }
}

/// Rows before the conditions that a query puts on them.
private struct Unfiltered {
  /// The rows, with what is computed of them.
  var plan: Plan
  /// The conditions as they stand, and taken apart.
  var filters: [TypedExpression] = []
  /// In their order.
  var computed: [(column: Int, expression: TypedExpression)] = []

  var conditions: [TypedExpression] { filters.flatMap(\.conjuncts) }
}

extension Plan {
  /// Its rows without the conditions at its end; the columns are the same.
  fileprivate var unfiltered: Unfiltered {
    switch operation {
    case .filter(let input, let filter):
      var found = input.unfiltered
      found.filters.append(filter.condition)
      return found
    case .derive(let input, let expressions):
      var found = input.unfiltered
      found.plan = Plan(.derive(found.plan, expressions), columns: columns)
      found.computed += expressions.enumerated().map { (input.columns.count + $0, $1) }
      return found
    case .sort(let input, _): return input.unfiltered
    case .scan, .project, .aggregate, .take, .top, .share, .crosstab, .change, .intervals,
      .likelihood, .standardise, .inequality, .funnel, .control, .parity, .join, .snapshots,
      .describe, .protect, .tap:
      return Unfiltered(plan: self)
    }
  }

  /// What the rows before the conditions are made from.
  fileprivate var unfilteredInputs: [Plan] {
    if case .derive(let input, _) = operation { return input.unfilteredInputs }
    return inputs
  }
}

extension TypedExpression {
  /// All of some conditions at once; nil when there are none.
  fileprivate static func all(of conditions: [TypedExpression]) -> TypedExpression? {
    conditions.count < 2 ? conditions.first : TypedExpression(.all(conditions), type: .boolean)
  }
}
