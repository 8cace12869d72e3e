/// What names mean at one point of a query.
struct Scope {
  /// The columns of the step's input.
  var columns: [ColumnDescription]
  /// The table whose rows these still are: its definitions apply.
  var table: String?
  /// The result that these rows are kept in, under a name of its own.
  var result: String?
  /// What the arguments of the definition being expanded stand for; keys in small letters.
  var arguments: [String: TypedExpression] = [:]
  /// Definitions being expanded, to find circles.
  var expanding: [String] = []
  /// The steps so far that may have dropped columns, with the columns before and after them.
  var losses: [(step: PlacedStep, before: [ColumnDescription], after: [ColumnDescription])] = []

  /// The tables whose definitions apply, those of the nearest first.
  var definingTables: [String] { table.map { [result, $0].compactMap(\.self) } ?? [] }

  /// The index of a column; a hidden one only by its exact name.
  func index(of name: String) -> Int? {
    if let index = columns.firstIndex(where: { $0.name == name }) { return index }
    let lower = name.lowercased()
    return columns.firstIndex { !$0.isHidden && $0.name.lowercased() == lower }
  }

  /// The step that dropped a column which was here before; nil when none did.
  func stepThatDropped(_ name: String) -> PlacedStep? {
    let lower = name.lowercased()
    func holds(_ columns: [ColumnDescription]) -> Bool {
      columns.contains { !$0.isHidden && $0.name.lowercased() == lower }
    }
    var step: PlacedStep?
    for loss in losses {
      if holds(loss.after) {
        step = nil
      } else if holds(loss.before) {
        step = loss.step
      }
    }
    return step
  }

  /// The names of the columns that are shown.
  var visibleNames: [String] { columns.lazy.filter { !$0.isHidden }.map(\.name) }

  /// The column as an expression.
  func expression(column index: Int, place: Place) -> TypedExpression {
    let column = columns[index]
    var expression = TypedExpression(
      .column(index), type: column.type, categories: column.categories,
      isOrdered: column.isOrdered, notRecorded: column.notRecorded, origin: column.origin,
      periodKind: column.periodKind, place: place)
    expression.isYear = column.format == .year
    return expression
  }
}

extension TypedExpression {
  /// The value, when it is the same in every row.
  var constant: Value? {
    if case .constant(let value) = node { return value }
    return nil
  }

  /// A constant.
  init(_ value: Value, type: ValueType, place: Place) {
    self.init(.constant(value), type: type, periodKind: value.periodKind, place: place)
  }

  /// The description of a column that holds its values.
  func description(named name: String) -> ColumnDescription {
    ColumnDescription(
      name: name, type: type, categories: categories, isOrdered: isOrdered,
      notRecorded: notRecorded, origin: origin, periodKind: periodKind,
      format: isYear ? .year : .plain)
  }
}

extension Value {
  /// The kind of a period.
  var periodKind: Period.Kind? {
    if case .period(let period) = self { period.kind } else { nil }
  }
}
