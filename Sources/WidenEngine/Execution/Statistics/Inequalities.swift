import WidenLanguage
import WidenStatistics

extension Executor {
  /// A row for each keys: the slope and the relative index of a figure across an ordered column.
  func inequality(_ plan: Plan, _ relation: Relation, _ inequality: InequalityPlan) throws
    -> Relation
  {
    let strata = Strata(relation, keyCount: inequality.keyCount)
    let values = try evaluator.column(inequality.value, over: relation.frame)
    let confidence = try figure { () throws(StatisticsError) in try Confidence(inequality.level) }
    var figures: [[Value]] = []
    var problems = Problems()
    var leftOut = 0.0
    var only: Inequality?
    for group in strata.groups {
      do throws(StatisticsError) {
        var quantiles: [InequalityQuantile] = []
        for row in group {
          guard strata.stratum(ofRow: row) != .missing else {
            leftOut += relation.frame.columns[inequality.people].number(ofRow: row) ?? 0
            continue
          }
          if let found = try quantile(relation.frame.columns, values, row, inequality) {
            quantiles.append(found)
          }
        }
        let found = try WidenStatistics.inequality(across: quantiles, confidence)
        figures.append(cells(found))
        only = found
      } catch {
        problems.add(error)
        figures.append([Value](repeating: .missing, count: 6))
      }
    }
    tell(leftOut, problems, inequality)
    if let only, figures.count == 1 {
      let ends = strata.groups[0].map { strata.stratum(ofRow: $0) }.filter { $0 != .missing }
      tellSentence(only, ends, inequality)
    }
    return strata.relation(figures, plan.columns)
  }

  /// The figure of one value of the ordered column; nil when nobody has it.
  private func quantile(
    _ columns: [Column], _ values: Column, _ row: Int, _ plan: InequalityPlan
  ) throws(StatisticsError) -> InequalityQuantile? {
    guard let people = columns[plan.people].number(ofRow: row), people > 0,
      let value = values.number(ofRow: row)
    else { return nil }
    switch plan.chance {
    case .proportion(let parts):
      guard let (events, people) = counts(columns, parts, row) else { return nil }
      return InequalityQuantile(try Proportion(events: events, people: people))
    case .rate(let parts):
      guard let (events, people) = counts(columns, parts, row) else { return nil }
      let found = try rate(events: events, people: people, per: 1)
      return try InequalityQuantile(population: people, estimate: found.estimate, scale: .plain)
    case .mean(let deviation, let count):
      let count = columns[count].number(ofRow: row) ?? 0
      let deviation = columns[deviation].number(ofRow: row)
      return InequalityQuantile(
        population: people, value: value,
        standardError: deviation.map { $0 / count.squareRoot() })
    case .unknown: return InequalityQuantile(population: people, value: value)
    }
  }

  private func cells(_ found: Inequality) -> [Value] {
    [
      cell(found.slope), cell(found.slopeInterval?.low), cell(found.slopeInterval?.high),
      cell(found.relative), cell(found.relativeInterval?.low), cell(found.relativeInterval?.high),
    ]
  }

  private func tell(_ leftOut: Double, _ problems: Problems, _ plan: InequalityPlan) {
    if leftOut > 0 {
      context.tell(
        Answer.Note(
          .note,
          "\(grouped(leftOut)) without \(plan.acrossName) \(leftOut == 1 ? "is" : "are") left out"))
    }
    if let problem = problems.first {
      context.tell(
        Answer.Note(
          .warning,
          "\(counted(problems.count, "row")) \(problems.count == 1 ? "has" : "have") no slope across "
            + "\(plan.acrossName): \(problem)"))
    }
    if plan.chance == .unknown {
      context.tell(
        Answer.Note(.note, "how sure this figure is cannot be told, so that there is no interval"))
    }
  }

  /// Says in a sentence which way the figure goes, and whether it may be chance.
  private func tellSentence(_ found: Inequality, _ ends: [Value], _ plan: InequalityPlan) {
    guard let first = ends.first, let last = ends.last else { return }
    let scale = plan.isFraction ? 100.0 : 1
    let unit = plan.isFraction ? " points" : ""
    func number(_ value: Double) -> String { grouped(value * scale, places: 2) }
    let level = "\(grouped(plan.level * 100)) %"
    let ways = "from \(plan.acrossName) \(plainText(first)) to \(plainText(last)) the figure "
    let amount = number(found.slope.magnitude)
    guard amount != "0" else {
      context.tell(Answer.Note(.note, ways + "does not change"))
      return
    }
    var text = ways + (found.slope < 0 ? "falls" : "rises") + " by " + amount + unit
    if let interval = found.slopeInterval {
      let isSure = !interval.contains(0)
      text +=
        " (\(level) interval of the slope \(number(interval.low)) to \(number(interval.high)))"
        + (isSure ? "" : ", which may be chance")
    }
    if let relative = found.relative {
      text += "; at the far end it is \(grouped(relative, places: 3)) times that at the near end"
    }
    context.tell(Answer.Note(.note, text))
  }
}
