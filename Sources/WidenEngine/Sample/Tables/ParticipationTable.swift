import WidenLanguage

extension Sample {
  /// One row for each time somebody started in an initiative.
  static func participationTable(_ staff: Staff, _ shared: SharedColumns) -> Dataset.Entry {
    let found = Participation(staff)
    let table = TableMaker("participation", rows: found.posts.count)
    let columns =
      identityColumns(found, staff, shared, table) + courseColumns(found, shared, table)
    return table.entry(
      columns, person: "person_id", isPersonal: true, isSynthetic: true,
      span: .init(start: "started", end: "ended"),
      relationships: [
        .init(column: "post_id", table: "staff", key: "post_id"),
        .init(column: "initiative", table: "initiatives", key: "initiative"),
        .init(column: "organisation", table: "organisations", key: "organisation"),
      ],
      summary: "One row for each start in an initiative; the people are invented.")
  }

  private static func identityColumns(
    _ found: Participation, _ staff: Staff, _ shared: SharedColumns, _ table: TableMaker
  ) -> [TableColumn] {
    let rows = found.posts.count
    let posts = found.posts
    let (organisations, roles) = (staff.posts.organisation.elements, staff.posts.role.elements)
    return table.posts(
      posts, staff, shared, post: "The post held at the start.", person: "Who took part.") + [
        table.names(
          "initiative", Codes(count: rows, cardinality: 256) { Int(found.initiatives[$0]) + 1 },
          shared.initiatives, type: .text, nil, "The initiative's code."),
        table.names(
          "organisation",
          Codes(count: rows, cardinality: 256) { Int(organisations[Int(posts[$0])]) },
          shared.organisations, type: .text, .quasi, "The code of the organisation at the start."),
        table.names(
          "role", Codes(count: rows, cardinality: 256) { Int(roles[Int(posts[$0])]) }, shared.roles,
          .quasi, "The role at the start."),
      ]
  }

  private static func courseColumns(
    _ found: Participation, _ shared: SharedColumns, _ table: TableMaker
  ) -> [TableColumn] {
    return [
      table.days("started", found.starts, "The first day."),
      table.days("ended", found.ends, hasMissing: true, "The last day; missing while it goes on."),
      table.names(
        "outcome", .bytes(Buffer(found.outcomes)), TextDictionary(outcomes), nil, "How it ended."),
      table.names(
        "destination", .bytes(Buffer(found.destinations)), TextDictionary(destinations), nil,
        hasMissing: true, "What followed completion; not recorded for events."),
      table.names(
        "destination_band", .bytes(Buffer(found.bands)), shared.bands, nil, isOrdered: true,
        hasMissing: true, "The band of the post that followed; missing while in training."),
    ]
  }
}
