import Testing
import WidenEngine
import WidenLanguage

/// Every aggregate that the reference knows, over the columns of the random table.
private let aggregates: [(TypedAggregate.Kind, String?)] = [
  (.count, nil), (.distinct, "town"), (.distinct, "pay"), (.distinct, "hours"),
  (.distinct, "person"), (.distinct, "band"), (.sum, "age"), (.sum, "pay"), (.sum, "hours"),
  (.sum, "wide"), (.mean, "pay"), (.mean, "hours"), (.mean, "wide"), (.median, "age"),
  (.median, "pay"), (.median, "hours"), (.median, "wide"), (.percentile(0.1), "pay"),
  (.minimum, "pay"), (.maximum, "hours"), (.minimum, "wide"), (.maximum, "town"),
  (.minimum, "joined"), (.standardDeviation, "pay"), (.standardDeviation, "hours"),
  (.standardDeviation, "wide"), (.missing, "town"), (.recorded, "wide"),
]

private let keySets: [[String]] = [
  [], ["band"], ["band", "town"], ["sex", "hours"], ["town", "joined", "wide", "pay"],
  // More combinations than 64 bits can number.
  ["person", "pay", "joined", "town", "band"],
]

/// Those whose workers have something to merge.
private let merged: [(TypedAggregate.Kind, String?)] = [
  (.count, nil), (.distinct, "person"), (.sum, "pay"), (.mean, "hours"), (.sum, "wide"),
  (.median, "pay"), (.maximum, "town"), (.standardDeviation, "hours"),
  (.standardDeviation, "pay"),
]

private func plan(
  _ entry: Dataset.Entry, by keys: [String],
  _ aggregates: [(TypedAggregate.Kind, String?)] = aggregates,
  where condition: ((PlanBuilder) -> TypedExpression)? = nil
) -> PlanBuilder {
  var builder = PlanBuilder(entry)
  if let condition { builder = builder.filter(condition(builder)) }
  return builder.group(
    by: keys,
    aggregates.enumerated().map { index, aggregate in
      ("x\(index)", builder.aggregate(aggregate.0, aggregate.1))
    })
}

/// The same by hand, value by value.
private func reference(_ entry: Dataset.Entry, by keys: [String], rows: [Int]) -> [[Value]] {
  let table = entry.table
  func column(_ name: String) -> Int {
    table.columns.firstIndex { $0.description.name == name } ?? 0
  }
  let keyColumns = keys.map(column)
  var groups: [[Value]: [Int]] = keys.isEmpty ? [[]: []] : [:]
  for row in rows { groups[keyColumns.map { table[row, $0] }, default: []].append(row) }
  let sorted = groups.sorted { isBefore($0.key, $1.key) }
  return sorted.map { key, rows in
    key
      + aggregates.map { kind, name in
        let values = name.map(column).map { index in rows.map { table[$0, index] } } ?? []
        return reference(kind, values, rows: rows.count)
      }
  }
}

private func reference(_ kind: TypedAggregate.Kind, _ values: [Value], rows: Int) -> Value {
  let present = values.filter { $0 != .missing }
  let numbers = present.compactMap(number)
  let count = Double(numbers.count)
  switch kind {
  case .count: return .integer(rows)
  case .missing: return .integer(values.count - present.count)
  case .recorded: return .integer(present.count)
  case .distinct: return .integer(Set(present).count)
  case .minimum: return present.min { isBefore([$0], [$1]) } ?? .missing
  case .maximum: return present.max { isBefore([$0], [$1]) } ?? .missing
  case .sum: return numbers.isEmpty ? .missing : .decimal(numbers.reduce(0, +))
  case .mean: return numbers.isEmpty ? .missing : .decimal(numbers.reduce(0, +) / count)
  case .median: return percentile(0.5, numbers)
  case .percentile(let fraction): return percentile(fraction, numbers)
  case .standardDeviation:
    guard count > 1 else { return .missing }
    let mean = numbers.reduce(0, +) / count
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return .decimal((squares / (count - 1)).squareRoot())
  case .correlation: return .missing
  }
}

private func percentile(_ fraction: Double, _ numbers: [Double]) -> Value {
  guard !numbers.isEmpty else { return .missing }
  let sorted = numbers.sorted()
  let place = Double(sorted.count - 1) * fraction
  let low = Int(place)
  let high = min(low + 1, sorted.count - 1)
  return .decimal(sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low]))
}

private func number(_ value: Value) -> Double? {
  switch value {
  case .integer(let number): Double(number)
  case .decimal(let number): number
  case .missing, .boolean, .text, .date, .month, .period: nil
  }
}

/// Display order, missing last; the bands of the random table are in natural order, too.
private func isBefore(_ left: [Value], _ right: [Value]) -> Bool {
  for (x, y) in zip(left, right) where x != y {
    switch (x, y) {
    case (_, .missing): return true
    case (.missing, _): return false
    case (.text(let a), .text(let b)): return isShownBefore(a, b)
    case (.date(let a), .date(let b)): return a < b
    case (.boolean(let a), .boolean): return !a
    default: return number(x) ?? 0 < number(y) ?? 0
    }
  }
  return false
}

private func isClose(_ left: Value, _ right: Value) -> Bool {
  if left == right { return true }
  guard let a = number(left), let b = number(right) else { return false }
  return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
}

struct AggregateReferenceTests {
  @Test(arguments: [0, 1, 63, 64, 65, 1000, 10_000], [0, 1, 2, 7])
  func agreesWithTheReference(rows: Int, missing: Int) throws {
    let entry = randomEntry(rows, missing: missing, seed: rows * 8 + missing)
    for keys in rows > 1000 ? Array(keySets.prefix(3)) : keySets {
      let expected = reference(entry, by: keys, rows: Array(0..<rows))
      // In short segments even these rows are shared by threads, and sorted when groups are many.
      for segmentRows in rows > 1000 ? [standardSegmentRows] : [standardSegmentRows, 64] {
        let answer = try run(
          plan(entry, by: keys), over: [entry], threads: 3, segmentRows: segmentRows)
        compare(answer, expected, "\(keys) \(segmentRows)")
      }
    }
  }

  /// Few rows are looked up, many are masked, and both give what the rows alone would.
  @Test(arguments: [20, 40, 70])
  func selectionsAgreeWithTheReference(age: Int) throws {
    let entry = randomEntry(5000, missing: 9, seed: age)
    for keys in keySets {
      let answer = try run(
        plan(entry, by: keys) { WidenEngineTests.compare($0["age"], .less, .integer(age)) },
        over: [entry], threads: 2, segmentRows: 320)
      let rows = (0..<5000).filter { row in
        if case .integer(let own) = entry.table[row, 2] { own < age } else { false }
      }
      compare(answer, reference(entry, by: keys, rows: rows), "\(keys)")
    }
  }

  /// More rows than one thread gets, so that several have a part.
  @Test func threadsGiveTheSameBits() throws {
    let entry = randomEntry(105_000, missing: 11, seed: 3)
    for keys in [["band"], ["wide", "hours"]] {
      let builder = plan(entry, by: keys, merged)
      let one = try run(builder, over: [entry], threads: 1)
      let several = try run(builder, over: [entry], threads: 3)
      #expect(one.table.rowCount == several.table.rowCount)
      for column in one.table.columns.indices {
        let differing = (0..<one.table.rowCount).first {
          one.table[$0, column] != several.table[$0, column]
        }
        #expect(differing == nil, "\(keys) \(one.table.columns[column].description.name)")
      }
    }
  }

  private func compare(_ answer: Answer, _ expected: [[Value]], _ what: String) {
    #expect(answer.table.rowCount == expected.count, "\(what)")
    guard answer.table.rowCount == expected.count else { return }
    for column in answer.table.columns.indices {
      let differing = expected.indices.first {
        !isClose(answer.table[$0, column], expected[$0][column])
      }
      let name = answer.table.columns[column].description.name
      #expect(
        differing.map { "row \($0): \(answer.table[$0, column]), not \(expected[$0][column])" }
          == nil, "\(what) \(name)")
    }
  }
}
