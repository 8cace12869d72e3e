import WidenLanguage

extension Executor {
  /// Each row's value beside the one before it in its group, or beside a fixed one: the earlier
  /// value, the difference and the ratio.
  func change(_ plan: Plan, _ input: Plan, _ change: ChangePlan, _ needed: ColumnSet) throws
    -> Relation
  {
    let first = input.columns.count
    let read = [change.value, change.over] + change.within + change.partsRead
    var relation = try run(input, needed: needed.below(first).union(read))
    let frame = relation.frame
    let value = frame.columns[change.value]
    let earlier = try earlierRows(relation, change)
    var differences: [Int?] = []
    var decimals: [Double?] = []
    var ratios: [Double?] = []
    var zeros = 0
    let numbers = Numbers(value)
    for row in 0..<frame.rowCount {
      let before = earlier[row] == noRow ? nil : numbers.units(ofRow: Int(earlier[row]))
      let now = before == nil ? nil : numbers.units(ofRow: row)
      guard let before, let now else {
        differences.append(nil)
        decimals.append(nil)
        ratios.append(nil)
        continue
      }
      differences.append(Int(exactly: now - before))
      decimals.append((now - before) / numbers.power)
      ratios.append(before == 0 ? nil : now / before)
      zeros += before == 0 ? 1 : 0
    }
    if zeros > 0 {
      context.tell(
        Answer.Note(
          .note,
          "\(counted(zeros, "row")) \(zeros == 1 ? "has" : "have") an earlier value of zero, "
            + "so that there is no ratio"))
    }
    let own = relation.frame.withheld[change.value]
    let isWhole = relation.columns[change.value].type == .integer && numbers.isWhole
    relation.frame.columns += [
      value.gathered(earlier), isWhole ? .integers(differences) : .decimals(decimals),
      .decimals(ratios),
    ]
    if let probabilities = probabilities(frame, earlier: earlier, change) {
      relation.frame.columns.append(probabilities)
    }
    if let own {
      let before = own.gathered(earlier)
      relation.frame.withheld[first] = before
      for column in first + 1..<relation.frame.columns.count {
        relation.frame.withheld[column] = before.union(own)
      }
    }
    relation.columns += plan.columns.suffix(change.test == nil ? 3 : 4)
    return relation
  }

  /// For each row the row that it is compared with, or `noRow`.
  private func earlierRows(_ relation: Relation, _ change: ChangePlan) throws(ExecutionError)
    -> RowList
  {
    let frame = relation.frame
    let rows = frame.selectedRows
    func keys(_ column: Int) throws(ExecutionError) -> [UInt64] {
      try OrderKeys(frame.columns[column], categories: relation.columns[column].categories)
        .keys(of: rows, in: context)
    }
    var groups: [[UInt64]] = []
    for column in change.within { groups.append(try keys(column)) }
    let times = try keys(change.over)
    let order = try order(byKeys: groups + [times], count: rows.count, in: context)
      .map { Int($0) }
    var earlier = RowList(repeating: noRow, count: frame.rowCount)
    var repeats = false
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, groups.allSatisfy({ $0[order[end]] == $0[order[start]] }) {
        if times[order[end]] == times[order[end - 1]] { repeats = true }
        end += 1
      }
      let group = order[start..<end].filter { times[$0] != OrderKeys.missing }
      if let baseline = change.baseline {
        let column = frame.columns[change.over]
        let base = group.first { isSame(column[Int(rows[$0])], baseline) }
        if let base { for index in group { earlier[Int(rows[index])] = rows[base] } }
      } else {
        for (last, next) in zip(group, group.dropFirst()) { earlier[Int(rows[next])] = rows[last] }
      }
      start = end
    }
    if repeats {
      let name = relation.columns[change.over].name
      context.tell(
        Answer.Note(
          .warning,
          "several rows of a group have the same \(name); "
            + "'within' with the columns that tell them apart compares like with like"))
    }
    return earlier
  }

  private func isSame(_ value: Value, _ other: Value) -> Bool {
    switch (value, other) {
    case (.integer(let number), .decimal(let decimal)),
      (.decimal(let decimal), .integer(let number)):
      Double(number) == decimal
    default: value == other
    }
  }
}

extension ChangePlan {
  /// The counts that its test reads.
  fileprivate var partsRead: [Int] {
    switch test {
    case .shares(let parts): [parts.numerator, parts.denominator]
    case .counts, nil: []
    }
  }
}

/// A column's numbers in units, so that sums and differences of exact decimals are exact.
struct Numbers {
  private let column: Column
  private let minimum: Double
  /// How many units make one.
  let power: Double

  init(_ column: Column) {
    self.column = column
    if case .coded(let coded) = column, let units = coded.domain.units {
      minimum = Double(units.minimum)
      power = Domain.powers[units.places]
    } else {
      minimum = 0
      power = 1
    }
  }

  /// Whether all are whole numbers.
  var isWhole: Bool {
    switch column {
    case .coded: power == 1
    case .integers: true
    case .decimals: false
    }
  }

  /// The number of a row in units; nil when it is missing.
  func units(ofRow row: Int) -> Double? {
    switch column {
    case .coded(let coded):
      let code = coded.codes[row]
      return code == 0 ? nil : minimum + Double(code - 1)
    case .integers(let values, let validity):
      return validity?[row] == false ? nil : Double(values[row])
    case .decimals(let values, let validity):
      return validity?[row] == false ? nil : values[row]
    }
  }
}
