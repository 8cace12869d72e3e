import WidenLanguage

/// What is told of rows that were never here: how many each step left, what pointed nowhere, what a
/// condition let through.
extension Executor {
  /// Tables up to this size are counted after each step; of larger ones that would take as long as
  /// the question itself.
  private static let mostCounted = 2_000_000

  /// Tells of a plan's steps, and of what the expressions over its rows look up; `isWhole` when
  /// its last step is told here, too.
  func tellRows(
    of plan: Plan, _ source: any RemoteSource, isWhole: Bool, reading: [TypedExpression] = []
  ) throws(ExecutionError) {
    let size = plan.scannedTables.reduce(0) {
      $0 + (context.dataset.entry(named: $1)?.description.rowCount ?? 0)
    }
    guard context.countsRemoteRows, size <= Executor.mostCounted else { return }
    let steps = plan.spine.filter { $0.label != nil && (isWhole || $0 != plan) }
    var notes: [RemoteNote] = []
    for step in plan.spine { notes += step.notes(in: context.dataset) }
    for expression in reading { notes += expression.notes(over: plan, in: context.dataset) }
    var asked = steps
    var places: [Range<Int>] = []
    for note in notes {
      places.append(asked.count..<asked.count + note.counted.count)
      asked += note.counted
    }
    guard !asked.isEmpty else { return }
    let run = RemoteRun(dataset: context.dataset, isCancelled: context.isCancelled)
    let counts = try source.counts(of: asked, for: run)
    let isAboutPeople = plan.people(in: context.dataset) != nil
    for (step, rows) in zip(steps, counts) {
      context.passed(step.label ?? "", rows: isAboutPeople ? context.publishable(rows) : rows)
    }
    for (note, place) in zip(notes, places) {
      tell(note, Array(counts[place]), areAboutPeople: isAboutPeople)
    }
  }

  private func tell(_ note: RemoteNote, _ counts: [Int], areAboutPeople: Bool) {
    switch note.kind {
    case .watched(let name):
      context.tellPassed(counts[0], without: name, areAboutPeople: areAboutPeople)
    case .lookup(let title):
      guard toldLookups.insert(title).inserted else { return }
      context.tellLookup(title, all: counts[0], present: counts[1], found: counts[2])
    case .join(let join):
      context.tellJoin(
        join, matched: counts[1], unmatched: counts[0] - counts[1], multiplied: counts[2],
        areAboutPeople: areAboutPeople)
    }
  }
}

/// Something to tell, and the plans whose rows have to be counted for it.
private struct RemoteNote {
  enum Kind {
    /// A column whose missing values a condition lets through: the rows.
    case watched(String)
    /// A look into another table: all rows, those that point anywhere, those that point to a row.
    case lookup(String)
    /// A join: all rows, those with a match, those with several.
    case join(JoinPlan)
  }

  var kind: Kind
  var counted: [Plan]
}

extension Plan {
  /// It and what it goes on from, the first step first.
  fileprivate var spine: [Plan] { (inputs.first?.spine ?? []) + [self] }

  /// Its rows for which a condition holds.
  fileprivate func filtered(_ condition: TypedExpression) -> Plan {
    Plan(.filter(self, Filter(condition: condition)), columns: columns)
  }

  /// What its last step has to tell.
  fileprivate func notes(in dataset: Dataset) -> [RemoteNote] {
    switch operation {
    case .filter(let input, let filter):
      let own = filter.watched.map { column in
        RemoteNote(
          kind: .watched(input.columns[column].name),
          counted: [filtered(TypedExpression(.isMissing(self.column(column)), type: .boolean))])
      }
      return filter.condition.notes(over: input, in: dataset) + own
    case .derive(let input, let expressions):
      return expressions.flatMap { $0.notes(over: input, in: dataset) }
    case .sort(let input, let keys):
      return keys.flatMap { $0.value.notes(over: input, in: dataset) }
    case .join(let input, let join): return join.notes(over: input)
    case .scan, .project, .aggregate, .share, .crosstab, .take, .top, .snapshots, .change,
      .intervals, .likelihood, .standardise, .inequality, .funnel, .control, .parity, .describe,
      .protect, .tap:
      return []
    }
  }

  fileprivate func column(_ index: Int) -> TypedExpression {
    let column = columns[index]
    return TypedExpression(
      .column(index), type: column.type, categories: column.categories,
      periodKind: column.periodKind)
  }
}

extension JoinPlan {
  /// A join on one column of a table as it stands.
  fileprivate func notes(over input: Plan) -> [RemoteNote] {
    guard leftKeys.count == 1, case .scan(let table) = right.operation else { return [] }
    func matching(_ kind: Related.Kind) -> TypedExpression {
      let related = RelatedRows(
        kind: kind, key: input.column(leftKeys[0]), table: table,
        pointer: right.columns[rightKeys[0]].name, condition: nil)
      return TypedExpression(.related(related), type: kind == .any ? .boolean : .integer)
    }
    let several = TypedExpression(
      .comparison(
        .greater, matching(.count), TypedExpression(.constant(.integer(1)), type: .integer),
        .natural), type: .boolean)
    return [
      RemoteNote(
        kind: .join(self),
        counted: [input, input.filtered(matching(.any)), input.filtered(several)])
    ]
  }
}

extension TypedExpression {
  /// What it looks up, over the rows of a plan.
  fileprivate func notes(over plan: Plan, in dataset: Dataset) -> [RemoteNote] {
    var notes = parts.flatMap { $0.notes(over: plan, in: dataset) }
    guard case .lookup(let lookup) = node,
      let columns = dataset.entry(named: lookup.table)?.description.columns,
      let key = columns.firstIndex(where: { $0.name == lookup.key })
    else { return notes }
    func present(_ value: TypedExpression) -> Plan {
      let isMissing = TypedExpression(.isMissing(value), type: .boolean)
      return plan.filtered(TypedExpression(.not(isMissing), type: .boolean))
    }
    var own = lookup
    own.result = TypedExpression(.column(key), type: columns[key].type)
    let name = lookup.pointer.origin?.column ?? lookup.key
    notes.append(
      RemoteNote(
        kind: .lookup("\(name) → \(lookup.table)"),
        counted: [
          plan, present(lookup.pointer),
          present(TypedExpression(.lookup(own), type: columns[key].type)),
        ]))
    return notes
  }
}
