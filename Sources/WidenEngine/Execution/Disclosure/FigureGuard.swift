import WidenLanguage
import WidenStatistics

/// Applies a policy to the figures of groups: which are withheld, and what the others become.
struct FigureGuard {
  let control: DisclosureControl
  let behind: PeopleBehind
  let evaluator: Evaluator
  let context: ExecutionContext

  private var policy: DisclosurePolicy { control.policy }

  /// The groups by some keys, protected; `names` describe the keys.
  func groups(
    by keys: [TypedExpression], described names: [ColumnDescription]
  ) throws(ExecutionError) -> GuardedGroups {
    var guarded = try behind.groups(by: keys, evaluator: evaluator, context: context)
    try requirePublishable(names)
    let own = try reasons(of: &guarded, by: keys, described: names)
    let (behindFigures, withheld) = try differences(of: guarded, by: keys, besides: own)
    for index in behind.aggregates.indices {
      try protect(index, of: &guarded, described: names, given: withheld[index])
    }
    release(guarded, behindFigures)
    return guarded
  }

  /// Refuses what no rule can make safe.
  func requirePublishable(_ names: [ColumnDescription]) throws(ExecutionError) {
    guard control.withholds else { return }
    if let key = names.first(where: { $0.sensitivity == .identifier }) {
      throw .refused(
        "groups by \(key.name) are single people, and may not leave under policy \(policy.name)",
        hint: "group by something that many people share")
    }
    for aggregate in behind.aggregates where aggregate.kind.isExtreme {
      throw .refused(
        "\(aggregate.label) is the figure of one person, and may not leave under policy "
          + policy.name, hint: "'median' and 'percentile 10 of …' say how figures are spread")
    }
    for aggregate in behind.aggregates where aggregate.kind.isFinerThan(.max) {
      throw .refused(
        "\(aggregate.label) is finer than percentiles may leave under policy \(policy.name)",
        hint: "percentiles in steps of 5 may, such as 'percentile 90 of …'")
    }
  }

  /// Why figures are withheld for their own sake, by aggregate and group; and what those that are
  /// not are rounded to.
  func reasons(
    of guarded: inout GuardedGroups, by keys: [TypedExpression],
    described names: [ColumnDescription]
  ) throws(ExecutionError) -> [[Int: Protection.Reason]] {
    guard policy.method != .none else { return behind.aggregates.map { _ in [:] } }
    var found: [[Int: Protection.Reason]] = []
    for (index, aggregate) in behind.aggregates.enumerated() {
      var reasons = attributes(of: guarded, index, described: names)
      for group in 0..<guarded.groups.rowCount where isSmall(group, index, guarded) {
        reasons[group] = .small
      }
      let (telling, steps) = try numbers(index, by: keys)
      guarded.steps[index] = steps
      for group in telling { reasons[group] = .small }
      if control.withholds, behind.tells || behind.telling.contains(index) {
        for group in 0..<guarded.groups.rowCount { reasons[group] = .small }
      }
      if aggregate.kind == .sum, let operand = aggregate.operand {
        for group in try dominated(operand, index, by: keys) where reasons[group] == nil {
          reasons[group] = .dominance
        }
      }
      found.append(reasons)
    }
    return found
  }

  /// Whether few people stand behind a figure, or behind what another figure has beyond it.
  private func isSmall(_ group: Int, _ index: Int, _ guarded: GuardedGroups) -> Bool {
    let aggregate = behind.aggregates[index]
    let people = guarded.people[index][group]
    guard isCount(index) else {
      guard guarded.groups.values[index][group] != .missing else { return false }
      if leavesFewOut(group, index, guarded) { return true }
      if case .percentile(let fraction) = aggregate.kind {
        if aggregate.kind.isFinerThan(people) { return true }
        let tail = Double(people) * min(fraction, 1 - fraction)
        return tail < Double(policy.smallestGroup) / 2
      }
      return aggregate.kind.isExtreme || policy.isGroupTooSmall(people)
    }
    if policy.isSmall(people) { return true }
    // Of a part of few people not even nobody is said.
    if people <= policy.threshold, control.withholds {
      let isPart = behind.conditions[index] != nil
      if isPart, (1...max(1, policy.threshold)).contains(guarded.all[group]) { return true }
      if isBounded(index) { return true }
    }
    return leavesFewOut(group, index, guarded)
  }

  /// Whether a number was compared with a bound on the way to a figure.
  private func isBounded(_ index: Int) -> Bool {
    behind.hasBound
      || behind.aggregates[index].condition?.boundsNumbers == true
  }

  /// Whether another figure is about the same people and few more; of figures of numbers only one
  /// of the same numbers.
  private func leavesFewOut(_ group: Int, _ index: Int, _ guarded: GuardedGroups) -> Bool {
    let own = behind.aggregates[index]
    return behind.aggregates.indices.contains { other in
      let second = behind.aggregates[other]
      guard isCount(index) || own.kind == second.kind && own.operand == second.operand else {
        return false
      }
      let rest = guarded.people[other][group] - guarded.people[index][group]
      return other != index && rest > 0 && policy.isSmall(rest)
        && TypedExpression.implies(behind.conditions[index], behind.conditions[other])
    }
  }

  /// Whether an aggregate counts people, or rows about them, so that its figures are rounded.
  func isCount(_ index: Int) -> Bool {
    let aggregate = behind.aggregates[index]
    switch aggregate.kind {
    case .count, .missing, .recorded: return true
    case .distinct:
      return aggregate.operand?.columnsRead.contains(where: behind.isIdentifier) ?? false
    case .sum, .mean, .median, .minimum, .maximum, .standardDeviation, .percentile, .correlation:
      return false
    }
  }

  /// The groups that alone of their line have anybody, where that says what everybody in it is.
  private func attributes(
    of guarded: GuardedGroups, _ index: Int, described names: [ColumnDescription]
  ) -> [Int: Protection.Reason] {
    var found: [Int: Protection.Reason] = [:]
    let keys = guarded.groups.keys
    for key in keys.indices where names[key].sensitivity == .special {
      var lines: [[Value]: [Int]] = [:]
      var levels: Set<Value> = []
      for group in 0..<guarded.groups.rowCount where guarded.people[index][group] > 0 {
        levels.insert(keys[key][group])
        let line = keys.indices.filter { $0 != key }.map { keys[$0][group] }
        lines[line, default: []].append(group)
      }
      guard levels.count > 1, keys.count > 1 else { continue }
      for line in lines.values where line.count == 1 { found[line[0]] = .attribute }
    }
    return found
  }

  private func dominated(
    _ operand: TypedExpression, _ index: Int, by keys: [TypedExpression]
  ) throws(ExecutionError) -> [Int] {
    let groups = try behind.rowGroups(by: keys, evaluator: evaluator, context: context)
    let contributions = try groups.contributions(to: operand, where: behind.conditions[index])
    return contributions.indices.filter { group in
      DominanceRule.standard.contains { $0.isDominated(contributions[group]) }
    }
  }

  /// The people behind the figures of some aggregates, group by group.
  private typealias Sets = (indices: [Int], sets: [RecordSet])

  /// Adds the figures that would show few people beside what was released before.
  private func differences(
    of guarded: GuardedGroups, by keys: [TypedExpression],
    besides own: [[Int: Protection.Reason]]
  ) throws(ExecutionError) -> ([Sets], [[Int: Protection.Reason]]) {
    guard control.mode == .publishing, policy.method != .none else { return ([], own) }
    let groups = try behind.rowGroups(by: keys, evaluator: evaluator, context: context)
    var reasons = own
    var found: [Sets] = []
    for (condition, indices) in behind.indicesByCondition {
      let sets = try groups.sets(where: condition)
      found.append((indices, sets))
      for (group, finding) in control.check(
        sets, of: behind.kind, areStandIns: behind.isRemote)
      {
        control.note { $0.add(finding.sentence) }
        for index in indices where reasons[index][group] == nil {
          reasons[index][group] = .difference
        }
      }
    }
    return (found, reasons)
  }

  private func release(_ guarded: GuardedGroups, _ found: [Sets]) {
    for (indices, sets) in found {
      let shown = sets.indices.filter { group in
        indices.contains { guarded.withheld[$0]?[group] != true }
      }
      control.release(shown.map { sets[$0] }, of: behind.kind)
      let isShown = Set(shown)
      control.withhold(
        sets.indices.filter { !isShown.contains($0) }.map { sets[$0] }, of: behind.kind)
    }
  }
}

extension PeopleBehind {
  /// The aggregates that are about the same rows.
  var indicesByCondition: [(TypedExpression?, [Int])] {
    var found: [(TypedExpression?, [Int])] = []
    for (index, condition) in conditions.enumerated() {
      if let place = found.firstIndex(where: { $0.0 == condition }) {
        found[place].1.append(index)
      } else {
        found.append((condition, [index]))
      }
    }
    return found
  }
}

extension TypedAggregate.Kind {
  /// Whether it is the figure of one person, the least or the greatest or nearly so.
  var isExtreme: Bool {
    switch self {
    case .minimum, .maximum: true
    case .percentile(let fraction): min(fraction, 1 - fraction) < 0.05
    case .count, .distinct, .sum, .mean, .median, .standardDeviation, .missing, .recorded,
      .correlation:
      false
    }
  }
}

extension Ledger.Finding {
  /// What a reader is told: which exports, never how many people.
  var sentence: String {
    switch self {
    case .difference(let export):
      "figures are withheld that, with \(export), would show few people"
    case .combination(let exports):
      "figures are withheld that, with \(list(exports)), would show few people"
    case .withheldBefore(let policy):
      "figures are withheld that were withheld under policy \(policy.name): two policies together "
        + "tell more than either"
    case .otherPolicy(let export, let policy):
      "figures are withheld that \(export) gave under policy \(policy.name): the two policies "
        + "together tell more than either"
    }
  }
}

extension AggregatedGroups {
  /// The groups that say of people what they are: in their line, which differs in a special-category
  /// key only, all share one value, or there are so few that the values that nobody has tell of
  /// each.
  func rowsTellingOfAll(people: [[Int]], _ isSpecial: [Bool], threshold: Int) -> [Bool] {
    var tells = [Bool](repeating: false, count: rowCount)
    guard keys.count > 1 else { return tells }
    for key in keys.indices where isSpecial[key] {
      for counts in people {
        var lines: [[Value]: [Int]] = [:]
        var levels: Set<Value> = []
        for group in 0..<rowCount where counts[group] > 0 {
          levels.insert(keys[key][group])
          lines[keys.indices.filter { $0 != key }.map { keys[$0][group] }, default: []]
            .append(group)
        }
        guard levels.count > 1 else { continue }
        for line in lines.values
        where line.count == 1 || line.reduce(0, { $0 + counts[$1] }) <= threshold {
          for group in line { tells[group] = true }
        }
      }
    }
    return tells
  }
}
