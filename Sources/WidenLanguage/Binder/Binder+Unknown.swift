extension Binder {
  /// The problem of a name that means nothing here, with the likeliest cause.
  func unknown(_ name: Name, in scope: Scope) -> Diagnostic {
    if let step = scope.stepThatDropped(name.text) {
      return MeaningProblem.columnDropped(name: name.text, step: text(of: step)).at(name.place)
    }
    if environment.parameters[name.text.lowercased()] != nil {
      return MeaningProblem.parameterAsColumn(name: name.text)
        .at(name.place, fix: "$\(name.text)")
    }
    let definitions = environment.definitions.columns(of: scope.definingTables)
      .filter(\.arguments.isEmpty).map(\.name)
    if let near = nearest(name.text, in: scope.visibleNames + definitions) {
      return problem(name, near: near, in: scope)
    }
    if let column = columnHolding(name.text, in: scope) {
      return MeaningProblem.bareValue(word: name.text, column: column)
        .at(name.place, fix: "\"\(name.text)\"")
    }
    if catalogue.table(named: name.text) != nil {
      return MeaningProblem.tableAsColumn(name: name.text).at(name.place)
    }
    let lower = name.text.lowercased()
    if lower == "count", scope.visibleNames.contains("n") {
      return MeaningProblem.unknownColumn(name: name.text, near: "n", known: [])
        .at(name.place, fix: "n")
    }
    if let function = Function(named: lower),
      let time = scope.columns.first(where: { !$0.isHidden && $0.type == .date })
    {
      let takesTime = function.record.signature.contains("(date)")
      let call = takesTime ? "\(function.rawValue)(\(time.name))" : function.record.signature
      return MeaningProblem.functionAsColumn(name: name.text, call: call).at(name.place)
    }
    let values = environment.values.keys.sorted()
    if let near = nearest(name.text, in: values) { return problem(name, near: near, in: scope) }
    return problem(name, near: nil, in: scope)
  }

  /// The problem of a path whose first name is neither a column nor a table.
  func unknownHead(_ head: Name, in scope: Scope) -> Diagnostic {
    let pointers = scope.columns.filter { !$0.isHidden && relationship(of: $0) != nil }.map(\.name)
    if let near = nearest(head.text, in: pointers + catalogue.tableNames) {
      return MeaningProblem.unknownTable(name: head.text, near: near, known: catalogue.tableNames)
        .at(head.place, fix: near)
    }
    return unknown(head, in: scope)
  }

  private func problem(_ name: Name, near: String?, in scope: Scope) -> Diagnostic {
    MeaningProblem.unknownColumn(name: name.text, near: near, known: scope.visibleNames)
      .at(name.place, fix: near)
  }

  /// The column of the scope that holds this text as a value.
  private func columnHolding(_ text: String, in scope: Scope) -> String? {
    scope.columns.first { column in
      guard !column.isHidden, column.type.isText else { return false }
      if column.categories?.contains(text) == true { return true }
      return column.origin.flatMap(catalogue.values(of:))?.contains { $0.value == text } ?? false
    }?.name
  }

  /// Reports a text that no row holds where values are known, with the nearest one.
  mutating func check(
    _ text: String, at place: Place, against column: TypedExpression, called name: String
  ) throws(Diagnostic) {
    guard reviewedDepth == 0 else { return }
    let counts = column.origin.flatMap(catalogue.values(of:))
    let known = (column.categories ?? []) + (counts?.map(\.value) ?? [])
    guard column.categories != nil || counts != nil, !known.contains(text) else { return }
    let near = nearestValue(text, in: known).map { value in
      ValueCount(value: value, rows: counts?.first { $0.value == value }?.rows ?? 0)
    }
    let problem = MeaningProblem.unknownValue(value: text, column: name, near: near)
      .at(
        place, severity: environment.unknownValues,
        fix: near.map { "\"\($0.value.doublingQuotes)\"" })
    if environment.unknownValues == .error { throw problem }
    tell(problem)
  }

  /// The value that differs by capitals or spaces only, else by the fewest slips.
  private func nearestValue(_ text: String, in values: [String]) -> String? {
    let lower = text.lowercased()
    if let same = values.first(where: { $0.lowercased() == lower }) { return same }
    let limit = max(1, lower.count / 3)
    let found = values.lazy.filter { abs($0.count - lower.count) <= limit }
      .map { ($0, distance(Array(lower.unicodeScalars), Array($0.lowercased().unicodeScalars))) }
      .min { $0.1 < $1.1 }
    if let found, found.1 <= limit { return found.0 }
    return lower.count >= 4 ? values.first { $0.lowercased().hasPrefix(lower) } : nil
  }
}

extension String {
  /// With every double quote written twice, as inside a text literal.
  var doublingQuotes: String {
    split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
  }
}
