import WidenLanguage
import WidenStatistics

extension Executor {
  /// The groups with their rates, the limits of chance, and where each lies.
  func funnel(_ plan: Plan, _ relation: Relation, _ funnel: FunnelPlan) throws -> Relation {
    let rowCount = relation.frame.rowCount
    var problems = Problems()
    var empty = 0
    var groups: [(row: Int, counts: Proportion)] = []
    for row in 0..<rowCount {
      guard let (events, people) = counts(relation.frame.columns, funnel.counts, row), people != 0
      else {
        empty += 1
        continue
      }
      do throws(StatisticsError) {
        groups.append((row, try Proportion(events: events, people: people)))
      } catch {
        problems.add(error)
      }
    }
    tellLeftOut(empty: empty, problems)
    var figures = [[Value]](
      repeating: [Value](repeating: .missing, count: 7), count: rowCount)
    if !groups.isEmpty {
      let found = try figure { () throws(StatisticsError) in
        try WidenStatistics.funnel(
          groups.map(\.counts), withOverdispersion: funnel.withOverdispersion)
      }
      for (group, point) in zip(groups, found.points) {
        figures[group.row] = cells(point, pooled: found.pooledShare)
      }
      try tell(found, groups.map(\.counts), funnel)
    }
    let made = plan.columns.dropFirst(funnel.keyCount).prefix(7).enumerated()
      .map { index, description in
        Column.values(
          figures.map { $0[index] }, type: description.type,
          categories: description.type == .text ? FunnelFlag.allCases.map(\.words) : nil)
      }
    let columns = relation.frame.columns
    return Relation(
      frame: Frame(
        columns: columns.prefix(funnel.keyCount) + made
          + [columns[funnel.counts.numerator], columns[funnel.counts.denominator]],
        rowCount: rowCount), columns: plan.columns)
  }

  private func cells(_ point: FunnelPoint, pooled: Double) -> [Value] {
    let limits = point.limits
    let numbers = [
      point.share, pooled, limits.inner.low, limits.inner.high, limits.outer.low,
      limits.outer.high,
    ]
    return numbers.map { cell($0) } + [.text(point.flag.words)]
  }

  private func tellLeftOut(empty: Int, _ problems: Problems) {
    if empty > 0 {
      context.tell(
        Answer.Note(
          .note,
          "\(counted(empty, "group")) \(empty == 1 ? "has" : "have") nobody to count, and no rate"))
    }
    if let problem = problems.first {
      context.tell(
        Answer.Note(
          .warning,
          "\(counted(problems.count, "group")) \(problems.count == 1 ? "is" : "are") left out: "
            + "\(problem)"))
    }
  }

  /// Says how many groups lie outside, how many chance would put there, and whether the groups differ
  /// so much that the limits are too narrow.
  private func tell(_ found: Funnel, _ groups: [Proportion], _ plan: FunnelPlan) throws {
    let outside = found.points.count { $0.flag != .within }
    let far = found.points.count { $0.flag == .veryLow || $0.flag == .veryHigh }
    let expected = Double(groups.count) * 0.05
    context.tell(
      Answer.Note(
        .note,
        "\(outside) of \(counted(groups.count, "group")) \(outside == 1 ? "lies" : "lie") outside "
          + "the 95 % limits, \(far) of them outside the 99.8 % limits; chance alone would put about "
          + "\(grouped(expected, places: 1)) outside"))
    let widened = try figure { () throws(StatisticsError) in
      try WidenStatistics.funnel(groups, withOverdispersion: true)
    }
    let factor = widened.overdispersion
    if plan.withOverdispersion {
      context.tell(
        Answer.Note(
          .note,
          factor > 1
            ? "the limits are widened: the variance between groups is \(grouped(factor, places: 1)) "
              + "times that of chance"
            : "the groups differ no more than by chance, so that the limits are not widened"))
    } else if factor > 1.5, groups.count >= 5 {
      context.tell(
        Answer.Note(
          .note,
          "the variance between groups is \(grouped(factor, places: 1)) times that of chance; "
            + "'with overdispersion' widens the limits by it"))
    }
  }
}

extension FunnelFlag {
  /// Where a rate lies, in words.
  var words: String {
    switch self {
    case .within: "within the limits"
    case .low: "below the lower 95 % limit"
    case .veryLow: "below the lower 99.8 % limit"
    case .high: "above the upper 95 % limit"
    case .veryHigh: "above the upper 99.8 % limit"
    }
  }
}
