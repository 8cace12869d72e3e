extension Binder {
  /// Binds `left = right` and the like.
  mutating func comparison(_ written: Comparison, in scope: Scope, _ place: Place)
    throws(Diagnostic) -> TypedExpression
  {
    let (left, right) = try pair(written.left, written.right, in: scope)
    if left.constant == .missing || right.constant == .missing {
      let value = left.constant == .missing ? right : left
      let test = condition(.isMissing(value), place)
      switch written.operator {
      case .equal: return test
      case .notEqual: return condition(.not(test), place)
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        throw MeaningProblem.noOrder(name: "missing").at(written.place)
      }
    }
    let names = (described(written.left), described(written.right))
    try requireComparable(left, right, names, place)
    if left.type.isText {
      let ranked = written.operator == .equal || written.operator == .notEqual
      let order = try textOrder(left, right, needsOrder: !ranked, names, place)
      try checkConstant(right, against: left, called: names.0)
      try checkConstant(left, against: right, called: names.1)
      return condition(.comparison(written.operator, left, right, order), place)
    }
    if left.type.isTime, left.type.grain != right.type.grain {
      return compareTimes(written.operator, left, right, place)
    }
    try requireOneKind(left, right, names, place)
    warnOfPercentage(left, right, in: scope)
    warnOfPercentage(right, left, in: scope)
    return condition(.comparison(written.operator, left, right, .natural), place)
  }

  /// `share > 50` never holds: a share is a fraction, whatever the page shows.
  private mutating func warnOfPercentage(
    _ column: TypedExpression, _ literal: TypedExpression, in scope: Scope
  ) {
    guard case .column(let index) = column.node, scope.columns.indices.contains(index),
      scope.columns[index].format == .percentage, let number = literal.constant?.numericValue,
      number.magnitude > 1
    else { return }
    let written = words(at: literal.place)
    tell(
      Diagnostic(
        .warning,
        "\(scope.columns[index].name) is a fraction, and \(written) is more than the whole",
        at: literal.place.range, hint: written.hasSuffix("%") ? nil : "write \(written)%",
        fix: written.hasSuffix("%") ? nil : Diagnostic.Fix(literal.place.range, written + "%")))
  }

  /// Binds both sides; a bare word beside a column that holds such a value is told to need quotes.
  private mutating func pair(_ left: Expression, _ right: Expression, in scope: Scope)
    throws(Diagnostic) -> (TypedExpression, TypedExpression)
  {
    let first = try expression(left, in: scope)
    do throws(Diagnostic) {
      return (first, try expression(right, in: scope))
    } catch {
      if case .path(let path) = right, path.names.count == 1, first.type.isText,
        scope.index(of: path.text) == nil,
        let value = nearestValue(path.text, in: values(of: first)),
        path.text.utf8.count > 3 || path.text.lowercased() == value.lowercased()
      {
        throw MeaningProblem.bareValue(word: path.text, value: value, column: described(left))
          .at(path.place, fix: "\"\(value.doublingQuotes)\"")
      }
      throw error
    }
  }

  private func values(of column: TypedExpression) -> [String] {
    (column.categories ?? [])
      + (column.origin.flatMap(catalogue.values(of:))?.map(\.value) ?? [])
  }

  /// Two values can be compared when both are numbers, texts, times or yes/no.
  func requireComparable(
    _ left: TypedExpression, _ right: TypedExpression, _ names: (String, String), _ place: Place
  ) throws(Diagnostic) {
    let (a, b) = (left.type, right.type)
    if a.isText && b.isText || a.isNumber && b.isNumber || a.isTime && b.isTime || a == b { return }
    if let fix = literalProblem(left, right, names)
      ?? literalProblem(right, left, (names.1, names.0))
    {
      throw fix
    }
    throw MeaningProblem.mixedTypes(
      first: names.0, firstType: a, second: names.1, secondType: b
    ).at(place)
  }

  /// The problem of a literal of the wrong kind beside a column, with the literal put right.
  private func literalProblem(
    _ column: TypedExpression, _ literal: TypedExpression, _ names: (String, String)
  ) -> Diagnostic? {
    guard literal.constant != nil, column.constant == nil else { return nil }
    if column.type.isText {
      return MeaningProblem.textNotNumber(column: names.0, number: names.1)
        .at(literal.place, fix: "\"\(names.1)\"")
    }
    guard case .text(let text)? = literal.constant else { return nil }
    if column.type.isNumber {
      return MeaningProblem.numberNotText(column: names.0, text: text)
        .at(literal.place, fix: Double(text) == nil ? nil : text)
    }
    if column.type.isTime {
      return MeaningProblem.timeNotText(column: names.0, type: column.type, text: text)
        .at(literal.place)
    }
    return nil
  }

  /// The order in which two texts are compared, which `<` needs and `=` does not.
  func textOrder(
    _ left: TypedExpression, _ right: TypedExpression, needsOrder: Bool,
    _ names: (String, String), _ place: Place
  ) throws(Diagnostic) -> Ordering {
    let column = left.constant == nil ? left : right
    if column.isOrdered, let categories = column.categories { return .categories(categories) }
    if needsOrder {
      throw MeaningProblem.noOrder(name: left.constant == nil ? names.0 : names.1).at(place)
    }
    return .text
  }

  private mutating func checkConstant(
    _ literal: TypedExpression, against column: TypedExpression, called name: String
  ) throws(Diagnostic) {
    if case .text(let text)? = literal.constant, column.constant == nil {
      try check(text, at: literal.place, against: column, called: name)
    }
  }

  /// Financial, academic and calendar years cannot be compared with one another.
  func requireOneKind(
    _ left: TypedExpression, _ right: TypedExpression, _ names: (String, String), _ place: Place
  ) throws(Diagnostic) {
    if let a = left.periodKind, let b = right.periodKind, a != b {
      throw MeaningProblem.kindsDiffer(first: names.0, second: names.1).at(place)
    }
  }

  /// Compares times of different length: the longer one is the days from its first to its last.
  private func compareTimes(
    _ sign: ComparisonOperator, _ left: TypedExpression, _ right: TypedExpression, _ place: Place
  ) -> TypedExpression {
    if left.type.grain > right.type.grain {
      return compareTimes(sign.mirrored, right, left, place)
    }
    let day = firstDay(of: left)
    let (first, last) = (firstDay(of: right), lastDay(of: right))
    func compared(_ sign: ComparisonOperator, _ edge: TypedExpression) -> TypedExpression {
      condition(.comparison(sign, day, edge, .natural), place)
    }
    switch sign {
    case .less, .greaterOrEqual: return compared(sign, first)
    case .lessOrEqual, .greater: return compared(sign, last)
    case .equal:
      return condition(.membership(day, [.range(low: first, high: last)], .natural), place)
    case .notEqual:
      let inside = condition(.membership(day, [.range(low: first, high: last)], .natural), place)
      return condition(.not(inside), place)
    }
  }

  /// The first day of a time; a constant where it is one.
  func firstDay(of time: TypedExpression) -> TypedExpression { edge(of: time, .startOf) }

  /// The last day of a time; a constant where it is one.
  func lastDay(of time: TypedExpression) -> TypedExpression { edge(of: time, .endOf) }

  private func edge(of time: TypedExpression, _ edge: Function) -> TypedExpression {
    if time.type == .date { return time }
    if let span = time.constant?.span {
      return TypedExpression(
        .date(edge == .startOf ? span.first : span.last), type: .date, place: time.place)
    }
    return TypedExpression(.function(edge, [time]), type: .date, place: time.place)
  }
}

extension ComparisonOperator {
  /// The sign that says the same with the sides changed.
  var mirrored: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension ValueType {
  /// How long a time is: days, months, periods.
  var grain: Int {
    switch self {
    case .month: 1
    case .period: 2
    case .text, .category, .integer, .decimal, .boolean, .date: 0
    }
  }
}

extension Value {
  /// The days that a time covers.
  public var span: (first: Day, last: Day)? {
    switch self {
    case .date(let day): (day, day)
    case .month(let month): (month.first, month.last)
    case .period(let period): (period.first, period.last)
    case .missing, .boolean, .integer, .decimal, .text: nil
    }
  }
}
