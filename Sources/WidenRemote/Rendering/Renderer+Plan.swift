internal import WidenEngine
internal import WidenLanguage

/// The rows of a step: where they are, what their columns are called, and how they are ordered.
struct SQLRows {
  /// The step that gives them.
  var from: String
  /// For each column of the plan its expression over the step; nil where nobody needs it.
  var columns: [SQLExpression?]
  /// What orders them, the first first, with missing values last; empty: they are in no order.
  var order: [SQLOrder]
  /// Who each row is about.
  var person: String?
}

/// A column that orders rows.
struct SQLOrder {
  var name: String
  var isDescending = false
}

extension Renderer {
  /// The rows of a plan, with the columns that are needed.
  func rows(_ plan: Plan, _ needed: Set<Int>) throws(Unsendable) -> SQLRows {
    switch plan.operation {
    case .scan(let table): return try scan(table, plan, needed)
    case .filter(let input, let filter):
      var rows = try rows(input, needed.union(filter.condition.columns))
      let scope = SQLScope(rows.columns)
      let condition = try self.condition(filter.condition, scope)
      rows.from = add(
        "select \(rows.from).* from \(rows.from)\(scope.text) where \(condition)",
        label: plan.label)
      return rows
    case .derive(let input, let expressions):
      return try derive(plan, input, expressions, needed)
    case .project(let input, let columns):
      var rows = try rows(input, Set(columns.indices.filter(needed.contains).map { columns[$0] }))
      rows.columns = columns.map { rows.columns[$0] }
      return rows
    case .sort(let input, let keys): return try sort(plan, input, keys, needed)
    case .take(let input, let count):
      var rows = try rows(input, needed)
      let limit = try bind(limit: count)
      rows.from = add(
        "select * from \(rows.from)\(orderText(rows.order)) limit \(limit)", label: plan.label)
      return rows
    case .top(let input, let top): return try self.top(plan, input, top, needed)
    case .join(let input, let join): return try self.join(plan, input, join, needed)
    case .snapshots(let input, let dates): return try snapshots(plan, input, dates, needed)
    case .aggregate, .share, .crosstab, .change, .intervals, .likelihood, .standardise, .inequality,
      .funnel, .control, .parity, .describe, .protect, .tap:
      throw Unsendable("'\(plan.label ?? "a step")' is computed here, from rows that are here")
    }
  }

  /// ` order by …`, with missing values last.
  func orderText(_ order: [SQLOrder]) -> String {
    if order.isEmpty { return "" }
    let keys = order.map { "\($0.name)\($0.isDescending ? " desc" : "") nulls last" }
    return " order by " + keys.joined(separator: ", ")
  }

  private func derive(
    _ plan: Plan, _ input: Plan, _ expressions: [TypedExpression], _ needed: Set<Int>
  ) throws(Unsendable) -> SQLRows {
    let first = input.columns.count
    let wanted = expressions.indices.filter { needed.contains(first + $0) }
    var below = needed.filter { $0 < first }
    for index in wanted { below.formUnion(expressions[index].columns) }
    var rows = try rows(input, below)
    let scope = SQLScope(rows.columns)
    var added: [String] = []
    for (index, expression) in expressions.enumerated() {
      guard wanted.contains(index) else {
        rows.columns.append(nil)
        continue
      }
      let value = try value(expression, scope)
      let name = unique(plan.columns[first + index].name)
      added.append("\(value.sql) as \(name)")
      rows.columns.append(SQLExpression(name, value.kind))
    }
    if !added.isEmpty {
      rows.from = add(
        "select \(rows.from).*, \(added.joined(separator: ", ")) from \(rows.from)\(scope.text)",
        label: plan.label)
    }
    return rows
  }

  private func sort(_ plan: Plan, _ input: Plan, _ keys: [SortKey], _ needed: Set<Int>)
    throws(Unsendable) -> SQLRows
  {
    var rows = try rows(input, keys.reduce(into: needed) { $0.formUnion($1.value.columns) })
    var order: [SQLOrder] = []
    var added: [String] = []
    let scope = SQLScope(rows.columns)
    for key in keys {
      for part in try orderKeys(value(key.value, scope), key.value.categories) {
        let name = own("o")
        added.append("\(part) as \(name)")
        order.append(SQLOrder(name: name, isDescending: key.isDescending))
      }
    }
    if !added.isEmpty {
      rows.from = add(
        "select \(rows.from).*, \(added.joined(separator: ", ")) from \(rows.from)\(scope.text)",
        label: plan.label)
    }
    rows.order = order + rows.order
    return rows
  }

  /// What puts values in the order in which they are shown.
  func orderKeys(_ value: SQLExpression, _ categories: [String]?) throws(Unsendable) -> [String] {
    guard value.kind == .text else { return [value.sql] }
    let natural = dialect.naturalKey(value.sql)
    guard let categories, !categories.isEmpty else {
      return [natural, "octet_length(\(value.sql))", dialect.byBytes(value.sql)]
    }
    let known = try bind(all: categories, as: .text)
    let place = dialect.position(value.sql, known)
    return [
      "case when \(value.sql) is not null then coalesce(\(place), \(categories.count + 1)) end",
      "case when \(place) is null then \(natural) end",
      "case when \(place) is null then octet_length(\(value.sql)) end",
      dialect.byBytes(value.sql),
    ]
  }

  private func top(_ plan: Plan, _ input: Plan, _ top: TopPlan, _ needed: Set<Int>)
    throws(Unsendable) -> SQLRows
  {
    var rows = try rows(input, needed.union([top.by]).union(top.within))
    let scope = SQLScope(rows.columns)
    func column(_ index: Int) throws(Unsendable) -> SQLExpression {
      guard let column = rows.columns[index] else {
        throw Unsendable("a column of '\(plan.label ?? "top")' is not there")
      }
      return column
    }
    var added: [String] = []
    var groups: [SQLOrder] = []
    var values: [SQLOrder] = []
    for index in top.within {
      for part in try orderKeys(column(index), input.columns[index].categories) {
        let name = own("o")
        added.append("\(part) as \(name)")
        groups.append(SQLOrder(name: name))
      }
    }
    for part in try orderKeys(column(top.by), input.columns[top.by].categories) {
      let name = own("o")
      added.append("\(part) as \(name)")
      values.append(SQLOrder(name: name, isDescending: !top.isBottom))
    }
    let by = try column(top.by)
    let keyed = add(
      "select \(rows.from).*, \(added.joined(separator: ", ")) from \(rows.from)\(scope.text)"
        + " where \(by.sql) is not null", label: plan.label)
    let partition =
      groups.isEmpty ? "" : "partition by \(groups.map(\.name).joined(separator: ", "))"
    let place = own("p")
    let order = orderText(values + rows.order)
    let ranked = add(
      "select \(keyed).*, row_number() over (\(partition)\(order)) as \(place) from \(keyed)",
      label: plan.label)
    let limit = try bind("\(max(0, top.count))", as: "bigint")
    rows.from = add("select * from \(ranked) where \(place) <= \(limit)", label: plan.label)
    rows.order = groups + values + rows.order
    return rows
  }

  private func join(_ plan: Plan, _ input: Plan, _ join: JoinPlan, _ needed: Set<Int>)
    throws(Unsendable) -> SQLRows
  {
    let first = input.columns.count
    let fetched = join.columns.indices.filter { needed.contains(first + $0) }
    var left = try rows(input, needed.filter { $0 < first }.union(join.leftKeys))
    let right = try rows(
      join.right, Set(fetched.map { join.columns[$0] }).union(join.rightKeys))
    var tests: [String] = []
    for (leftKey, rightKey) in zip(join.leftKeys, join.rightKeys) {
      guard let one = left.columns[leftKey], let other = right.columns[rightKey] else { continue }
      let (a, b) = try comparable(one, other)
      tests.append("\(a.sql) = \(b.sql)")
    }
    var columns = right.order.map(\.name)
    if let person = right.person { columns.append(person) }
    for index in join.columns.indices {
      guard fetched.contains(index), let column = right.columns[join.columns[index]] else {
        left.columns.append(nil)
        continue
      }
      columns.append(column.sql)
      left.columns.append(column)
    }
    var seen: Set<String> = []
    let list = columns.filter { seen.insert($0).inserted }.map { ", \(right.from).\($0)" }
    let word = join.unmatched == .keep ? "left join" : "join"
    let (one, other) = (left.from, right.from)
    left.from = add(
      "select \(one).*\(list.joined()) from \(one) \(word) \(other)"
        + " on \(tests.isEmpty ? "true" : tests.joined(separator: " and "))", label: plan.label)
    left.order += right.order
    left.person = left.person ?? right.person
    return left
  }

  private func snapshots(
    _ plan: Plan, _ input: Plan, _ snapshots: SnapshotPlan, _ needed: Set<Int>
  ) throws(Unsendable) -> SQLRows {
    let first = input.columns.count
    var rows = try rows(
      input, needed.filter { $0 < first }.union([snapshots.start, snapshots.end]))
    guard let start = rows.columns[snapshots.start], let end = rows.columns[snapshots.end] else {
      throw Unsendable("the columns of the snapshot are not there")
    }
    let label = plan.columns[first]
    let kind = try SQLKind(
      label.type, periodKind: snapshots.dates.lazy.compactMap { $0.label.periodKind }.first)
    let (day, name, place) = (own("d"), unique(label.name), own("p"))
    let dates = try bind(all: snapshots.dates.map { "\($0.day)" }, as: .date)
    let labels = try bind(all: snapshots.dates.map { plainText($0.label) }, as: kind)
    let places = try bind(all: snapshots.dates.indices.map { "\($0)" }, as: .integer)
    let all = dialect.unnest([dates, labels, places], "d", [day, name, place])
    let (from, to) = (firstDay(start), firstDay(end))
    rows.from = add(
      "select \(rows.from).*, d.\(name), d.\(place) from \(rows.from) cross join \(all)"
        + " where \(from) <= \(day) and (\(to) is null or \(to) > \(day))", label: plan.label)
    rows.columns.append(
      SQLExpression(kind == .text ? dialect.byBytes(name) : name, kind))
    rows.order = [SQLOrder(name: place)] + rows.order
    return rows
  }
}

extension Value {
  /// The kind of a period.
  var periodKind: Period.Kind? {
    if case .period(let period) = self { period.kind } else { nil }
  }
}

/// A value as it is sent.
func plainText(_ value: Value) -> String? {
  switch value {
  case .missing: nil
  case .boolean(let flag): flag ? "t" : "f"
  case .integer(let number): "\(number)"
  case .decimal(let number): "\(number)"
  case .text(let text): text
  case .date(let day): "\(day)"
  case .month(let month): "\(month.number)"
  case .period(let period): "\(period.number)"
  }
}

extension TypedExpression {
  /// The columns of its input that it reads.
  var columns: Set<Int> {
    if case .column(let index) = node { return [index] }
    return parts.reduce(into: []) { $0.formUnion($1.columns) }
  }
}

extension TypedAggregate {
  /// The columns that it reads.
  var columns: Set<Int> {
    var found = (operand?.columns ?? []).union(condition?.columns ?? [])
    if case .correlation(let other) = kind { found.formUnion(other.columns) }
    return found
  }
}
