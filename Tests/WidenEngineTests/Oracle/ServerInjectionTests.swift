import PrivateServer
import Testing
import WidenEngine
import WidenLanguage
import WidenRemote

/// Names and values never become part of a query's meaning, whatever stands in them.
@Suite struct ServerInjectionTests {
  private static let hostile = [
    "a\"b", "a'; drop table witness; --", "\"; drop table witness; --", "/* */", "a\\", "\\'; --",
    "$1",
    "a\u{1}b", "a\nb", "a\tb", "{\"x\",NULL}", "NULL", "null", "", " ", "%s", "é\u{301}", "日本",
    "$$",
    "E'\\x27'", String(repeating: "n", count: 70), "#0", "s0", "t", "count",
  ]

  @Test func valuesStayValues() throws {
    guard let server = PrivateServer.shared else { return }
    let database = try server.makeDatabase()
    try server.execute("create table witness (id int)", in: database)
    try askForHostileValues(server.address(database)) { try server.fill($0, in: database) }
    #expect(try server.execute("select count(*) from witness", in: database) == "0\n")
  }

  @Test func valuesStayValuesInSpark() throws {
    guard let cluster = SparkCluster.shared else { return }
    try cluster.execute("create database if not exists hostile")
    try cluster.execute("create table if not exists hostile.witness (id int) using parquet")
    try askForHostileValues(cluster.address("hostile"), key: "rn") {
      try cluster.fill($0, in: "hostile")
    }
    try cluster.execute("select * from hostile.witness")
  }

  private func askForHostileValues(
    _ address: String, key: String? = nil, fill: (Dataset.Entry) throws -> Void
  ) throws {
    let values = Self.hostile.map { Optional($0) } + [nil]
    let entry = entry("people", [("name", .text(values))], values.count)
    try fill(entry)
    let there = try remote(entry, address, key: key)
    let name = PlanBuilder(entry)["name"]
    for value in Self.hostile {
      let constant = TypedExpression(.constant(.text(value)), type: .text)
      let conditions = [
        compare(name, .equal, .text(value)), compare(name, .notEqual, .text(value)),
        TypedExpression(.membership(name, [.value(constant)], .text), type: .boolean),
        TypedExpression(.textTest(.contains, value: name, pattern: constant), type: .boolean),
      ]
      // One question for all of them: a cluster takes seconds for each.
      let aggregates = conditions.enumerated().map {
        ("n\($0)", TypedAggregate(.count, condition: $1, label: "n"))
      }
      try expectSame(PlanBuilder(entry).group(by: [], aggregates), entry, there)
    }
    let found = compare(name, .notEqual, .text("witness"))
    try expectSame(PlanBuilder(entry).filter(found).count(by: "name"), entry, there)
    try expectSame(PlanBuilder(entry).sort(("name", false)), entry, there)
  }

  /// Spark's own catalogue allows only letters, digits and underscores in names of tables.
  @Test func namesStayNamesInSpark() throws {
    guard let cluster = SparkCluster.shared else { return }
    try cluster.execute("create database if not exists hostile")
    for name in [
      "a`b", "a'; drop table witness; --", "`; drop", "/* */", "a\\", "a b.c", ":p1", "日本",
    ] {
      let columns: [(String, Column)] = [
        (name, .text(["x", "y", nil, "x"])), ("number", .integers([1, 2, 3, nil])),
      ]
      let entry = entry("named", columns, 4)
      try cluster.fill(entry, in: "hostile")
      let there = try remote(entry, cluster.address("hostile"), key: "rn")
      let plan = PlanBuilder(entry)
      try expectSame(plan.derive(plan[name], name + "2").count(by: name, name + "2"), entry, there)
    }
  }

  @Test func namesStayNames() throws {
    guard let server = PrivateServer.shared else { return }
    let database = try server.makeDatabase()
    try server.execute("create table witness (id int)", in: database)
    // Databases cut longer names themselves, and have no empty ones.
    for name in Self.hostile
    where !name.isEmpty && name.utf8.count < 60 && name != "NULL" {
      let columns: [(String, Column)] = [
        (name, .text(["x", "y", nil, "x"])), ("number", .integers([1, 2, 3, nil])),
      ]
      let entry = entry(name + "_table", columns, 4)
      try server.fill(entry, in: database)
      let there = try remote(entry, server.address(database))
      let plan = PlanBuilder(entry)
      try expectSame(plan.count(by: name), entry, there)
      try expectSame(plan.derive(plan[name], name + "2").count(by: name, name + "2"), entry, there)
      try expectSame(plan.sort((name, true)), entry, there)
    }
    #expect(try server.execute("select count(*) from witness", in: database) == "0\n")
  }

  private func entry(_ name: String, _ columns: [(String, Column)], _ rows: Int) -> Dataset.Entry {
    let described = columns.map { column, data in
      TableColumn(
        ColumnDescription(
          name: column, type: column == "number" ? .integer : .text,
          origin: .init(table: name, column: column)), data)
    }
    return Dataset.Entry(
      description: TableDescription(
        name: name, columns: described.map(\.description), rowCount: rows),
      table: Table(columns: described, rowCount: rows))
  }

  private func remote(_ entry: Dataset.Entry, _ address: String, key: String? = nil) throws
    -> Dataset
  {
    try ServerComparison.remote(Dataset(name: "here", entries: [entry]), address, key: key)
  }

  private func expectSame(_ plan: PlanBuilder, _ entry: Dataset.Entry, _ there: Dataset) throws {
    let here = Dataset(name: "here", entries: [entry])
    let own = try execute(plan.plan, in: ExecutionContext(dataset: here)).table
    let other = try execute(plan.plan, in: ExecutionContext(dataset: there)).table
    func cells(_ table: Table) -> [[Value]] {
      (0..<table.rowCount).map { row in table.columns.map { $0.data[row] } }
    }
    #expect(cells(own) == cells(other))
  }
}
