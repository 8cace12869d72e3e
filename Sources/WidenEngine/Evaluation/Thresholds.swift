import WidenLanguage

/// Comparing a column of codes with a number: the codes for which it holds are a range, because
/// codes are in the order of their numbers, so no row needs to be decoded.
extension Evaluation {
  /// The rows for which `column sign number` holds; nil when the column's codes are no numbers.
  func compareCodes(_ sign: ComparisonOperator, _ column: CodedColumn, _ number: Value)
    throws(ExecutionError) -> Bitmap?
  {
    guard let range = codes(of: column, for: sign, number) else { return nil }
    return try work.select(column.codes, range)
  }

  /// The codes for whose numbers a comparison holds, found by halving.
  func codes(of column: CodedColumn, for sign: ComparisonOperator, _ number: Value)
    -> Range<Int>?
  {
    let base = column.domain.base
    let scale: Double
    switch column.domain {
    case .integer, .date, .month, .period: scale = 1
    case .decimal(_, let places): scale = Domain.powers[places]
    case .text, .boolean, .identifier: return nil
    }
    if case .decimal = column.domain {
      guard let wanted = number.fraction, !wanted.isNaN else { return nil }
      return codes(below: column.cardinality, for: sign) {
        Double(base &+ $0) / scale < wanted
      } _: {
        Double(base &+ $0) / scale == wanted
      }
    }
    if case .decimal(let wanted) = number, !wanted.isNaN {
      return codes(below: column.cardinality, for: sign) {
        Double(base &+ $0) < wanted
      } _: {
        Double(base &+ $0) == wanted
      }
    }
    guard let wanted = number.number else { return nil }
    return codes(below: column.cardinality, for: sign) {
      base &+ $0 < wanted
    } _: {
      base &+ $0 == wanted
    }
  }

  private func codes(
    below cardinality: Int, for sign: ComparisonOperator, _ isBelow: (Int) -> Bool,
    _ isEqual: (Int) -> Bool
  ) -> Range<Int>? {
    func firstCode(where isIn: (Int) -> Bool) -> Int {
      var (low, high) = (1, max(1, cardinality))
      while low < high {
        let middle = (low + high) / 2
        if isIn(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let end = max(1, cardinality)
    let first = firstCode { !isBelow($0) }
    let after = firstCode { !isBelow($0) && !isEqual($0) }
    switch sign {
    case .equal: return first..<after
    case .less: return 1..<first
    case .lessOrEqual: return 1..<after
    case .greater: return after..<end
    case .greaterOrEqual: return first..<end
    case .notEqual: return nil
    }
  }
}

extension ComparisonOperator {
  /// The same comparison with its sides changed over.
  var mirrored: ComparisonOperator {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
