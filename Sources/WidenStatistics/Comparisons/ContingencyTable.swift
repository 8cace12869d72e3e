/// The test that the rows of a table of counts have the same shares of its columns.
public struct IndependenceTest: Hashable, Sendable {
  /// χ², its degrees of freedom and the probability.
  public var test: SignificanceTest
  /// How strong the association is, from 0 (none) to 1.
  public var cramersV: Double
  /// The least count to be expected in a cell: below 5 the probability is only a rough guide.
  public var leastExpectedCount: Double
}

/// Pearson's χ² test of independence without Yates' correction, with Cramér's V.
///
///     try independenceTest([[30, 70], [45, 55], [20, 80]])
///     // χ² 14.634 with 2 degrees of freedom, p 0.000664, V 0.2209
///
/// Σ (O − E)²/E with E = row · column / all; V = √(χ² / (n · (min(rows, columns) − 1))). H. Cramér,
/// Mathematical Methods of Statistics, 1946. Rows and columns of nothing but 0 are left out. The
/// error is `negative` or `notANumber` with its row, `unequalLengths` of rows, or `tooFew` rows or
/// columns with a count.
public func independenceTest(_ counts: [[Double]]) throws(StatisticsError) -> IndependenceTest {
  let columnCount = counts.first?.count ?? 0
  var rowTotals = [Double](repeating: 0, count: counts.count)
  var columnTotals = [Double](repeating: 0, count: columnCount)
  for (row, cells) in counts.enumerated() {
    guard cells.count == columnCount else {
      throw .unequalLengths(.cells, cells.count, .columns, columnCount)
    }
    for (column, count) in cells.enumerated() {
      try notNegative(count, Argument(.events, row: row + 1))
      rowTotals[row] += count
      columnTotals[column] += count
    }
  }
  let rows = counts.indices.filter { rowTotals[$0] > 0 }
  let columns = columnTotals.indices.filter { columnTotals[$0] > 0 }
  try enough(rows, .rows, needed: 2)
  try enough(columns, .columns, needed: 2)
  let all = rowTotals.reduce(0, +)
  var statistic = 0.0
  for row in rows {
    for column in columns {
      let expected = rowTotals[row] * (columnTotals[column] / all)
      let difference = counts[row][column] - expected
      statistic += difference * (difference / expected)
    }
  }
  let degrees = (rows.count - 1) * (columns.count - 1)
  let distribution = try ChiSquaredDistribution(degreesOfFreedom: Double(degrees))
  let smaller = Double(min(rows.count, columns.count) - 1)
  let leastRow = rows.map { rowTotals[$0] }.min() ?? 0
  let leastColumn = columns.map { columnTotals[$0] }.min() ?? 0
  return IndependenceTest(
    test: SignificanceTest(
      statistic: statistic, degreesOfFreedom: degrees, pValue: distribution.upperTail(statistic)),
    cramersV: min(1, (statistic / all / smaller).squareRoot()),
    leastExpectedCount: leastRow * (leastColumn / all))
}
