internal import WidenEngine
internal import WidenLanguage

/// A table of a database as the database has it.
struct ServerTable: Sendable {
  /// Its name, and in front of it those of its schema and whatever that is in.
  var path: [String]
  /// How many rows it has, or is thought to have; nil when nobody knows.
  var rowCount: Int?
  /// The columns of its primary key, in their order; empty without one.
  var primaryKey: [String] = []
  /// The columns by name.
  var columns: [String: ServerColumn] = [:]

  /// Its name as a query has it.
  func qualified(_ dialect: Dialect) -> String {
    path.map(dialect.quoted).joined(separator: ".")
  }

  /// The columns that put its rows in their order: its primary key, or what is said to be its key.
  func orderKey(_ description: TableDescription) -> [String] {
    if !primaryKey.isEmpty { return primaryKey }
    return description.key.flatMap { columns[$0] == nil ? nil : [$0] } ?? []
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
    let name = entry.description.name
    if let table = tables[name] { return table }
    // Some catalogues keep names in small letters.
    return tables.first { $0.key.lowercased() == name.lowercased() }?.value
  }
}

/// What a database says that a column holds.
enum ServerType: Hashable, Sendable {
  case text(TextForm)
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

  /// How text is kept.
  enum TextForm: Hashable, Sendable {
    /// As it is.
    case plain
    /// With blanks behind it that do not count.
    case padded
    /// With an order of its own, or as a type that is text in all but name.
    case converted
    /// As something that nobody here knows, which can be written as text.
    case unknown
  }

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
    let stored = dialect.stored(type, own)
    switch type {
    case .text(let form): return try read(stored, form, described, dialect)
    case .integer:
      if described.type == .period, described.periodKind == .calendarYear {
        return SQLExpression(dialect.cast(own, "bigint"), .period(.calendarYear))
      }
      if described.type.isText {
        return SQLExpression(
          dialect.byBytes("(\(dialect.cast(own, dialect.type(.text))))"), .text)
      }
      return SQLExpression(stored, .integer)
    case .exact(let places): return SQLExpression(stored, .exact(places: places))
    case .number, .real: return SQLExpression(stored, .real)
    case .boolean: return SQLExpression(stored, .boolean)
    case .date, .time: return SQLExpression(stored, .date)
    }
  }

  /// Text as what a description says that it is; what does not read so is missing.
  private func read(
    _ text: String, _ form: ServerType.TextForm, _ described: ColumnDescription,
    _ dialect: Dialect
  ) throws(Unsendable) -> SQLExpression {
    func matching(_ pattern: String, _ value: String) -> String {
      "(case when \(dialect.matches(text, pattern)) then \(value) end)"
    }
    func whole(_ part: String) -> String { dialect.read(part, "bigint") }
    func parts(_ first: String, _ each: Int, _ last: String) -> String {
      "\(whole(first)) * \(each) + \(whole(last)) - 1"
    }
    switch described.type {
    case .text, .category:
      // In the order that is usual in its database equal texts have equal bytes.
      return SQLExpression(form == .plain ? text : dialect.byBytes(text), .text)
    case .integer: return SQLExpression(matching("-?[0-9]{1,18}", whole(text)), .integer)
    case .decimal:
      return SQLExpression(
        matching("-?[0-9]+([.][0-9]+)?", dialect.read(text, dialect.type(.real))), .real)
    case .date:
      return SQLExpression(
        matching("[0-9]{4}-[0-9]{2}-[0-9]{2}", dialect.read(text, "date")), .date)
    case .month:
      return SQLExpression(
        matching("[0-9]{4}-[0-9]{2}", parts("left(\(text), 4)", 12, "right(\(text), 2)")), .month)
    case .period:
      let kind = described.periodKind ?? .financialYear
      let value =
        switch kind {
        case .financialYear: matching("FY[0-9]{4}/[0-9]{2}", whole("substr(\(text), 3, 4)"))
        case .academicYear: matching("AY[0-9]{4}/[0-9]{2}", whole("substr(\(text), 3, 4)"))
        case .calendarYear: matching("[0-9]{4}", whole(text))
        case .quarter:
          matching("[0-9]{4}-Q[1-4]", parts("left(\(text), 4)", 4, "right(\(text), 1)"))
        }
      return SQLExpression(value, .period(kind))
    case .boolean: throw Unsendable("'\(described.name)' is text at the server")
    }
  }
}
