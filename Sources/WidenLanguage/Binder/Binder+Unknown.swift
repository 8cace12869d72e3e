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
    if let (value, column) = valueMeant(by: name.text, in: scope) {
      return MeaningProblem.bareValue(word: name.text, value: value, column: column)
        .at(name.place, fix: "\"\(value.doublingQuotes)\"")
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

  /// The value that somebody wrote without quotes, and the column that holds it: the word itself, in
  /// whatever letters, or else a value that starts with it.
  private func valueMeant(by text: String, in scope: Scope) -> (value: String, column: String)? {
    let lower = text.lowercased()
    var starting: (String, String)?
    for column in scope.columns where !column.isHidden && column.type.isText {
      let values = column.origin.flatMap(catalogue.values(of:))?.map(\.value) ?? []
      let known = (column.categories ?? []) + values
      if known.contains(text) { return (text, column.name) }
      if let same = known.first(where: { $0.lowercased() == lower }) { return (same, column.name) }
      if starting == nil, lower.utf8.count >= 4,
        let longer = known.first(where: { $0.lowercased().hasPrefix(lower + " ") })
      {
        starting = (longer, column.name)
      }
    }
    return starting
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
        // What only starts alike is one of several that may be meant.
        fix: near.flatMap { near in
          near.value.count - text.count <= max(1, text.count / 3)
            ? "\"\(near.value.doublingQuotes)\"" : nil
        })
    if environment.unknownValues == .error { throw problem }
    tell(problem)
  }

  /// The value that differs by capitals or spaces only, else by the fewest slips.
  func nearestValue(_ text: String, in values: [String]) -> String? {
    if values.contains(text) { return text }
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
