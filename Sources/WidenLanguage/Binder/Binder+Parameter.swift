extension Binder {
  /// The values a parameter was given; a typed stand-in while the query is only checked.
  func parameter(_ name: Name) throws(Diagnostic) -> [TypedMember] {
    guard let parameter = environment.parameters[name.text.lowercased()] else {
      let near = nearest(name.text, in: environment.parameters.keys.sorted())
      throw MeaningProblem.unknownParameter(name: name.text, near: near)
        .at(name.place, fix: near.map { "$" + $0 })
    }
    guard let value = parameter.value else {
      throw MeaningProblem.emptyParameter(name: parameter.declaration.name.text).at(name.place)
    }
    return value.map { member in
      member.mapping {
        var placed = $0
        placed.place = name.place
        return placed
      }
    }
  }

  /// The single value of a parameter.
  func parameterValue(_ name: Name) throws(Diagnostic) -> TypedExpression {
    let values = try parameter(name)
    guard values.count == 1 else {
      throw MeaningProblem.constantNeeded(
        what: "a list parameter stands after 'in'; '\(name.text)' here"
      )
      .at(name.place)
    }
    switch values[0] {
    case .value(let value): return value
    case .missing: return TypedExpression(.missing, type: .text, place: name.place)
    case .range:
      throw MeaningProblem.constantNeeded(what: "the range '\(name.text)'").at(name.place)
    }
  }
}

extension Parameter {
  /// A parameter that was given these written values, each checked against its declared type.
  public static func given(_ members: [Member], to declaration: ParamStatement) throws(Diagnostic)
    -> Parameter
  {
    let binder = Binder(
      environment: Environment(catalogue: NoCatalogue()), source: "")
    var values: [TypedMember] = []
    for member in members {
      values.append(try binder.value(member, of: declaration))
    }
    if !declaration.isList, values.count > 1 {
      throw Diagnostic(
        .error,
        "parameter '\(declaration.name.text)' takes one value, and \(values.count) are given",
        at: declaration.name.place.range)
    }
    return Parameter(declaration: declaration, value: values)
  }
}

extension Binder {
  fileprivate func value(_ member: Member, of declaration: ParamStatement) throws(Diagnostic)
    -> TypedMember
  {
    var binder = self
    func one(_ written: Expression) throws(Diagnostic) -> TypedExpression {
      let bound = try binder.expression(written, in: Scope(columns: []))
      guard let value = bound.constant, declaration.kind.accepts(value) else {
        throw Diagnostic(
          .error, "parameter '\(declaration.name.text)' needs \(declaration.kind.withArticle)",
          at: written.place.range, hint: "such as \(declaration.kind.example)")
      }
      return bound
    }
    switch member {
    case .value(let written):
      let bound = try one(written)
      return bound.constant == .missing ? .missing : .value(bound)
    case .range(let low, let high):
      var ends: [TypedExpression?] = []
      for end in [low, high] {
        guard let end else {
          ends.append(nil)
          continue
        }
        ends.append(try one(end))
      }
      return .range(low: ends[0], high: ends[1])
    }
  }
}

extension ParamStatement.Kind {
  func accepts(_ value: Value) -> Bool {
    switch (self, value) {
    case (_, .missing), (.text, .text), (.number, .integer), (.number, .decimal), (.date, .date),
      (.month, .month), (.period, .period), (.yesno, .boolean):
      true
    case (.text, _), (.number, _), (.date, _), (.month, _), (.period, _), (.yesno, _): false
    }
  }

  /// The kind as a noun.
  public var withArticle: String {
    switch self {
    case .text: "a text"
    case .number: "a number"
    case .date: "a date"
    case .month: "a month"
    case .period: "a year"
    case .yesno: "yes or no"
    }
  }

  /// How a value of it is written.
  public var example: String {
    switch self {
    case .text: "\"RKE\""
    case .number: "10"
    case .date: "2015-03-31"
    case .month: "2014-09"
    case .period: "FY2014/15"
    case .yesno: "yes"
    }
  }
}

/// A catalogue without tables.
struct NoCatalogue: Catalogue, Sendable {
  var tableNames: [String] { [] }
  func table(named name: String) -> TableDescription? { nil }
  func values(of column: ColumnDescription.Origin) -> [ValueCount]? { nil }
  func recordedRows(of column: ColumnDescription.Origin) -> Int? { nil }
}
