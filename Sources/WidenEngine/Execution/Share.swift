import WidenLanguage
import WidenStatistics

extension Executor {
  /// Each row's value as a fraction of the sum over its group, with both.
  func share(_ plan: Plan, _ input: Plan, _ share: SharePlan, _ needed: ColumnSet) throws
    -> Relation
  {
    let first = input.columns.count
    let read = [share.value] + share.within + share.watched
    var inputs = needed.below(first).union(read)
    if let excluding = share.excluding { inputs = inputs.union(reading: [excluding]) }
    var relation = try run(input, needed: inputs)
    var included = relation.frame
    if let excluding = share.excluding {
      included.narrow(to: try evaluator.condition(excluding, over: relation.frame).inverted)
    }
    let shares = try Shares(relation, included: included, share, context)
    relation.frame.columns += try shares.columns(context)
    if let control = context.disclosure, let own = relation.frame.withheld[share.value] {
      // 41 and 4 withheld must not become 100 %.
      let policy = control.policy
      let whole = policy.percentagesNeedWholeBase ? shares.wholeGroups(of: own) : own
      let base = policy.totalsAreSumsOfPublished ? nil : whole
      for (column, bits) in zip(first..., [whole, own, base]) {
        relation.frame.withheld[column] = bits
        if control.isPublishing {
          relation.frame.columns[column] = relation.frame.columns[column].without(bits)
        }
      }
    }
    relation.columns += plan.columns.suffix(3).enumerated().map { index, described in
      var description = described
      if index == 0 { description.base = shares.base(share) }
      return description
    }
    shares.tellZeroTotals(context)
    for column in share.watched { try shares.tellMove(leavingOut: column, context) }
    return relation
  }
}

/// The shares of the rows that count.
private struct Shares {
  private let relation: Relation
  private let rows: RowList
  private let numbers: Numbers
  /// The value of each of `rows` in units, NaN when it is missing.
  private let units: [Double]
  /// The group of each of `rows`, and the sum of each group in units.
  private let groups: [Int]
  private let totals: [CompensatedSum]
  private let groupCount: Int

  init(
    _ relation: Relation, included: Frame, _ share: SharePlan, _ context: ExecutionContext
  ) throws(ExecutionError) {
    self.relation = relation
    numbers = Numbers(included.columns[share.value])
    rows = included.selectedRows
    var keys: [GroupKey] = []
    for column in share.within {
      keys.append(
        try GroupKey(
          included.columns[column], categories: nil, selection: included.selection, in: context))
    }
    let grouping = try Grouping(
      keys, rowCount: included.rowCount, selection: included.selection, isByRow: true,
      in: context)
    let numbers = numbers
    let rows = rows
    groups = try context.elements(rows.count) { places, target in
      for place in places { target[place] = grouping.cell(ofRow: Int(rows[place])) }
    }
    units = try context.elements(rows.count) { places, target in
      for place in places { target[place] = numbers.units(ofRow: Int(rows[place])) ?? .nan }
    }
    groupCount = grouping.cellCount
    totals = try sums(groups, units, groupCount, context)
  }

  /// The share, its numerator and its denominator.
  func columns(_ context: ExecutionContext) throws(ExecutionError) -> [Column] {
    let rowCount = relation.frame.rowCount
    let shares = Scratch<Double>(count: rowCount)
    let numerators = Scratch<Double>(count: rowCount)
    let denominators = Scratch<Double>(count: rowCount)
    try context.forEachSegment(of: rowCount) { _, rows in
      for row in rows {
        shares[row] = .nan
        numerators[row] = .nan
        denominators[row] = .nan
      }
    }
    let values = totals.map(\.value)
    let (rows, units, groups) = (rows, units, groups)
    try context.forEachSegment(of: rows.count) { _, places in
      for place in places {
        let row = Int(rows[place])
        let (own, total) = (units[place], values[groups[place]])
        denominators[row] = total
        numerators[row] = own
        if total != 0 { shares[row] = own / total }
      }
    }
    let share = Column.decimals(shares.elements)
    try context.checkCancelled()
    let numerator = amounts(numerators)
    try context.checkCancelled()
    return [share, numerator, amounts(denominators)]
  }

  /// The rows of every group that has one of these rows.
  func wholeGroups(of some: Bitmap) -> Bitmap {
    var isHit = [Bool](repeating: false, count: groupCount)
    for index in rows.indices where some[Int(rows[index])] { isHit[groups[index]] = true }
    var bits = some
    for index in rows.indices where isHit[groups[index]] { bits[Int(rows[index])] = true }
    return bits
  }

  private func amounts(_ units: Scratch<Double>) -> Column {
    if numbers.isWhole {
      return .integers(units.elements.map { $0.isNaN ? nil : Int(exactly: $0) })
    }
    for row in 0..<units.count { units[row] /= numbers.power }
    return .decimals(units.elements)
  }

  /// What the share is of, for its header.
  func base(_ share: SharePlan) -> String {
    var parts: [String] = []
    if !share.withinNames.isEmpty {
      parts.append("within " + share.withinNames.joined(separator: ", "))
    }
    let used = totals.filter { $0.count > 0 }
    if used.count <= 1 {
      let total = used.first?.value ?? 0
      parts.append("N = " + grouped(total / numbers.power))
    }
    var text = parts.joined(separator: ", ")
    let excluded = share.excluding?.constantTexts ?? []
    if !excluded.isEmpty { text += "; excluding " + excluded.joined(separator: ", ") }
    return text
  }

  func tellZeroTotals(_ context: ExecutionContext) {
    let zeros = totals.count { $0.count > 0 && $0.value == 0 }
    guard zeros > 0 else { return }
    context.tell(
      Answer.Note(
        .note,
        "the values of \(counted(zeros, "group")) sum to zero, so that there are no shares"))
  }

  /// Warns when leaving out rows whose key is not recorded would move a share by half a point.
  func tellMove(leavingOut column: Int, _ context: ExecutionContext) throws(ExecutionError) {
    let description = relation.columns[column]
    let values = relation.frame.columns[column]
    let others = Set(description.notRecorded)
    var left: [String] = []
    var isMissing = false
    func isLeftOut(_ value: Value) -> Bool {
      switch value {
      case .missing: true
      case .text(let text): others.contains(text)
      case .boolean, .integer, .decimal, .date, .month, .period: false
      }
    }
    let out: [Bool]
    if case .coded(let coded) = values, coded.cardinality <= rows.count {
      // Each value is looked at once, not once a row.
      let isOut = (0..<max(1, coded.cardinality)).map { isLeftOut(coded.domain.value(of: $0)) }
      guard isOut.dropFirst(coded.hasMissing ? 0 : 1).contains(true) else { return }
      out = rows.map { isOut[coded.codes[Int($0)]] }
    } else {
      out = rows.map { isLeftOut(values[Int($0)]) }
    }
    for (row, isOut) in zip(rows, out) where isOut {
      if case .text(let text) = values[Int(row)] {
        if !left.contains(text) { left.append(text) }
      } else {
        isMissing = true
      }
    }
    try context.checkCancelled()
    guard isMissing || !left.isEmpty else { return }
    // Of the rows that stay, the greatest of a group moves most.
    var amount = 0.0
    var rest = [CompensatedSum](repeating: CompensatedSum(), count: groupCount)
    var greatest = [Double](repeating: 0, count: groupCount)
    for index in rows.indices where !units[index].isNaN {
      if index & (standardSegmentRows - 1) == 0 { try context.checkCancelled() }
      if out[index] {
        amount += units[index]
      } else {
        rest[groups[index]].add(units[index])
        greatest[groups[index]] = max(greatest[groups[index]], units[index].magnitude)
      }
    }
    var most = 0.0
    for group in 0..<groupCount {
      let (total, without, own) = (totals[group].value, rest[group].value, greatest[group])
      if total != 0, without != 0 { most = max(most, abs(own / without - own / total)) }
    }
    guard most >= 0.005 - 1e-12 else { return }
    let what = (left + (isMissing ? ["missing"] : [])).joined(separator: " or ")
    let name = description.name
    context.tell(
      Answer.Note(
        .warning,
        "leaving out \(grouped(amount / numbers.power)) with \(name) \(what) would move a share by "
          + "up to \(grouped(most * 100, places: 1)) points; "
          + "'where \(name) is recorded' before counting leaves them out"))
  }
}

/// A sum and what rounding took from it.
private struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0
  /// How many rows the group has, those without a value among them.
  var count = 0

  var value: Double { sum + lost }

  mutating func add(_ number: Double) {
    let next = sum + number
    lost += sum.magnitude >= number.magnitude ? (sum - next) + number : (number - next) + sum
    sum = next
  }
}

/// The sums of the groups, NaN left out.
private func sums(
  _ groups: [Int], _ units: [Double], _ groupCount: Int, _ context: ExecutionContext
) throws(ExecutionError) -> [CompensatedSum] {
  var totals = [CompensatedSum](repeating: CompensatedSum(), count: groupCount)
  for index in groups.indices {
    if index & (standardSegmentRows - 1) == 0 { try context.checkCancelled() }
    totals[groups[index]].count += 1
    if !units[index].isNaN { totals[groups[index]].add(units[index]) }
  }
  return totals
}

extension TypedExpression {
  /// The values written out in it, in their order.
  fileprivate var constantTexts: [String] {
    switch node {
    case .constant(let value): value == .missing ? ["missing"] : [plainText(value)]
    case .comparison(_, let left, let right, _): left.constantTexts + right.constantTexts
    case .membership(_, let members, _):
      members.flatMap { member in
        switch member {
        case .value(let value): value.constantTexts
        case .missing: ["missing"]
        case .range(let low, let high):
          [
            (low?.constantTexts.first ?? "") + ".." + (high?.constantTexts.first ?? "")
          ]
        }
      }
    case .all(let parts), .any(let parts): parts.flatMap(\.constantTexts)
    case .isMissing: ["missing"]
    case .not(let part): part.constantTexts
    case .column, .function, .negative, .arithmetic, .textTest, .isRecorded, .conditional,
      .lookup, .related:
      []
    }
  }
}
