extension Binder {
  /// Binds one item of `summarise`; the aggregates it needs are added to `calls`, once each.
  mutating func figure(
    _ named: NamedAggregate, in scope: Scope, calls: inout [TypedAggregate]
  ) throws(Diagnostic) -> Figure {
    var figure: Figure
    switch named.value {
    case .call(let call) where call.word == .rate:
      figure = try rate(call, in: scope, calls: &calls)
    case .call(let call) where call.interval != nil:
      figure = try limited(call, in: scope, calls: &calls)
    case .measure(let call): figure = try measured(call, in: scope, calls: &calls)
    case .call, .number, .parameter, .negative, .chain, .function:
      let value = try aggregate(named.value, in: scope, calls: &calls)
      guard let name = named.name?.text ?? ownName(of: named.value) else {
        throw MeaningProblem.nameNeeded(what: "calculation").at(named.value.place)
      }
      figure = Figure(name: name, value: value)
      if case .column(let index) = value.node, calls[index].givesYear { figure.format = .year }
    }
    if let name = named.name { figure.name = name.text }
    return figure
  }

  /// Binds an aggregate or arithmetic over aggregates, as an expression over `calls`.
  mutating func aggregate(
    _ written: Aggregate, in scope: Scope, calls: inout [TypedAggregate]
  ) throws(Diagnostic) -> TypedExpression {
    let place = written.place
    switch written {
    case .call(let call):
      guard call.interval == nil else { throw StatisticsProblem.intervalAlone.at(place) }
      if call.word == .rate { return try rate(call, in: scope, calls: &calls).value }
      return try reference(self.call(call, in: scope), &calls, place)
    case .measure(let call):
      guard call.interval == nil else { throw StatisticsProblem.intervalAlone.at(place) }
      return try measure(call, in: scope, calls: &calls)
    case .number(let literal, _): return constant(literal, place)
    case .parameter(let name): return try parameterValue(name)
    case .negative(let inner, _):
      let value = try aggregate(inner, in: scope, calls: &calls)
      return TypedExpression(.negative(value), type: value.type, place: place)
    case .chain(let chain):
      var result = try aggregate(chain.first, in: scope, calls: &calls)
      for term in chain.rest {
        let value = try aggregate(term.value, in: scope, calls: &calls)
        result = TypedExpression(
          .arithmetic(term.operator, result, value),
          type: arithmeticType(term.operator, result, value), place: place)
      }
      return result
    case .function(let name, let arguments, _):
      guard let function = Function(named: name.text) else {
        let near =
          Habits.aggregates[name.text.lowercased()]
          ?? nearest(name.text, in: Function.allCases.map(\.rawValue))
        throw MeaningProblem.unknownFunction(name: name.text, near: near).at(name.place, fix: near)
      }
      var bound: [TypedExpression] = []
      for argument in arguments { bound.append(try aggregate(argument, in: scope, calls: &calls)) }
      return TypedExpression(
        .function(function, bound),
        type: bound.allSatisfy { $0.type == .integer } ? .integer : .decimal,
        place: place)
    }
  }

  /// A reference to an aggregate; the same aggregate is computed once.
  func reference(
    _ call: TypedAggregate, _ calls: inout [TypedAggregate], _ place: Place
  ) -> TypedExpression {
    TypedExpression(
      .column(index(of: call, &calls)), type: call.resultType,
      categories: call.keepsOperand?.categories,
      isOrdered: call.keepsOperand?.isOrdered ?? false, origin: call.keepsOperand?.origin,
      place: place)
  }

  mutating func call(_ call: AggregateCall, in scope: Scope) throws(Diagnostic)
    -> TypedAggregate
  {
    var operand: TypedExpression?
    if let written = call.operand {
      // `count distinct x` takes a column as `sum x` does; a bare table after `count` is no column.
      operand = try expression(written, in: scope)
    }
    var condition: TypedExpression?
    if let written = call.condition { condition = try self.condition(written, in: scope) }
    let name = call.operand.map(described) ?? ""
    let kind = try kind(of: call, operand, named: name, in: scope)
    return TypedAggregate(
      kind, operand: operand, condition: condition,
      label: name.isEmpty ? call.word.rawValue : "\(call.word.shown) \(name)")
  }

  private mutating func kind(
    of call: AggregateCall, _ operand: TypedExpression?, named name: String, in scope: Scope
  ) throws(Diagnostic) -> TypedAggregate.Kind {
    func requireNumber(_ value: TypedExpression?) throws(Diagnostic) {
      guard let value, !value.type.isNumber else { return }
      throw MeaningProblem.aggregateNeeds(
        what: "numbers", aggregate: "'\(call.word.rawValue)'", column: name, type: value.type
      ).at(value.place)
    }
    switch call.word {
    case .count: return .count
    case .distinct: return .distinct
    case .missing: return .missing
    case .recorded: return .recorded
    case .sum:
      try requireNumber(operand)
      if let operand { warnOfRepeats(operand, call, in: scope) }
      return .sum
    case .mean: try requireNumber(operand); return .mean
    case .median: try requireNumber(operand); return .median
    case .sd: try requireNumber(operand); return .standardDeviation
    case .min, .max:
      if let operand, operand.type.isText, !operand.isOrdered {
        throw MeaningProblem.noOrder(name: name).at(operand.place)
      }
      return call.word == .min ? .minimum : .maximum
    case .percentile:
      try requireNumber(operand)
      guard let written = call.percentile else { return .median }
      switch try expression(written, in: scope).constant {
      case .integer(let number) where (0...100).contains(number):
        return .percentile(Double(number) / 100)
      case .decimal(let number) where (0...100).contains(number): return .percentile(number / 100)
      case .missing, .boolean, .integer, .decimal, .text, .date, .month, .period, nil:
        throw MeaningProblem.constantNeeded(what: "a percentile from 0 to 100").at(written.place)
      }
    case .correlation:
      try requireNumber(operand)
      guard let written = call.second else { return .count }
      let second = try expression(written, in: scope)
      try requireNumber(second)
      return .correlation(second)
    case .rate: return .count
    }
  }

  /// The value of a row that several rows point to is added up once for each of them, which is
  /// seldom meant unless it is multiplied with something of their own.
  private mutating func warnOfRepeats(
    _ operand: TypedExpression, _ call: AggregateCall, in scope: Scope
  ) {
    guard let table = scope.table else { return }
    let lookups = operand.sources.compactMap { source in
      if case .lookup(let lookup) = source.node { lookup } else { nil }
    }
    guard let lookup = lookups.first, lookups.count == operand.sources.count else { return }
    tell(
      Diagnostic(
        .warning,
        "this sum adds the same row of \(lookup.table) once for each row of \(table) that "
          + "points to it", at: call.place.range,
        hint: "from \(lookup.table) adds each of its rows up once"))
  }

  mutating func measure(
    _ call: MeasureCall, in scope: Scope, calls: inout [TypedAggregate]
  ) throws(Diagnostic) -> TypedExpression {
    guard let measure = environment.definitions.measure(named: call.name.text) else {
      let known =
        AggregateWord.allCases.map(\.rawValue) + environment.definitions.measures.map(\.name)
      let near = nearest(call.name.text, in: known)
      throw MeaningProblem.unknownMeasure(name: call.name.text, near: near)
        .at(call.name.place, fix: near)
    }
    guard !scope.expanding.contains(measure.name), scope.expanding.count < 32 else {
      throw MeaningProblem.circular(name: measure.name).at(call.name.place)
    }
    var inner = scope
    inner.expanding.append(measure.name)
    let before = calls
    var own: [TypedAggregate] = []
    do throws(Diagnostic) {
      let value = try aggregate(measure.value, in: inner, calls: &own)
      if let written = call.condition {
        let extra = try condition(written, in: scope)
        for index in own.indices {
          own[index].condition =
            own[index].condition.map { condition(.all([$0, extra]), extra.place) } ?? extra
        }
      }
      let map = own.map { call -> Int in
        guard case .column(let index) = reference(call, &calls, .none).node else { return 0 }
        return index
      }
      return value.mappingColumns { map[$0] }
    } catch {
      calls = before
      var problem = error
      problem.range = call.name.place.range
      problem.fix = nil
      problem.message = "'\(measure.name)' cannot be used here: \(error.message)"
      throw problem
    }
  }

  func ownName(of written: Aggregate) -> String? {
    switch written {
    case .call(let call):
      if call.word == .count { return "n" }
      if call.word == .percentile, let part = call.percentile {
        let number = print(part).map { $0.isLetter || $0.isNumber ? $0 : "_" }
        return call.operand.flatMap(ownName(of:)).map { "percentile_\(String(number))_\($0)" }
      }
      return call.operand.flatMap(ownName(of:)).map { "\(call.word.rawValue)_\($0)" }
    case .measure(let call): return call.name.text
    case .function(let name, let arguments, _):
      return arguments.first.flatMap(ownName(of:)).map { "\(name.text)_\($0)" }
    case .number, .parameter, .negative, .chain: return nil
    }
  }
}

extension TypedExpression {
  /// The columns and the values of related tables from which its value is computed.
  fileprivate var sources: [TypedExpression] {
    switch node {
    case .column, .lookup, .related: [self]
    case .constant, .comparison, .membership, .textTest, .isMissing, .isRecorded, .all, .any, .not:
      []
    case .arithmetic(_, let left, let right): left.sources + right.sources
    case .conditional(_, let chosen, let other): chosen.sources + other.sources
    case .negative(let value): value.sources
    case .function(_, let arguments): arguments.flatMap(\.sources)
    }
  }
}

extension AggregateWord {
  /// How it is written.
  fileprivate var shown: String { self == .distinct ? "count distinct" : rawValue }
}

extension TypedAggregate {
  /// The operand, when the result is one of its values.
  fileprivate var keepsOperand: TypedExpression? {
    switch kind {
    case .minimum, .maximum: operand
    case .count, .distinct, .sum, .mean, .median, .standardDeviation, .missing, .recorded,
      .percentile, .correlation:
      nil
    }
  }
}
