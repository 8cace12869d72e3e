import Testing
import WidenEngine
import WidenLanguage

@Suite("The sample's shape")
struct SampleShapeTests {
  @Test func holdsItsTablesInOrder() {
    #expect(
      sample.tableNames == [
        "organisations", "staff", "initiatives", "participation", "applications", "cases",
        "training", "population", "catchments", "standard_population",
      ])
    #expect(
      sample.table(named: "staff")?.columns.map(\.name) == [
        "post_id", "person_id", "organisation", "borough", "staff_group", "role", "band",
        "ethnicity", "sex", "age", "disability", "imd_quintile", "fte", "salary", "joined", "left",
        "leaving_reason",
      ])
    #expect(
      sample.table(named: "participation")?.columns.map(\.name) == [
        "post_id", "person_id", "initiative", "organisation", "role", "started", "ended", "outcome",
        "destination", "destination_band",
      ])
    #expect(
      sample.table(named: "applications")?.columns.map(\.name) == [
        "vacancy", "organisation", "band", "ethnicity", "sex", "disability", "shortlisted",
        "appointed",
      ])
    #expect(
      sample.table(named: "cases")?.columns.map(\.name) == [
        "post_id", "person_id", "kind", "opened", "closed",
      ])
    #expect(
      sample.table(named: "training")?.columns.map(\.name) == [
        "post_id", "person_id", "mandatory", "completed",
      ])
    #expect(sample.isSynthetic)
    #expect(sample.attribution.contains { $0.contains("Open Government Licence v3.0") })
    #expect(sample.attribution.contains { $0.contains("Office for National Statistics") })
  }

  @Test func isTheSameEveryTime() {
    let (first, second) = (makeSample(posts: 500), makeSample(posts: 500))
    for (left, right) in zip(first.entries, second.entries) {
      #expect(left.description == right.description)
      for column in left.description.columns {
        let table = left.description.name
        #expect(first.values(table, column.name) == second.values(table, column.name))
      }
    }
  }

  @Test func beginsWithTheSamePostsAtEverySize() {
    let (small, large) = (makeSample(posts: 300), makeSample(posts: 1000))
    let rows = small.table(named: "staff")?.rowCount ?? 0
    // The hours of the last rows depend on whether their holders get a second post further on.
    for column in small.table(named: "staff")?.columns ?? [] {
      #expect(
        small.values("staff", column.name).prefix(rows - 8)
          == large.values("staff", column.name).prefix(rows - 8))
    }
  }

  @Test(arguments: [0, 1, 24, 25, 26, 1000, 20_000])
  func hasAsManyPostsAsWereAskedFor(posts: Int) {
    let made = makeSample(posts: posts)
    #expect(made.posts(on: extractDay).count { $0 } == posts)
    #expect(made.numbers("staff", "left").count { $0 == nil } == posts)
  }

  @Test func describesEveryColumnAsItIs() {
    for entry in sample.entries {
      #expect(entry.description.summary != nil)
      #expect(entry.description.rowCount == entry.table.rowCount)
      #expect(entry.description.columns == entry.table.columns.map(\.description))
      for column in entry.table.columns {
        #expect(
          column.description.origin
            == .init(table: entry.description.name, column: column.description.name))
        #expect(column.description.summary != nil)
        checkCodes(column)
      }
    }
  }

  private func checkCodes(_ column: TableColumn) {
    guard case .coded(let coded) = column.data else {
      Issue.record("\(column.description.name) is not stored as codes")
      return
    }
    let codes = (0..<coded.codes.count).map { coded.codes[$0] }
    #expect(codes.allSatisfy { $0 < coded.cardinality }, "\(column.description.name)")
    #expect(coded.hasMissing || !codes.contains(0), "\(column.description.name)")
    if coded.isUnique { #expect(Set(codes).count == codes.count) }
    if case .text(let dictionary) = coded.domain {
      let values = dictionary.values
      #expect(column.description.categories ?? values == values)
      // What has no order of its own stands in the order in which text is shown.
      let hasOwnOrder = ["borough", "disability", "band", "outcome", "destination", "census_group"]
      if !hasOwnOrder.contains(column.description.name), !column.description.isOrdered {
        #expect(values.sorted(by: isShownBefore) == values, "\(column.description.name)")
      }
      #expect(column.description.notRecorded.allSatisfy(values.contains))
    } else {
      #expect(column.description.type == coded.domain.type)
    }
  }

  @Test func relatesToTablesThatAreThere() {
    for entry in sample.entries {
      for relationship in entry.description.relationships {
        let keys = Set(sample.texts(relationship.table, relationship.key))
        #expect(sample.table(named: relationship.table)?.key == relationship.key)
        #expect(sample.texts(entry.description.name, relationship.column).allSatisfy(keys.contains))
      }
      if let key = entry.description.key {
        let values = sample.texts(entry.description.name, key)
        #expect(Set(values).count == values.count && !values.contains(nil))
      }
    }
  }

  @Test func definesANamedGroupALine() {
    let lines = sample.definitions.split(separator: "\n")
    let names = lines.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
    #expect(
      names == [
        "define staff.ethnic_group", "define staff.bme", "define staff.white",
        "define staff.cluster", "define staff.tier", "define staff.clinical",
        "define staff.age_band", "define applications.ethnic_group", "define applications.bme",
        "define applications.white", "define in_post(at)", "define population.ethnic_group",
      ])
  }
}
