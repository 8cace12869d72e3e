import WidenLanguage
import WidenStatistics

extension Executor {
  /// The input's rows and columns, and for each figure its lower and its upper limit.
  func intervals(
    _ plan: Plan, _ input: Plan, _ intervals: [IntervalPlan], _ needed: ColumnSet
  ) throws -> Relation {
    let first = input.columns.count
    let read = intervals.flatMap(\.columnsRead)
    var relation = try run(input, needed: needed.below(first).union(read))
    for interval in intervals {
      let confidence = try figure { () throws(StatisticsError) in try Confidence(interval.level) }
      let withheld = relation.frame.withheld(inAnyOf: interval.columnsRead)
      relation.frame.columns += limits(relation.frame, interval, confidence)
      for column in relation.frame.columns.indices.suffix(2) {
        relation.frame.withheld[column] = withheld
      }
    }
    relation.columns += plan.columns.suffix(2 * intervals.count)
    return relation
  }

  /// The limits of one figure, row by row; what has none is missing, and told.
  private func limits(_ frame: Frame, _ interval: IntervalPlan, _ confidence: Confidence)
    -> [Column]
  {
    var low: [Double?] = []
    var high: [Double?] = []
    var problems = Problems()
    for row in 0..<frame.rowCount {
      var found: WidenStatistics.Interval?
      do throws(StatisticsError) {
        found = try limits(frame.columns, row, interval.method, confidence)
      } catch {
        problems.add(error)
      }
      low.append(found?.low)
      high.append(found?.high)
    }
    if let problem = problems.first {
      let count = problems.count
      context.tell(
        Answer.Note(
          .warning,
          "\(counted(count, "row")) \(count == 1 ? "has" : "have") no interval of "
            + "\(interval.name): \(problem)"))
    }
    return [.decimals(low), .decimals(high)]
  }

  /// The limits of a row; nil when there is nobody to count, or too few for a deviation.
  private func limits(
    _ columns: [Column], _ row: Int, _ method: IntervalPlan.Method, _ confidence: Confidence
  ) throws(StatisticsError) -> WidenStatistics.Interval? {
    switch method {
    case .proportion(let parts):
      guard let (events, people) = counts(columns, parts, row), people != 0 else { return nil }
      return try Proportion(events: events, people: people).interval(confidence)
    case .rate(let parts):
      guard let (events, people) = counts(columns, parts, row), people != 0 else { return nil }
      return try rate(events: events, people: people, per: 1, confidence).estimate.interval
    case .count(let column):
      guard let events = columns[column].number(ofRow: row) else { return nil }
      return try rate(events: events, people: 1, per: 1, confidence).estimate.interval
    case .mean(let mean, let deviation, let count):
      guard let mean = columns[mean].number(ofRow: row),
        let deviation = columns[deviation].number(ofRow: row),
        let count = columns[count].number(ofRow: row), count > 1
      else { return nil }
      let student = try StudentDistribution(degreesOfFreedom: count - 1)
      let distance =
        try student.quantile(0.5 + confidence.level / 2) * deviation / count.squareRoot()
      return WidenStatistics.Interval(low: mean - distance, high: mean + distance)
    }
  }

  /// The counts behind a figure; nil when one is missing.
  func counts(_ columns: [Column], _ parts: ColumnDescription.Parts, _ row: Int)
    -> (events: Double, people: Double)?
  {
    guard let events = columns[parts.numerator].number(ofRow: row),
      let people = columns[parts.denominator].number(ofRow: row)
    else { return nil }
    return (events, people)
  }

  /// A figure, or a sentence that says why there is none.
  func figure<Figure>(_ compute: () throws(StatisticsError) -> Figure) throws(ExecutionError)
    -> Figure
  {
    do throws(StatisticsError) {
      return try compute()
    } catch {
      throw .failed("\(error)", hint: nil)
    }
  }
}

/// What went wrong in some of the rows: the first of it, and how often.
struct Problems {
  private(set) var first: StatisticsError?
  private(set) var count = 0

  mutating func add(_ problem: StatisticsError) {
    first = first ?? problem
    count += 1
  }
}

extension IntervalPlan {
  /// The columns of the input from which it is computed.
  fileprivate var columnsRead: [Int] {
    switch method {
    case .proportion(let parts), .rate(let parts): [parts.numerator, parts.denominator]
    case .count(let column): [column]
    case .mean(let mean, let deviation, let count): [mean, deviation, count]
    }
  }
}

extension Column {
  /// The number of a row; nil when it is missing or no number.
  func number(ofRow row: Int) -> Double? {
    switch self[row] {
    case .integer(let number): Double(number)
    case .decimal(let number): number
    case .missing, .boolean, .text, .date, .month, .period: nil
    }
  }
}

/// A number as a cell: whole where the column is.
func cell(_ number: Double?, _ type: ValueType = .decimal) -> Value {
  guard let number, number.isFinite else { return .missing }
  guard type == .integer, let whole = Int(exactly: number) else { return .decimal(number) }
  return .integer(whole)
}
