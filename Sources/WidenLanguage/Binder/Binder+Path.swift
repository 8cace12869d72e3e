extension Binder {
  /// Binds a path: a column, the count behind a share, a definition, a named value, or a column of
  /// a table that a relationship leads to.
  mutating func path(_ path: Path, in scope: Scope) throws(Diagnostic) -> TypedExpression {
    guard path.names.count > 1 else { return try name(path.names[0], in: scope) }
    let head = path.names[0]
    if let index = scope.index(of: head.text) {
      if let parts = scope.columns[index].parts, path.names.count == 2 {
        switch path.names[1].text.lowercased() {
        case "numerator": return scope.expression(column: parts.numerator, place: path.place)
        case "denominator": return scope.expression(column: parts.denominator, place: path.place)
        default: break
        }
      }
      if let pointer = relationship(of: scope.columns[index]) {
        return try follow(pointer, from: scope.expression(column: index, place: head.place), path)
      }
    }
    if scope.definingTables.contains(where: { $0.lowercased() == head.text.lowercased() }) {
      return try self.path(Path(Array(path.names.dropFirst())), in: scope)
    }
    guard let table = catalogue.table(named: head.text) else {
      if scope.index(of: head.text) != nil {
        throw MeaningProblem.notARelationship(column: head.text).at(path.place)
      }
      throw unknownHead(head, in: scope)
    }
    for (index, column) in scope.columns.enumerated() where !column.isHidden {
      if let pointer = relationship(of: column), pointer.table == table.name {
        return try follow(pointer, from: scope.expression(column: index, place: head.place), path)
      }
    }
    throw MeaningProblem.noRelationship(table: table.name, from: scope.table ?? "this result")
      .at(path.place)
  }

  /// Binds a path that must be a column of the input, and gives its index.
  mutating func column(_ path: Path, in scope: Scope) throws(Diagnostic) -> Int {
    let value = try self.path(path, in: scope)
    guard case .column(let index) = value.node else {
      throw MeaningProblem.unknownColumn(name: path.text, near: nil, known: scope.visibleNames)
        .at(path.place)
    }
    return index
  }

  private mutating func name(_ name: Name, in scope: Scope) throws(Diagnostic) -> TypedExpression {
    let key = name.text.lowercased()
    if var argument = scope.arguments[key] {
      argument.place = name.place
      return argument
    }
    if let index = scope.index(of: name.text) {
      return scope.expression(column: index, place: name.place)
    }
    if let definition = environment.definitions.column(named: name.text, of: scope.definingTables),
      definition.arguments.isEmpty
    {
      return try expand(definition, arguments: [:], in: scope, at: name.place)
    }
    if let member = environment.values[key] {
      guard case .value(let value) = member else {
        throw MeaningProblem.constantNeeded(what: "the range '\(name.text)'").at(name.place)
      }
      var bound = try expression(value, in: Scope(columns: []))
      bound.place = name.place
      return bound
    }
    throw unknown(name, in: scope)
  }

  /// Binds what a definition stands for, in the scope in which it is used.
  mutating func expand(
    _ definition: Definitions.Column, arguments: [String: TypedExpression], in scope: Scope,
    at place: Place
  ) throws(Diagnostic) -> TypedExpression {
    let label = (definition.table.map { $0 + "." } ?? "") + definition.name
    guard !scope.expanding.contains(label), scope.expanding.count < 32 else {
      throw MeaningProblem.circular(name: label).at(place)
    }
    var inner = scope
    inner.expanding.append(label)
    inner.arguments = arguments
    if definition.isReviewed { reviewedDepth += 1 }
    defer { if definition.isReviewed { reviewedDepth -= 1 } }
    let told = diagnostics
    do throws(Diagnostic) {
      var bound = try expression(definition.value, in: inner)
      // What a definition's own text is noted for does not concern whoever uses it; what no row
      // has does, as it does in their own text.
      let warnings = diagnostics.dropFirst(told.count).filter { $0.severity == .warning }
      diagnostics = told
      for warning in warnings {
        tell(
          Diagnostic(
            .warning, "in '\(label)' \(warning.message)", at: place.range, hint: warning.hint))
      }
      bound.place = place
      return bound
    } catch {
      // The definition's own places mean nothing in this text.
      var problem = error
      problem.range = place.range
      problem.fix = nil
      problem.message = "'\(label)' cannot be used here: \(error.message)"
      throw problem
    }
  }

  /// The relationship of a column of the dataset, wherever that column has got to.
  func relationship(of column: ColumnDescription) -> TableDescription.Relationship? {
    guard let origin = column.origin, let table = catalogue.table(named: origin.table) else {
      return nil
    }
    return table.relationships.first { $0.column == origin.column }
  }

  private mutating func follow(
    _ relationship: TableDescription.Relationship, from pointer: TypedExpression, _ path: Path
  ) throws(Diagnostic) -> TypedExpression {
    guard let table = catalogue.table(named: relationship.table) else {
      throw MeaningProblem.unknownTable(
        name: relationship.table, near: nil, known: catalogue.tableNames
      ).at(path.place)
    }
    let scope = Scope(columns: table.columns, table: table.name)
    let result = try self.path(Path(Array(path.names.dropFirst())), in: scope)
    var bound = result
    bound.node = .lookup(
      Lookup(pointer: pointer, table: table.name, key: relationship.key, result: result))
    bound.place = path.place
    return bound
  }

  /// Binds `any cases where …`: rows of another table whose relationship leads here.
  mutating func relatedRows(_ related: Related, in scope: Scope) throws(Diagnostic)
    -> TypedExpression
  {
    let table = try table(related.table)
    for relationship in table.relationships {
      let home = ColumnDescription.Origin(table: relationship.table, column: relationship.key)
      guard let index = scope.columns.firstIndex(where: { $0.origin == home && !$0.isHidden })
      else { continue }
      let inner = Scope(columns: table.columns, table: table.name, expanding: scope.expanding)
      var condition: TypedExpression?
      if let written = related.condition { condition = try self.condition(written, in: inner) }
      let rows = RelatedRows(
        kind: related.kind, key: scope.expression(column: index, place: related.place),
        table: table.name, pointer: relationship.column, condition: condition)
      return TypedExpression(
        .related(rows), type: related.kind == .any ? .boolean : .integer, place: related.place)
    }
    throw MeaningProblem.noRelationship(table: scope.table ?? "this result", from: table.name)
      .at(related.place)
  }
}
