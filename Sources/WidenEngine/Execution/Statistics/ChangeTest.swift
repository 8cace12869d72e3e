import WidenLanguage
import WidenStatistics

extension Executor {
  /// The probability of each row's change, or a greater one, when nothing had changed.
  func probabilities(_ frame: Frame, earlier: RowList, _ change: ChangePlan) -> Column? {
    guard let test = change.test else { return nil }
    var found: [Double?] = []
    var problems = Problems()
    for row in 0..<frame.rowCount {
      guard earlier[row] != noRow, Int(earlier[row]) != row else {
        found.append(nil)
        continue
      }
      do throws(StatisticsError) {
        found.append(try probability(frame.columns, row, Int(earlier[row]), test, change))
      } catch {
        problems.add(error)
        found.append(nil)
      }
    }
    tell(test, problems)
    return .decimals(found)
  }

  private func probability(
    _ columns: [Column], _ row: Int, _ before: Int, _ test: ChangePlan.Test, _ change: ChangePlan
  ) throws(StatisticsError) -> Double? {
    switch test {
    case .shares(let parts):
      guard let now = counts(columns, parts, row), let then = counts(columns, parts, before),
        now.people > 0, then.people > 0
      else { return nil }
      return try twoGroupTest(
        Proportion(events: now.events, people: now.people),
        Proportion(events: then.events, people: then.people))?.test.pValue
    case .counts:
      guard let now = columns[change.value].number(ofRow: row),
        let then = columns[change.value].number(ofRow: before)
      else { return nil }
      return try evenSplit(now, then)
    }
  }

  /// The exact probability that a total falls into two as unevenly as this, when each event is as
  /// likely in the one half as in the other: twice the smaller tail of a binomial distribution.
  private func evenSplit(_ first: Double, _ second: Double) throws(StatisticsError) -> Double? {
    guard first >= 0, second >= 0, first + second > 0,
      let all = Int(exactly: first + second), let least = Int(exactly: min(first, second))
    else { return nil }
    return min(1, 2 * (try BinomialDistribution(trials: all, probability: 0.5).cumulative(least)))
  }

  private func tell(_ test: ChangePlan.Test, _ problems: Problems) {
    let text =
      switch test {
      case .shares:
        "p tests two proportions and takes the people of two times for different ones; where most "
          + "are the same, as on two days in post, a change is surer than p says"
      case .counts:
        "p is the chance that two counts of the same rate differ as much; it takes the groups to be "
          + "of the same size at both times"
      }
    context.tell(Answer.Note(.note, text))
    if let problem = problems.first {
      context.tell(
        Answer.Note(
          .warning,
          "\(counted(problems.count, "row")) \(problems.count == 1 ? "has" : "have") no test: "
            + "\(problem)"))
    }
  }
}
