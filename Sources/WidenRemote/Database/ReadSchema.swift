internal import WidenEngine
internal import WidenLanguage

/// What a database says of its tables.
struct Schema {
  /// A table, and what is known of it here.
  struct Found {
    var table: ServerTable
    var description: TableDescription
  }

  private(set) var tables: [Found] = []
  /// Sentences for the start.
  private(set) var notes: [String] = []
  private var indexOfTable: [String: Int] = [:]

  /// Reads the tables that the user may read.
  init(_ connection: Connection) throws(ServerError) {
    try readColumns(connection)
    try readKeys(connection)
    try countRows(connection)
  }

  private mutating func readColumns(_ connection: Connection) throws(ServerError) {
    var rows: [[String?]] = []
    try connection.run(columnsQuery) { row in rows.append((0..<12).map { row.text($0) }) }
    var taken: Set<String> = []
    for row in rows {
      guard let id = row[0], let schema = row[1], let table = row[2], let name = row[5],
        let type = row[6]
      else { continue }
      if indexOfTable[id] == nil {
        var known = table
        if !taken.insert(known.lowercased()).inserted { known = "\(schema)_\(table)" }
        taken.insert(known.lowercased())
        indexOfTable[id] = tables.count
        let rowCount = row[3].flatMap { Int($0) } ?? -1
        tables.append(
          Found(
            table: ServerTable(schema: schema, name: table),
            description: TableDescription(
              name: known, columns: [], rowCount: rowCount, summary: row[4])))
      }
      guard let index = indexOfTable[id] else { continue }
      let found = ServerType(
        type, modifier: row[7].flatMap { Int($0) } ?? -1, hasOwnOrder: row[11] == "t")
      let labels = row[8].map { $0.split(separator: "\u{1F}").map(String.init) }
      let known = tables[index].description.name
      var column = ColumnDescription(
        name: name, type: labels == nil ? found.valueType : .category, categories: labels,
        isOrdered: labels != nil, origin: .init(table: known, column: name), summary: row[9])
      if !found.isKnown(type), labels == nil {
        column.summary = column.summary ?? "as text; the server's type is \(row[10] ?? type)"
      }
      tables[index].table.columns[name] = ServerColumn(name: name, type: found)
      tables[index].description.columns.append(column)
    }
  }

  private mutating func readKeys(_ connection: Connection) throws(ServerError) {
    var rows: [[String?]] = []
    try connection.run(keysQuery) { row in rows.append((0..<5).map { row.text($0) }) }
    for row in rows {
      guard let kind = row[0], let id = row[1], let index = indexOfTable[id], let own = row[2]
      else { continue }
      let columns = own.split(separator: "\u{1F}").map(String.init)
      if kind == "p" {
        tables[index].table.primaryKey = columns
        if columns.count == 1 { tables[index].description.key = columns[0] }
      } else if let other = row[3].flatMap({ indexOfTable[$0] }), let key = row[4],
        columns.count == 1
      {
        let target = tables[other].description.name
        tables[index].description.relationships.append(
          .init(column: columns[0], table: target, key: key))
      }
    }
  }

  /// Small tables are counted; of large ones the server's estimate is as good as is needed.
  private mutating func countRows(_ connection: Connection) throws(ServerError) {
    for index in tables.indices where tables[index].description.rowCount < 100_000 {
      let name = tables[index].table.qualified(.postgreSQL)
      var count: Int?
      do throws(ServerError) {
        try connection.run("select count(*) from \(name)", patience: 1) { row in
          count = row.text(0).flatMap { Int($0) }
        }
      } catch {
        if error.isConnectionLost { throw error }
        notes.append("\(tables[index].description.name) could not be counted: \(error.message)")
      }
      tables[index].description.rowCount = max(0, count ?? tables[index].description.rowCount)
    }
  }
}

extension ServerType {
  /// The type of this name in PostgreSQL's catalogue; all that is not known is text.
  init(_ name: String, modifier: Int, hasOwnOrder: Bool) {
    switch name {
    case "text", "varchar": self = .text(isPlain: !hasOwnOrder)
    case "int8": self = .integer(isLong: true)
    case "int2", "int4": self = .integer(isLong: false)
    case "float8": self = .real(isSingle: false)
    case "float4": self = .real(isSingle: true)
    case "bool": self = .boolean
    case "date": self = .date
    case "timestamp": self = .time(hasZone: false)
    case "timestamptz": self = .time(hasZone: true)
    case "numeric":
      // The catalogue has precision and scale in one number, and 4 more.
      let (precision, scale) = ((modifier - 4) >> 16 & 0xFFFF, (modifier - 4) & 0x7FF)
      if modifier < 4 {
        self = .number
      } else if scale == 0, precision <= 18 {
        self = .integer(isLong: false)
      } else {
        self = (1...4).contains(scale) && precision <= 18 ? .exact(places: scale) : .number
      }
    default: self = .text(isPlain: false)
    }
  }

  /// Whether values of a server's type are what they are there.
  fileprivate func isKnown(_ name: String) -> Bool {
    guard case .text(false) = self else { return true }
    return ["text", "varchar", "bpchar", "name", "uuid", "citext", "char"].contains(name)
  }
}

private let columnsQuery = """
  select c.oid, n.nspname, c.relname, c.reltuples::bigint, obj_description(c.oid, 'pg_class'),
    a.attname, coalesce(b.typname, t.typname), case when t.typtype = 'd' then t.typtypmod
      else a.atttypmod end,
    (select string_agg(e.enumlabel, E'\\x1F' order by e.enumsortorder) from pg_enum e
      where e.enumtypid = t.oid),
    col_description(c.oid, a.attnum), format_type(a.atttypid, a.atttypmod),
    a.attcollation not in (0, 'pg_catalog."default"'::regcollation)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_type b on t.typtype = 'd' and b.oid = t.typbasetype
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    and has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select')
  order by n.nspname <> 'public', n.nspname, c.relname, a.attnum
  """

private let keysQuery = """
  select k.contype, k.conrelid,
    (select string_agg(a.attname, E'\\x1F' order by o.place)
      from unnest(k.conkey) with ordinality o(number, place)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = o.number),
    k.confrelid,
    (select a.attname from pg_attribute a
      where a.attrelid = k.confrelid and a.attnum = k.confkey[1])
  from pg_constraint k where k.contype in ('p', 'f') order by k.contype desc, k.conname
  """
