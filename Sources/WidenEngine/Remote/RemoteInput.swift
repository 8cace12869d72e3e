import WidenLanguage
import WidenStatistics

/// Rows that lie with a remote source, on their way into groups.
final class RemoteInput {
  let plan: Plan
  /// The plan's columns, with how they bear on personal data.
  let columns: [ColumnDescription]
  /// Who the rows are about; nil when they are about nobody in particular.
  let people: (kind: String, name: String?)?
  private let source: any RemoteSource
  private let context: ExecutionContext
  private let evaluator: Evaluator
  /// The keys of groups that have been asked for, in their order.
  private var known: [[TypedExpression]: [[Value]]] = [:]

  init(
    _ plan: Plan, _ source: any RemoteSource, evaluator: Evaluator, context: ExecutionContext
  ) {
    self.plan = plan
    self.source = source
    self.evaluator = evaluator
    self.context = context
    columns = plan.remoteColumns
    people = plan.people(in: context.dataset)
  }

  /// The tables.
  var dataset: Dataset { context.dataset }

  /// Other rows of the same source.
  func among(_ plan: Plan) -> RemoteInput {
    RemoteInput(plan, source, evaluator: evaluator, context: context)
  }

  /// For each condition whether it leaves rows about somebody, but not more than so many people;
  /// nil: all rows.
  func areFew(_ conditions: [TypedExpression?], _ threshold: Int) throws(ExecutionError) -> [Bool] {
    let rows = try groups(
      by: [], conditions.map { TypedAggregate(.count, condition: $0, label: "") },
      tellsNotes: false
    ).groups.values.map(numbers)
    // Nobody holds that many posts.
    let suspects = conditions.indices.filter {
      (1...8 * max(1, threshold)).contains(rows[$0].first ?? 0)
    }
    var areFew = [Bool](repeating: false, count: conditions.count)
    guard !suspects.isEmpty else { return areFew }
    let people = try groups(
      by: [], [TypedAggregate(.count, label: "")], people: suspects.map { conditions[$0] },
      tellsNotes: false
    ).people
    for (suspect, count) in zip(suspects, people) {
      areFew[suspect] = (1...max(1, threshold)).contains(count.first ?? 0)
    }
    return areFew
  }

  private var run: RemoteRun {
    RemoteRun(dataset: context.dataset, isCancelled: context.isCancelled)
  }

  /// The groups in display order, and for each condition how many people are behind each group.
  func groups(
    by keys: [TypedExpression], _ aggregates: [TypedAggregate], people: [TypedExpression?] = [],
    tellsNotes: Bool
  ) throws(ExecutionError) -> (groups: AggregatedGroups, people: [[Int]]) {
    let telling = tellsNotes ? aggregates.filter(\.kind.tellsSkipped) : []
    let skipped = telling.map { aggregate in
      var rows = aggregate
      rows.kind = .missing
      return rows
    }
    let found = try source.groups(
      of: RemoteQuestion(
        plan: plan, keys: keys, aggregates: aggregates + skipped, people: people), for: run)
    let rows = try order(of: found, by: keys)
    let ordered = found.columns.map { $0.gathered(rows, isSubset: true) }
    for (aggregate, missing) in zip(telling, ordered.dropFirst(keys.count + aggregates.count)) {
      tell(skippedBy: aggregate, missing)
    }
    let groups = AggregatedGroups(
      keys: Array(ordered.prefix(keys.count)),
      values: Array(ordered.dropFirst(keys.count).prefix(aggregates.count)),
      rowCount: found.rowCount)
    known[keys] = (0..<groups.rowCount).map { row in groups.keys.map { $0[row] } }
    return (groups, ordered.suffix(people.count).map(numbers))
  }

  private func numbers(_ column: Column) -> [Int] {
    (0..<column.count).map { Int(column.number(ofRow: $0) ?? 0) }
  }

  /// The order in which groups by these keys are shown, found as that of rows here is.
  private func order(of table: RemoteTable, by keys: [TypedExpression]) throws(ExecutionError)
    -> RowList
  {
    guard !keys.isEmpty else { return RowList(0..<UInt32(table.rowCount)) }
    let place = Column.integers((0..<table.rowCount).map { Optional($0) })
    let frame = Frame(
      columns: Array(table.columns.prefix(keys.count)) + [place], rowCount: table.rowCount)
    var aggregation = Aggregation(
      of: frame, names: frame.columns.map { _ in "" }, evaluator: evaluator, context: context)
    let found = try aggregation.run(
      keys: keys.enumerated().map { index, key in
        TypedExpression(.column(index), type: key.type, categories: key.categories)
      },
      aggregates: [
        TypedAggregate(
          .minimum, operand: TypedExpression(.column(keys.count), type: .integer), label: "")
      ], tellsNotes: false)
    return numbers(found.values[0]).map { UInt32(truncatingIfNeeded: $0) }
  }

  private func tell(skippedBy aggregate: TypedAggregate, _ missing: Column) {
    guard let operand = aggregate.operand else { return }
    var name: String?
    if case .column(let index) = operand.node { name = columns[index].name }
    context.tellSkipped(
      numbers(missing).reduce(0, +), without: name, by: aggregate.label,
      areAboutPeople: people != nil)
  }

  /// Larger groups are not remembered: it would take too much memory.
  private static let mostStandIns = 4_000_000

  /// Stand-ins for the people behind each group, who stay where they are.
  ///
  /// Chance puts every person into one of 64 parts, and a group is the numbers of its people in each
  /// part, one stand-in for one person. If all people of a group are in another, so are its
  /// stand-ins, and the difference has as many; the reverse is wrong only for very small groups.
  func sets(by keys: [TypedExpression], where condition: TypedExpression?) throws(ExecutionError)
    -> [RecordSet]
  {
    if known[keys] == nil {
      _ = try groups(by: keys, [TypedAggregate(.count, label: "")], tellsNotes: false)
    }
    let table = try source.parts(
      of: RemoteQuestion(plan: plan, keys: keys, people: [condition]), for: run)
    var members = [[UInt32]](repeating: [], count: known[keys]?.count ?? 0)
    var isTooLarge = false
    try forEachGroup(table, by: keys) { group, row in
      let part = Int(table.columns[keys.count].number(ofRow: row) ?? 0)
      let count = Int(table.columns[keys.count + 1].number(ofRow: row) ?? 0)
      guard count <= RemoteInput.mostStandIns >> 6 else {
        isTooLarge = true
        return
      }
      for number in 0..<count {
        members[group].append(UInt32(truncatingIfNeeded: number << 6 | part))
      }
    }
    if isTooLarge, let control = context.disclosure, control.policy.method != .none {
      control.note {
        $0.add(
          "figures about more than \(grouped(RemoteInput.mostStandIns)) people are not compared with "
            + "earlier exports")
      }
    }
    return members.map { RecordSet($0) }
  }

  /// What the people of each group add to its sum: the two largest as they are, all others in parts
  /// that are no larger, for which the rules of dominance come to the same.
  func contributions(
    by keys: [TypedExpression], to operand: TypedExpression, where condition: TypedExpression?
  ) throws(ExecutionError) -> [[Double]] {
    let table = try source.contributions(
      to: operand, of: RemoteQuestion(plan: plan, keys: keys, people: [condition]), for: run)
    var found = [[Double]](repeating: [], count: known[keys]?.count ?? 0)
    try forEachGroup(table, by: keys) { group, row in
      func number(_ column: Int) -> Double {
        table.columns[keys.count + column].number(ofRow: row) ?? 0
      }
      let (first, second, rest) = (number(0), number(1), number(2))
      found[group] = [first, second]
      guard rest > 0, second > 0 else { return }
      let parts = max(1, (rest / second).rounded(.up))
      // Beyond so many nobody dominates, whatever their sizes.
      let count = Int(min(parts, 1000))
      found[group] += [Double](repeating: rest / Double(count), count: count)
    }
    return found
  }

  private func forEachGroup(
    _ table: RemoteTable, by keys: [TypedExpression], _ body: (Int, Int) -> Void
  ) throws(ExecutionError) {
    var places: [[Value]: Int] = [:]
    for (place, key) in (known[keys] ?? []).enumerated() { places[key] = place }
    for row in 0..<table.rowCount {
      if row & 0xFFFF == 0 { try context.checkCancelled() }
      guard let group = places[(0..<keys.count).map { table.columns[$0][row] }] else { continue }
      body(group, row)
    }
  }
}

extension Plan {
  /// The columns of rows that are not here, with how each bears on personal data.
  var remoteColumns: [ColumnDescription] {
    switch operation {
    case .derive(let input, let expressions):
      let own = input.remoteColumns
      let relation = Relation(frame: Frame(columns: [], rowCount: 0), columns: own)
      return own
        + zip(expressions, columns.suffix(expressions.count)).map {
          relation.described($0, as: $1)
        }
    case .filter(let input, _), .sort(let input, _), .take(let input, _), .top(let input, _):
      return input.remoteColumns
    case .join(let input, let join):
      return input.remoteColumns + columns.suffix(join.columns.count)
    case .snapshots(let input, _):
      return input.remoteColumns + columns.suffix(1)
    case .scan, .project, .aggregate, .share, .crosstab, .change, .intervals, .likelihood,
      .standardise, .inequality, .funnel, .control, .parity, .describe, .protect, .tap:
      return columns
    }
  }

  /// Who its rows are about: what their numbers are numbers of, and the column that tells them apart.
  func people(in dataset: Dataset) -> (kind: String, name: String?)? {
    if case .scan(let table) = operation {
      guard let description = dataset.entry(named: table)?.description, description.isAboutPeople
      else { return nil }
      guard let name = description.personColumn else {
        return ("rows of \(description.name) on a server", nil)
      }
      let owner = description.relationships.first { $0.column == name }
      let (table, key) = owner.map { ($0.table, $0.key) } ?? (description.name, name)
      return ("\(table).\(key) on a server", name)
    }
    return inputs.lazy.compactMap { $0.people(in: dataset) }.first
  }
}
