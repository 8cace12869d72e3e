import WidenLanguage

extension Evaluation {
  /// Where two values compare so.
  ///
  /// With a missing value no comparison holds; `!=` is `not =`.
  func compared(
    _ sign: ComparisonOperator, _ left: Vector, _ right: Vector, _ ordering: Ordering, rows: Int
  ) throws(ExecutionError) -> Bitmap {
    if sign == .notEqual {
      return try compared(.equal, left, right, ordering, rows: rows).inverted
    }
    if left.isMissingConstant || right.isMissingConstant {
      return Bitmap(count: rows, repeating: false)
    }
    switch ordering {
    case .natural: return try compareNumbers(sign, left, right, rows: rows)
    case .text: return try compareTexts(sign, left, right, try TextOrder(nil), rows: rows)
    case .categories(let categories):
      return try compareTexts(sign, left, right, TextOrder(categories), rows: rows)
    }
  }

  func compareNumbers(_ sign: ComparisonOperator, _ left: Vector, _ right: Vector, rows: Int)
    throws(ExecutionError) -> Bitmap
  {
    if case .coded(let column) = left, case .constant(let number) = right,
      let found = try compareCodes(sign, column, number)
    {
      return found
    }
    if case .constant(let number) = left, case .coded(let column) = right,
      let found = try compareCodes(sign.mirrored, column, number)
    {
      return found
    }
    if left.isDecimal || right.isDecimal {
      return try work.bits(rows) { block, flags in
        compareBlock(sign, left.fractions(block), right.fractions(block), block.count, flags)
      }
    }
    return try work.bits(rows) { block, flags in
      compareBlock(sign, left.integers(block), right.integers(block), block.count, flags)
    }
  }
}

/// The sign is looked at once a block, so that each loop is free of branches.
private func compareBlock<Element: Comparable & BitwiseCopyable>(
  _ sign: ComparisonOperator, _ left: Block<Element>, _ right: Block<Element>, _ count: Int,
  _ flags: UnsafeMutablePointer<UInt8>
) {
  // Used to the end, so that the blocks outlive the loops.
  defer { withExtendedLifetime((left, right)) {} }
  let (a, b) = (left.values, right.values)
  for row in 0..<count { flags[row] = left.present[row] & right.present[row] }
  switch sign {
  case .equal: for row in 0..<count { flags[row] &= a[row] == b[row] ? 1 : 0 }
  case .notEqual: for row in 0..<count { flags[row] &= a[row] != b[row] ? 1 : 0 }
  case .less: for row in 0..<count { flags[row] &= a[row] < b[row] ? 1 : 0 }
  case .lessOrEqual: for row in 0..<count { flags[row] &= a[row] <= b[row] ? 1 : 0 }
  case .greater: for row in 0..<count { flags[row] &= a[row] > b[row] ? 1 : 0 }
  case .greaterOrEqual: for row in 0..<count { flags[row] &= a[row] >= b[row] ? 1 : 0 }
  }
}

extension ComparisonOperator {
  /// Whether it holds when the left is negative, zero or positive compared with the right.
  func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}
