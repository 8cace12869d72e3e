import WidenLanguage
import WidenStatistics

extension Executor {
  /// How two groups of each row compare: the keys, the figures, and the counts behind them.
  func likelihood(_ plan: Plan, _ relation: Relation, _ likelihood: LikelihoodPlan) throws
    -> Relation
  {
    let columns = relation.frame.columns
    var rows: [TwoGroups] = []
    for row in 0..<relation.frame.rowCount {
      rows.append(TwoGroups(columns, likelihood, row))
    }
    var total = TwoGroups()
    for row in rows { total.add(row) }
    let shown = likelihood.withTotal ? rows + [total] : rows
    var found: [ComparedGroups] = []
    for row in shown {
      found.append(try figure { () throws(StatisticsError) in try row.compared() })
    }
    tellLeftOut(total, rows, likelihood)
    tellSentence(found, shown, rows.isEmpty ? nil : total, likelihood)
    let types = plan.columns.suffix(4).map(\.type)
    let figures: [[Value]] = zip(shown, found).map { counts, found in
      [
        cell(counts.group.share), cell(counts.reference.share), cell(found.likelihood?.ratio),
        cell(found.likelihood?.interval?.low), cell(found.likelihood?.interval?.high),
        cell(found.test?.test.pValue), found.fourFifths.map { .text($0) } ?? .missing,
        cell(counts.group.events, types[0]), cell(counts.group.people, types[1]),
        cell(counts.reference.events, types[2]), cell(counts.reference.people, types[3]),
      ]
    }
    let made = plan.columns.dropFirst(likelihood.keyCount).enumerated().map { index, description in
      Column.values(
        figures.map { $0[index] }, type: description.type, categories: description.categories)
    }
    return Relation(
      frame: Frame(
        columns: keys(relation, count: likelihood.keyCount, withTotal: likelihood.withTotal) + made,
        rowCount: shown.count), columns: plan.columns)
  }

  /// The keys, and a row `Total` after them, for which they become text.
  private func keys(_ relation: Relation, count: Int, withTotal: Bool) -> [Column] {
    let rows = relation.frame.rowCount
    guard withTotal else { return Array(relation.frame.columns.prefix(count)) }
    return relation.frame.columns.prefix(count).map { column in
      let values = (0..<rows).map { row in
        column[row] == .missing ? nil : plainText(column[row])
      }
      let label = values.contains("Total") ? "Total (all)" : "Total"
      let order = values.compactMap { $0 } + [label]
      return .text(values + [label], categories: order)
    }
  }

  private func tellLeftOut(_ total: TwoGroups, _ rows: [TwoGroups], _ plan: LikelihoodPlan) {
    let left = total.everybody - total.group.people - total.reference.people
    if left > 0 {
      context.tell(
        Answer.Note(
          .note,
          "\(grouped(left)) with another \(plan.columnName), or none, \(left == 1 ? "is" : "are") in "
            + "neither group and left out"))
    }
    let empty = rows.count { $0.group.people == 0 || $0.reference.people == 0 }
    if empty > 0 {
      context.tell(
        Answer.Note(
          .note,
          "\(counted(empty, "row")) \(empty == 1 ? "has" : "have") nobody in one of the two groups, "
            + "and so nothing to compare"))
    }
    let zero = rows.count {
      $0.group.people > 0 && $0.reference.people > 0
        && ($0.group.events == 0 || $0.reference.events == 0)
    }
    if zero > 0, rows.count > 1 {
      context.tell(
        Answer.Note(
          .note,
          "\(counted(zero, "row")) \(zero == 1 ? "has" : "have") no events in one of the two groups, "
            + "and so no interval"))
    }
  }

  /// Says in a sentence what all rows together show, or the only one.
  private func tellSentence(
    _ found: [ComparedGroups], _ shown: [TwoGroups], _ total: TwoGroups?, _ plan: LikelihoodPlan
  ) {
    guard total != nil, let compared = found.last, let counts = shown.last,
      plan.withTotal || found.count == 1,
      let sentence = LikelihoodSentence(compared, counts, plan).text
    else { return }
    context.tell(Answer.Note(.note, (found.count > 1 ? "all together: " : "") + sentence))
  }
}

/// The events and people of a group.
struct GroupCounts {
  var events = 0.0
  var people = 0.0

  /// The events over the people; nil when there is nobody.
  var share: Double? { people > 0 ? events / people : nil }
}

/// The counts of one row.
struct TwoGroups {
  var group = GroupCounts()
  var reference = GroupCounts()
  var everybody = 0.0

  init() {}

  init(_ columns: [Column], _ plan: LikelihoodPlan, _ row: Int) {
    func counts(_ parts: ColumnDescription.Parts) -> GroupCounts {
      GroupCounts(
        events: columns[parts.numerator].number(ofRow: row) ?? 0,
        people: columns[parts.denominator].number(ofRow: row) ?? 0)
    }
    group = counts(plan.group)
    reference = counts(plan.reference)
    everybody = columns[plan.everybody].number(ofRow: row) ?? 0
  }

  mutating func add(_ other: TwoGroups) {
    group.events += other.group.events
    group.people += other.group.people
    reference.events += other.reference.events
    reference.people += other.reference.people
    everybody += other.everybody
  }

  /// The ratio, its interval, the test and the four-fifths rule.
  func compared() throws(StatisticsError) -> ComparedGroups {
    guard group.people != 0, reference.people != 0 else { return ComparedGroups() }
    let first = try Proportion(events: group.events, people: group.people)
    let second = try Proportion(events: reference.events, people: reference.people)
    let rule = try WidenStatistics.fourFifths([first, second])
    return ComparedGroups(
      likelihood: relativeLikelihood(of: first, against: second),
      test: try twoGroupTest(first, second),
      fourFifths: rule.ratio == nil ? nil : rule.isBelow ? "not met" : "met")
  }
}

/// What comparing two groups gives.
struct ComparedGroups {
  /// Nil when one group has nobody.
  var likelihood: RelativeLikelihood?
  var test: (test: SignificanceTest, method: TwoGroupMethod)?
  /// `met` or `not met`; nil when neither group has events.
  var fourFifths: String?
}
