internal import WidenEngine
internal import WidenLanguage

/// Tables, and from one table into another.
extension Renderer {
  /// All rows of a table, in the order of its key.
  func scan(_ name: String, _ plan: Plan, _ needed: Set<Int>) throws(Unsendable) -> SQLRows {
    guard let entry = dataset.entry(named: name) else {
      throw Unsendable("there is no table '\(name)'")
    }
    guard let table = tables[entry] else { return try sent(entry, plan, needed) }
    var columns = [SQLExpression?](repeating: nil, count: plan.columns.count)
    var list: [String] = []
    for index in plan.columns.indices where needed.contains(index) {
      let value = try column(index, of: table, entry.description)
      let name = unique(plan.columns[index].name)
      list.append("\(value.sql) as \(name)")
      columns[index] = SQLExpression(name, value.kind)
    }
    var order: [SQLOrder] = []
    for key in table.orderKey(entry.description) {
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
    else { return dialect.rowNumber }
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
    let all = plan.columns.indices.filter(needed.contains)
    let sent = try sentArrays(entry, plan.columns, all)
    var columns = [SQLExpression?](repeating: nil, count: plan.columns.count)
    for (index, column) in zip(all, sent.columns) { columns[index] = column }
    let names = sent.columns.map(\.sql) + [sent.place]
    let from = add(
      "select \(names.joined(separator: ", ")) from \(dialect.unnest(sent.arrays, "t", names))",
      label: plan.label ?? entry.description.name)
    return SQLRows(
      from: from, columns: columns, order: [SQLOrder(name: sent.place)], person: nil)
  }

  /// Columns of a table that is here as arrays, and one more for the places of its rows.
  private func sentArrays(
    _ entry: Dataset.Entry, _ described: [ColumnDescription], _ needed: [Int]
  ) throws(Unsendable) -> (arrays: [String], columns: [SQLExpression], place: String) {
    let description = entry.description
    guard entry.source == nil else {
      throw Unsendable("the rows of \(description.name) are in another database")
    }
    guard !description.isAboutPeople, entry.derivation == nil else {
      throw Unsendable("\(description.name) is here, and what is about people is not sent")
    }
    let table = entry.table
    guard table.rowCount <= Renderer.mostSentRows, table.unreadColumns.isDisjoint(with: needed)
    else {
      throw Unsendable("\(description.name) is here, and too large to be sent")
    }
    var arrays: [String] = []
    var columns: [SQLExpression] = []
    for index in needed {
      let kind = try kind(of: table.columns[index], described[index])
      let data = table.columns[index].data
      arrays.append(try bind(all: (0..<table.rowCount).map { plainText(data[$0]) }, as: kind))
      columns.append(SQLExpression(unique(described[index].name), kind))
    }
    arrays.append(try bind(all: (0..<table.rowCount).map { "\($0)" }, as: .integer))
    return (arrays, columns, own("o"))
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
    let other = try otherTable(lookup.table, lookup.key, lookup.result.columns)
    let inner = SQLScope(other.columns)
    let result = try value(lookup.result, inner)
    let key = other.key
    let (keyName, valueName, alias) = (own("k"), own("v"), own("j"))
    let columns = "\(key.sql) as \(keyName), \(result.sql) as \(valueName)"
    let (one, another) = try comparable(SQLExpression(keyName, key.kind), pointer)
    // Of several rows with one key the first counts.
    var rows = "select \(columns) from \(other.from)\(inner.text)"
    if !other.isUnique {
      let (place, numbered) = (own("p"), own("j"))
      let order = (other.order.isEmpty ? [key.sql] : other.order).map { "\($0) nulls last" }
      rows =
        "select \(keyName), \(valueName) from (select \(columns), row_number() over (partition by"
        + " \(key.sql) order by \(order.joined(separator: ", "))) as \(place)"
        + " from \(other.from)\(inner.text)) as \(numbered) where \(place) = 1"
    }
    scope.join("left join (\(rows)) as \(alias) on \(one.sql) = \(another.sql)")
    return SQLExpression(valueName, result.kind)
  }

  /// How many rows of another table point to each row, or whether any does.
  func related(_ related: RelatedRows, _ scope: SQLScope) throws(Unsendable) -> SQLExpression {
    let key = try value(related.key, scope)
    let other = try otherTable(
      related.table, related.pointer, related.condition?.columns ?? [])
    let inner = SQLScope(other.columns)
    let condition = try related.condition.map { part throws(Unsendable) in
      " where " + (try self.condition(part, inner))
    }
    let (keyName, countName, alias) = (own("k"), own("n"), own("j"))
    let (one, another) = try comparable(SQLExpression(keyName, other.key.kind), key)
    scope.join(
      "left join (select \(other.key.sql) as \(keyName), count(*) as \(countName)"
        + " from \(other.from)\(inner.text)\(condition ?? "") group by 1)"
        + " as \(alias) on \(one.sql) = \(another.sql)")
    switch related.kind {
    case .any: return SQLExpression("(\(countName) is not null)", .boolean)
    case .count:
      return SQLExpression(
        "(case when \(key.sql) is not null then coalesce(\(countName), 0) end)", .integer)
    }
  }

  /// Another table `t` that is looked into.
  private struct OtherTable {
    var from: String
    /// Those that are needed.
    var columns: [SQLExpression?]
    var key: SQLExpression
    /// Whether no two rows have the same key.
    var isUnique: Bool
    /// What orders its rows.
    var order: [String]
  }

  /// A table at the same server, or a small one that is here and sent with the query.
  private func otherTable(_ name: String, _ key: String, _ needed: Set<Int>) throws(Unsendable)
    -> OtherTable
  {
    guard let entry = dataset.entry(named: name),
      let place = entry.description.columns.firstIndex(where: { $0.name == key })
    else { throw Unsendable("there is no column '\(key)' in \(name)") }
    let description = entry.description
    var columns = [SQLExpression?](repeating: nil, count: description.columns.count)
    let all = needed.union([place]).sorted()
    var from: String
    var order: [String]
    if let table = tables[entry] {
      for index in all { columns[index] = try column(index, of: table, description) }
      from = "\(table.qualified(dialect)) as t"
      order = table.orderKey(description).map { "t.\(dialect.quoted($0))" }
      if table.primaryKey == [key] { order = [] }
    } else {
      let sent = try sentArrays(entry, description.columns, all)
      for (index, column) in zip(all, sent.columns) { columns[index] = column }
      from = dialect.unnest(sent.arrays, "t", sent.columns.map(\.sql) + [sent.place])
      order = [sent.place]
    }
    guard let keyColumn = columns[place] else {
      throw Unsendable("there is no column '\(key)' in \(name)")
    }
    let isUnique = tables[entry].map { $0.primaryKey == [key] } ?? false
    return OtherTable(
      from: from, columns: columns, key: keyColumn, isUnique: isUnique, order: order)
  }
}
