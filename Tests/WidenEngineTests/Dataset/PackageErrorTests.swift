import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("What is wrong in a package")
struct PackageErrorTests {
  private static let csv = "a,b\n1,x\n2,y\n"

  private func check(
    _ description: String, _ csv: String, _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(refusal(description, ["t.csv": csv]) == expected, sourceLocation: sourceLocation)
  }

  private func check(
    _ description: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    check(description, PackageErrorTests.csv, expected, sourceLocation: sourceLocation)
  }

  private func check(
    field: String, _ csv: String, _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    check(package(fields: field), csv, expected, sourceLocation: sourceLocation)
  }

  private func check(
    field: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    check(field: field, PackageErrorTests.csv, expected, sourceLocation: sourceLocation)
  }

  @Test func textThatIsNoJSON() {
    check(
      "{\n  \"resources\": [,]}",
      "'datapackage.json', line 2, column 17: it is not JSON: a value is due\n"
        + "  = correct the description at that place")
    check("[]", "'datapackage.json': an object is due here, not a list\n  = write it in { }")
    check(
      "{}",
      "'datapackage.json': 'resources' is missing\n"
        + "  = list the data files: \"resources\": [{\"path\": …}]")
    check(
      #"{"resources": []}"#,
      "'datapackage.json' at /resources: the list is empty\n"
        + "  = a package needs at least one data file")
  }

  @Test func resources() {
    check(
      #"{"resources": [{"name": "t"}]}"#,
      "'datapackage.json' at /resources/0: 'path' is missing\n"
        + "  = put the rows into a CSV file and name it: \"path\": \"staff.csv\"")
    for path in ["../t.csv", "/etc/t.csv", "https://x/t.csv", "~/t.csv", "a\\\\t.csv", ""] {
      let shown = path.replacing("\\\\", with: "\\")
      check(
        #"{"resources": [{"path": "\#(path)"}]}"#,
        "'datapackage.json' at /resources/0/path: '\(shown)' is not a file below the folder of the "
          + "package\n  = name it as seen from there, such as \"staff.csv\" or \"data/staff.csv\"")
    }
    check(
      #"{"resources": [{"path": ["t.csv", "u.csv"]}]}"#,
      "'datapackage.json' at /resources/0/path: a table in 2 files is not read\n"
        + "  = put it into one CSV file")
    check(
      #"{"resources": [{"path": "t.csv"}, {"path": "t.csv"}]}"#,
      "'datapackage.json' at /resources/1: the table 't' is described twice, first at /resources/0"
        + "\n  = give each resource a name of its own")
    check(
      #"{"resources": [{"path": "u.csv"}]}"#,
      "'u.csv': there is no file", isStart: true)
    check(
      #"{"resources": [{"path": "t.csv"}], "widen:policy": "sefe"}"#,
      "'datapackage.json' at /widen:policy: 'sefe' is not a policy\n  = did you mean 'safe'?")
  }

  private func check(
    _ description: String, _ expected: String, isStart: Bool,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = refusal(description, ["t.csv": "a\n1\n"])
    #expect(found.hasPrefix(expected), sourceLocation: sourceLocation)
  }

  @Test func fields() {
    check(
      field: #"{"name": "a", "type": "integr"}"#,
      "'datapackage.json' at /resources/0/schema/fields/0/type: 'integr' is not a type\n"
        + "  = did you mean 'integer'?")
    check(
      field: #"{"name": "a"}, {"name": "badn"}"#, "a,band\n1,2\n",
      "'datapackage.json' at /resources/0/schema/fields/1: 't.csv' has no column 'badn'\n"
        + "  = did you mean 'band'?")
    check(
      field: #"{"name": "a"}, {"name": "a"}"#,
      "'datapackage.json' at /resources/0/schema/fields/1: the field 'a' is described twice, first "
        + "at /resources/0/schema/fields/0\n  = describe each column once")
    check(
      field: #"{"name": "a", "type": "date", "format": "%H"}"#,
      "'datapackage.json' at /resources/0/schema/fields/0/format: dates written as '%H' are not "
        + "read\n  = widen reads 2014-04-01, and patterns of %d, %m, %b, %B, %y and %Y")
    check(
      field: #"{"name": "a", "widen:sensitivity": "secret"}"#,
      "'datapackage.json' at /resources/0/schema/fields/0/widen:sensitivity: 'secret' is not a "
        + "sensitivity\n  = possible are identifier, special, quasi")
    check(
      field: #"{"name": "a", "type": "string", "categories": ["x", "x"]}"#,
      "'datapackage.json' at /resources/0/schema/fields/0/categories/1: 'x' is listed twice\n"
        + "  = list each category once")
    check(
      field: #"{"name": "a", "type": "date", "categories": ["x"]}"#,
      "'datapackage.json' at /resources/0/schema/fields/0/categories: a field of type date has no "
        + "categories\n  = declare its type as string")
    check(
      field: #"{"name": 7}"#,
      "'datapackage.json' at /resources/0/schema/fields/0/name: a text is due here, not a number\n"
        + "  = write it in quotes")
  }

  @Test func codesInAnotherList() {
    check(
      field: #"{"name": "a", "widen:codes": {"a": "A"}}"#,
      "'datapackage.json' at /resources/0/schema/fields/0/widen:codes: 'column' or 'values' is "
        + #"missing\#n  = write {"column": "ethnicity", "values": {"White: British": "A", …}}"#)
    check(
      field: #"{"name": "a", "widen:codes": {"column": "b", "values": {}}}"#,
      "'datapackage.json' at /resources/0/schema/fields/0/widen:codes/values: no value has a code\n"
        + "  = list each value with its code")
    check(
      field: #"{"name": "a", "widen:codes": {"column": "a", "values": {"x": "X"}}}"#,
      "'datapackage.json' at /resources/0/schema/fields/0: 'widen:codes' gives the column 'a', "
        + "which the file has itself\n  = choose another name for it")
  }

  @Test func cells() {
    let ways =
      " in missingValues, or declare another type at 'datapackage.json' at "
      + "/resources/0/schema/fields/0"
    check(
      field: #"{"name": "a", "type": "integer"}"#, "a,b\n1,\"two\nlines\"\nx,y\n",
      "'t.csv', line 4: 'x' in column 'a' is no whole number\n"
        + "  = correct the cell, list 'x'" + ways)
    check(
      field: #"{"name": "a", "type": "number"}"#, "a,b\n1,\nc,\n",
      "'t.csv', line 3: 'c' in column 'a' is no number\n  = correct the cell, list 'c'" + ways)
    check(
      field: #"{"name": "a", "type": "date"}"#, "a,b\n2014-02-30,\n",
      "'t.csv', line 2: '2014-02-30' in column 'a' is no date as declared\n"
        + "  = correct the cell, list '2014-02-30'" + ways)
  }

  @Test func constraints() {
    let place = "'datapackage.json' at /resources/0/schema/fields/0"
    check(
      field: #"{"name": "a", "constraints": {"required": true}}"#, "a,b\n1,\n,\n",
      "'t.csv', line 3: column 'a' has no value here, and must have one\n"
        + "  = fill in the cell, or take out the constraint at " + place)
    check(
      field: #"{"name": "a", "type": "string", "constraints": {"unique": true}}"#,
      "a,b\n1,\n2,\n1,\n",
      "'t.csv', lines 2 and 4: '1' stands twice in column 'a'\n  = take one of the rows out, or "
        + "the demand that values are unique out of " + place)
    check(
      field: #"{"name": "a", "type": "integer", "constraints": {"enum": [1, 3]}}"#, "a,b\n1,\n2,\n",
      "'t.csv', line 3: '2' in column 'a' is not allowed\n  = correct the cell, or add the value to "
        + "the list at " + place)
  }

  @Test func primaryKeys() {
    check(
      package(fields: #"{"name": "a"}, {"name": "b"}"#, schema: #", "primaryKey": "a""#),
      "a,b\n1,x\n2,x\n1,x\n",
      "'t.csv', lines 2 and 4: '1' stands twice in the key 'a'\n"
        + "  = take one of the rows out, or 'primaryKey' out of the description")
    check(
      package(fields: #"{"name": "a"}, {"name": "b"}"#, schema: #", "primaryKey": ["a", "b"]"#),
      "a,b\n1,x\n1,y\n1,x\n",
      "'t.csv', lines 2 and 4: '1', 'x' stands twice in the key 'a', 'b'\n"
        + "  = take one of the rows out, or 'primaryKey' out of the description")
    check(
      package(fields: #"{"name": "a"}, {"name": "b"}"#, schema: #", "primaryKey": ["a"]"#),
      "a,b\n1,x\n,y\n",
      "'t.csv', line 3: the row has no 'a', which is its key\n"
        + "  = fill in the cell, or take 'primaryKey' out of the description")
    check(
      package(fields: #"{"name": "post"}"#, schema: #", "primaryKey": ["pots"]"#),
      "'datapackage.json' at /resources/0/schema/primaryKey/0: there is no field 'pots' in 't'\n"
        + "  = did you mean 'post'?")
  }

  @Test func periodsAndPersons() {
    check(
      package(
        fields: #"{"name": "a"}, {"name": "b", "type": "string"}"#,
        resource: #", "widen:period": ["a", "b"]"#),
      "'datapackage.json' at /resources/0/widen:period/1: 'b' is no date\n"
        + "  = declare the field's type as date")
    check(
      #"{"resources": [{"path": "t.csv", "widen:person": "who"}]}"#,
      "'datapackage.json' at /resources/0/widen:person: 't.csv' has no column 'who'\n"
        + "  = name a column of the file")
  }

  /// Whatever is done to the bytes of a description, opening ends with a package or an error.
  @Test func damagedDescriptionsNeverTrap() throws {
    let whole = """
      {"name": "d", "widen:policy": "safe", "missingValues": ["", "x"], "resources": [
        {"name": "t", "path": "t.csv", "widen:period": ["d", "e"], "widen:person": "k", "schema": {
          "primaryKey": ["k"], "fieldsMatch": ["equal"], "fields": [
            {"name": "k", "type": "string", "constraints": {"unique": true, "enum": ["1", "2"]}},
            {"name": "n", "type": "number", "missingValues": ["-"]},
            {"name": "c", "type": "string", "categories": ["p", "q"], "categoriesOrdered": true},
            {"name": "d", "type": "date"}, {"name": "e", "type": "date", "format": "%d/%m/%Y"}],
          "foreignKeys": [{"fields": "c", "reference": {"resource": "t", "fields": "k"}}]}}]}
      """
    let csv = "k,n,c,d,e\n1,1.5,p,2014-04-01,01/04/2014\n2,-,x,2014-04-02,\n"
    var random = Draws(state: 11)
    let alphabet = Array("{}[]\",:019tfn\\u\u{0} ".utf8)
    var outcomes = Set<String>()
    for _ in 0..<600 {
      var bytes = Array(whole.utf8)
      for _ in 0..<1 + random.below(2) {
        let place = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes[place] = alphabet[random.below(alphabet.count)]
        case 1: bytes.insert(alphabet[random.below(alphabet.count)], at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
        default: bytes.removeSubrange(place + 1..<bytes.count)
        }
      }
      try withFolder(["datapackage.json": bytes, "t.csv": Array(csv.utf8)]) { folder in
        do throws(DatasetError) {
          let opened = try openPackage(path: "\(folder)/datapackage.json")
          #expect(opened.dataset.entries.map(\.table.rowCount) == [2])
          outcomes.insert("opened")
        } catch {
          #expect(!error.message.isEmpty)
          outcomes.insert("refused")
        }
      }
    }
    #expect(outcomes == ["opened", "refused"])
  }
}

/// Repeatable draws.
private struct Draws {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
