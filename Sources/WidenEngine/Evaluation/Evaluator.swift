import WidenLanguage
import WidenStatistics

/// Computes expressions over the columns of a frame: all its rows, selected or not.
///
/// What depends on one coded column only is computed once for each of its codes and looked up for
/// each row. Everything else runs over typed blocks of rows. What is found out about other tables
/// is kept, so one evaluator should serve a whole plan.
struct Evaluator {
  private let context: ExecutionContext
  private let memory = Memory()

  init(_ context: ExecutionContext) {
    self.context = context
  }

  /// The values of an expression, `frame.rowCount` of them; rows outside the selection may hold
  /// anything valid.
  func column(_ expression: TypedExpression, over frame: Frame) throws(ExecutionError) -> Column {
    if case .column(let index) = expression.node { return frame.columns[index] }
    try requirePeople(expression, frame)
    let evaluation = Evaluation(context, memory)
    let scope = Scope(frame)
    let vector = try evaluation.vector(expression, in: scope)
    let column = try evaluation.column(vector, as: expression, rows: frame.rowCount)
    evaluation.tellDivisions(in: frame)
    return column
  }

  /// The values of an expression that depends on a single column, by that column's codes; nil when
  /// it is a column itself, depends on more, or its values are no codes.
  func table(_ expression: TypedExpression, over frame: Frame) throws(ExecutionError)
    -> (source: CodedColumn, table: CodedColumn)?
  {
    if case .column = expression.node { return nil }
    try requirePeople(expression, frame)
    let evaluation = Evaluation(context, memory)
    guard
      case .codes(let small, let source) = evaluation.reduction(of: expression, in: Scope(frame))
    else { return nil }
    let vector = try evaluation.vector(expression, in: small)
    let column = try evaluation.column(vector, as: expression, rows: small.rows)
    evaluation.tellDivisions(in: frame)
    guard case .coded(let table) = column else { return nil }
    return (source, table)
  }

  /// The rows for which a condition holds; it is never missing.
  func condition(_ expression: TypedExpression, over frame: Frame) throws(ExecutionError) -> Bitmap
  {
    try requirePeople(expression, frame)
    let evaluation = Evaluation(context, memory)
    let bitmap = try evaluation.bitmap(expression, in: Scope(frame))
    evaluation.tellDivisions(in: frame)
    return bitmap
  }

  /// Refuses to look from rows about nobody into rows about people, where the result leaves: what
  /// is found there would be protected by nothing.
  private func requirePeople(_ expression: TypedExpression, _ frame: Frame) throws(ExecutionError) {
    guard let control = context.disclosure, control.withholds, frame.people == nil else { return }
    for table in expression.tablesRead {
      guard context.dataset.entry(named: table)?.description.isAboutPeople == true else { continue }
      throw .refused(
        "what \(table) says about single people may not leave under policy \(control.policy.name)",
        hint: "start from the people: from \(table) | count by …")
    }
  }
}

extension TypedExpression {
  /// The other tables that it looks into.
  fileprivate var tablesRead: Set<String> {
    var found = parts.reduce(into: Set<String>()) { $0.formUnion($1.tablesRead) }
    switch node {
    case .lookup(let lookup): found.insert(lookup.table)
    case .related(let related): found.insert(related.table)
    case .constant, .column, .function, .negative, .arithmetic, .comparison, .membership,
      .textTest, .isMissing, .isRecorded, .all, .any, .not, .conditional:
      break
    }
    return found
  }
}

/// One call of the evaluator: its means, and what it found that the reader should know.
final class Evaluation {
  let context: ExecutionContext
  let memory: Memory
  let work: Work
  /// The rows of the frame in which something was divided by zero.
  private var divisions: Bitmap?

  init(_ context: ExecutionContext, _ memory: Memory) {
    self.context = context
    self.memory = memory
    work = Work(context)
  }

  /// Remembers rows of a scope in which something that matters was divided by zero.
  func divided(_ rows: Bitmap, in scope: Scope) throws(ExecutionError) {
    let found = try scope.lifted(rows, isMasked: true, work)
    divisions = divisions?.union(found) ?? found
  }

  func tellDivisions(in frame: Frame) {
    guard let divisions else { return }
    let count = context.worthTelling(
      divisions.setCount, areAboutPeople: frame.people != nil)
    if count > 0 {
      context.tell(.init(.note, "division by zero in \(context.told(count, "row")) gave missing"))
    }
  }
}
