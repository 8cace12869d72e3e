internal import WidenLanguage

/// Expressions: missing is null, and conditions hold or do not.
extension Renderer {
  /// A value, null where it is missing.
  func value(_ expression: TypedExpression, _ scope: SQLScope) throws(Unsendable) -> SQLExpression {
    switch expression.node {
    case .constant(let value): return try constant(value, of: expression)
    case .column(let index):
      guard let column = scope.columns[index] else { throw Unsendable("a column is not there") }
      return column
    case .function(let function, let arguments):
      return try call(function, arguments, of: expression, scope)
    case .negative(let value):
      let value = try self.value(value, scope)
      return SQLExpression("(- \(value.sql))", value.kind)
    case .arithmetic(let sign, let left, let right):
      return arithmetic(sign, try value(left, scope), try value(right, scope))
    case .conditional: return try conditional(expression, scope)
    case .lookup(let lookup): return try self.lookup(lookup, scope)
    case .related(let related): return try self.related(related, scope)
    case .comparison, .membership, .textTest, .isMissing, .isRecorded, .all, .any, .not:
      return SQLExpression("((\(try condition(expression, scope))) is true)", .boolean)
    }
  }

  /// A condition, which may be null where it does not hold.
  func condition(_ expression: TypedExpression, _ scope: SQLScope) throws(Unsendable) -> String {
    switch expression.node {
    case .comparison(.notEqual, let left, let right, let ordering):
      let test = try compared(.equal, value(left, scope), value(right, scope), ordering)
      return "(\(test)) is not true"
    case .comparison(let sign, let left, let right, let ordering):
      return try compared(sign, left, right, ordering, scope)
    case .membership(let value, let members, let ordering):
      return try membership(value, members, ordering, scope)
    case .textTest(let kind, let value, let pattern):
      return textTest(kind, try self.value(value, scope).sql, try self.value(pattern, scope).sql)
    case .isMissing(let value): return "\(try self.value(value, scope).sql) is null"
    case .isRecorded(let value): return try recorded(value, scope)
    case .all(let parts): return try joined(parts, " and ", scope) ?? "true"
    case .any(let parts): return try joined(parts, " or ", scope) ?? "false"
    case .not(let condition): return "(\(try self.condition(condition, scope))) is not true"
    case .constant(let value): return value == .boolean(true) ? "true" : "false"
    case .column, .function, .negative, .arithmetic, .conditional, .lookup, .related:
      return try value(expression, scope).sql
    }
  }

  private func joined(_ parts: [TypedExpression], _ word: String, _ scope: SQLScope)
    throws(Unsendable) -> String?
  {
    var texts: [String] = []
    for part in parts { texts.append(try condition(part, scope)) }
    guard texts.count > 1 else { return texts.first }
    return "(" + texts.map { "(\($0))" }.joined(separator: word) + ")"
  }

  /// Whether a value is neither missing nor one that stands for "not known".
  func recorded(_ expression: TypedExpression, _ scope: SQLScope) throws(Unsendable) -> String {
    let value = try value(expression, scope)
    guard value.kind == .text, !expression.notRecorded.isEmpty else {
      return "\(value.sql) is not null"
    }
    let unknown = try bind(all: expression.notRecorded, as: .text)
    return "not (\(dialect.isAny(value.sql, unknown)))"
  }

  private func constant(_ value: Value, of expression: TypedExpression) throws(Unsendable)
    -> SQLExpression
  {
    switch value {
    case .missing:
      let kind = try SQLKind(expression.type, periodKind: expression.periodKind ?? .financialYear)
      return SQLExpression(dialect.cast("null", dialect.type(kind)), kind)
    case .boolean(let flag): return SQLExpression(flag ? "true" : "false", .boolean)
    case .integer: return try bound(value, .integer)
    case .decimal(let number): return try bound(value, kind(of: number))
    case .text: return try bound(value, .text)
    case .date: return try bound(value, .date)
    case .month: return try bound(value, .month)
    case .period(let period): return try bound(value, .period(period.kind))
    }
  }

  private func bound(_ value: Value, _ kind: SQLKind) throws(Unsendable) -> SQLExpression {
    SQLExpression(try bind(plainText(value), as: dialect.type(kind)), kind)
  }

  /// A number that reads with few places is exact.
  private func kind(of number: Double) -> SQLKind {
    let text = "\(number)"
    guard !text.contains("e"), number.magnitude < 1e11,
      let point = text.firstIndex(of: ".")
    else { return .real }
    let places = text.distance(from: point, to: text.endIndex) - 1
    return places <= 4 ? .exact(places: places) : .real
  }

  // MARK: Numbers

  /// As here: whole numbers and numbers with few places exactly, all others with 64 bits.
  private func arithmetic(
    _ sign: ArithmeticOperator, _ left: SQLExpression, _ right: SQLExpression
  ) -> SQLExpression {
    let exact: SQLKind? =
      switch (left.kind.places, right.kind.places) {
      case (let a?, let b?):
        switch sign {
        case .add, .subtract: kind(ofPlaces: max(a, b))
        case .multiply: kind(ofPlaces: a + b)
        case .divide: nil
        }
      case (nil, _), (_, nil): nil
      }
    let word =
      switch sign {
      case .add: "+"
      case .subtract: "-"
      case .multiply: "*"
      case .divide: "/"
      }
    if let exact {
      return SQLExpression(dialect.exact("(\(left.sql) \(word) \(right.sql))", exact), exact)
    }
    let (a, b) = (cast(left, to: .real).sql, cast(right, to: .real).sql)
    return SQLExpression(
      sign == .divide ? "(\(a) / nullif(\(b), 0))" : "(\(a) \(word) \(b))", .real)
  }

  func kind(ofPlaces places: Int) -> SQLKind? {
    places == 0 ? .integer : places <= 4 ? .exact(places: places) : nil
  }

  // MARK: Comparing

  /// Two values as one kind.
  func comparable(_ left: SQLExpression, _ right: SQLExpression) throws(Unsendable)
    -> (SQLExpression, SQLExpression)
  {
    if left.kind == right.kind { return (left, right) }
    guard left.kind.isNumber, right.kind.isNumber else {
      throw Unsendable("it compares values of two kinds")
    }
    // Both exact: the database compares them as they are.
    if left.kind.places != nil, right.kind.places != nil { return (left, right) }
    return (cast(left, to: .real), cast(right, to: .real))
  }

  /// Two expressions; beside a category whose place is known, only places are compared.
  private func compared(
    _ sign: ComparisonOperator, _ left: TypedExpression, _ right: TypedExpression,
    _ ordering: Ordering, _ scope: SQLScope
  ) throws(Unsendable) -> String {
    if sign != .equal, case .categories(let categories) = ordering {
      if let place = right.place(among: categories) {
        return "\(try self.place(of: left, categories, scope)) \(sign.rawValue) \(place)"
      }
      if let place = left.place(among: categories) {
        return "\(place) \(sign.rawValue) \(try self.place(of: right, categories, scope))"
      }
    }
    return try compared(sign, value(left, scope), value(right, scope), ordering)
  }

  /// The place of a text among categories, from 1; behind them all for others.
  private func place(of expression: TypedExpression, _ categories: [String], _ scope: SQLScope)
    throws(Unsendable) -> String
  {
    let text = try value(expression, scope).sql
    let known = try bind(all: categories, as: .text)
    return "(case when \(text) is not null then"
      + " coalesce(\(dialect.position(text, known)), \(categories.count + 1)) end)"
  }

  func compared(
    _ sign: ComparisonOperator, _ left: SQLExpression, _ right: SQLExpression,
    _ ordering: Ordering
  ) throws(Unsendable) -> String {
    let (a, b) = try comparable(left, right)
    let word = sign == .notEqual ? "<>" : sign.rawValue
    if a.kind != .text || sign == .equal || sign == .notEqual {
      return "\(a.sql) \(word) \(b.sql)"
    }
    var categories: [String]?
    if case .categories(let known) = ordering { categories = known }
    let keys = try orderKeys(a, categories)
    let others = try orderKeys(b, categories)
    // Keys that need not be looked at are null: all are made to compare.
    func row(_ keys: [String]) -> String {
      let filled = keys.enumerated().map { index, key in
        let isNumber = categories == nil ? index == 1 : index == 0 || index == 2
        return "coalesce(\(key), \(isNumber ? "0" : "''"))"
      }
      return dialect.row(filled)
    }
    return "(\(a.sql) is not null and \(b.sql) is not null"
      + " and \(row(Array(keys.dropLast()))) \(word) \(row(Array(others.dropLast()))))"
  }

  private func membership(
    _ own: TypedExpression, _ members: [TypedMember], _ ordering: Ordering, _ scope: SQLScope
  ) throws(Unsendable) -> String {
    var known: SQLExpression?
    func value() throws(Unsendable) -> SQLExpression {
      if let known { return known }
      let found = try self.value(own, scope)
      known = found
      return found
    }
    var tests: [String] = []
    var constants: [Value] = []
    for member in members {
      switch member {
      case .missing: tests.append("\(try value().sql) is null")
      case .value(let other):
        if case .constant(let constant) = other.node {
          constants.append(constant)
        } else {
          tests.append(try compared(.equal, value(), self.value(other, scope), ordering))
        }
      case .range(let low, let high):
        var ends: [String] = []
        if let low {
          ends.append(
            try compared(.greaterOrEqual, own, low, ordering, scope))
        }
        if let high {
          ends.append(try compared(.lessOrEqual, own, high, ordering, scope))
        }
        if ends.isEmpty { ends = ["\(try value().sql) is not null"] }
        tests.append(ends.joined(separator: " and "))
      }
    }
    if !constants.isEmpty { tests.insert(try isAny(value(), constants), at: 0) }
    if tests.isEmpty { return "false" }
    return "(" + tests.map { "(\($0))" }.joined(separator: " or ") + ")"
  }

  private func isAny(_ value: SQLExpression, _ constants: [Value]) throws(Unsendable) -> String {
    let hasFractions = constants.contains { if case .decimal = $0 { true } else { false } }
    let own =
      value.kind.isNumber && (hasFractions || value.kind != .integer)
      ? cast(value, to: .real) : value
    let list = try bind(all: constants.map(plainText), as: own.kind)
    return dialect.isAny(own.sql, list)
  }

  private func textTest(_ kind: TextTest.Kind, _ text: String, _ pattern: String) -> String {
    switch kind {
    case .contains: "position(\(pattern) in \(text)) > 0"
    case .startsWith: "left(\(text), length(\(pattern))) = \(pattern)"
    case .endsWith: "right(\(text), length(\(pattern))) = \(pattern)"
    }
  }

  // MARK: Choosing

  private func conditional(_ expression: TypedExpression, _ scope: SQLScope) throws(Unsendable)
    -> SQLExpression
  {
    var tests: [String] = []
    var arms: [TypedExpression] = []
    var current = expression
    while case .conditional(let condition, let chosen, let other) = current.node {
      tests.append(try self.condition(condition, scope))
      arms.append(chosen)
      current = other
    }
    arms.append(current)
    let values = try alike(arms, scope)
    var text = "case"
    for (test, value) in zip(tests, values) { text += " when \(test) then \(value.sql)" }
    text += " else \(values[values.count - 1].sql) end"
    return SQLExpression("(\(text))", values[0].kind)
  }

  /// Values as one kind; those that are always missing are of any.
  func alike(_ expressions: [TypedExpression], _ scope: SQLScope) throws(Unsendable)
    -> [SQLExpression]
  {
    var values: [SQLExpression] = []
    var kinds: [SQLKind] = []
    for expression in expressions {
      let value = try value(expression, scope)
      values.append(value)
      if expression.node != .constant(.missing) { kinds.append(value.kind) }
    }
    guard let kind = SQLKind.together(kinds) ?? values.first?.kind,
      kinds.allSatisfy({ $0 == kind || $0.isNumber && kind.isNumber })
    else { throw Unsendable("it chooses between values of two kinds") }
    return zip(expressions, values).map { expression, value in
      expression.node == .constant(.missing)
        ? SQLExpression(dialect.cast("null", dialect.type(kind)), kind) : cast(value, to: kind)
    }
  }
}

extension TypedExpression {
  /// The place of a constant among categories, from 1; nil when it is none of them.
  fileprivate func place(among categories: [String]) -> Int? {
    guard case .constant(.text(let text)) = node else { return nil }
    return categories.firstIndex(of: text).map { $0 + 1 }
  }
}
