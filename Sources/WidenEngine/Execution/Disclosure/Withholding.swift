public import WidenLanguage
public import WidenStatistics

/// How what is withheld is carried through the steps that follow.
extension Executor {
  /// The control and the people of rows about single people; nil where there is nothing to protect.
  func control(of relation: Relation) -> (DisclosureControl, People)? {
    guard let control = context.disclosure, let people = relation.frame.people else { return nil }
    return (control, people)
  }

  /// Notes the groups of few people, and whether even that they exist says too much.
  ///
  /// The values of a category are public; that somebody has this salary is not, nor a list most of
  /// whose rows are about few people, or that shows nothing but its groups. Such rows are left out
  /// when the result leaves, but not before a share has been taken of the whole.
  func noteFew(
    in frame: inout Frame, _ guarded: GuardedGroups, _ keys: [ColumnDescription], showsFigures: Bool
  ) {
    guard let control = context.disclosure, control.withholds else { return }
    let few = (0..<frame.rowCount).map { row in
      guarded.people.allSatisfy { control.policy.isGroupTooSmall($0[row]) }
    }
    let telling = guarded.groups.rowsTellingOfAll(
      people: guarded.people, keys.map { $0.sensitivity == .special },
      threshold: control.policy.threshold)
    if telling.contains(true) {
      control.note { $0.add("groups in which all or few people share an answer are left out") }
      frame.hidden = Bitmap(telling)
    }
    guard few.contains(true) else { return }
    frame.few = Bitmap(few)
    let isList = !keys.isEmpty && few.count { $0 } > few.count / 2
    guard
      !showsFigures || isList
        || keys.indices.contains(where: { isRare($0, keys, frame, few) })
    else { return }
    control.note {
      $0.add("groups of fewer than \(control.policy.smallestGroup) people are left out")
    }
    let hidden = Bitmap(few)
    frame.hidden = frame.hidden?.union(hidden) ?? hidden
  }

  /// Rows to group again: those of few people are not among them where the result leaves, for
  /// counting groups of one counts people.
  func groupable(_ relation: Relation) -> Relation {
    guard let few = relation.frame.few, context.disclosure?.isPublishing == true else {
      return relation
    }
    var kept = relation
    kept.frame.narrow(to: few.inverted)
    context.disclosure?.note { $0.add("groups of few people are not grouped again") }
    return kept
  }

  /// Whether the values of a key are themselves figures about people: numbers, days, and texts most
  /// of which belong to few people, such as names.
  private func isRare(
    _ key: Int, _ keys: [ColumnDescription], _ frame: Frame, _ few: [Bool]
  ) -> Bool {
    switch keys[key].type {
    case .integer, .decimal, .date: return true
    case .category, .boolean, .month, .period: return false
    case .text:
      guard keys[key].categories == nil else { return false }
      var isCommon: [Value: Bool] = [:]
      for row in 0..<frame.rowCount {
        isCommon[frame.columns[key][row], default: false] =
          isCommon[frame.columns[key][row], default: false] || !few[row]
      }
      return isCommon.count > 20 && isCommon.values.count { !$0 } > isCommon.count / 2
    }
  }

  /// Marks the figures of an aggregation of withheld figures, and takes them out where the result
  /// leaves.
  ///
  /// Under a policy whose totals are sums of what is published a sum stays; a note says so.
  func withhold(
    in frame: inout Frame, of relation: Relation, _ keys: [TypedExpression],
    _ aggregates: [TypedAggregate]
  ) throws(ExecutionError) {
    guard let control = context.disclosure, !relation.frame.withheld.isEmpty else { return }
    var source = relation.frame
    var marked: [(Int, TypedAggregate)] = []
    for (index, aggregate) in aggregates.enumerated() {
      guard let bits = relation.frame.withheld(inAnyOf: aggregate.columnsRead) else { continue }
      let column = TypedExpression(.column(source.columns.count), type: .boolean)
      source.columns.append(.booleans((0..<bits.count).map { bits[$0] }))
      marked.append((index, TypedAggregate(.count, condition: column, label: "")))
    }
    guard !marked.isEmpty else { return }
    var aggregation = Aggregation(
      of: source, names: source.columns.map { _ in "" }, evaluator: evaluator, context: context)
    let found = try aggregation.run(
      keys: keys, aggregates: marked.map(\.1) + [TypedAggregate(.count, label: "")],
      tellsNotes: false)
    let all = found.values[marked.count]
    for (position, (index, _)) in marked.enumerated() {
      var bits = Bitmap(count: frame.rowCount, repeating: false)
      let isSum = aggregates[index].kind == .sum && control.policy.totalsAreSumsOfPublished
      for row in 0..<frame.rowCount {
        let withheld = found.values[position].number(ofRow: row) ?? 0
        bits[row] = isSum ? withheld == all.number(ofRow: row) : withheld > 0
        if isSum, withheld > 0, !bits[row] {
          control.note { $0.add("sums are of the published figures, without those withheld") }
        }
      }
      guard bits.setCount > 0 else { continue }
      let column = keys.count + index
      frame.withheld[column] = bits
      if control.isPublishing { frame.columns[column] = frame.columns[column].without(bits) }
    }
  }

  /// A statistic of the rows of a plan, from figures that may be used, and marked where one is not.
  func statistic(
    of input: Plan, keyCount: Int, _ compute: (Relation) throws -> Relation
  ) throws -> Relation {
    let relation = try run(input, needed: .all)
    let result = try compute(publishable(relation, keyCount: keyCount))
    return marked(result, from: relation, keyCount: keyCount)
  }

  /// The input of a statistic without the groups of which a figure is withheld, where it leaves.
  ///
  /// `keyCount` keys make a group, of which every row must be whole.
  private func publishable(_ relation: Relation, keyCount: Int) throws(ExecutionError) -> Relation {
    guard let control = context.disclosure, control.isPublishing else { return relation }
    let groups = relation.withheldGroups(keyCount: keyCount)
    guard !groups.isEmpty else { return relation }
    let frame = relation.frame
    let rows = (0..<frame.rowCount).filter { row in
      !groups.contains(relation.key(ofRow: row, keyCount))
    }
    control.note {
      $0.add(
        keyCount == 0
          ? "nothing is computed, because figures that it needs are withheld"
          : "\(counted(groups.count, "group")) \(groups.count == 1 ? "is" : "are") left out, because "
            + "figures that the statistic needs are withheld")
    }
    var kept = relation
    kept.frame = try frame.gathered(
      RowList(rows.map { UInt32(truncatingIfNeeded: $0) }), in: context)
    kept.frame.withheld = [:]
    return kept
  }

  /// The result of a statistic, its figures marked where a figure of the group would be withheld.
  private func marked(_ result: Relation, from input: Relation, keyCount: Int) -> Relation {
    guard let control = context.disclosure, !control.isPublishing else { return result }
    let groups = input.withheldGroups(keyCount: keyCount)
    guard !groups.isEmpty else { return result }
    let rows = result.frame.rowCount
    var bits = Bitmap(count: rows, repeating: false)
    for row in 0..<rows {
      bits[row] = keyCount == 0 || groups.contains(result.key(ofRow: row, keyCount))
    }
    guard bits.setCount > 0 else { return result }
    var marked = result
    for column in result.frame.columns.indices where result.columns[column].type.isNumber {
      if column >= keyCount { marked.frame.withheld[column] = bits }
    }
    return marked
  }

  /// Rows of a result, as they follow from its query when figures of people are protected.
  func derived(_ derivation: Derivation, _ plan: Plan) throws -> Relation {
    // What it did on the way was done when it was computed first.
    let inner = context.part(over: derivation.dataset, context.disclosure) { _, _, _ in }
    let executor = Executor(inner)
    var relation = try executor.run(derivation.plan, needed: .all)
    relation.frame = try relation.frame.compacted(in: inner)
    if executor.isSynthetic { isSynthetic = true }
    relation.columns = plan.columns
    return relation
  }

  /// The rows of a plan as they may leave.
  func protect(_ input: Plan, _ policy: DisclosurePolicy, _ needed: ColumnSet) throws -> Relation {
    let control = DisclosureControl(
      policy: policy, mode: .publishing, ledgers: context.disclosure?.ledgers ?? Ledgers(),
      export: context.disclosure?.export ?? "an earlier result")
    let inner = context.part(over: context.dataset, control, context.perform)
    let executor = Executor(inner)
    var relation = try executor.run(input, needed: needed)
    if relation.frame.people != nil, policy.method != .none { throw rowsOfPeople(policy) }
    for note in inner.notes { context.tell(note) }
    for step in inner.flow { context.passed(step.label, rows: step.rows) }
    if executor.isSynthetic { isSynthetic = true }
    if control.protection != nil { context.disclosure?.took(control) }
    relation.frame.people = nil
    return relation
  }
}

/// Why rows about single people may not leave.
public func rowsOfPeople(_ policy: DisclosurePolicy) -> ExecutionError {
  .refused(
    "these rows are about single people, and may not leave under policy \(policy.name)",
    hint: "count or summarise them first: '| count by …'")
}

/// Why groups of few people, or of nobody where few would be, may not leave.
func tableOfFew(_ policy: DisclosurePolicy) -> ExecutionError {
  .refused(
    "the table tells of few people, and may not leave under policy \(policy.name)",
    hint: "leave a condition out, or group by less")
}

extension ExecutionContext {
  /// What a part of the query runs in: the same means over these tables.
  fileprivate func part(
    over dataset: Dataset, _ disclosure: DisclosureControl?,
    _ perform: @escaping (Action, Answer, Plan) throws -> Void
  ) -> ExecutionContext {
    let part = ExecutionContext(
      dataset: dataset, threads: threads, segmentRows: segmentRows, isCancelled: isCancelled,
      disclosure: disclosure, ownPolicy: ownPolicy, perform: perform)
    part.countsRemoteRows = countsRemoteRows
    return part
  }

  /// The policy of a name, else the session's own.
  func policy(named name: String?) -> DisclosurePolicy {
    name.flatMap { DisclosurePolicy(named: $0) } ?? ownPolicy
  }

  /// So many rows, for a note; of rows about people only roughly, where the result leaves.
  func told(_ count: Int, _ noun: String? = nil, areAboutPeople: Bool = true) -> String {
    guard let control = disclosure, control.withholds, areAboutPeople, control.protection != nil
    else {
      return noun.map { counted(count, $0) } ?? grouped(count)
    }
    if count < control.policy.smallestGroup { return noun.map { "a few \($0)s" } ?? "a few" }
    return "about " + (noun.map { counted(publishable(count), $0) } ?? grouped(publishable(count)))
  }

  /// How many rows are worth telling of: few about people are as none where the result leaves, for
  /// one may have been made to turn up there because of what somebody is.
  func worthTelling(_ count: Int, areAboutPeople: Bool = true) -> Int {
    guard let control = disclosure, control.withholds, areAboutPeople, control.protection != nil,
      count < control.policy.smallestGroup
    else { return count }
    return 0
  }

  /// A number of rows about people, as it may be told: rounded where the result leaves, so that
  /// few are as none.
  func publishable(_ rows: Int) -> Int {
    guard let control = disclosure, control.withholds else { return rows }
    return rows < control.policy.smallestGroup ? 0 : max(10, (rows + 5) / 10 * 10)
  }
}

extension Relation {
  /// The values of the first columns.
  func key(ofRow row: Int, _ keyCount: Int) -> [Value] {
    frame.columns.prefix(keyCount).map { $0[row] }
  }

  /// The groups in some row of which a figure is withheld.
  func withheldGroups(keyCount: Int) -> Set<[Value]> {
    guard let bits = frame.withheld(inAnyOf: frame.columns.indices) else { return [] }
    return Set(bits.rows.map { key(ofRow: $0, keyCount) })
  }
}

extension Frame {
  /// Without the rows that are left out when the result leaves.
  var shown: Frame {
    guard let hidden else { return self }
    var shown = self
    shown.narrow(to: hidden.inverted)
    return shown
  }

  /// The rows in which a figure of some of these columns is withheld; nil: none.
  func withheld(inAnyOf columns: some Sequence<Int>) -> Bitmap? {
    var found: Bitmap?
    for column in columns {
      guard let bits = withheld[column] else { continue }
      found = found?.union(bits) ?? bits
    }
    return found
  }
}

extension Bitmap {
  /// The bits of these rows, none for `noRow`.
  func gathered(_ rows: RowList) -> Bitmap {
    Bitmap(rows.map { $0 != noRow && self[Int($0)] })
  }
}

/// How a result came about, so that it can be computed again as it may leave.
public struct Derivation: Sendable {
  /// What was computed.
  public var plan: Plan
  /// The tables that it was computed from.
  public var dataset: Dataset

  /// A result of a plan over these tables.
  public init(plan: Plan, dataset: Dataset) {
    self.plan = plan
    self.dataset = dataset
  }
}
