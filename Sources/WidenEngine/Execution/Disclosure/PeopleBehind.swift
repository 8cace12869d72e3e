import WidenLanguage
import WidenStatistics

/// The rows behind each figure of an aggregation, and how many people they are about.
struct PeopleBehind {
  /// Where the rows are.
  enum Rows {
    /// Here: the frame that is aggregated, the people's column added last.
    case here(Frame, names: [String], People)
    /// In a database.
    case there(RemoteInput)
  }

  let rows: Rows
  /// The columns that tell people, or what they hold, apart.
  private let identifiers: Set<Int>
  /// The columns of the data themselves, as opposed to what a query computes.
  private let recorded: Set<Int>
  /// The aggregates that tell of few people, as they are made or because of what is left of the rows.
  let telling: Set<Int>
  /// Whether what is left of the rows, or the groups, tell of few people.
  let tells: Bool
  let aggregates: [TypedAggregate]
  /// For each aggregate its rows, as a condition; nil: all of the group.
  let conditions: [TypedExpression?]
  /// The aggregates that count people, one for each of `distinctConditions`.
  private let counts: [TypedAggregate]
  private let countOf: [Int]
  private let different: [TypedExpression?]

  init(
    _ relation: Relation, _ people: People, _ aggregates: [TypedAggregate],
    tells: Bool = false, telling: Set<Int> = []
  ) {
    var frame = relation.frame
    frame.columns.append(people.column)
    let names = relation.columns.map(\.name) + ["people"]
    let person = TypedExpression(
      .column(frame.columns.count - 1), type: people.column.valueType)
    self.init(
      .here(frame, names: names, people), relation.columns, people.name, person, aggregates,
      tells: tells, telling: telling)
  }

  /// Rows in a database.
  init(
    _ input: RemoteInput, _ aggregates: [TypedAggregate], tells: Bool = false,
    telling: Set<Int> = []
  ) {
    // The database knows its people by itself.
    let person = TypedExpression(.constant(.missing), type: .text)
    self.init(
      .there(input), input.columns, input.people?.name, person, aggregates, tells: tells,
      telling: telling)
  }

  private init(
    _ rows: Rows, _ columns: [ColumnDescription], _ name: String?, _ person: TypedExpression,
    _ aggregates: [TypedAggregate], tells: Bool, telling: Set<Int>
  ) {
    self.rows = rows
    self.tells = tells
    self.telling = telling
    identifiers = PeopleNames(in: columns, column: name).columns
    recorded = Set(columns.indices.filter { columns[$0].origin != nil })
    self.aggregates = aggregates
    let conditions = aggregates.map(\.rowsBehind)
    self.conditions = conditions
    // How many people are in a group bears on what may be said of a part of them.
    var different: [TypedExpression?] = [nil]
    var countOf: [Int] = []
    for condition in conditions {
      if let place = different.firstIndex(of: condition) {
        countOf.append(place)
      } else {
        countOf.append(different.count)
        different.append(condition)
      }
    }
    self.countOf = countOf
    self.different = different
    counts = different.map {
      TypedAggregate(.distinct, operand: person, condition: $0, label: "the people")
    }
  }

  /// Whether a column tells people, or what they hold, apart, so that its values count as people.
  func isIdentifier(_ column: Int) -> Bool { identifiers.contains(column) }

  /// Whether a column is one of the data.
  func isRecorded(column: Int) -> Bool { recorded.contains(column) }

  /// The groups by some keys, with how many people are behind each figure of each.
  func groups(
    by keys: [TypedExpression], tellsNotes: Bool = true, evaluator: Evaluator,
    context: ExecutionContext
  ) throws(ExecutionError) -> GuardedGroups {
    let frame: Frame
    let names: [String]
    switch rows {
    case .here(let own, let ownNames, _): (frame, names) = (own, ownNames)
    case .there(let input):
      let (groups, people) = try input.groups(
        by: keys, aggregates, people: different, tellsNotes: tellsNotes)
      return GuardedGroups(
        groups: groups, people: countOf.map { people[$0] }, all: people[0],
        withheld: [Bitmap?](repeating: nil, count: aggregates.count))
    }
    var aggregation = Aggregation(
      of: frame, names: names, evaluator: evaluator, context: context)
    var groups = try aggregation.run(
      keys: keys, aggregates: aggregates + counts, tellsNotes: tellsNotes)
    let counted = groups.values.suffix(counts.count).map { column in
      (0..<groups.rowCount).map { Int(column.number(ofRow: $0) ?? 0) }
    }
    groups.values.removeLast(counts.count)
    return GuardedGroups(
      groups: groups, people: countOf.map { counted[$0] }, all: counted[0],
      withheld: [Bitmap?](repeating: nil, count: aggregates.count))
  }

  /// The group of each row, in the order of `groups(by:)`.
  func rowGroups(
    by keys: [TypedExpression], evaluator: Evaluator, context: ExecutionContext
  ) throws(ExecutionError) -> GroupMembers {
    switch rows {
    case .there(let input): return .there(input, keys)
    case .here(let frame, let names, let people):
      let aggregation = Aggregation(
        of: frame, names: names, evaluator: evaluator, context: context)
      var groupKeys: [GroupKey] = []
      for key in keys { groupKeys.append(try aggregation.groupKey(key)) }
      let groups = try RowGroups(groupKeys, of: frame, in: context)
      return .here(groups, people, frame, evaluator)
    }
  }

  /// Whether the people are known by stand-ins only.
  var isRemote: Bool {
    if case .there = rows { true } else { false }
  }

  /// Whether a condition on the rows compares a number with a bound.
  var hasBound: Bool {
    switch rows {
    case .here(let frame, _, _): frame.narrowing?.hasBound == true
    case .there(let input): input.plan.hasBound
    }
  }

  /// What the numbers of the people are numbers of.
  var kind: String {
    switch rows {
    case .here(_, _, let people): people.kind
    case .there(let input): input.people?.kind ?? ""
    }
  }
}

/// Who is in each group.
enum GroupMembers {
  case here(RowGroups, People, Frame, Evaluator)
  case there(RemoteInput, [TypedExpression])

  /// The people behind each group, of the rows for which a condition holds.
  func sets(where condition: TypedExpression?) throws(ExecutionError) -> [RecordSet] {
    switch self {
    case .there(let input, let keys): return try input.sets(by: keys, where: condition)
    case .here(let groups, let people, let frame, let evaluator):
      return groups.sets(of: people, where: try evaluator.bitmap(condition, over: frame))
    }
  }

  /// What each person adds to the sum of each group.
  func contributions(
    to operand: TypedExpression, where condition: TypedExpression?
  ) throws(ExecutionError) -> [[Double]] {
    switch self {
    case .there(let input, let keys):
      return try input.contributions(by: keys, to: operand, where: condition)
    case .here(let groups, let people, let frame, let evaluator):
      let values = try evaluator.column(operand, over: frame)
      return groups.contributions(
        of: people, to: values, where: try evaluator.bitmap(condition, over: frame))
    }
  }
}

extension Evaluator {
  /// The rows for which a condition holds; nil without one: all.
  func bitmap(_ condition: TypedExpression?, over frame: Frame) throws(ExecutionError)
    -> Bitmap?
  {
    guard let condition else { return nil }
    return try self.condition(condition, over: frame)
  }
}

/// Groups, the people behind their figures, and which figures are withheld.
struct GuardedGroups {
  var groups: AggregatedGroups
  /// For each aggregate and each group.
  var people: [[Int]]
  /// For each group the people in it, whatever an aggregate asks for.
  var all: [Int] = []
  /// For each aggregate; nil: none.
  var withheld: [Bitmap?]
  /// For an aggregate what the figure of each group is rounded to.
  var steps: [Int: [RoundingStep?]] = [:]
}

extension Column {
  /// The type of its values.
  var valueType: ValueType {
    switch self {
    case .coded(let coded): coded.domain.type
    case .integers: .integer
    case .decimals: .decimal
    }
  }
}

extension Plan {
  fileprivate var hasBound: Bool {
    if case .filter(_, let filter) = operation, filter.condition.boundsNumbers { return true }
    return inputs.contains(where: \.hasBound)
  }
}

extension TypedAggregate {
  /// Which rows of a group its figure is about; nil: all.
  fileprivate var rowsBehind: TypedExpression? {
    var parts = condition.map(\.conjuncts) ?? []
    if let operand {
      switch kind {
      case .count: break
      case .missing: parts.append(TypedExpression(.isMissing(operand), type: .boolean))
      case .recorded: parts.append(TypedExpression(.isRecorded(operand), type: .boolean))
      case .distinct, .sum, .mean, .median, .minimum, .maximum, .standardDeviation, .percentile,
        .correlation:
        parts.append(
          TypedExpression(
            .not(TypedExpression(.isMissing(operand), type: .boolean)), type: .boolean))
      }
    }
    if parts.count < 2 { return parts.first }
    return TypedExpression(.all(parts), type: .boolean)
  }
}

extension TypedExpression {
  /// Whether rows for which it holds are among those of another condition.
  static func implies(_ one: TypedExpression?, _ other: TypedExpression?) -> Bool {
    guard let other else { return true }
    guard let one else { return false }
    let parts = one.conjuncts
    return other.conjuncts.allSatisfy { parts.contains($0) }
  }
}

extension Relation {
  /// A key that is computed from these rows, with how it bears on personal data: as much as the
  /// columns that it reads.
  func described(_ key: TypedExpression, as description: ColumnDescription) -> ColumnDescription {
    var described = description
    described.sensitivity = sensitivity(of: key)
    return described
  }

  /// How an expression over these rows bears on personal data.
  func sensitivity(of expression: TypedExpression) -> ColumnDescription.Sensitivity? {
    let read = expression.columnsRead.map { columns[$0].sensitivity }
    return [.identifier, .special, .quasi].first { read.contains($0) }
  }
}
