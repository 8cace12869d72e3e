internal import WidenEngine
internal import WidenLanguage

/// A table of a database as the database has it.
struct ServerTable: Sendable {
  var schema: String
  var name: String
  /// The columns of its primary key, in their order; empty without one.
  var primaryKey: [String] = []
  /// The columns by name.
  var columns: [String: ServerColumn] = [:]

  /// Its name as a query has it.
  func qualified(_ dialect: Dialect) -> String {
    "\(dialect.quoted(schema)).\(dialect.quoted(name))"
  }
}

/// The tables of one database, by what they are called here.
struct ServerTables: Sendable {
  var dialect: Dialect
  var tables: [String: ServerTable] = [:]
  /// Whose tables they are; nil: whatever is called so.
  var owner: ObjectIdentifier?

  /// The table behind an entry; nil when its rows are somewhere else.
  subscript(entry: Dataset.Entry) -> ServerTable? {
    guard let source = entry.source, owner == nil || ObjectIdentifier(source) == owner else {
      return nil
    }
    return tables[entry.description.name]
  }
}

/// What a database says that a column holds.
enum ServerType: Hashable, Sendable {
  /// `text` and its kin; `isPlain` when it needs no conversion, and has no order of its own.
  case text(isPlain: Bool)
  case integer(isLong: Bool)
  /// `numeric` with so many places, 1 to 4.
  case exact(places: Int)
  /// `numeric` with other places, or none declared.
  case number
  case real(isSingle: Bool)
  case boolean
  case date
  /// A time of a day, of which the day is kept.
  case time(hasZone: Bool)

  /// The type that its values have here.
  var valueType: ValueType {
    switch self {
    case .text: .text
    case .integer: .integer
    case .exact, .number, .real: .decimal
    case .boolean: .boolean
    case .date, .time: .date
    }
  }
}

/// A column of a table as the database has it.
struct ServerColumn: Hashable, Sendable {
  var name: String
  var type: ServerType

  /// Its values as they mean something here: missing is null, and nothing else is.
  func expression(_ alias: String, _ described: ColumnDescription, _ dialect: Dialect)
    throws(Unsendable) -> SQLExpression
  {
    let own = "\(alias).\(dialect.quoted(name))"
    switch type {
    case .text(let isPlain):
      let text = isPlain ? own : "(\(own)::text)"
      return try read(text, described, dialect)
    case .integer(let isLong):
      if described.type == .period, described.periodKind == .calendarYear {
        return SQLExpression("\(own)::bigint", .period(.calendarYear))
      }
      if described.type.isText {
        return SQLExpression(dialect.byBytes("(\(own)::text)"), .text)
      }
      return SQLExpression(isLong ? own : "\(own)::bigint", .integer)
    case .exact(let places): return SQLExpression("nullif(\(own), 'NaN')", .exact(places: places))
    case .number: return SQLExpression(finite("\(own)::float8"), .real)
    case .real(let isSingle):
      return SQLExpression(finite(isSingle ? "\(own)::text::float8" : own), .real)
    case .boolean: return SQLExpression(own, .boolean)
    case .date: return SQLExpression("(case when isfinite(\(own)) then \(own) end)", .date)
    case .time(let hasZone):
      let day = hasZone ? "(\(own) at time zone 'UTC')::date" : "\(own)::date"
      return SQLExpression("(case when isfinite(\(own)) then \(day) end)", .date)
    }
  }

  private func finite(_ number: String) -> String {
    "nullif(nullif(nullif(\(number), 'NaN'), 'Infinity'), '-Infinity')"
  }

  /// Text as what a description says that it is; what does not read so is missing.
  private func read(_ text: String, _ described: ColumnDescription, _ dialect: Dialect)
    throws(Unsendable) -> SQLExpression
  {
    func matching(_ pattern: String, _ value: String) -> String {
      "(case when \(text) ~ '^\(pattern)$' then \(value) end)"
    }
    switch described.type {
    case .text, .category:
      // In the order that is usual in its database equal texts have equal bytes.
      if case .text(true) = type { return SQLExpression(text, .text) }
      return SQLExpression(dialect.byBytes(text), .text)
    case .integer:
      return SQLExpression(matching("-?[0-9]{1,18}", "\(text)::bigint"), .integer)
    case .decimal:
      return SQLExpression(
        matching("-?[0-9]+([.][0-9]+)?", "\(text)::numeric::float8"), .real)
    case .date:
      return SQLExpression(matching("[0-9]{4}-[0-9]{2}-[0-9]{2}", "\(text)::date"), .date)
    case .month:
      return SQLExpression(
        matching(
          "[0-9]{4}-[0-9]{2}",
          "left(\(text), 4)::bigint * 12 + right(\(text), 2)::bigint - 1"), .month)
    case .period:
      switch described.periodKind ?? .financialYear {
      case .financialYear:
        return SQLExpression(
          matching("FY[0-9]{4}/[0-9]{2}", "substr(\(text), 3, 4)::bigint"),
          .period(.financialYear))
      case .academicYear:
        return SQLExpression(
          matching("AY[0-9]{4}/[0-9]{2}", "substr(\(text), 3, 4)::bigint"),
          .period(.academicYear))
      case .calendarYear:
        return SQLExpression(
          matching("[0-9]{4}", "\(text)::bigint"), .period(.calendarYear))
      case .quarter:
        return SQLExpression(
          matching(
            "[0-9]{4}-Q[1-4]",
            "left(\(text), 4)::bigint * 4 + right(\(text), 1)::bigint - 1"), .period(.quarter))
      }
    case .boolean: throw Unsendable("'\(described.name)' is text at the server")
    }
  }
}
