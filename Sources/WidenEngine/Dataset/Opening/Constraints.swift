import WidenLanguage

extension Column {
  /// The first row without a value.
  func firstMissing() -> Int? {
    switch self {
    case .coded(let column):
      column.hasMissing ? (0..<column.codes.count).first { column.codes[$0] == 0 } : nil
    case .integers(_, let validity), .decimals(_, let validity):
      validity.flatMap { bits in (0..<bits.count).first { !bits[$0] } }
    }
  }

  /// The first row that repeats the value of an earlier one; missing values repeat nothing.
  func firstRepeated() -> (first: Int, again: Int)? {
    if case .coded(let column) = self {
      if column.isUnique { return nil }
      if column.cardinality <= 64 * column.codes.count + 65_536 {
        var seen = [UInt32](repeating: .max, count: column.cardinality)
        for row in 0..<column.codes.count where column.codes[row] > 0 {
          let code = column.codes[row]
          if seen[code] != .max { return (Int(seen[code]), row) }
          seen[code] = UInt32(truncatingIfNeeded: row)
        }
        return nil
      }
    }
    return repeated([self])
  }

  /// The first row whose value is not among some, missing ones left out.
  func first(notAmong allowed: Set<Value>) -> Int? {
    guard case .coded(let column) = self else {
      return (0..<count).first { self[$0] != .missing && !allowed.contains(self[$0]) }
    }
    let isRefused = column.codes(where: { !allowed.contains($0) })
    return (0..<column.codes.count).first { isRefused(column.codes[$0]) }
  }

  /// All values that some row holds, missing left out.
  var distinctValues: Set<Value> {
    guard case .coded(let column) = self else {
      return Set((0..<count).lazy.map { self[$0] }).subtracting([.missing])
    }
    return Set(column.usedCodes.lazy.map { column.domain.value(of: $0) })
  }
}

extension CodedColumn {
  /// Whether there are few enough codes for an array over all of them.
  private var isDense: Bool { cardinality <= 64 * codes.count + 65_536 }

  /// The codes that some row holds, each once, missing left out.
  var usedCodes: [Int] {
    guard isDense else {
      return Set((0..<codes.count).lazy.map { codes[$0] }).subtracting([0]).sorted()
    }
    var isUsed = [Bool](repeating: false, count: max(1, cardinality))
    for row in 0..<codes.count { isUsed[codes[row]] = true }
    return isUsed.indices.dropFirst().filter { isUsed[$0] }
  }

  /// Tells which codes have values that pass a test; each used code is tested once, missing never.
  func codes(where passes: (Value) -> Bool) -> (Int) -> Bool {
    let passing = usedCodes.filter { passes(domain.value(of: $0)) }
    guard isDense else {
      let known = Set(passing)
      return { known.contains($0) }
    }
    var answers = [Bool](repeating: false, count: max(1, cardinality))
    for code in passing { answers[code] = true }
    return { answers[$0] }
  }
}

/// The first row that repeats the values of an earlier one in all of some columns.
func repeated(_ columns: [Column]) -> (first: Int, again: Int)? {
  var seen: [[Value]: Int] = [:]
  for row in 0..<(columns.first?.count ?? 0) {
    let key = columns.map { $0[row] }
    if key.contains(.missing) { continue }
    if let first = seen.updateValue(row, forKey: key) { return (first, row) }
  }
  return nil
}

extension FieldDescription {
  /// Makes sure that a column keeps to what its field demands.
  func check(_ column: Column) throws(CellProblem) {
    if constraints.isRequired { try checkRequired(column) }
    if constraints.isUnique { try checkUnique(column) }
    guard let texts = constraints.allowed else { return }
    let list: Column
    do {
      list = try FieldReader(field: self).column(.text(texts))
    } catch {
      throw CellProblem(
        row: 0,
        message: "the values that \(place.description) allows are not of its type: "
          + error.message, hint: "list values of the declared type")
    }
    if let row = column.first(notAmong: list.distinctValues) {
      throw CellProblem(
        row: row,
        message: "\(shown(plainCell(column[row]))) in column \(shown(name)) is not allowed",
        hint: "correct the cell, or add the value to the list at \(place.description)")
    }
  }

  /// Makes sure that no row is without a value.
  func checkRequired(_ column: Column) throws(CellProblem) {
    guard let row = column.firstMissing() else { return }
    throw CellProblem(
      row: row, message: "column \(shown(name)) has no value here, and must have one",
      hint: "fill in the cell, or take out the constraint at \(place.description)")
  }

  /// Makes sure that no two rows share a value.
  func checkUnique(_ column: Column) throws(CellProblem) {
    guard let (first, again) = column.firstRepeated() else { return }
    throw CellProblem(
      row: again, otherRow: first,
      message: "\(shown(plainCell(column[again]))) stands twice in column \(shown(name))",
      hint: "take one of the rows out, or the demand that values are unique out of "
        + place.description)
  }
}
