import WidenLanguage
import WidenStatistics

/// Sums, means and other figures of people's numbers: when they are withheld, and how they are
/// rounded so that nobody's number can be read from them.
extension FigureGuard {
  /// The groups whose figure tells of few people, and what each group's is rounded to.
  func numbers(_ index: Int, by keys: [TypedExpression]) throws(ExecutionError)
    -> (telling: [Int], steps: [RoundingStep?])
  {
    let aggregate = behind.aggregates[index]
    guard let operand = aggregate.operand, aggregate.kind.isOfNumbers else { return ([], []) }
    let groups = try behind.rowGroups(by: keys, evaluator: evaluator, context: context)
    func found(_ operand: TypedExpression) throws(ExecutionError) -> [NumbersBehind] {
      try groups.numbers(
        in: operand, where: behind.conditions[index], areMadeUp: !behind.isRecorded(operand))
    }
    if aggregate.kind == .distinct, !operand.type.isNumber, behind.isRecorded(operand) {
      return ([], [])
    }
    guard operand.type.isNumber || aggregate.kind == .distinct else { return ([], []) }
    // Whoever only looks need not wait for what hardly ever withholds anything.
    if !control.withholds, behind.isRecorded(operand), aggregate.kind != .distinct {
      return ([], [])
    }
    let own = try found(operand)
    let threshold = control.policy.threshold
    var telling = own.indices.filter { own[$0].tellOfFew(threshold: threshold) }
    let steps: [RoundingStep?]
    switch aggregate.kind {
    case .sum: steps = own.map { $0.stepOfSum(control.policy) }
    case .mean, .median, .percentile: steps = own.map { $0.stepOfMean(control.policy) }
    case .standardDeviation: steps = own.map { $0.stepOfDeviation(control.policy) }
    case .correlation(let other):
      let others = try found(other)
      telling += others.indices.filter { others[$0].tellOfFew(threshold: threshold) }
      steps = zip(own, others).map { $0.stepOfCorrelation(with: $1, control.policy) }
    case .distinct:
      let base = RoundingStep(atLeast: Double(max(control.policy.base, control.policy.window)))
      steps = own.map { _ in base }
    case .count, .missing, .recorded, .minimum, .maximum: steps = []
    }
    return (telling, steps)
  }
}

extension PeopleBehind {
  /// Whether an expression has numbers that were recorded: those of a column of the data, at most
  /// with constants beside them.
  func isRecorded(_ expression: TypedExpression) -> Bool {
    switch expression.node {
    case .column(let index): return isRecorded(column: index)
    case .negative(let value): return isRecorded(value)
    case .arithmetic(let sign, let left, let right):
      if case .constant = right.node { return isRecorded(left) }
      if case .constant = left.node, sign != .divide { return isRecorded(right) }
      return false
    case .lookup(let lookup):
      // Of the row of another table, whose columns are recorded as well.
      if case .column = lookup.result.node { return isRecorded(lookup.pointer) }
      return false
    case .constant, .function, .comparison, .membership, .textTest, .isMissing, .isRecorded, .all,
      .any, .not, .conditional, .related:
      return false
    }
  }
}

extension TypedAggregate.Kind {
  /// Whether it is computed from the values themselves, so that they might be read from it.
  fileprivate var isOfNumbers: Bool {
    switch self {
    case .sum, .mean, .median, .percentile, .standardDeviation, .correlation, .distinct: true
    case .count, .missing, .recorded, .minimum, .maximum: false
    }
  }

  /// Whether it is a percentile that lies between those that may be published: in steps of 25 of
  /// any group, of 10 of fifty people and of 5 of a hundred, so that five people stand between two.
  func isFinerThan(_ people: Int) -> Bool {
    guard case .percentile(let fraction) = self else { return false }
    func isMultiple(of step: Double) -> Bool {
      let count = fraction * 100 / step
      return abs(count - count.rounded()) < 1e-9
    }
    if isMultiple(of: 25) { return false }
    if isMultiple(of: 10) { return people < 50 }
    return !isMultiple(of: 5) || people < 100
  }
}

extension GroupMembers {
  /// The numbers of the people behind each group.
  ///
  /// Of those in a database only what all of them together are like is known; numbers that the query
  /// makes up could hide anybody there.
  fileprivate func numbers(
    in operand: TypedExpression, where condition: TypedExpression?, areMadeUp: Bool
  ) throws(ExecutionError) -> [NumbersBehind] {
    switch self {
    case .here(let groups, let people, let frame, let evaluator):
      return groups.numbers(
        of: people, in: try evaluator.column(operand, over: frame),
        where: try evaluator.bitmap(condition, over: frame), areMadeUp: areMadeUp)
    case .there(let input, let keys):
      let isKnown = operand.type.isNumber && !areMadeUp
      let kinds: [TypedAggregate.Kind] =
        isKnown ? [.recorded, .distinct, .minimum, .maximum, .standardDeviation] : [.recorded]
      let (found, _) = try input.groups(
        by: keys,
        kinds.map { TypedAggregate($0, operand: operand, condition: condition, label: "") },
        people: [], tellsNotes: false)
      return (0..<found.rowCount).map { group in
        let figures = found.values.map { $0.number(ofRow: group) ?? 0 }
        guard isKnown else { return NumbersBehind(hidden: Int(figures[0])) }
        return NumbersBehind(
          count: Int(figures[0]), kinds: Int(figures[1]), least: figures[2],
          greatest: figures[3], deviation: figures[4])
      }
    }
  }
}

extension RowGroups {
  /// The numbers of the people behind each group.
  func numbers(
    of people: People, in values: Column, where condition: Bitmap?, areMadeUp: Bool
  ) -> [NumbersBehind] {
    var found = [NumbersBehind](repeating: NumbersBehind(isMadeUp: areMadeUp), count: count)
    let numbers = Numbers(values)
    forEach(where: condition) { row, group in
      guard let value = numbers.units(ofRow: row), let person = people.number(ofRow: row) else {
        return
      }
      found[group].add(value / numbers.power, of: person)
    }
    return found
  }
}

extension Column {
  /// The values, each rounded to the step of its group.
  func rounded(to steps: [RoundingStep?]) -> Column {
    guard !steps.isEmpty else { return self }
    let numbers = Numbers(self)
    let rounded = (0..<count).map { row -> Double? in
      guard let units = numbers.units(ofRow: row) else { return nil }
      let value = units / numbers.power
      return steps[row]?.rounded(value) ?? value
    }
    guard numbers.isWhole else { return .decimals(rounded) }
    return .integers(rounded.map { $0.flatMap { Int(exactly: $0.rounded()) } })
  }
}
