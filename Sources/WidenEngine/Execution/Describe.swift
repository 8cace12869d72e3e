import WidenLanguage
import WidenStatistics

extension Executor {
  /// A row for each shown column of the input, in its order.
  func describe(_ plan: Plan, _ input: Plan) throws -> Relation {
    if let remote = try remoteInput(input, reading: []) { return try describe(plan, remote) }
    let relation = try run(input, needed: .all)
    if let (control, _) = control(of: relation), control.withholds {
      throw extremesOfPeople(control)
    }
    return try described(plan, relation.columns) { keys, aggregates throws(ExecutionError) in
      var aggregation = Aggregation(
        of: relation.frame, names: relation.columns.map(\.name), evaluator: evaluator,
        context: context)
      return try aggregation.run(keys: keys, aggregates: aggregates, tellsNotes: false)
    }
  }

  /// The same of rows in a database.
  private func describe(_ plan: Plan, _ input: RemoteInput) throws -> Relation {
    if let control = context.disclosure, input.people != nil, control.withholds {
      throw extremesOfPeople(control)
    }
    return try described(plan, input.columns) { keys, aggregates throws(ExecutionError) in
      try input.groups(by: keys, aggregates, tellsNotes: false).groups
    }
  }

  private func extremesOfPeople(_ control: DisclosureControl) -> ExecutionError {
    .refused(
      "the least and the greatest value are those of one person, and may not leave under policy "
        + control.policy.name,
      hint: "summarise says what may: summarise mean salary, count by band")
  }

  /// Groups of the rows that are described, by keys.
  private typealias Grouped =
    ([TypedExpression], [TypedAggregate]) throws(ExecutionError) -> AggregatedGroups

  private func described(_ plan: Plan, _ described: [ColumnDescription], _ find: Grouped) throws
    -> Relation
  {
    var rows: [[Value]] = []
    for (index, column) in described.enumerated() where !column.isHidden {
      rows.append(try self.described(column, index, find))
    }
    let columns = plan.columns.enumerated().map { position, description in
      Column.values(
        rows.map { $0[position] }, type: description.type,
        categories: position == 0 ? rows.map { plainText($0[0]) } : nil)
    }
    return Relation(
      frame: Frame(columns: columns, rowCount: rows.count), columns: plan.columns)
  }

  /// Name, type, missing, distinct, least, median, greatest, most common.
  private func described(_ column: ColumnDescription, _ index: Int, _ find: Grouped) throws
    -> [Value]
  {
    let operand = TypedExpression(
      .column(index), type: column.type, categories: column.categories,
      isOrdered: column.isOrdered, notRecorded: column.notRecorded)
    var wanted: [TypedAggregate.Kind] = [.missing, .distinct]
    let hasOrder = column.type.isNumber || column.type.isTime || column.isOrdered
    if hasOrder { wanted += [.minimum, .maximum] }
    if column.type.isNumber { wanted.append(.median) }
    let groups = try find(
      [], wanted.map { TypedAggregate($0, operand: operand, label: "") })
    let figures = groups.values.map { $0[0] }
    let isGroup = column.type.isText || column.type == .boolean
    return [
      .text(column.name), .text(column.type.rawValue), figures[0], figures[1],
      hasOrder ? shown(figures[2]) : .missing,
      column.type.isNumber ? shown(figures[4]) : .missing,
      hasOrder ? shown(figures[3]) : .missing,
      isGroup ? try mostCommon(operand, find) : .missing,
    ]
  }

  private func shown(_ value: Value) -> Value {
    value == .missing ? .missing : .text(plainText(value))
  }

  /// The value that most rows hold, and how many; missing when every row has another.
  private func mostCommon(_ operand: TypedExpression, _ find: Grouped) throws -> Value {
    let groups = try find([operand], [TypedAggregate(.count, label: "")])
    let (keys, counts) = (groups.keys[0], groups.values[0])
    var best: (value: Value, rows: Int) = (.missing, 1)
    for group in 0..<groups.rowCount {
      if group & (standardSegmentRows - 1) == 0 { try context.checkCancelled() }
      guard case .integer(let rows) = counts[group], rows > best.rows, keys[group] != .missing
      else { continue }
      best = (keys[group], rows)
    }
    return best.value == .missing
      ? .missing : .text("\(plainText(best.value)) (\(grouped(best.rows)))")
  }
}
