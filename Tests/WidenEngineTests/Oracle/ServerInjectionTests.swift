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
    let values = Self.hostile.map { Optional($0) } + [nil]
    let entry = entry("people", [("name", .text(values))], values.count)
    try server.fill(entry, in: database)
    try server.execute("create table witness (id int)", in: database)
    let there = try remote(entry, server.address(database))
    let name = PlanBuilder(entry)["name"]
    for value in Self.hostile {
      let constant = TypedExpression(.constant(.text(value)), type: .text)
      let conditions = [
        compare(name, .equal, .text(value)), compare(name, .notEqual, .text(value)),
        TypedExpression(.membership(name, [.value(constant)], .text), type: .boolean),
        TypedExpression(.textTest(.contains, value: name, pattern: constant), type: .boolean),
      ]
      for condition in conditions {
        try expectSame(PlanBuilder(entry).filter(condition).count(by: "name"), entry, there)
      }
    }
    try expectSame(PlanBuilder(entry).sort(("name", false)), entry, there)
    #expect(try server.execute("select count(*) from witness", in: database) == "0\n")
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

  private func remote(_ entry: Dataset.Entry, _ address: String) throws -> Dataset {
    let opened = try openDatabase(address)
    let source = try #require(opened.dataset.entry(named: entry.description.name)?.source)
    return Dataset(
      name: "there", entries: [Dataset.Entry(description: entry.description, source: source)])
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
