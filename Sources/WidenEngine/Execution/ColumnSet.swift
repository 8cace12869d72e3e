import WidenLanguage

/// The columns of an operation that somebody reads after it.
enum ColumnSet {
  case all
  case some(Set<Int>)

  /// Whether a column is among them.
  func contains(_ column: Int) -> Bool {
    switch self {
    case .all: true
    case .some(let columns): columns.contains(column)
    }
  }

  /// These and others.
  func union(_ others: some Sequence<Int>) -> ColumnSet {
    switch self {
    case .all: .all
    case .some(let columns): .some(columns.union(others))
    }
  }

  /// These and what expressions read.
  func union(reading expressions: [TypedExpression]) -> ColumnSet {
    union(expressions.flatMap(\.columnsRead))
  }

  /// Those below a bound.
  func below(_ bound: Int) -> ColumnSet {
    switch self {
    case .all: .all
    case .some(let columns): .some(columns.filter { $0 < bound })
    }
  }
}

extension TypedExpression {
  /// The columns of its own input that it reads.
  var columnsRead: Set<Int> {
    var found: Set<Int> = []
    collect(into: &found)
    return found
  }

  private func collect(into found: inout Set<Int>) {
    switch node {
    case .constant: break
    case .column(let index): found.insert(index)
    case .function(_, let arguments): for part in arguments { part.collect(into: &found) }
    case .negative(let value), .isMissing(let value), .isRecorded(let value), .not(let value):
      value.collect(into: &found)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right, _),
      .textTest(_, let left, let right):
      left.collect(into: &found)
      right.collect(into: &found)
    case .membership(let value, let members, _):
      value.collect(into: &found)
      for member in members {
        switch member {
        case .value(let value): value.collect(into: &found)
        case .range(let low, let high):
          low?.collect(into: &found)
          high?.collect(into: &found)
        case .missing: break
        }
      }
    case .all(let parts), .any(let parts): for part in parts { part.collect(into: &found) }
    case .conditional(let condition, let chosen, let other):
      condition.collect(into: &found)
      chosen.collect(into: &found)
      other.collect(into: &found)
    // Their inner expressions read the other table's columns.
    case .lookup(let lookup): lookup.pointer.collect(into: &found)
    case .related(let related): related.key.collect(into: &found)
    }
  }
}

extension TypedAggregate {
  /// What it is computed of.
  var expressions: [TypedExpression] {
    var found = [operand, condition].compactMap(\.self)
    if case .correlation(let other) = kind { found.append(other) }
    return found
  }

  /// The columns it reads.
  var columnsRead: Set<Int> {
    var found = operand?.columnsRead ?? []
    found.formUnion(condition?.columnsRead ?? [])
    if case .correlation(let other) = kind { found.formUnion(other.columnsRead) }
    return found
  }
}
