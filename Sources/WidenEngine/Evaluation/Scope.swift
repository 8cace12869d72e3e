import WidenLanguage

/// The rows an expression is computed over: those of a frame, one for each code of a column, those
/// of another table, or a single one for what depends on nothing.
struct Scope {
  /// What a row of a scope stands for.
  indirect enum Base {
    /// A row of the frame, which counts when it is selected.
    case frame(selection: Bitmap?)
    /// Row `k` stands for all rows of the outer scope with code `k`.
    case codes(Codes, outer: Scope)
    /// Row `k` stands for all rows of the outer scope whose target is `k + 1`. The targets are by
    /// row or, when there are `codes`, by code.
    case targets(Codes, codes: Codes?, outer: Scope)
    /// The only row stands for all rows of the outer scope.
    case single(outer: Scope)
  }

  var columns: [Column]
  var rows: Int
  var base: Base
  /// The rows whose value matters, such as those that reach a branch; nil means all.
  var active: Bitmap?

  init(_ frame: Frame) {
    columns = frame.columns
    rows = frame.rowCount
    base = .frame(selection: frame.selection)
  }

  init(columns: [Column], rows: Int, base: Base) {
    self.columns = columns
    self.rows = rows
    self.base = base
  }

  /// Whether it is so small already that it makes no sense to look for a smaller one.
  var isReduced: Bool {
    switch base {
    case .codes, .single: true
    case .frame, .targets: false
    }
  }

  /// The same rows, of which only these matter.
  func restricted(to rows: Bitmap) -> Scope {
    var scope = self
    scope.active = active?.intersection(rows) ?? rows
    return scope
  }

  /// The selected rows of the frame that stand behind these rows of this scope.
  func lifted(_ rows: Bitmap, isMasked: Bool, _ work: Work) throws(ExecutionError) -> Bitmap {
    let own = isMasked ? active?.intersection(rows) ?? rows : rows
    switch base {
    case .frame(let selection):
      return selection?.intersection(own) ?? own
    case .codes(let codes, let outer):
      return try outer.lifted(work.gatherBits(codes, own), isMasked: isMasked, work)
    case .targets(let targets, let codes, let outer):
      // Target 0 is no row.
      var shifted = Bitmap(count: own.count + 1, repeating: false)
      for row in own.rows { shifted[row + 1] = true }
      var found = try work.gatherBits(targets, shifted)
      if let codes { found = try work.gatherBits(codes, found) }
      return try outer.lifted(found, isMasked: isMasked, work)
    case .single(let outer):
      let all = Bitmap(count: outer.rows, repeating: own[0])
      return try outer.lifted(all, isMasked: isMasked, work)
    }
  }
}

extension Evaluation {
  /// A smaller scope that is enough for an expression, and the codes that lead to it: one row for
  /// each code when the expression depends on a single coded column, one row when it depends on
  /// none; nil when there is none.
  func reduction(of expression: TypedExpression, in scope: Scope) -> Reduction? {
    guard !scope.isReduced else { return nil }
    switch expression.dependency {
    case .several: return nil
    case .none:
      return .constant(Scope(columns: [], rows: 1, base: .single(outer: scope)))
    case .column(let index):
      guard case .coded(let column) = scope.columns[index],
        column.isShort(for: scope.rows)
      else { return nil }
      var columns = scope.columns
      var codes = column
      codes.codes = .each(below: column.cardinality)
      codes.hasMissing = true
      columns[index] = .coded(codes)
      return .codes(
        Scope(
          columns: columns, rows: column.cardinality, base: .codes(column.codes, outer: scope)),
        column)
    }
  }
}

extension CodedColumn {
  /// Whether it has so few codes that something that takes a few steps is best done for each code:
  /// many codes are worth it only when there are clearly fewer of them than rows.
  fileprivate func isShort(for rows: Int) -> Bool {
    cardinality <= rows + 1024 && (cardinality <= 1 << 16 || cardinality <= rows / 2)
  }
}

/// A scope with fewer rows.
enum Reduction {
  case constant(Scope)
  case codes(Scope, CodedColumn)
}

extension TypedExpression {
  /// Which columns of its input an expression depends on.
  enum Dependency: Equatable {
    case none
    case column(Int)
    case several

    /// What both depend on.
    func joined(_ other: Dependency) -> Dependency {
      switch (self, other) {
      case (.none, _): other
      case (_, .none): self
      case (.column(let own), .column(let another)): own == another ? self : .several
      case (.several, _), (_, .several): .several
      }
    }
  }

  /// Found without recursion, because chains of operators may be of any length.
  var dependency: Dependency {
    var found: Int?
    var waiting = [self]
    while let expression = waiting.popLast() {
      if case .column(let index) = expression.node {
        if let found, found != index { return .several }
        found = index
      } else {
        expression.node.addOperands(to: &waiting)
      }
    }
    return found.map { .column($0) } ?? .none
  }
}

extension TypedNode {
  /// Adds the expressions over the same input that it is made of.
  fileprivate func addOperands(to list: inout [TypedExpression]) {
    switch self {
    case .constant, .column: break
    case .function(_, let arguments): list.append(contentsOf: arguments)
    case .negative(let value), .isMissing(let value), .isRecorded(let value), .not(let value):
      list.append(value)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right, _),
      .textTest(_, let left, let right):
      list.append(left)
      list.append(right)
    case .membership(let value, let members, _):
      list.append(value)
      for member in members {
        switch member {
        case .value(let value): list.append(value)
        case .range(let low, let high):
          if let low { list.append(low) }
          if let high { list.append(high) }
        case .missing: break
        }
      }
    case .all(let parts), .any(let parts): list.append(contentsOf: parts)
    case .conditional(let condition, let chosen, let other):
      list.append(condition)
      list.append(chosen)
      list.append(other)
    case .lookup(let lookup): list.append(lookup.pointer)
    case .related(let related): list.append(related.key)
    }
  }
}
