/// Figures that have counts behind them, and limits round them when they are asked for.
extension Binder {
  /// `rate condition [among base] [using column] [where condition] [with interval]`: two counts and
  /// their quotient.
  mutating func rate(
    _ call: AggregateCall, in scope: Scope, calls: inout [TypedAggregate]
  ) throws(Diagnostic) -> Figure {
    guard let event = call.operand else {
      throw MeaningProblem.conditionNeeded(what: "rate", type: .text).at(call.place)
    }
    let tally = try tally(
      WrittenTally(
        event: event, base: call.among, condition: call.condition, using: call.using,
        place: call.place), in: scope, calls: &calls)
    var figure = Figure(
      name: "rate", value: quotient(tally.parts, calls, call.place), format: .percentage,
      parts: tally.parts, base: call.among.map { "of " + print($0) })
    if let interval = call.interval {
      figure.interval = IntervalPlan(
        tally.method, level: try level(of: interval, at: call.place), name: "")
    }
    return figure
  }

  /// The numerator over the denominator.
  func quotient(_ parts: ColumnDescription.Parts, _ calls: [TypedAggregate], _ place: Place)
    -> TypedExpression
  {
    func column(_ index: Int) -> TypedExpression {
      TypedExpression(.column(index), type: calls[index].resultType, place: place)
    }
    return TypedExpression(
      .arithmetic(.divide, column(parts.numerator), column(parts.denominator)), type: .decimal,
      place: place)
  }

  /// A count or a mean with limits round it.
  mutating func limited(
    _ call: AggregateCall, in scope: Scope, calls: inout [TypedAggregate]
  ) throws(Diagnostic) -> Figure {
    guard let interval = call.interval else { throw StatisticsProblem.intervalAlone.at(call.place) }
    let bound = try self.call(call, in: scope)
    let level = try level(of: interval, at: call.place)
    let value = reference(bound, &calls, call.place)
    let name = ownName(of: .call(call)) ?? call.word.rawValue
    let place = index(of: bound, &calls)
    switch call.word {
    case .count, .distinct:
      return Figure(
        name: name, value: value, interval: IntervalPlan(.count(place), level: level, name: ""))
    case .mean:
      var (deviation, count) = (bound, bound)
      deviation.kind = .standardDeviation
      count.kind = .recorded
      let method = IntervalPlan.Method.mean(
        mean: place, deviation: index(of: deviation, &calls), count: index(of: count, &calls))
      return Figure(
        name: name, value: value, interval: IntervalPlan(method, level: level, name: ""))
    case .sum, .median, .min, .max, .sd, .missing, .recorded, .percentile, .correlation, .rate:
      throw StatisticsProblem.noInterval(word: call.word.rawValue).at(call.place)
    }
  }

  /// A measure; one that is a rate carries its counts and may have limits.
  mutating func measured(
    _ call: MeasureCall, in scope: Scope, calls: inout [TypedAggregate]
  ) throws(Diagnostic) -> Figure {
    let value = try measure(call, in: scope, calls: &calls)
    var figure = Figure(name: call.name.text, value: value)
    if let inner = rateCall(of: call), case .arithmetic(.divide, let top, let bottom) = value.node,
      case .column(let numerator) = top.node, case .column(let denominator) = bottom.node
    {
      figure.format = .percentage
      let parts = ColumnDescription.Parts(numerator: numerator, denominator: denominator)
      figure.parts = parts
      figure.base = inner.among.map { "of " + print($0) }
    }
    if let interval = call.interval {
      guard let parts = figure.parts else {
        throw StatisticsProblem.intervalAlone.at(call.name.place)
      }
      // Only a sum of a column's own numbers may be more than what it is of.
      var isProportion = true
      if calls[parts.numerator].kind == .sum, let operand = calls[parts.numerator].operand {
        if case .conditional = operand.node {} else { isProportion = false }
      }
      figure.interval = IntervalPlan(
        isProportion ? .proportion(parts) : .rate(parts),
        level: try level(of: interval, at: call.name.place), name: "")
    }
    return figure
  }

  /// The rate that a measure is, when it is nothing else.
  func rateCall(of call: MeasureCall) -> AggregateCall? {
    guard let measure = environment.definitions.measure(named: call.name.text),
      case .call(let inner) = measure.value, inner.word == .rate
    else { return nil }
    return inner
  }

  /// A rate over rows that have been counted already counts groups, not people.
  mutating func warnOfCountedRows(_ written: Aggregate, _ pipeline: Pipeline) {
    guard case .call(let call) = written, call.word == .rate, call.using == nil,
      pipeline.scope.table == nil, pipeline.additive.count == 1,
      let column = pipeline.additive.first, let index = pipeline.scope.index(of: column),
      pipeline.plan.columns.indices.contains(index), call.operand.map(isCondition) ?? false
    else { return }
    tell(
      Diagnostic(
        .warning, "this rate counts the rows of the result, not the \(column) behind them",
        at: call.place.range, hint: "add 'using \(column)' to add them up"))
  }

  /// Whether an expression is surely a condition by the way it is written.
  private func isCondition(_ written: Expression) -> Bool {
    switch written {
    case .comparison, .membership, .textTest, .presence, .all, .any, .not: true
    case .literal, .parameter, .path, .call, .negative, .chain, .conditional, .related: false
    }
  }
}

extension Figure {
  /// The columns of its limits.
  var limitColumns: [ColumnDescription] {
    ["_low", "_high"].map { suffix in
      ColumnDescription(
        name: name + suffix, type: .decimal, format: format,
        base: interval.map { shownLevel($0.level) })
    }
  }
}

extension IntervalPlan {
  /// The same limits over columns that stand further to the right.
  func shifted(by offset: Int, named name: String) -> IntervalPlan {
    func moved(_ parts: ColumnDescription.Parts) -> ColumnDescription.Parts {
      .init(numerator: parts.numerator + offset, denominator: parts.denominator + offset)
    }
    let method: Method =
      switch self.method {
      case .proportion(let parts): .proportion(moved(parts))
      case .rate(let parts): .rate(moved(parts))
      case .count(let column): .count(column + offset)
      case .mean(let mean, let deviation, let count):
        .mean(mean: mean + offset, deviation: deviation + offset, count: count + offset)
      }
    return IntervalPlan(method, level: level, name: name)
  }
}
