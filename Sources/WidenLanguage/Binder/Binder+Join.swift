extension Binder {
  /// `join table on columns [keep|drop unmatched]`.
  mutating func bindJoin(_ step: JoinStep, _ placed: PlacedStep, _ pipeline: inout Pipeline)
    throws(Diagnostic)
  {
    let table = try table(step.table)
    let scan = Plan(.scan(table: table.name), columns: table.columns)
    var right = Binder.Pipeline(
      plan: scan, scope: Scope(columns: table.columns, table: table.name))
    var leftKeys: [Int] = []
    var rightKeys: [Int] = []
    for path in step.on {
      leftKeys.append(try index(of: path, in: &pipeline))
      let name = path.names[path.names.count - 1]
      let key = try index(of: Path([name]), in: &right)
      rightKeys.append(key)
      let left = pipeline.plan.columns[leftKeys[leftKeys.count - 1]]
      let other = right.plan.columns[key]
      guard
        left.type == other.type || left.type.isText && other.type.isText
          || left.type.isNumber && other.type.isNumber
      else {
        throw MeaningProblem.mixedTypes(
          first: path.text, firstType: left.type, second: "\(table.name).\(other.name)",
          secondType: other.type
        ).at(path.place)
      }
    }
    let taken = right.plan.columns.indices.filter {
      !rightKeys.contains($0) && $0 < table.columns.count
    }
    var columns = pipeline.plan.columns
    let offset = columns.count
    for index in taken {
      var column = right.plan.columns[index]
      if columns.contains(where: { $0.name.lowercased() == column.name.lowercased() }) {
        column.name = "\(table.name)_\(column.name)"
      }
      column.parts = column.parts.flatMap { parts in
        guard let top = taken.firstIndex(of: parts.numerator),
          let bottom = taken.firstIndex(of: parts.denominator)
        else { return nil }
        return ColumnDescription.Parts(numerator: offset + top, denominator: offset + bottom)
      }
      columns.append(column)
    }
    try requireDifferentNames(columns, placed.place)
    let join = JoinPlan(
      right: right.plan, title: "join \(table.name)", leftKeys: leftKeys, rightKeys: rightKeys,
      columns: taken, unmatched: step.unmatched ?? .keep)
    pipeline.advance(to: Plan(.join(pipeline.plan, join), columns: columns, label: "join"))
  }

  /// The index of a column; a definition or a related column is added to the plan, hidden.
  mutating func index(of path: Path, in pipeline: inout Pipeline) throws(Diagnostic) -> Int {
    let value = try self.path(path, in: pipeline.scope)
    if case .column(let index) = value.node { return index }
    var column = value.description(named: path.names[path.names.count - 1].text)
    column.isHidden = true
    pipeline.advance(
      to: Plan(.derive(pipeline.plan, [value]), columns: pipeline.plan.columns + [column]))
    return pipeline.plan.columns.count - 1
  }
}
