import WidenLanguage

/// Points out a group that is the total of the others, such as "All staff groups" among the groups:
/// whoever adds the groups up counts everybody twice.
struct DoubleCounting {
  /// One text key and its figures, summed over the other keys.
  private var totals: [(value: String, figure: Double)] = []
  /// Among more values than these nobody has put a total.
  private static let mostValues = 10_000

  /// The sums of `figures` for each value of a key; groups with a missing key are left out.
  init(keys: Column, figures: Column, rowCount: Int) {
    var index: [String: Int] = [:]
    for row in 0..<rowCount {
      guard case .text(let value) = keys[row] else { continue }
      let figure: Double
      switch figures[row] {
      case .integer(let number): figure = Double(number)
      case .decimal(let number): figure = number
      case .missing, .boolean, .text, .date, .month, .period: continue
      }
      if let place = index[value] {
        totals[place].figure += figure
      } else {
        index[value] = totals.count
        totals.append((value, figure))
        if totals.count > DoubleCounting.mostValues { return }
      }
    }
  }

  /// The value that equals the sum of at least two others, or is called a total and comes within
  /// two per cent of it: people in two groups, and rounding, keep published totals from fitting.
  var total: String? {
    guard totals.count >= 3, totals.count <= DoubleCounting.mostValues,
      totals.allSatisfy({ $0.figure >= 0 }),
      let largest = totals.max(by: { $0.figure < $1.figure }), largest.figure > 0
    else { return nil }
    let others = totals.reduce(0) { $0 + $1.figure } - largest.figure
    let difference = abs(others - largest.figure)
    if difference <= 1e-9 * largest.figure, others > 0, totals.filter({ $0.figure > 0 }).count >= 4
    {
      return largest.value
    }
    guard isCalledTotal(largest.value) else { return nil }
    // Published tables often break a total down several times: by sex, by age, by ethnicity.
    let times = max(1, (others / largest.figure).rounded())
    return abs(others - times * largest.figure) <= 0.02 * largest.figure * times
      ? largest.value : nil
  }

  private func isCalledTotal(_ value: String) -> Bool {
    let words = value.lowercased().split { !$0.isLetter }
    return words.first == "all" || words.contains("total") || words.contains("overall")
  }
}

extension Executor {
  /// Warns when a count or sum has a group that is the total of the others.
  func tellDoubleCounting(_ plan: Plan, _ groups: AggregatedGroups, _ aggregates: [TypedAggregate])
  {
    guard groups.rowCount >= 3, groups.rowCount <= 100_000 else { return }
    for (key, column) in groups.keys.enumerated() where plan.columns[key].type.isText {
      for (position, aggregate) in aggregates.enumerated() where aggregate.kind == .sum {
        let check = DoubleCounting(
          keys: column, figures: groups.values[position], rowCount: groups.rowCount)
        guard let total = check.total else { continue }
        context.tell(
          .init(
            .warning,
            "\"\(total)\" is the total of the other groups of \(plan.columns[key].name): adding them "
              + "up counts everything twice; where \(plan.columns[key].name) != \"\(total)\" leaves it out"
          ))
        return
      }
    }
  }
}
