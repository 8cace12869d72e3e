internal import WidenEngine
internal import WidenLanguage

/// What Spark says of itself.
struct SparkCatalogue: DatabaseCatalogue {
  let dialect = Dialect.spark
  /// Every query is a job, however small it is.
  var patienceSeconds = 1.0
  let emptyHint = "';database=…' behind the address says which database is meant"
  /// The databases whose tables are read, such as `workforce` or `main.workforce`; empty: the one
  /// that a session starts in.
  var databases: [String] = []

  /// What is set in every session, so that all means what it means here.
  static let settings = [
    // What does not work is an error, not a missing value.
    (name: "spark.sql.ansi.enabled", value: "true"),
    (name: "spark.sql.session.timeZone", value: "UTC"),
    (name: "spark.sql.groupByOrdinal", value: "true"),
    // Products with more than 38 digits keep the places that they need.
    (name: "spark.sql.decimalOperations.allowPrecisionLoss", value: "true"),
  ]

  /// More tables are not opened: each costs a question.
  private static let mostTables = 300
  /// Counting all tables may take so long.
  private static let countingSeconds = 20.0

  func schema(_ connection: any ServerConnection) throws(ServerError) -> Schema {
    try check(connection)
    var schema = Schema()
    var paths: [[String]] = []
    for database in try databasePaths(connection) { paths += try tables(in: database, connection) }
    if paths.count > SparkCatalogue.mostTables {
      schema.notes.append(
        "\(grouped(paths.count)) tables are there, and the first \(SparkCatalogue.mostTables) of them "
          + "are opened; ';database=…' in the address says which database is meant")
    }
    for path in paths.prefix(SparkCatalogue.mostTables) {
      do throws(ServerError) {
        try describe(path, connection, &schema)
      } catch {
        if error.isConnectionLost { throw error }
        schema.notes.append("\(path[path.count - 1]) is left out: \(error.message)")
      }
    }
    try countRows(of: &schema, connection)
    return schema
  }

  /// A session that means something else would answer something else.
  private func check(_ connection: any ServerConnection) throws(ServerError) {
    for setting in SparkCatalogue.settings {
      var found: String?
      try connection.run("set \(setting.name)") { row in found = row.text(1) }
      guard found?.lowercased() == setting.value.lowercased() else {
        throw ServerError(
          "\(connection.name) cannot be opened: \(setting.name) is \(found ?? "not set") there",
          hint: "widen needs \(setting.value), and sets it where a session may")
      }
    }
  }

  private func databasePaths(_ connection: any ServerConnection) throws(ServerError) -> [[String]] {
    if !databases.isEmpty {
      return databases.map { $0.split(separator: ".").map(String.init) }
    }
    var path: [String] = []
    try connection.run("select current_catalog(), current_database()") { row in
      path = [row.text(0), row.text(1)].compactMap { $0 }
    }
    return [path]
  }

  private func tables(in database: [String], _ connection: any ServerConnection)
    throws(ServerError) -> [[String]]
  {
    var names: [String] = []
    let quoted = database.map(dialect.quoted).joined(separator: ".")
    do throws(ServerError) {
      try connection.run("show tables in \(quoted)") { row in
        // What belongs to a session alone is in no database.
        if let place = row.text(0), !place.isEmpty, let name = row.text(1) { names.append(name) }
      }
    } catch {
      guard error.state == "42704" else { throw error }
      var known: [String] = []
      try connection.run("show databases") { row in known += row.text(0).map { [$0] } ?? [] }
      let name = database.joined(separator: ".")
      throw ServerError(
        "there is no database '\(name)' at \(connection.name)",
        hint: known.isEmpty ? nil : "databases there: \(known.prefix(10).joined(separator: ", "))")
    }
    return names.map { database + [$0] }
  }

  private func describe(
    _ path: [String], _ connection: any ServerConnection, _ schema: inout Schema
  ) throws(ServerError) {
    var columns: [(name: String, type: String, summary: String?)] = []
    var isPast = false
    try connection.run("describe table \(path.map(dialect.quoted).joined(separator: "."))") { row in
      guard !isPast, let name = row.text(0), let type = row.text(1), !name.isEmpty, !type.isEmpty
      else {
        // Behind its columns stands how a table is kept.
        isPast = true
        return
      }
      columns.append((name, type, row.text(2)))
    }
    let index = schema.add(path, summary: nil)
    for column in columns {
      schema.tables[index].add(
        column.name, ServerType(spark: column.type), typeName: column.type, summary: column.summary)
    }
  }

  /// Counts all tables in one job; one by one where that does not work, as far as there is time.
  private func countRows(of schema: inout Schema, _ connection: any ServerConnection)
    throws(ServerError)
  {
    let clock = ContinuousClock()
    let start = clock.now
    let parts = schema.tables.map { "(select count(*) from \($0.table.qualified(dialect)))" }
    var counts: [Int?] = []
    do throws(ServerError) {
      try connection.run(
        "select \(parts.joined(separator: ", "))", patience: SparkCatalogue.countingSeconds
      ) { row in counts = parts.indices.map { row.text($0).flatMap { Int($0) } } }
    } catch {
      if error.isConnectionLost { throw error }
    }
    var uncounted: [String] = []
    for index in schema.tables.indices {
      let spent = start.duration(to: clock.now) / .seconds(1)
      if index < counts.count, let count = counts[index] {
        schema.tables[index].table.rowCount = count
        schema.tables[index].description.rowCount = count
      } else if spent < SparkCatalogue.countingSeconds {
        let left = SparkCatalogue.countingSeconds - spent
        try schema.count(index, connection, dialect, patience: left)
      } else {
        uncounted.append(schema.tables[index].description.name)
      }
    }
    if !uncounted.isEmpty {
      let names = list(uncounted.prefix(5).map { $0 }) + (uncounted.count > 5 ? " and others" : "")
      schema.notes.append(
        "\(counted(uncounted.count, "table")) not counted, which would have taken too long: \(names)"
      )
    }
  }

  /// Those of some rows, for all are too many.
  func frequentValues(of column: ServerColumn, in table: ServerTable) -> FrequentValues {
    let sampled = 100_000
    let value = dialect.stored(column.type, dialect.quoted(column.name))
    let times = table.rowCount.map { max(1, $0 / sampled) } ?? 1
    return FrequentValues(
      query: """
        select v, count(*) * \(times) from (select \(value) as v from \(table.qualified(dialect))
          limit \(sampled)) where v is not null group by 1 order by 2 desc limit 1000
        """)
  }
}

extension ServerType {
  /// The type that Spark writes so; all that is not known is text.
  init(spark type: String) {
    let name = type.prefix { $0 != "(" && $0 != " " }
    switch name {
    case "string", "varchar": self = .text(type.contains(" collate ") ? .converted : .plain)
    case "char": self = .text(.padded)
    case "tinyint", "smallint", "int": self = .integer(isLong: false)
    case "bigint": self = .integer(isLong: true)
    case "float": self = .real(isSingle: true)
    case "double": self = .real(isSingle: false)
    case "boolean": self = .boolean
    case "date": self = .date
    case "timestamp", "timestamp_ltz": self = .time(hasZone: true)
    case "timestamp_ntz": self = .time(hasZone: false)
    case "decimal":
      let digits = type.split { !$0.isNumber }.compactMap { Int($0) }
      guard digits.count == 2, digits[0] <= 18 else {
        self = .number
        return
      }
      self =
        digits[1] == 0
        ? .integer(isLong: false) : digits[1] <= 4 ? .exact(places: digits[1]) : .number
    default: self = .text(.unknown)
    }
  }
}
