extension Binder {
  /// `funnel event [among base] [using column] by keys [with overdispersion]`.
  mutating func bindFunnel(_ step: FunnelStep, _ placed: PlacedStep, _ pipeline: inout Pipeline)
    throws(Diagnostic)
  {
    noteEndedRows(placed, &pipeline)
    let keys = try bind(step.keys, in: pipeline.scope)
    noteSnapshots(keys, placed, &pipeline)
    var calls: [TypedAggregate] = []
    let tally = try tally(
      WrittenTally(event: step.event, base: step.base, using: step.using, place: placed.word),
      in: pipeline.scope, counted: pipeline.countedNames, calls: &calls)
    let input = aggregated(pipeline.plan, keys, calls)
    let plan = FunnelPlan(
      keyCount: keys.count, counts: tally.parts.shifted(by: keys.count),
      withOverdispersion: step.withOverdispersion)
    func percentage(_ name: String, base: String? = nil) -> ColumnDescription {
      ColumnDescription(name: name, type: .decimal, format: .percentage, base: base)
    }
    var rate = percentage("rate", base: step.base.map { "of " + print($0) })
    let first = keys.count + 7
    rate.parts = .init(numerator: first, denominator: first + 1)
    let columns =
      keys.map(\.description) + [
        rate, percentage("pooled"), percentage("low95"), percentage("high95"),
        percentage("low998"), percentage("high998"),
        ColumnDescription(name: "flag", type: .text),
      ]
      + [("numerator", tally.parts.numerator), ("denominator", tally.parts.denominator)].map {
        ColumnDescription(name: "rate_" + $0, type: calls[$1].resultType, isHidden: true)
      }
    try requireDifferentNames(columns, placed.place)
    pipeline.advance(
      to: Plan(.funnel(input, plan), columns: columns, label: "funnel"), losing: placed)
    grouped(&pipeline, keys: keys, additive: [])
  }
}
