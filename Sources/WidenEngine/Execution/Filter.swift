import WidenLanguage

extension Executor {
  /// The rows for which a condition holds: only the selection narrows.
  func filter(_ input: Plan, _ filter: Filter, _ needed: ColumnSet) throws -> Relation {
    var relation = try run(
      input, needed: needed.union(reading: [filter.condition]).union(filter.watched))
    try narrow(&relation, by: filter.condition)
    relation.frame.narrow(to: try evaluator.condition(filter.condition, over: relation.frame))
    for column in filter.watched {
      context.tellPassed(
        relation.frame.missingCount(column), without: relation.columns[column].name,
        areAboutPeople: relation.frame.people != nil)
    }
    return relation
  }
}

extension Frame {
  /// How many of the rows that are in have no value in a column.
  func missingCount(_ column: Int) -> Int {
    guard let present = columns[column].presence else { return 0 }
    return selectedCount - (selection.map { $0.intersection(present).setCount } ?? present.setCount)
  }
}

extension Column {
  /// The rows that have a value; nil when all have.
  var presence: Bitmap? {
    switch self {
    case .coded(let column): column.hasMissing ? column.codes.presence : nil
    case .integers(_, let validity), .decimals(_, let validity): validity
    }
  }

  /// Whether some row may be missing.
  var mayBeMissing: Bool {
    switch self {
    case .coded(let column): column.hasMissing
    case .integers(_, let validity), .decimals(_, let validity): validity != nil
    }
  }
}

extension Codes {
  /// The rows whose code is not 0.
  var presence: Bitmap {
    switch self {
    case .bytes(let codes): presentRows(codes)
    case .shorts(let codes): presentRows(codes)
    case .words(let codes): presentRows(codes)
    }
  }
}

private func presentRows<Code: FixedWidthInteger & UnsignedInteger>(_ codes: Buffer<Code>) -> Bitmap
{
  let pointer = codes.pointer
  return Bitmap(count: codes.count) { words in
    for index in words.indices {
      let start = index << 6
      var word: UInt64 = 0
      for bit in 0..<min(64, codes.count - start) where pointer[start + bit] != 0 {
        word |= 1 << UInt64(bit)
      }
      words[index] = word
    }
  }
}
