internal import WidenEngine
internal import WidenLanguage

/// The columns of a query's result and what they are.
struct SQLResult {
  var query: RenderedQuery
  var kinds: [SQLKind]
}

extension Renderer {
  /// Groups of a plan's rows: the keys, the aggregates, the numbers of people.
  func groups(_ question: RemoteQuestion) throws(Unsendable) -> SQLResult {
    let (rows, scope, keys) = try keyed(question, reading: question.aggregates)
    var figures: [SQLExpression] = []
    for aggregate in question.aggregates { figures.append(try self.aggregate(aggregate, scope)) }
    for condition in question.people {
      let filter = try condition.map { part throws(Unsendable) in
        dialect.filter(try self.condition(part, scope))
      }
      figures.append(
        SQLExpression("count(distinct \(try person(rows)))\(filter ?? "")", .integer))
    }
    let list = keys + figures
    let selected = list.enumerated().map { "\(result($1)) as \(dialect.quoted("#\($0)"))" }
    let grouping = keys.indices.map { "\($0 + 1)" }.joined(separator: ", ")
    let text =
      "select \(selected.isEmpty ? "1" : selected.joined(separator: ",\n  "))\nfrom \(rows.from)"
      + scope.text + (keys.isEmpty ? "" : "\ngroup by \(grouping)")
    return SQLResult(query: query(text), kinds: list.map(\.kind))
  }

  /// The people of each group by the parts into which chance puts them.
  func parts(_ question: RemoteQuestion) throws(Unsendable) -> SQLResult {
    let (rows, scope, keys) = try keyed(question, reading: [])
    let person = try person(rows)
    let condition = try question.people.first.flatMap(\.self).map { part throws(Unsendable) in
      " where " + (try self.condition(part, scope))
    }
    let list =
      keys + [
        SQLExpression(dialect.part(person), .integer),
        SQLExpression("count(distinct \(person))", .integer),
      ]
    let selected = list.enumerated().map { "\(result($1)) as \(dialect.quoted("#\($0)"))" }
    let places = (0...keys.count).map { "\($0 + 1)" }.joined(separator: ", ")
    let text =
      "select \(selected.joined(separator: ", "))\nfrom \(rows.from)\(scope.text)"
      + "\(condition ?? "")\ngroup by \(places)\nhaving count(\(person)) > 0"
    return SQLResult(query: query(text), kinds: list.map(\.kind))
  }

  /// What single people add to a sum: the keys, the two largest sizes, all others together.
  func contributions(to operand: TypedExpression, _ question: RemoteQuestion)
    throws(Unsendable) -> SQLResult
  {
    let reading = TypedAggregate(.sum, operand: operand, label: "")
    let (rows, scope, keys) = try keyed(question, reading: [reading])
    let person = try person(rows)
    let value = cast(try self.value(operand, scope), to: .real).sql
    let condition = try question.people.first.flatMap(\.self).map { part throws(Unsendable) in
      " where " + (try self.condition(part, scope))
    }
    let names = keys.indices.map { dialect.quoted("#\($0)") }
    let places = (0...keys.count).map { "\($0 + 1)" }.joined(separator: ", ")
    let (one, size, place) = (
      dialect.quoted("#p"), dialect.quoted("#size"), dialect.quoted("#place")
    )
    let keyList = zip(keys, names).map { "\(result($0)) as \($1), " }.joined()
    let sums = add(
      "select \(keyList)\(person) as \(one), abs(sum(\(value))) as \(size) from \(rows.from)"
        + "\(scope.text)\(condition ?? "") group by \(places)", label: nil)
    let partition =
      names.isEmpty ? "" : "partition by \(names.joined(separator: ", ")) "
    let ranked = add(
      "select *, row_number() over (\(partition)order by \(size) desc) as \(place)"
        + " from \(sums) where \(size) is not null", label: nil)
    func largest(_ test: String) -> String {
      "coalesce(sum(\(size))\(dialect.filter("\(place) \(test)")), 0)"
    }
    let list = names + [largest("= 1"), largest("= 2"), largest("> 2")]
    let grouping = keys.indices.map { "\($0 + 1)" }.joined(separator: ", ")
    let text =
      "select \(list.joined(separator: ", ")) from \(ranked)"
      + (keys.isEmpty ? "" : " group by \(grouping)")
    return SQLResult(query: query(text), kinds: keys.map(\.kind) + [.real, .real, .real])
  }

  /// Some columns of a plan's rows in their order; who they are about last, where that is known.
  func table(_ plan: Plan, columns: [Int], limit: Int) throws(Unsendable) -> SQLResult {
    let rows = try rows(plan, Set(columns))
    var list: [SQLExpression] = []
    for index in columns {
      guard let column = rows.columns[index] else { throw Unsendable("a column is not there") }
      list.append(column)
    }
    if withPeople {
      list.append(
        SQLExpression(dialect.cast(try person(rows), dialect.type(.text)), .text))
    }
    let selected = list.map(result)
    let text =
      "select \(selected.isEmpty ? "1" : selected.joined(separator: ", "))\nfrom \(rows.from)"
      + "\(orderText(rows.order))\nlimit \(try bind(limit: limit))"
    return SQLResult(query: query(text), kinds: list.map(\.kind))
  }

  /// How many rows a plan has, as a query in brackets.
  func count(_ plan: Plan) throws(Unsendable) -> String {
    startAnew()
    let rows = try rows(plan, [])
    return "(" + query("select count(*) from \(rows.from)").sql + ")"
  }

  private func keyed(_ question: RemoteQuestion, reading aggregates: [TypedAggregate])
    throws(Unsendable) -> (SQLRows, SQLScope, [SQLExpression])
  {
    var needed = question.keys.reduce(into: Set<Int>()) { $0.formUnion($1.columns) }
    for aggregate in aggregates { needed.formUnion(aggregate.columns) }
    for condition in question.people { needed.formUnion(condition?.columns ?? []) }
    let rows = try rows(question.plan, needed)
    let scope = SQLScope(rows.columns)
    var keys: [SQLExpression] = []
    for key in question.keys { keys.append(try value(key, scope)) }
    return (rows, scope, keys)
  }

  private func person(_ rows: SQLRows) throws(Unsendable) -> String {
    guard let person = rows.person else { throw Unsendable("nothing tells its people apart") }
    return person
  }

  /// A value as it is written in a result.
  private func result(_ value: SQLExpression) -> String {
    value.kind == .date ? dialect.days("date '1970-01-01'", value.sql) : value.sql
  }

  // MARK: Aggregates

  private func aggregate(_ aggregate: TypedAggregate, _ scope: SQLScope) throws(Unsendable)
    -> SQLExpression
  {
    var conditions: [String] = []
    if let condition = aggregate.condition {
      conditions.append("(\(try self.condition(condition, scope)))")
    }
    func filter(_ more: String? = nil) -> String {
      let all = conditions + (more.map { ["(\($0))"] } ?? [])
      return all.isEmpty ? "" : dialect.filter(all.joined(separator: " and "))
    }
    guard let operand = aggregate.operand else {
      return SQLExpression("count(*)\(filter())", .integer)
    }
    let value = try value(operand, scope)
    switch aggregate.kind {
    case .count: return SQLExpression("count(*)\(filter())", .integer)
    case .distinct: return SQLExpression("count(distinct \(value.sql))\(filter())", .integer)
    case .missing:
      return SQLExpression("count(*)\(filter("\(value.sql) is null"))", .integer)
    case .recorded:
      return SQLExpression("count(*)\(filter(try recorded(operand, scope)))", .integer)
    case .sum:
      return SQLExpression(dialect.sum(value.sql, value.kind) + filter(), value.kind)
    case .mean: return mean(value, filter())
    case .median: return try percentile(0.5, value, filter())
    case .percentile(let fraction): return try percentile(fraction, value, filter())
    case .standardDeviation:
      return cast(
        SQLExpression("stddev_samp(\(value.sql))\(filter())", .exact(places: 4)), to: .real)
    case .correlation(let other):
      let second = cast(try self.value(other, scope), to: .real)
      return SQLExpression(
        "corr(\(cast(value, to: .real).sql), \(second.sql))\(filter())", .real)
    case .minimum: return try extreme("min", value, operand.categories, filter)
    case .maximum: return try extreme("max", value, operand.categories, filter)
    }
  }

  /// The mean, from exact sums where numbers are exact.
  private func mean(_ value: SQLExpression, _ filter: String) -> SQLExpression {
    let sum = dialect.sum(value.sql, value.kind) + filter
    let count = "count(\(value.sql))\(filter)"
    guard let places = value.kind.places else {
      return SQLExpression("(\(sum) / nullif(\(count), 0))", .real)
    }
    let power = (0..<places).reduce(1) { power, _ in power * 10 }
    let real = dialect.type(.real)
    let whole = dialect.cast("(\(sum) * \(power))", real)
    return SQLExpression("(\(whole) / nullif(\(count) * \(power), 0))", .real)
  }

  private func percentile(_ fraction: Double, _ value: SQLExpression, _ filter: String)
    throws(Unsendable) -> SQLExpression
  {
    let real = cast(value, to: .real)
    let known = try bind("\(min(1, max(0, fraction)))", as: dialect.type(.real))
    return SQLExpression(dialect.percentile(known, real.sql) + filter, .real)
  }

  private func extreme(
    _ word: String, _ value: SQLExpression, _ categories: [String]?, _ filter: (String?) -> String
  ) throws(Unsendable) -> SQLExpression {
    switch value.kind {
    case .boolean:
      return SQLExpression(
        "\(word == "min" ? "bool_and" : "bool_or")(\(value.sql))\(filter(nil))",
        .boolean)
    case .text:
      return SQLExpression(
        dialect.extremeText(
          word == "min", value.sql, try orderKeys(value, categories),
          filter("\(value.sql) is not null")), .text)
    case .integer, .exact, .real, .date, .month, .period:
      return SQLExpression("\(word)(\(value.sql))\(filter(nil))", value.kind)
    }
  }
}
