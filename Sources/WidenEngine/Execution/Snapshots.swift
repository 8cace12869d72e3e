import WidenLanguage

extension Executor {
  /// The rows that hold at each date, date by date, with the date's label as one more column.
  func snapshots(_ plan: Plan, _ input: Plan, _ snapshots: SnapshotPlan, _ needed: ColumnSet) throws
    -> Relation
  {
    let first = input.columns.count
    var relation = try run(
      input, needed: needed.below(first).union([snapshots.start, snapshots.end]))
    let starts = dayNumbers(relation.frame.columns[snapshots.start])
    let ends = dayNumbers(relation.frame.columns[snapshots.end])
    let selected = relation.frame.selectedRows
    var rows = RowList()
    var dates = RowList()
    for (index, date) in snapshots.dates.enumerated() {
      try context.checkCancelled()
      let day = date.day.number
      let before = rows.count
      for row in selected {
        guard let start = starts(Int(row)), start <= day else { continue }
        if let end = ends(Int(row)), end <= day { continue }
        rows.append(row)
      }
      dates += RowList(repeating: UInt32(index), count: rows.count - before)
    }
    let label = plan.columns[first]
    let labels = Column.values(
      snapshots.dates.map(\.label), type: label.type, categories: label.categories)
    relation.frame = try relation.frame.gathered(
      rows, needed: needed, isSubset: false, in: context)
    relation.frame.columns.append(labels.gathered(dates))
    relation.columns.append(label)
    return relation
  }
}

/// The day of each row as a number; months and periods count from their first day.
private func dayNumbers(_ column: Column) -> (Int) -> Int? {
  switch column {
  case .coded(let coded):
    let days = (0..<max(1, coded.cardinality)).map { code -> Int? in
      switch coded.domain.value(of: code) {
      case .date(let day): day.number
      case .month(let month): month.first.number
      case .period(let period): period.first.number
      case .missing, .boolean, .integer, .decimal, .text: nil
      }
    }
    return { days[coded.codes[$0]] }
  case .integers(let values, let validity):
    return { validity?[$0] == false ? nil : values[$0] }
  case .decimals:
    return { _ in nil }
  }
}
