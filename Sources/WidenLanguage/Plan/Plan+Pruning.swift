extension Plan {
  /// The same plan without the columns that joins would carry and nobody reads.
  ///
  /// Only joins copy columns row by row; everywhere else an unread column costs nothing, so the
  /// other operations just pass on what is asked of them.
  func pruned() -> Plan {
    keeping(Set(columns.indices)).plan
  }

  /// The plan with at least the `wanted` columns, and where each kept column went.
  private func keeping(_ wanted: Set<Int>) -> (plan: Plan, moved: [Int: Int]) {
    switch operation {
    case .scan:
      return (self, identity)
    case .filter(let input, let filter):
      let (plan, moved) = input.keeping(
        wanted.union(filter.condition.columnsUsed).union(filter.watched))
      let changed = Filter(
        condition: filter.condition.moving(moved), watched: filter.watched.map { moved[$0] ?? $0 })
      return passing(.filter(plan, changed), plan, moved)
    case .sort(let input, let keys):
      let (plan, moved) = input.keeping(
        keys.reduce(into: wanted) { $0.formUnion($1.value.columnsUsed) })
      let changed = keys.map { SortKey($0.value.moving(moved), isDescending: $0.isDescending) }
      return passing(.sort(plan, changed), plan, moved)
    case .take(let input, let count):
      let (plan, moved) = input.keeping(wanted)
      return passing(.take(plan, count), plan, moved)
    case .top(let input, var top):
      let (plan, moved) = input.keeping(wanted.union(top.within).union([top.by]))
      top.by = moved[top.by] ?? top.by
      top.within = top.within.map { moved[$0] ?? $0 }
      return passing(.top(plan, top), plan, moved)
    case .aggregate(let input, let keys, let aggregates):
      let used = Plan.used(keys, aggregates)
      let (plan, moved) = input.keeping(used)
      let changed = Operation.aggregate(
        plan, keys: keys.map { $0.moving(moved) }, aggregates: aggregates.map { $0.moving(moved) })
      return (Plan(changed, columns: columns, label: label), identity)
    case .crosstab(let input, var crosstab):
      let (plan, moved) = input.keeping(
        Plan.used([crosstab.rows, crosstab.columns], crosstab.aggregates))
      crosstab.rows = crosstab.rows.moving(moved)
      crosstab.columns = crosstab.columns.moving(moved)
      crosstab.aggregates = crosstab.aggregates.map { $0.moving(moved) }
      return (Plan(.crosstab(plan, crosstab), columns: columns, label: label), identity)
    case .project(let input, let order):
      let (plan, moved) = input.keeping(Set(order))
      return (
        Plan(.project(plan, order.map { moved[$0] ?? $0 }), columns: columns, label: label),
        identity
      )
    case .join(let left, let join):
      return keeping(wanted, left: left, join)
    case .derive, .share, .snapshots, .change, .tap:
      return (mapInputs { $0.keeping(Set($0.columns.indices)).plan }, identity)
    }
  }

  private func keeping(_ wanted: Set<Int>, left: Plan, _ join: JoinPlan)
    -> (plan: Plan, moved: [Int: Int])
  {
    let width = left.columns.count
    let (plan, movedLeft) = left.keeping(
      Set(wanted.filter { $0 < width }).union(join.leftKeys))
    var changed = join
    changed.leftKeys = join.leftKeys.map { movedLeft[$0] ?? $0 }
    changed.right = join.right.keeping(Set(join.right.columns.indices)).plan
    var moved = movedLeft
    var kept = plan.columns
    changed.columns = []
    for (position, column) in join.columns.enumerated() {
      guard wanted.contains(width + position) || isPart(width + position, of: wanted) else {
        continue
      }
      moved[width + position] = kept.count
      kept.append(columns[width + position])
      changed.columns.append(column)
    }
    kept = kept.map { $0.moving(moved) }
    return (Plan(.join(plan, changed), columns: kept, label: label), moved)
  }

  /// Whether a wanted share was made of this column.
  private func isPart(_ index: Int, of wanted: Set<Int>) -> Bool {
    wanted.contains {
      columns[$0].parts.map { $0.numerator == index || $0.denominator == index } ?? false
    }
  }

  /// An operation that passes its input's columns on.
  private func passing(_ operation: Operation, _ input: Plan, _ moved: [Int: Int])
    -> (plan: Plan, moved: [Int: Int])
  {
    (Plan(operation, columns: input.columns, label: label), moved)
  }

  private var identity: [Int: Int] {
    Dictionary(uniqueKeysWithValues: columns.indices.map { ($0, $0) })
  }

  private static func used(_ keys: [TypedExpression], _ aggregates: [TypedAggregate]) -> Set<Int> {
    let parts = keys + aggregates.flatMap(\.expressions)
    return parts.reduce(into: []) { $0.formUnion($1.columnsUsed) }
  }
}

extension Plan {
  /// The plan with each input replaced.
  func mapInputs(_ change: (Plan) -> Plan) -> Plan {
    var copy = self
    switch operation {
    case .scan: break
    case .filter(let input, let filter): copy.operation = .filter(change(input), filter)
    case .derive(let input, let values): copy.operation = .derive(change(input), values)
    case .project(let input, let order): copy.operation = .project(change(input), order)
    case .aggregate(let input, let keys, let aggregates):
      copy.operation = .aggregate(change(input), keys: keys, aggregates: aggregates)
    case .share(let input, let share): copy.operation = .share(change(input), share)
    case .crosstab(let input, let crosstab): copy.operation = .crosstab(change(input), crosstab)
    case .sort(let input, let keys): copy.operation = .sort(change(input), keys)
    case .take(let input, let count): copy.operation = .take(change(input), count)
    case .top(let input, let top): copy.operation = .top(change(input), top)
    case .join(let input, var join):
      join.right = change(join.right)
      copy.operation = .join(change(input), join)
    case .snapshots(let input, let dates): copy.operation = .snapshots(change(input), dates)
    case .change(let input, let values): copy.operation = .change(change(input), values)
    case .tap(let input, let action): copy.operation = .tap(change(input), action)
    }
    return copy
  }
}

extension TypedExpression {
  fileprivate func moving(_ moved: [Int: Int]) -> TypedExpression {
    mappingColumns { moved[$0] ?? $0 }
  }
}

extension TypedAggregate {
  /// What it computes with.
  var expressions: [TypedExpression] {
    let second: TypedExpression? = if case .correlation(let other) = kind { other } else { nil }
    return [operand, condition, second].compactMap { $0 }
  }

  fileprivate func moving(_ moved: [Int: Int]) -> TypedAggregate {
    var copy = self
    copy.operand = operand?.moving(moved)
    copy.condition = condition?.moving(moved)
    if case .correlation(let other) = kind { copy.kind = .correlation(other.moving(moved)) }
    return copy
  }
}

extension ColumnDescription {
  fileprivate func moving(_ moved: [Int: Int]) -> ColumnDescription {
    var copy = self
    copy.parts = parts.flatMap { parts in
      guard let top = moved[parts.numerator], let bottom = moved[parts.denominator] else {
        return nil
      }
      return Parts(numerator: top, denominator: bottom)
    }
    return copy
  }
}
