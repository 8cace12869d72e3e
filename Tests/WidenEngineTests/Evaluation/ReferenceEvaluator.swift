import WidenEngine
import WidenLanguage

/// Computes an expression for one row at a time, as simply as possible: what the engine must equal.
struct ReferenceEvaluator {
  let dataset: Dataset

  func value(_ expression: TypedExpression, _ row: [Value]) -> Value {
    let found = raw(expression, row)
    if expression.type == .decimal, case .integer(let number) = found {
      return .decimal(Double(number))
    }
    if case .decimal(let number) = found, !number.isFinite { return .missing }
    return found
  }

  func holds(_ condition: TypedExpression, _ row: [Value]) -> Bool {
    value(condition, row) == .boolean(true)
  }

  private func raw(_ expression: TypedExpression, _ row: [Value]) -> Value {
    switch expression.node {
    case .constant(let value): return value
    case .column(let index): return row[index]
    case .function(let function, let arguments):
      return self.function(function, arguments, row)
    case .negative(let value):
      return ReferenceEvaluator.arithmetic(.subtract, .integer(0), self.value(value, row))
    case .arithmetic(let sign, let left, let right):
      return ReferenceEvaluator.arithmetic(sign, value(left, row), value(right, row))
    case .comparison(let sign, let left, let right, let ordering):
      return .boolean(compare(sign, value(left, row), value(right, row), ordering))
    case .membership(let value, let members, let ordering):
      let found = self.value(value, row)
      return .boolean(members.contains { isMember(found, $0, ordering, row) })
    case .textTest(let kind, let value, let pattern):
      guard case .text(let text) = self.value(value, row),
        case .text(let wanted) = self.value(pattern, row)
      else { return .boolean(false) }
      return .boolean(test(kind, Array(text.utf8), Array(wanted.utf8)))
    case .isMissing(let value): return .boolean(self.value(value, row) == .missing)
    case .isRecorded(let value):
      let found = self.value(value, row)
      return .boolean(found != .missing && !value.notRecorded.map { .text($0) }.contains(found))
    case .all(let parts): return .boolean(parts.allSatisfy { holds($0, row) })
    case .any(let parts): return .boolean(parts.contains { holds($0, row) })
    case .not(let condition): return .boolean(!holds(condition, row))
    case .conditional(let condition, let chosen, let other):
      return holds(condition, row) ? value(chosen, row) : value(other, row)
    case .lookup(let lookup): return self.lookup(lookup, row)
    case .related(let related):
      let count = pointing(related, row)
      return related.kind == .any ? .boolean(count > 0) : .integer(count)
    }
  }

  static func arithmetic(_ sign: ArithmeticOperator, _ left: Value, _ right: Value) -> Value {
    if case .integer(let a) = left, case .integer(let b) = right, sign != .divide {
      let (result, overflow) =
        switch sign {
        case .add: a.addingReportingOverflow(b)
        case .subtract: a.subtractingReportingOverflow(b)
        case .multiply, .divide: a.multipliedReportingOverflow(by: b)
        }
      if !overflow { return .integer(result) }
    }
    guard let a = number(left), let b = number(right) else { return .missing }
    switch sign {
    case .add: return .decimal(a + b)
    case .subtract: return .decimal(a - b)
    case .multiply: return .decimal(a * b)
    case .divide: return b == 0 ? .missing : .decimal(a / b)
    }
  }

  static func number(_ value: Value) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .decimal(let number): number
    case .missing, .boolean, .text, .date, .month, .period: nil
    }
  }

  private func isMember(_ found: Value, _ member: TypedMember, _ ordering: Ordering, _ row: [Value])
    -> Bool
  {
    switch member {
    case .missing: return found == .missing
    case .value(let wanted): return compare(.equal, found, value(wanted, row), ordering)
    case .range(let low, let high):
      return found != .missing
        && low.map { compare(.greaterOrEqual, found, value($0, row), ordering) } ?? true
        && high.map { compare(.lessOrEqual, found, value($0, row), ordering) } ?? true
    }
  }

  private func compare(
    _ sign: ComparisonOperator, _ left: Value, _ right: Value, _ ordering: Ordering
  ) -> Bool {
    guard left != .missing, right != .missing else { return sign == .notEqual }
    let isLess = precedes(left, right, ordering)
    let isGreater = precedes(right, left, ordering)
    switch sign {
    case .equal: return !isLess && !isGreater
    case .notEqual: return isLess || isGreater
    case .less: return isLess
    case .lessOrEqual: return !isGreater
    case .greater: return isGreater
    case .greaterOrEqual: return !isLess
    }
  }

  private func precedes(_ left: Value, _ right: Value, _ ordering: Ordering) -> Bool {
    switch (left, right) {
    case (.boolean(let a), .boolean(let b)): return !a && b
    case (.date(let a), .date(let b)): return a < b
    case (.month(let a), .month(let b)): return a < b
    case (.period(let a), .period(let b)): return a < b
    case (.text(let a), .text(let b)):
      if Array(a.utf8) == Array(b.utf8) { return false }
      if case .categories(let categories) = ordering {
        let ranks = (categories.firstIndex(of: a), categories.firstIndex(of: b))
        switch ranks {
        case (let x?, let y?): return x < y
        case (_?, nil): return true
        case (nil, _?): return false
        case (nil, nil): break
        }
      }
      return isShownBefore(a, b)
    default:
      guard let a = ReferenceEvaluator.number(left), let b = ReferenceEvaluator.number(right) else {
        return false
      }
      return a < b
    }
  }

  private func test(_ kind: TextTest.Kind, _ text: [UInt8], _ wanted: [UInt8]) -> Bool {
    switch kind {
    case .startsWith: return text.starts(with: wanted)
    case .endsWith: return text.reversed().starts(with: wanted.reversed())
    case .contains:
      return (0...text.count).contains { text[$0...].starts(with: wanted) }
    }
  }

  private func rows(of table: Table) -> [[Value]] {
    (0..<table.rowCount).map { row in table.columns.indices.map { table[row, $0] } }
  }

  private func lookup(_ lookup: Lookup, _ row: [Value]) -> Value {
    let pointer = value(lookup.pointer, row)
    guard pointer != .missing, let table = dataset.entry(named: lookup.table)?.table,
      let key = table.columns.firstIndex(where: { $0.description.name == lookup.key }),
      let found = (0..<table.rowCount).first(where: { table[$0, key] == pointer })
    else { return .missing }
    return value(lookup.result, table.columns.indices.map { table[found, $0] })
  }

  private func pointing(_ related: RelatedRows, _ row: [Value]) -> Int {
    let key = value(related.key, row)
    guard key != .missing, let table = dataset.entry(named: related.table)?.table,
      let pointer = table.columns.firstIndex(where: { $0.description.name == related.pointer })
    else { return 0 }
    return rows(of: table).count { other in
      other[pointer] == key && related.condition.map { holds($0, other) } ?? true
    }
  }
}
