import Testing
import WidenLanguage

@testable import WidenEngine

/// Computes an expression over columns and returns its values, one for each row.
func values(
  _ expression: TypedExpression, over columns: [Column] = [], rows: Int? = nil,
  selection: Bitmap? = nil, in context: ExecutionContext? = nil
) throws -> [Value] {
  let frame = Frame(
    columns: columns, rowCount: rows ?? columns.first?.count ?? 1, selection: selection)
  let column = try Evaluator(context ?? ExecutionContext(dataset: sites))
    .column(expression, over: frame)
  return (0..<column.count).map { column[$0] }
}

/// A function of constants.
func call(_ function: Function, _ arguments: [Value], _ type: ValueType) -> TypedExpression {
  TypedExpression(.function(function, arguments.map(constant)), type: type)
}

/// A column by index.
func field(_ index: Int, _ type: ValueType) -> TypedExpression {
  TypedExpression(.column(index), type: type)
}

/// A comparison of numbers, dates and the like.
func compare(
  _ sign: ComparisonOperator, _ left: TypedExpression, _ right: TypedExpression,
  _ ordering: Ordering = .natural
) -> TypedExpression {
  TypedExpression(.comparison(sign, left, right, ordering), type: .boolean)
}

/// Two numbers joined by a sign.
func join(
  _ left: TypedExpression, _ sign: ArithmeticOperator, _ right: TypedExpression,
  _ type: ValueType = .decimal
) -> TypedExpression {
  TypedExpression(.arithmetic(sign, left, right), type: type)
}

/// A day written as `2014-04-01`.
func day(_ text: String) -> Value {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  return Day(year: parts[0], month: parts[1], day: parts[2]).map { .date($0) } ?? .missing
}
