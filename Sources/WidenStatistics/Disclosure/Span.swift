/// The sums that follow from others: all combinations of rows, in exact whole numbers.
///
/// Rows are kept in reduced echelon form, each divided by the greatest common divisor of its
/// entries, so that whether a vector is a combination is decided without rounding.
struct Span {
  /// Entries stay below this, so that a difference of two products fits.
  private static let largestEntry = 1 << 31

  private(set) var rows: [[Int]] = []
  /// The column of each row's first entry, in which all other rows have 0.
  private(set) var pivots: [Int] = []
  /// Whether a row was left out because its numbers grew too large.
  private(set) var isPartial = false

  /// Adds a vector; whether it was no combination of those before.
  @discardableResult
  mutating func insert(_ vector: [Int]) -> Bool {
    guard var row = reduced(vector) else {
      isPartial = true
      return false
    }
    guard let pivot = row.firstIndex(where: { $0 != 0 }) else { return false }
    if row[pivot] < 0 { for column in row.indices { row[column] = -row[column] } }
    var changed: [(index: Int, row: [Int])] = []
    for index in rows.indices where rows[index][pivot] != 0 {
      guard let other = eliminate(column: pivot, of: rows[index], by: row) else {
        isPartial = true
        return false
      }
      changed.append((index, other))
    }
    for (index, other) in changed { rows[index] = other }
    rows.append(row)
    pivots.append(pivot)
    return true
  }

  /// Whether a vector is a combination of the rows; nil where the numbers grow too large.
  func contains(_ vector: [Int]) -> Bool? {
    reduced(vector)?.allSatisfy { $0 == 0 }
  }

  /// What is left of a vector without the rows, up to a factor.
  private func reduced(_ vector: [Int]) -> [Int]? {
    var rest = vector
    for (index, pivot) in pivots.enumerated() where rest[pivot] != 0 {
      guard let next = eliminate(column: pivot, of: rest, by: rows[index]) else { return nil }
      rest = next
    }
    return rest
  }

  /// The combination of two rows that has 0 in a column, divided by what its entries share.
  private func eliminate(column: Int, of row: [Int], by other: [Int]) -> [Int]? {
    let shared = greatestCommonDivisor(row[column], other[column])
    var factor = other[column] / shared
    var otherFactor = row[column] / shared
    if factor < 0 { (factor, otherFactor) = (-factor, -otherFactor) }
    var result = row
    var divisor = 0
    for index in row.indices {
      let entry = row[index] * factor - other[index] * otherFactor
      result[index] = entry
      if entry != 0, divisor != 1 { divisor = greatestCommonDivisor(divisor, entry) }
    }
    if divisor > 1 { for index in result.indices { result[index] /= divisor } }
    return result.allSatisfy { abs($0) < Self.largestEntry } ? result : nil
  }
}

func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
  var (first, second) = (abs(first), abs(second))
  while second != 0 { (first, second) = (second, first % second) }
  return first
}
