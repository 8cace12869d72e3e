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
    }
    try bindDerive([NamedExpression(value, step.name)], placed, &pipeline)
    pipeline.plan.label = "recode"
  }
}
