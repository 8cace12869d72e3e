extension Binder {
  /// Binds a call of a function or of a definition with arguments.
  mutating func call(_ call: Call, in scope: Scope) throws(Diagnostic) -> TypedExpression {
    let name = call.function.names[call.function.names.count - 1]
    let tables =
      call.function.names.count > 1 ? [call.function.names[0].text] : scope.definingTables
    var arguments: [TypedExpression] = []
    for argument in call.arguments { arguments.append(try expression(argument, in: scope)) }
    if let definition = environment.definitions.column(named: name.text, of: tables),
      !definition.arguments.isEmpty
    {
      guard definition.arguments.count == arguments.count else {
        let signature =
          "\(definition.name)(\(definition.arguments.map(\.text).joined(separator: ", ")))"
        throw MeaningProblem.argumentCount(
          function: definition.name, signature: signature, given: arguments.count
        ).at(call.place)
      }
      var given: [String: TypedExpression] = [:]
      for (argument, value) in zip(definition.arguments, arguments) {
        given[argument.text.lowercased()] = value
      }
      return try expand(definition, arguments: given, in: scope, at: call.place)
    }
    guard call.function.names.count == 1, let function = Function(named: name.text) else {
      let known =
        Function.allCases.map(\.rawValue)
        + environment.definitions.columns(of: scope.definingTables).filter { !$0.arguments.isEmpty }
        .map(
          \.name)
      let near = Habits.aggregates[name.text.lowercased()] ?? nearest(name.text, in: known)
      throw MeaningProblem.unknownFunction(name: name.text, near: near).at(name.place, fix: near)
    }
    return try typed(function, arguments, call)
  }

  /// Checks the arguments of a function and gives the type of its result.
  private func typed(_ function: Function, _ arguments: [TypedExpression], _ call: Call)
    throws(Diagnostic) -> TypedExpression
  {
    let arity = function.arity
    guard arity.contains(arguments.count) else {
      throw MeaningProblem.argumentCount(
        function: function.rawValue, signature: function.record.signature, given: arguments.count
      ).at(call.place)
    }
    for (index, argument) in arguments.enumerated() where argument.constant != .missing {
      let need = function.need(at: index)
      guard need.accepts(argument.type) else {
        throw MeaningProblem.argumentType(
          function: function.rawValue, signature: function.record.signature,
          needs: need.rawValue, given: argument.type
        ).at(argument.place)
      }
    }
    if function == .rankOf, !arguments[0].isOrdered {
      throw MeaningProblem.noOrder(name: words(at: arguments[0].place)).at(arguments[0].place)
    }
    var result = TypedExpression(
      .function(function, arguments), type: try resultType(of: function, arguments, call),
      periodKind: function.periodKind, place: call.place)
    result.isYear = function == .year
    if function == .coalesce {
      let categories = arguments.compactMap { argument -> [String]? in
        if case .text(let text)? = argument.constant { return [text] }
        return argument.categories
      }
      if categories.count == arguments.count {
        result.categories = categories.reduce(into: []) { all, more in
          all += more.filter { !all.contains($0) }
        }
      }
    }
    return result
  }

  private func resultType(of function: Function, _ arguments: [TypedExpression], _ call: Call)
    throws(Diagnostic) -> ValueType
  {
    switch function {
    case .year, .day, .ageAt, .daysBetween, .monthsBetween, .length, .floor, .ceiling, .rankOf:
      return .integer
    case .month: return .month
    case .quarter, .fy, .ay: return .period
    case .startOf, .endOf: return .date
    case .overlaps: return .boolean
    case .lower, .upper, .trim, .left, .right, .replace: return .text
    case .round:
      return arguments[0].type == .integer ? .integer : .decimal
    case .abs: return arguments[0].type
    case .min, .max, .coalesce:
      let given = arguments.filter { $0.constant != .missing }
      guard let first = given.first else { return .text }
      if given.allSatisfy({ $0.type == first.type }) { return first.type }
      if given.allSatisfy(\.type.isNumber) { return .decimal }
      if given.allSatisfy(\.type.isText) { return .text }
      let other = given.first { $0.type != first.type } ?? first
      throw MeaningProblem.mixedTypes(
        first: words(at: first.place), firstType: first.type, second: words(at: other.place),
        secondType: other.type
      ).at(call.place)
    }
  }
}

/// What an argument must be, as a message says it.
private enum Need: String {
  case any = "a value"
  case date = "a date"
  case dateOrMonth = "a date or month"
  case number = "a number"
  case numberOrDate = "a number or a date"
  case text
  case time = "a date, month or period"

  func accepts(_ type: ValueType) -> Bool {
    switch self {
    case .any: true
    case .date: type == .date
    case .dateOrMonth: type == .date || type == .month
    case .number: type.isNumber
    case .numberOrDate: type.isNumber || type == .date || type == .month
    case .text: type.isText
    case .time: type.isTime
    }
  }
}

extension Function {
  /// How many arguments it takes.
  fileprivate var arity: ClosedRange<Int> {
    switch self {
    case .year, .month, .quarter, .day, .fy, .ay, .startOf, .endOf, .lower, .upper, .trim, .length,
      .floor, .ceiling, .abs, .rankOf:
      1...1
    case .ageAt, .daysBetween, .monthsBetween, .left, .right: 2...2
    case .overlaps, .replace: 3...3
    case .round: 1...2
    case .min, .max, .coalesce: 2...100
    }
  }

  fileprivate func need(at index: Int) -> Need {
    switch self {
    case .year, .startOf, .endOf: .time
    case .month, .quarter, .fy, .ay: .dateOrMonth
    case .day, .ageAt, .daysBetween, .monthsBetween: .date
    case .overlaps: index < 2 ? .date : .time
    case .lower, .upper, .trim, .length, .replace, .rankOf: .text
    case .left, .right: index == 0 ? .text : .number
    case .round, .floor, .ceiling, .abs: .number
    case .min, .max: .numberOrDate
    case .coalesce: .any
    }
  }
}

extension Function {
  /// The kind of period it gives.
  fileprivate var periodKind: Period.Kind? {
    switch self {
    case .fy: .financialYear
    case .ay: .academicYear
    case .quarter: .quarter
    case .year, .month, .day, .ageAt, .daysBetween, .monthsBetween, .startOf, .endOf, .overlaps,
      .lower, .upper, .trim, .length, .left, .right, .replace, .round, .floor, .ceiling, .abs,
      .min, .max, .coalesce, .rankOf:
      nil
    }
  }
}
