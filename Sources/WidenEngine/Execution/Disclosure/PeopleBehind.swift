import WidenLanguage
import WidenStatistics

/// The rows behind each figure of an aggregation, and how many people they are about.
struct PeopleBehind {
  /// The frame that is aggregated, the people's column added last.
  let frame: Frame
  let names: [String]
  let people: People
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

  init(
    _ relation: Relation, _ people: People, _ aggregates: [TypedAggregate],
    tells: Bool = false, telling: Set<Int> = []
  ) {
    self.tells = tells
    self.telling = telling
    var frame = relation.frame
    frame.columns.append(people.column)
    self.frame = frame
    names = relation.columns.map(\.name) + ["people"]
    self.people = people
    identifiers = Set(
      relation.columns.indices.filter { index in
        let column = relation.columns[index]
        return column.sensitivity == .identifier
          || column.origin?.column != nil && column.origin?.column == people.name
      })
    recorded = Set(relation.columns.indices.filter { relation.columns[$0].origin != nil })
    self.aggregates = aggregates
    let conditions = aggregates.map(\.rowsBehind)
    self.conditions = conditions
    let person = TypedExpression(
      .column(frame.columns.count - 1), type: people.column.valueType)
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
  ) throws(ExecutionError) -> RowGroups {
    let aggregation = Aggregation(
      of: frame, names: names, evaluator: evaluator, context: context)
    var groupKeys: [GroupKey] = []
    for key in keys { groupKeys.append(try aggregation.groupKey(key)) }
    return try RowGroups(groupKeys, of: frame, in: context)
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
