import Testing
import WidenEngine
import WidenLanguage

@testable import WidenShell

/// Of somebody who is known, a database is not asked what they are not.
@Suite struct ServerSinglingOutTests {
  /// Nobody and one are not told apart.
  @Test(arguments: [
    "where person_id = PERSON and age = AGE | count",
    "where age = AGE | where person_id = PERSON | count",
    "where person_id = PERSON | count by age",
    "where person_id = PERSON and age = AGE | count by sex",
    "where person_id = PERSON and age = AGE | crosstab sex by age",
    "where person_id = PERSON and age = AGE | summarise sum salary, mean salary",
    "where person_id = PERSON | sort age | where age = AGE | count",
    "where person_id = PERSON | select age, band | where age = AGE | count",
    "where person_id = PERSON | join organisations on organisation | where age = AGE | count",
    "summarise count where person_id = PERSON and age = AGE",
    "summarise count distinct (if person_id = PERSON and age = AGE then 1 else 2) as x",
    "count by (person_id = PERSON and age = AGE) as x",
    "derive person_id = PERSON and age = AGE as x | where x | count",
    "where person_id = PERSON or age = AGE | count by sex",
    "derive person_id = PERSON as x | where x and age = AGE | count",
    "derive person_id = PERSON as x | derive x and age = AGE as y | where y | count",
    "derive (if person_id = PERSON and age = AGE then 90 else age) as f | summarise mean f by sex",
  ]) func nobodyIsNotToldFromOne(query: String) throws {
    guard let fixture = ServerFixture.shared else { return }
    let staff = try #require(
      try openPackage(path: fixture.folder + "/datapackage.json").dataset.entry(named: "staff"))
    func first(_ name: String) throws -> Value {
      let column = try #require(staff.table.columns.first { $0.description.name == name })
      return column.data[0]
    }
    guard case .text(let person) = try first("person_id"),
      case .integer(let age) = try first("age")
    else { return try #require(Bool(false), "the sample has no people of an age") }
    func answer(_ tried: Int) throws -> String {
      let asked =
        "set format csv\nfrom staff | "
        + query
        .replacing("PERSON", with: "\"\(person)\"").replacing("AGE", with: "\(tried)")
      let said = try fixture.session(isRemote: true).said(asked)
      #expect(said.text.contains("[c]") || said.status == .refused, "\(said.text)")
      return said.text.replacing("\(tried)", with: "AGE") + "\(said.status)"
    }
    #expect(try answer(age) == answer(age + 10))
  }

  /// What many people have in common is told.
  @Test func manyMayBeCounted() throws {
    guard let fixture = ServerFixture.shared else { return }
    let query = "from staff | where sex = \"Female\" and age < 40 | count by band"
    let there = try fixture.session(isRemote: true).said(query)
    #expect(there.status == .done && there.text.contains("\n5 "), "\(there.text)")
  }
}
