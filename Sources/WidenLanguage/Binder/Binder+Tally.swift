/// Events among people, as two aggregates, by their indices among the calls of an aggregation.
struct Tally {
  var parts: ColumnDescription.Parts
  /// Whether the events are some of the people, so that there are never more of them.
  var isProportion: Bool

  /// How limits round the quotient are computed.
  var method: IntervalPlan.Method { isProportion ? .proportion(parts) : .rate(parts) }
}

/// What is counted of what, as written.
struct WrittenTally {
  var event: Expression
  var base: Expression?
  var condition: Expression?
  var using: Path?
  var place: Place
}

/// The column that says for how many people each row stands.
struct Weight {
  var value: TypedExpression
  var name: String
}

extension Binder {
  /// Binds events among people: a condition among others, each row once or as often as `using` says,
  /// or one column that counts among another.
  ///
  /// `counted` names the columns that count rows which have been grouped already: they are added up,
  /// not counted again.
  mutating func tally(
    _ written: WrittenTally, in scope: Scope, counted: [String] = [],
    calls: inout [TypedAggregate]
  ) throws(Diagnostic) -> Tally {
    let event = try expression(written.event, in: scope)
    if event.type.isNumber {
      return try quotient(of: event, written, in: scope, calls: &calls)
    }
    guard event.type == .boolean else {
      throw MeaningProblem.conditionNeeded(what: described(written.event), type: event.type)
        .at(written.event.place)
    }
    var base: [TypedExpression] = []
    if let among = written.base { base.append(try condition(among, in: scope)) }
    if let condition = written.condition { base.append(try self.condition(condition, in: scope)) }
    let weight = try weight(written, in: scope, counted: counted)
    return tally(event, among: base, each: weight, written.place, calls: &calls)
  }

  /// Counts the rows for which an event holds among those for which all of the base does.
  func tally(
    _ event: TypedExpression, among base: [TypedExpression], each weight: Weight?,
    _ place: Place, calls: inout [TypedAggregate]
  ) -> Tally {
    let whole = base.count > 1 ? condition(.all(base), place) : base.first
    let denominator = counting(where: whole, each: weight)
    let numerator: TypedAggregate
    if let weight {
      // Not a sum of the events' rows alone, which would be missing where there are none.
      let zero = TypedExpression(
        weight.value.type == .integer ? .integer(0) : .decimal(0), type: weight.value.type,
        place: place)
      let known = TypedExpression(
        .function(.coalesce, [weight.value, zero]), type: zero.type, place: place)
      let counted = TypedExpression(
        .conditional(condition: event, chosen: known, other: zero), type: zero.type,
        place: place)
      numerator = TypedAggregate(
        .sum, operand: counted, condition: whole, label: "sum \(weight.name)")
    } else {
      let hits = base.isEmpty ? event : condition(.all(base + [event]), place)
      numerator = TypedAggregate(.count, condition: hits, label: "count")
    }
    return Tally(
      parts: .init(
        numerator: index(of: numerator, &calls), denominator: index(of: denominator, &calls)),
      isProportion: true)
  }

  /// Counts rows, each once or as often as its weight says.
  func counting(where condition: TypedExpression?, each weight: Weight?)
    -> TypedAggregate
  {
    weight.map {
      TypedAggregate(.sum, operand: $0.value, condition: condition, label: "sum \($0.name)")
    }
      ?? TypedAggregate(.count, condition: condition, label: "count")
  }

  /// The column that says for how many people each row stands: the one named, else the only one
  /// that counts rows which have been grouped already.
  mutating func weight(_ written: WrittenTally, in scope: Scope, counted: [String])
    throws(Diagnostic) -> Weight?
  {
    guard let path = written.using else {
      let columns = counted.compactMap { scope.index(of: $0) }
      guard columns.count <= 1 else {
        throw StatisticsProblem.countOfWhich(names: columns.map { scope.columns[$0].name })
          .at(written.place)
      }
      return columns.first.map {
        Weight(
          value: scope.expression(column: $0, place: written.place), name: scope.columns[$0].name)
      }
    }
    let weight = try self.path(path, in: scope)
    guard weight.type.isNumber else {
      throw MeaningProblem.aggregateNeeds(
        what: "numbers", aggregate: "'using'", column: path.text, type: weight.type
      ).at(path.place)
    }
    return Weight(value: weight, name: path.text)
  }

  /// One column that counts among another: both are added up, where both are recorded.
  private mutating func quotient(
    of event: TypedExpression, _ written: WrittenTally, in scope: Scope,
    calls: inout [TypedAggregate]
  ) throws(Diagnostic) -> Tally {
    let name = described(written.event)
    if written.using != nil {
      throw StatisticsProblem.usingWithNumbers(column: name).at(written.place)
    }
    guard let among = written.base else {
      throw StatisticsProblem.baseNeeded(column: name).at(written.event.place)
    }
    let people = try expression(among, in: scope)
    guard people.type.isNumber else {
      throw StatisticsProblem.baseIsCondition(column: name, base: described(among))
        .at(among.place)
    }
    var extra: [TypedExpression] = []
    if let condition = written.condition { extra.append(try self.condition(condition, in: scope)) }
    func sum(_ value: TypedExpression, besides other: TypedExpression, _ name: String)
      -> TypedAggregate
    {
      let isThere = condition(.not(condition(.isMissing(other), other.place)), other.place)
      let all = extra + [isThere]
      return TypedAggregate(
        .sum, operand: value,
        condition: all.count > 1 ? condition(.all(all), other.place) : isThere,
        label: "sum \(name)")
    }
    return Tally(
      parts: .init(
        numerator: index(of: sum(event, besides: people, name), &calls),
        denominator: index(of: sum(people, besides: event, described(among)), &calls)),
      isProportion: false)
  }

  /// The place of an aggregate among the calls; the same one is computed once.
  func index(of call: TypedAggregate, _ calls: inout [TypedAggregate]) -> Int {
    if let known = calls.firstIndex(of: call) { return known }
    calls.append(call)
    return calls.count - 1
  }

  /// The level of an interval as a fraction.
  func level(of interval: Interval, at place: Place) throws(Diagnostic) -> Double {
    let digits = interval.level.hasSuffix("%") ? String(interval.level.dropLast()) : interval.level
    guard let level = Double(digits + "e-2"), level > 0, level < 1 else {
      throw StatisticsProblem.confidence(level: interval.level).at(place)
    }
    return level
  }
}

extension Interval {
  /// The level that is taken unless another is asked for.
  static let usualLevel = 0.95
}

/// A level as it is written: `95 %`.
func shownLevel(_ level: Double) -> String {
  let percent = (level * 1e8).rounded() / 1e6
  return (percent == percent.rounded() ? String(Int(percent)) : String(percent)) + " %"
}
