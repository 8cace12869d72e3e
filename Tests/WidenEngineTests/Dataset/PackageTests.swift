import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("Data packages")
struct PackageTests {
  @Test(arguments: [0, 700])
  func sampleComesBackAsItWas(posts: Int) throws {
    let made = makeSample(posts: posts)
    let files = Dictionary(uniqueKeysWithValues: made.packageFiles.map { ($0.name, $0.content()) })
    let opened = try withFolder(files) { try openPackage(path: "\($0)/datapackage.json") }
    #expect(opened.notes == [])
    #expect(opened.dataset.name == made.name)
    #expect(opened.dataset.isSynthetic == made.isSynthetic)
    #expect(opened.dataset.policy == "safe")
    #expect(opened.dataset.attribution == made.attribution)
    #expect(opened.dataset.definitions == made.definitions + "\n")
    #expect(opened.dataset.tableNames == made.tableNames)
    for (before, after) in zip(made.entries, opened.dataset.entries) {
      #expect(before.description == after.description)
      #expect(before.table.rowCount == after.table.rowCount)
      for (column, other) in zip(before.table.columns, after.table.columns) {
        let name = "\(before.description.name).\(column.description.name)"
        #expect(column.description == other.description, "\(name)")
        let rows = 0..<before.table.rowCount
        #expect(rows.allSatisfy { column.data[$0] == other.data[$0] }, "\(name)")
      }
    }
  }

  @Test func foreignKeysBecomeRelationships() throws {
    let description = """
      {"name": "two", "resources": [
        {"name": "posts", "path": "posts.csv", "widen:personal": true, "schema": {
          "fields": [{"name": "post", "type": "string"}, {"name": "place", "type": "string"}],
          "foreignKeys": [{"fields": "place", "reference": {"resource": "places-all", "fields": "code"}}]}},
        {"name": "places-all", "path": "places.csv", "schema": {
          "fields": [{"name": "code", "type": "string"}], "primaryKey": "code"}}]}
      """
    let opened = try open(
      description,
      ["posts.csv": "post,place\n1,A\n2,B\n3,X\n4,\n5,X\n", "places.csv": "code\nA\nB\n"])
    #expect(
      opened.dataset.table(named: "posts")?.relationships
        == [.init(column: "place", table: "places_all", key: "code")])
    #expect(opened.dataset.table(named: "places_all")?.key == "code")
    #expect(
      opened.notes == [
        .init(.warning, "posts: 2 rows with a place that places_all does not have, such as 'X'")
      ])
  }

  @Test(arguments: [
    ("P0000007,P0000100,P0000012,Q0000007", 2), ("7,100,12,9", 3), ("2014-04-01,2014-04-09,x,y", 3),
  ])
  func countsRowsThatPointNowhere(keys: String, strays: Int) throws {
    // The first of the values is the only known key but for one that nobody points to.
    let values = keys.split(separator: ",")
    let known = keys.hasPrefix("P") ? "P0000007\nP0000012" : "\(values[0])\n\(values[0])1"
    let schema =
      #", "foreignKeys": [{"fields": "k", "reference": {"resource": "u", "fields": "k"}}]"#
    let description = """
      {"resources": [
        {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "k", "type": "string"}]\(schema)}},
        {"name": "u", "path": "u.csv", "schema": {"fields": [{"name": "k", "type": "string"}]}}]}
      """
    let rows = values.joined(separator: "\n")
    let opened = try open(description, ["t.csv": "k\n\(rows)\n", "u.csv": "k\n\(known)\n"])
    #expect(opened.notes.count == 1)
    #expect(opened.notes.first?.text.hasPrefix("t: \(strays) rows with a k that u") == true)
  }

  @Test func keysThatRepeatAreNotFollowed() throws {
    let schema = #", "foreignKeys": [{"fields": "a", "reference": {"fields": "b"}}]"#
    let fields = #"{"name": "a", "type": "string"}, {"name": "b", "type": "string"}"#
    let opened = try open(
      package(fields: fields, schema: schema), ["t.csv": "a,b\n1,x\n2,x\n"])
    #expect(opened.dataset.table(named: "t")?.relationships == [])
    #expect(
      opened.notes == [.init(.warning, "t.a is not followed: 'x' stands several times in t.b")])
  }

  @Test func keysOfDifferentTypesAreRefused() {
    let schema = #", "foreignKeys": [{"fields": "a", "reference": {"fields": "b"}}]"#
    let fields = #"{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}"#
    #expect(
      refusal(package(fields: fields, schema: schema), ["t.csv": "a,b\n1,1\n"])
        == "'datapackage.json' at /resources/0/schema/foreignKeys/0: 'a' is text, but 'b' of 't' is "
        + "integer\n  = declare both fields with the same type")
  }

  @Test func tablesOfPeopleAreRecognised() throws {
    func isPersonal(_ field: String, _ resource: String = "") throws -> Bool? {
      let opened = try open(
        package(fields: "{\"name\": \"a\"\(field)}", resource: resource), ["t.csv": "a\n1\n"])
      return opened.dataset.table(named: "t")?.isPersonal
    }
    #expect(try isPersonal("") == false)
    #expect(try isPersonal(#", "widen:sensitivity": "quasi""#) == false)
    #expect(try isPersonal(#", "widen:sensitivity": "special""#) == true)
    #expect(try isPersonal("", #", "widen:person": "a""#) == true)
    #expect(
      try isPersonal(
        #", "widen:sensitivity": "identifier""#, #", "widen:personal": false"#) == false)
  }

  @Test func codesInAnotherListAreKept() throws {
    let opened = try open(
      package(
        fields:
          #"{"name": "a", "type": "string", "widen:codes": {"column": "code", "values": {"Irish": "B", "Roma": "C"}}}"#
      ), ["t.csv": "a\nIrish\n"])
    #expect(
      opened.dataset.table(named: "t")?.columns.first?.mapping
        == .init(
          name: "code", pairs: [.init(value: "Irish", code: "B"), .init(value: "Roma", code: "C")]))
  }

  @Test func columnsThatAreNotDescribedAreFoundFromTheirValues() throws {
    let opened = try open(
      package(fields: #"{"name": "a", "type": "string"}"#), ["t.csv": "a,b,c\n01,2,c\n"])
    #expect(opened.column("a") == #"text: "01""#)
    #expect(opened.column("b") == "integer: 2")
    #expect(opened.notes.map(\.text) == ["t: 2 columns not described: 'b', 'c'"])
  }

  @Test func schemasMayLieInFilesOfTheirOwn() throws {
    let opened = try open(
      #"{"resources": [{"path": "t.csv", "schema": "t.json", "missingValues": ["x"]}]}"#,
      ["t.csv": "a\n7\nx\n", "t.json": #"{"fields": [{"name": "a", "type": "integer"}]}"#])
    #expect(opened.column("a") == "integer: 7 .")
    #expect(
      refusal(#"{"resources": [{"path": "t.csv", "schema": "../t.json"}]}"#, ["t.csv": "a\n7\n"])
        .contains("is not a file below the folder"))
  }

  @Test func unknownPropertiesAreIgnored() throws {
    let opened = try open(
      package(
        fields: #"{"name": "a", "rdfType": 7}"#, schema: #", "fieldsMatch": ["subset"]"#,
        resource: #", "licenses": null, "dialect": {"delimiter": ","}"#), ["t.csv": "a\n1\n"])
    #expect(opened.column("a") == "integer: 1")
  }
}

@Suite("Writing JSON and CSV")
struct PackageWritingTests {
  @Test func jsonComesBackAsItWas() throws {
    let value = JSONValue.object([
      .init(name: "text", value: .text("\"\\/\u{8}\n\u{1F}\u{7F} é 😀")),
      .init(name: "", value: .array([.null, .boolean(true), .integer(.min), .decimal(-0.5)])),
      .init(
        name: "nested", value: .array([.object([]), .array([]), .array([.array([.text("")])])])),
      .init(name: "long", value: .array((0..<60).map { .text("value \($0)") })),
    ])
    #expect(try JSONValue(parsing: Array(value.fileText.utf8)[...]) == value)
    #expect(value.fileText.hasSuffix("}\n"))
  }

  @Test func csvComesBackAsItWas() throws {
    let texts: [String?] = ["=1+1", "a,b", "\"", "x\ny", " z ", nil, "é", "007"]
    for names in [["a"], ["a", "b"]] {
      let columns = names.map {
        TableColumn(ColumnDescription(name: $0, type: .text), .text(texts))
      }
      let table = Table(columns: columns, rowCount: texts.count)
      var options = LoadOptions()
      options.textColumns = Set(names)
      let loaded = try loadFile(bytes: table.csvBytes, name: "t.csv", options: options)
      for column in loaded.table.columns {
        #expect(
          (0..<texts.count).map { column.data[$0] }
            == texts.map { $0.map { .text($0) } ?? .missing })
      }
    }
  }
}
