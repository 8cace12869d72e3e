import WidenLanguage

extension Evaluation {
  /// Whether, or how many, rows of another table point to each row.
  func related(_ related: RelatedRows, in scope: Scope) throws(ExecutionError) -> Vector {
    let entry = try entry(related.table)
    let type = entry.table.column(named: related.pointer)?.description.type ?? related.key.type
    let keys = try vector(related.key, in: scope)
    let pointers = try column(related.pointer, of: entry)
    let (own, other) = try codedAlike(
      keys, related.key.type, rows: scope.rows, Vector(pointers), type,
      rows: entry.table.rowCount)
    let counts = try counts(related, entry, other, pointers)
    let match = try CodeMatch(own, counts.column, work)
    let byCode =
      match.isIdentity
      ? counts.rows : try work.gather(match.table.codes, mayBeZero: true, counts.rows)
    switch related.kind {
    case .count: return try work.gather(own.codes, mayBeZero: own.hasMissing, byCode)
    case .any:
      let isAny = try compareNumbers(
        .greater, byCode, .constant(.integer(0)), rows: own.cardinality)
      return .condition(try work.gatherBits(own.codes, isAny))
    }
  }

  private func counts(
    _ related: RelatedRows, _ entry: Dataset.Entry, _ pointers: CodedColumn, _ column: Column
  ) throws(ExecutionError) -> RelatedCounts {
    // The same question about other keys has the same counts.
    var question = related
    question.key = TypedExpression(.constant(.missing), type: related.key.type)
    question.kind = .count
    if case .coded = column, let known = memory.counts[question] { return known }
    let rows = entry.table.rowCount
    var counts = [Int](repeating: 0, count: pointers.cardinality)
    if let condition = related.condition {
      try entry.table.requireRead(.some(condition.columnsRead))
      // It is about rows of the other table, and what it tells is, too.
      let frame = Frame(columns: entry.table.columns.map(\.data), rowCount: rows)
      let inner = Evaluation(context, memory)
      let holds = try inner.bitmap(condition, in: Scope(frame))
      inner.tellDivisions(in: frame)
      for row in holds.rows { counts[pointers.codes[row]] += 1 }
    } else {
      for row in 0..<rows { counts[pointers.codes[row]] += 1 }
    }
    counts[0] = 0
    let made = RelatedCounts(
      column: pointers,
      rows: try narrowed(
        .integers(Buffer(counts), validity: nil), as: .integer, rows: counts.count))
    if case .coded = column { memory.counts[question] = made }
    return made
  }
}
