/// The columns that an expression reads, and what has to be joined to compute it.
final class SQLScope {
  /// For each column of the input its expression; nil where nobody needs it.
  let columns: [SQLExpression?]
  /// Joins of other tables, each of which leaves the rows as many as they are.
  private(set) var joins: [String] = []

  init(_ columns: [SQLExpression?]) { self.columns = columns }

  /// Adds a join.
  func join(_ text: String) { joins.append(text) }

  /// The joins as they stand behind `from`.
  var text: String { joins.map { "\n    " + $0 }.joined() }
}
