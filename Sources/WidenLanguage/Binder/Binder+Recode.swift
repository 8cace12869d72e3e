extension Binder {
  /// `recode column (values => literal, …, else => literal) as name`: a chain of conditions, the first
  /// that holds gives the value.
  mutating func bindRecode(_ step: RecodeStep, _ placed: PlacedStep, _ pipeline: inout Pipeline)
    throws(Diagnostic)
  {
    let missing = Expression.literal(.missing, step.name.place)
    var value = missing
    var hasElse = false
    for rule in step.rules.reversed() {
      guard let members = rule.values else {
        value = rule.result
        hasElse = true
        continue
      }
      let test = Membership(value: .path(step.column), isNegated: false, members: members)
      value = .conditional(
        Conditional(
          condition: .membership(test), chosen: rule.result, other: value,
          place: rule.result.place))
    }
    if !hasElse {
      tell(
        Diagnostic(
          .note, "values of \(step.column.text) that no rule names become missing",
          at: placed.word.range, hint: "'else => …' gives them a value"))
    } else if !step.namesMissing, let rows = missingRows(step.column, pipeline), rows > 0 {
      tell(
        Diagnostic(
          .note,
          "'else' also takes the rows with \(step.column.text) missing, of which "
            + "\(pipeline.scope.table ?? "the table") has \(WidenLanguage.grouped(rows)); "
            + "'missing => missing' before it leaves them out",
          at: placed.word.range))
    }
    try bindDerive([NamedExpression(value, step.name)], placed, &pipeline)
    pipeline.plan.label = "recode"
  }
  /// How many rows of the dataset have a column missing; nil when that is not known.
  private func missingRows(_ column: Path, _ pipeline: Pipeline) -> Int? {
    guard column.names.count == 1, let index = pipeline.scope.index(of: column.text),
      let origin = pipeline.scope.columns[index].origin,
      let table = catalogue.table(named: origin.table),
      let recorded = catalogue.recordedRows(of: origin)
    else { return nil }
    return table.rowCount - recorded
  }
}

extension RecodeStep {
  /// Whether a rule says what becomes of missing values.
  fileprivate var namesMissing: Bool {
    rules.contains { rule in
      rule.values?.contains { member in
        if case .value(.literal(.missing, _)) = member { true } else { false }
      } ?? false
    }
  }
}
