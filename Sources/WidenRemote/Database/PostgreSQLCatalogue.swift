internal import WidenEngine
internal import WidenLanguage

/// What PostgreSQL says of itself.
struct PostgreSQLCatalogue: DatabaseCatalogue {
  let dialect = Dialect.postgreSQL
  let patienceSeconds = 0.3
  let emptyHint = "somebody who may has to grant select on it"

  func schema(_ connection: any ServerConnection) throws(ServerError) -> Schema {
    var schema = Schema()
    var places: [String: Int] = [:]
    try readColumns(connection, &schema, &places)
    try readKeys(connection, &schema, places)
    // Small tables are counted; of large ones the server's estimate is as good as is needed.
    for index in schema.tables.indices where schema.tables[index].table.rowCount ?? 0 < 100_000 {
      try schema.count(index, connection, dialect, patience: 1)
    }
    return schema
  }

  private func readColumns(
    _ connection: any ServerConnection, _ found: inout Schema, _ places: inout [String: Int]
  ) throws(ServerError) {
    var rows: [[String?]] = []
    try connection.run(columnsQuery) { row in rows.append((0..<12).map { row.text($0) }) }
    for row in rows {
      guard let id = row[0], let schema = row[1], let table = row[2], let name = row[5],
        let type = row[6]
      else { continue }
      let index = places[id] ?? found.add([schema, table], summary: row[4])
      if places[id] == nil, let estimate = row[3].flatMap({ Int($0) }), estimate >= 0 {
        found.tables[index].table.rowCount = estimate
        found.tables[index].description.rowCount = estimate
      }
      places[id] = index
      let known = ServerType(
        type, modifier: row[7].flatMap { Int($0) } ?? -1, hasOwnOrder: row[11] == "t")
      found.tables[index].add(
        name, known, typeName: row[10] ?? type,
        labels: row[8].map { $0.split(separator: "\u{1F}").map(String.init) }, summary: row[9])
    }
  }

  private func readKeys(
    _ connection: any ServerConnection, _ found: inout Schema, _ places: [String: Int]
  ) throws(ServerError) {
    var rows: [[String?]] = []
    try connection.run(keysQuery) { row in rows.append((0..<5).map { row.text($0) }) }
    for row in rows {
      guard let kind = row[0], let id = row[1], let index = places[id], let own = row[2]
      else { continue }
      let columns = own.split(separator: "\u{1F}").map(String.init)
      if kind == "p" {
        found.tables[index].table.primaryKey = columns
        if columns.count == 1 { found.tables[index].description.key = columns[0] }
      } else if let other = row[3].flatMap({ places[$0] }), let key = row[4], columns.count == 1 {
        let target = found.tables[other].description.name
        found.tables[index].description.relationships.append(
          .init(column: columns[0], table: target, key: key))
      }
    }
  }

  /// What the server's statistics remember, which costs nothing.
  func frequentValues(of column: ServerColumn, in table: ServerTable) -> FrequentValues {
    let name = table.qualified(dialect).replacing("'", with: "''")
    return FrequentValues(
      query: """
        select v, (f * c.reltuples)::bigint from pg_stats s join pg_class c
          on c.oid = '\(name)'::regclass,
          unnest(s.most_common_vals::text::text[], s.most_common_freqs) as u(v, f)
        where s.schemaname = $1 and s.tablename = $2 and s.attname = $3
        """, parameters: table.path + [column.name])
  }
}

extension ServerType {
  /// The type of this name in PostgreSQL's catalogue; all that is not known is text.
  init(_ name: String, modifier: Int, hasOwnOrder: Bool) {
    switch name {
    case "text", "varchar": self = .text(hasOwnOrder ? .converted : .plain)
    case "bpchar", "name", "uuid", "citext", "char": self = .text(.converted)
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
    default: self = .text(.unknown)
    }
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
