internal import WidenEngine
internal import WidenLanguage

/// Writes a plan as a query: a common table expression for each step, values beside it.
///
/// Names are unique in the whole query, so that none has to be qualified; names that start with `#`
/// are our own.
final class Renderer {
  let dialect: Dialect
  let tables: ServerTables
  let dataset: Dataset
  /// Whether rows carry who they are about.
  let withPeople: Bool
  /// The values that are sent beside the query.
  private(set) var parameters: [String?] = []
  /// The common table expressions so far.
  private(set) var steps: [Step] = []
  private var names: Set<String> = []
  private var numbers: [String: Int] = [:]

  /// A common table expression and the step of the query that it stands for.
  struct Step {
    var name: String
    var sql: String
    var label: String?
  }

  init(_ tables: ServerTables, _ dataset: Dataset, withPeople: Bool = false) {
    dialect = tables.dialect
    self.tables = tables
    self.dataset = dataset
    self.withPeople = withPeople
  }

  // MARK: Names and values

  /// A name in quotes that nothing else in the query has.
  ///
  /// Databases cut names that are long, so that two might become one, and some do not tell small
  /// letters from capitals.
  func unique(_ name: String) -> String {
    let isPlain = name.utf8.count <= 50 && name.utf8.allSatisfy { $0 >= 32 && $0 != 127 }
    let base = isPlain && !name.isEmpty ? name : "column"
    var found = base
    var number = 2
    while !names.insert(found.lowercased()).inserted {
      found = "\(base)_\(number)"
      number += 1
    }
    return dialect.quoted(found)
  }

  /// A name of our own: `#o1`.
  func own(_ letter: String) -> String {
    numbers[letter, default: 0] += 1
    return dialect.quoted("#\(letter)\(numbers[letter] ?? 0)")
  }

  /// A value that is sent beside the query.
  func bind(_ value: String?, as type: String) throws(Unsendable) -> String {
    if value?.utf8.contains(0) == true {
      throw Unsendable("no database holds a text with a null character")
    }
    parameters.append(value)
    return dialect.parameter(parameters.count, type)
  }

  /// Values of one kind that are sent as an array.
  func bind(all values: [String?], as kind: SQLKind) throws(Unsendable) -> String {
    _ = try bind(dialect.arrayText(values), as: dialect.type(.text))
    return dialect.arrayParameter(parameters.count, dialect.type(kind))
  }

  /// A number of rows behind `limit`.
  func bind(limit: Int) throws(Unsendable) -> String {
    try bind("\(max(0, min(limit, Int(Int32.max))))", as: dialect.limitType)
  }

  func cast(_ expression: SQLExpression, to kind: SQLKind) -> SQLExpression {
    if expression.kind == kind { return expression }
    return SQLExpression(dialect.cast("(\(expression.sql))", dialect.type(kind)), kind)
  }

  // MARK: Steps

  /// Adds a step and gives its name.
  func add(_ sql: String, label: String?) -> String {
    let name = "s\(steps.count)"
    steps.append(Step(name: name, sql: sql, label: label))
    return name
  }

  /// The steps with a last query over them, and where each step starts and ends in it.
  func query(_ last: String) -> RenderedQuery {
    var sql = ""
    var places: [RenderedQuery.Place] = []
    for (index, step) in steps.enumerated() {
      sql += index == 0 ? "with " : ",\n"
      let start = sql.unicodeScalars.count
      sql += "\(step.name) as (\n  \(step.sql)\n)"
      places.append(.init(range: start..<sql.unicodeScalars.count, label: step.label))
    }
    sql += (steps.isEmpty ? "" : "\n") + last
    return RenderedQuery(sql: sql, parameters: parameters, places: places)
  }

  /// Forgets the steps, but not the values: for several queries in one.
  func startAnew() { steps = [] }
}

/// A query as it is sent.
struct RenderedQuery: Hashable, Sendable {
  /// The part of the query that stands for a step.
  struct Place: Hashable, Sendable {
    var range: Range<Int>
    var label: String?
  }

  var sql: String
  var parameters: [String?]
  var places: [Place]

  /// The step at a position that a server names, counted from 1.
  func step(at position: Int?) -> String? {
    guard let position else { return nil }
    return places.last { $0.range.contains(position - 1) }?.label
  }
}
