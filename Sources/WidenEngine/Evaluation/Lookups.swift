import WidenLanguage

extension Evaluation {
  /// The value of the row of another table that each row points to.
  func lookup(_ lookup: Lookup, of expression: TypedExpression, in scope: Scope)
    throws(ExecutionError) -> Vector
  {
    let entry = try entry(lookup.table)
    let keyType = entry.table.column(named: lookup.key)?.description.type ?? lookup.pointer.type
    let pointer = try vector(lookup.pointer, in: scope)
    if pointer.isMissingConstant { return .constant(.missing) }
    let keys = try column(lookup.key, of: entry)
    let (from, to) = try codedAlike(
      pointer, lookup.pointer.type, rows: scope.rows, Vector(keys), keyType,
      rows: entry.table.rowCount)
    let index = try index(to, Memory.Place(table: lookup.table, column: lookup.key), keys)
    let match = try CodeMatch(from, index.column, work)
    let targets =
      match.isIdentity
      ? index.firstRow.codes
      : try work.gather(match.table.codes, mayBeZero: true, index.firstRow).codes
    try tellMatches(lookup, from, targets, index, in: scope)
    let table = try result(lookup.result, entry, targets: targets, from, in: scope)
    // First by code of the pointer, which is short, then by row.
    let byCode = try work.gather(targets, mayBeZero: true, table)
    return try work.gather(from.codes, mayBeZero: from.hasMissing, byCode)
  }

  func entry(_ table: String) throws(ExecutionError) -> Dataset.Entry {
    guard let entry = context.dataset.entry(named: table) else {
      throw .failed("there is no table '\(table)' any more", hint: "'show tables' lists them all")
    }
    guard let source = entry.source else { return entry }
    return try fetched(entry, from: source)
  }

  func column(_ name: String, of entry: Dataset.Entry) throws(ExecutionError) -> Column {
    guard let column = entry.table.column(named: name) else {
      throw .failed(
        "there is no column '\(name)' in \(entry.description.name) any more",
        hint: "'show columns of \(entry.description.name)' lists them all")
    }
    let index = entry.table.columns.firstIndex { $0.description.name == column.description.name }
    try entry.table.requireRead(.some(Set([index].compactMap(\.self))))
    return column.data
  }

  /// The index of a key column; kept when the column is used as it is.
  private func index(_ coded: CodedColumn, _ place: Memory.Place, _ column: Column)
    throws(ExecutionError) -> KeyIndex
  {
    guard case .coded = column else { return KeyIndex(coded) }
    if let known = memory.indices[place] { return known }
    let made = KeyIndex(coded)
    memory.indices[place] = made
    return made
  }

  /// The values over the other table's rows, after a row for those who point nowhere.
  private func result(
    _ expression: TypedExpression, _ entry: Dataset.Entry, targets: Codes, _ from: CodedColumn,
    in scope: Scope
  ) throws(ExecutionError) -> Vector {
    let question = Memory.Question(table: entry.description.name, expression: expression)
    if let known = memory.results[question] { return known }
    let rows = entry.table.rowCount
    try entry.table.requireRead(.some(expression.columnsRead))
    let inner = Scope(
      columns: entry.table.columns.map(\.data), rows: rows,
      base: .targets(targets, codes: from.codes, outer: scope))
    let values = try vector(expression, in: inner)
    let made = try afterMissing(values, expression, rows: rows)
    memory.results[question] = made
    return made
  }

  /// The vector with a missing row before its first.
  private func afterMissing(_ vector: Vector, _ expression: TypedExpression, rows: Int)
    throws(ExecutionError) -> Vector
  {
    switch try column(vector, as: expression, rows: rows) {
    case .coded(var column):
      let codes = column.codes
      column.codes = Codes(count: rows + 1, cardinality: column.cardinality) {
        $0 == 0 ? 0 : codes[$0 - 1]
      }
      column.hasMissing = true
      column.isUnique = false
      return .coded(column)
    case .integers(let values, let validity):
      return .integers(shifted(values), validity: shifted(validity, rows))
    case .decimals(let values, let validity):
      return .decimals(
        shifted(values), validity: shifted(validity, rows), places: vector.places)
    }
  }

  private func shifted<Element>(_ values: Buffer<Element>) -> Buffer<Element> {
    Buffer(count: values.count + 1) { target in
      guard let start = target.baseAddress else { return }
      (start + 1).update(from: values.pointer, count: values.count)
    }
  }

  private func shifted(_ validity: Bitmap?, _ rows: Int) -> Bitmap {
    var bits = Bitmap(count: rows + 1, repeating: false)
    for row in 0..<rows where validity?[row] != false { bits[row + 1] = true }
    return bits
  }

  private func tellMatches(
    _ lookup: Lookup, _ from: CodedColumn, _ targets: Codes, _ index: KeyIndex, in scope: Scope
  ) throws(ExecutionError) {
    let name = lookup.pointer.origin?.column ?? lookup.key
    let title = "\(name) → \(lookup.table)"
    guard memory.told.insert(title).inserted else { return }
    if index.duplicates > 0 {
      context.tell(
        .init(
          .warning,
          "\(counted(index.duplicates, "value")) of \(lookup.table).\(lookup.key) "
            + "\(index.duplicates == 1 ? "stands" : "stand") in several rows; the first was used"))
    }
    let rowOfCode = CodedColumn(
      codes: targets, domain: .integer(minimum: 1), cardinality: index.firstRow.cardinality)
    let isFound = try presence(of: .coded(rowOfCode), rows: targets.count)
    let isPresent = try presence(of: .coded(from), rows: scope.rows)
    let all = try selectedCount(Bitmap(count: scope.rows, repeating: true), in: scope)
    let found = try selectedCount(work.gatherBits(from.codes, isFound), in: scope)
    let present = try selectedCount(isPresent, in: scope)
    context.tellLookup(title, all: all, present: present, found: found)
  }

  /// How many selected rows of the frame stand behind these rows.
  private func selectedCount(_ rows: Bitmap, in scope: Scope) throws(ExecutionError) -> Int {
    try scope.lifted(rows, isMasked: false, work).setCount
  }
}
