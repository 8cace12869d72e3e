internal import WidenEngine
internal import WidenLanguage

/// Tables, and from one table into another.
extension Renderer {
  /// All rows of a table, in the order of its key.
  func scan(_ name: String, _ plan: Plan, _ needed: Set<Int>) throws(Unsendable) -> SQLRows {
    guard let entry = dataset.entry(named: name) else {
      throw Unsendable("there is no table '\(name)'")
    }
    guard let table = tables[entry] else {
      guard entry.source == nil else {
        throw Unsendable("the rows of \(entry.description.name) are in another database")
      }
      return try sent(entry, plan, needed)
    }
    var columns = [SQLExpression?](repeating: nil, count: plan.columns.count)
    var list: [String] = []
    for index in plan.columns.indices where needed.contains(index) {
      let value = try column(index, of: table, entry.description)
      let name = unique(plan.columns[index].name)
      list.append("\(value.sql) as \(name)")
      columns[index] = SQLExpression(name, value.kind)
    }
    var order: [SQLOrder] = []
    for key in table.primaryKey {
      let name = own("o")
      list.append("t.\(dialect.quoted(key)) as \(name)")
      order.append(SQLOrder(name: name))
    }
    var person: String?
    if withPeople, entry.description.isAboutPeople {
      let name = own("person")
      list.append("\(try self.person(of: table, entry.description)) as \(name)")
      person = name
    }
    let from = add(
      "select \(list.isEmpty ? "1" : list.joined(separator: ", ")) from \(table.qualified(dialect)) as t",
      label: plan.label ?? name)
    return SQLRows(from: from, columns: columns, order: order, person: person)
  }

  private func person(of table: ServerTable, _ description: TableDescription)
    throws(Unsendable) -> String
  {
    guard let name = description.personColumn,
      let index = description.columns.firstIndex(where: { $0.name == name })
    else { return "row_number() over ()" }
    return try column(index, of: table, description).sql
  }

  /// A column of a table `t` as its values mean something here.
  func column(_ index: Int, of table: ServerTable, _ description: TableDescription)
    throws(Unsendable) -> SQLExpression
  {
    let described = description.columns[index]
    guard let column = table.columns[described.name] else {
      throw Unsendable("the server's table has no column '\(described.name)'")
    }
    return try column.expression("t", described, dialect)
  }

  /// A small table that is here, sent with the query.
  private func sent(_ entry: Dataset.Entry, _ plan: Plan, _ needed: Set<Int>) throws(Unsendable)
    -> SQLRows
  {
    let description = entry.description
    guard !description.isAboutPeople, entry.derivation == nil else {
      throw Unsendable("\(description.name) is here, and what is about people is not sent")
    }
    let table = entry.table
    guard table.rowCount <= Renderer.mostSentRows, table.unreadColumns.isDisjoint(with: needed)
    else {
      throw Unsendable("\(description.name) is here, and too large to be sent")
    }
    var columns = [SQLExpression?](repeating: nil, count: plan.columns.count)
    var arrays: [String] = []
    var names: [String] = []
    for index in plan.columns.indices where needed.contains(index) {
      let kind = try kind(of: table.columns[index], plan.columns[index])
      let data = table.columns[index].data
      let values = (0..<table.rowCount).map { plainText(data[$0]) }
      arrays.append(try bind(all: values, as: kind))
      let name = unique(plan.columns[index].name)
      names.append(name)
      columns[index] = SQLExpression(name, kind)
    }
    let place = own("o")
    arrays.append(try bind(all: (0..<table.rowCount).map { "\($0)" }, as: .integer))
    names.append(place)
    let list = names.map { name in
      let isText = columns.contains { $0?.sql == name && $0?.kind == .text }
      return isText ? "\(dialect.byBytes(name)) as \(name)" : name
    }
    let from = add(
      "select \(list.joined(separator: ", ")) from \(dialect.unnest(arrays, "t", names))",
      label: plan.label ?? description.name)
    return SQLRows(from: from, columns: columns, order: [SQLOrder(name: place)], person: nil)
  }

  /// More rows than this are not sent with a query.
  private static let mostSentRows = 50_000

  private func kind(of column: TableColumn, _ described: ColumnDescription) throws(Unsendable)
    -> SQLKind
  {
    if described.type == .decimal, case .coded(let coded) = column.data,
      case .decimal(_, let places) = coded.domain
    {
      return .exact(places: places)
    }
    var kind = described.periodKind
    if described.type == .period, kind == nil {
      for row in 0..<column.data.count where kind == nil { kind = column.data[row].periodKind }
    }
    return try SQLKind(described.type, periodKind: kind ?? .financialYear)
  }

  // MARK: Other tables

  /// The value of the row of another table that each row points to, which is joined.
  func lookup(_ lookup: Lookup, _ scope: SQLScope) throws(Unsendable) -> SQLExpression {
    let pointer = try value(lookup.pointer, scope)
    let (entry, table) = try serverTable(lookup.table)
    let inner = try columns(of: table, entry.description, lookup.result.columns)
    let key = try keyColumn(lookup.key, of: table, entry.description)
    let result = try value(lookup.result, inner)
    let (keyName, valueName, alias) = (own("k"), own("v"), own("j"))
    let (one, other) = try comparable(SQLExpression(keyName, key.kind), pointer)
    let isUnique = table.primaryKey == [lookup.key]
    let first =
      isUnique
      ? "" : "distinct on (\(key.sql)) "
    let order = (isUnique ? [] : [key.sql] + table.primaryKey.map { "t.\(dialect.quoted($0))" })
      .joined(separator: ", ")
    scope.join(
      "left join (select \(first)\(key.sql) as \(keyName), \(result.sql) as \(valueName)"
        + " from \(table.qualified(dialect)) as t\(inner.text)"
        + (order.isEmpty ? "" : " order by \(order)")
        + ") as \(alias) on \(one.sql) = \(other.sql)")
    return SQLExpression(valueName, result.kind)
  }

  /// How many rows of another table point to each row, or whether any does.
  func related(_ related: RelatedRows, _ scope: SQLScope) throws(Unsendable) -> SQLExpression {
    let key = try value(related.key, scope)
    let (entry, table) = try serverTable(related.table)
    let inner = try columns(of: table, entry.description, related.condition?.columns ?? [])
    let pointer = try keyColumn(related.pointer, of: table, entry.description)
    let condition = try related.condition.map { part throws(Unsendable) in
      " where " + (try self.condition(part, inner))
    }
    let (keyName, countName, alias) = (own("k"), own("n"), own("j"))
    let (one, other) = try comparable(SQLExpression(keyName, pointer.kind), key)
    scope.join(
      "left join (select \(pointer.sql) as \(keyName), count(*) as \(countName)"
        + " from \(table.qualified(dialect)) as t\(inner.text)\(condition ?? "") group by 1)"
        + " as \(alias) on \(one.sql) = \(other.sql)")
    switch related.kind {
    case .any: return SQLExpression("(\(countName) is not null)", .boolean)
    case .count:
      return SQLExpression(
        "(case when \(key.sql) is not null then coalesce(\(countName), 0) end)", .integer)
    }
  }

  private func serverTable(_ name: String) throws(Unsendable) -> (Dataset.Entry, ServerTable) {
    guard let entry = dataset.entry(named: name), let table = tables[entry] else {
      throw Unsendable("\(name) is not at the same server")
    }
    return (entry, table)
  }

  private func keyColumn(_ name: String, of table: ServerTable, _ description: TableDescription)
    throws(Unsendable) -> SQLExpression
  {
    guard let index = description.columns.firstIndex(where: { $0.name == name }) else {
      throw Unsendable("there is no column '\(name)' in \(description.name)")
    }
    return try column(index, of: table, description)
  }

  private func columns(
    of table: ServerTable, _ description: TableDescription, _ needed: Set<Int>
  ) throws(Unsendable) -> SQLScope {
    var columns = [SQLExpression?](repeating: nil, count: description.columns.count)
    for index in needed { columns[index] = try column(index, of: table, description) }
    return SQLScope(columns)
  }
}
