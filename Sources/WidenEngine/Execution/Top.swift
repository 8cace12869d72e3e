import WidenLanguage

extension Executor {
  /// The rows with the highest or lowest values of each group, ordered by group, then by value.
  func top(_ input: Plan, _ top: TopPlan, _ needed: ColumnSet) throws -> Relation {
    var relation = try run(input, needed: needed.union([top.by]).union(top.within))
    if let present = relation.frame.columns[top.by].presence { relation.frame.narrow(to: present) }
    let rows = relation.frame.selectedRows
    func keys(_ column: Int, isDescending: Bool = false) -> [UInt64] {
      OrderKeys(relation.frame.columns[column], categories: relation.columns[column].categories)
        .keys(of: rows, isDescending: isDescending)
    }
    let groups = top.within.map { keys($0) }
    let values = keys(top.by, isDescending: !top.isBottom)
    try context.checkCancelled()
    var kept = RowList()
    var taken = 0
    var tied = 0
    var previous: Int?
    var worst: UInt64 = 0
    for index in order(byKeys: groups + [values], count: rows.count).map({ Int($0) }) {
      let isSameGroup = previous.map { last in groups.allSatisfy { $0[last] == $0[index] } } ?? true
      taken = isSameGroup ? taken + 1 : 1
      if taken <= top.count {
        kept.append(rows[index])
        worst = values[index]
      } else if taken > 1, values[index] == worst {
        tied += 1
      }
      previous = index
    }
    if tied > 0, top.count > 0 { tellTies(tied, top, relation.columns[top.by].name) }
    relation.frame = relation.frame.gathered(kept, needed: needed)
    return relation
  }

  /// Which of several equal rows stays is an accident of their order.
  private func tellTies(_ count: Int, _ top: TopPlan, _ column: String) {
    context.tell(
      .init(
        .warning,
        "\(top.isBottom ? "bottom" : "top") \(top.count): \(counted(count, "row")) left out "
          + "\(count == 1 ? "has" : "have") the same \(column) as a row that is kept"))
  }
}
