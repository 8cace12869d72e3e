import WidenLanguage

extension Sample {
  /// One row for each formal process that somebody entered.
  static func casesTable(_ staff: Staff, _ shared: SharedColumns) -> Dataset.Entry {
    let found = Cases(staff)
    let table = TableMaker("cases", rows: found.posts.count)
    let columns =
      table.posts(found.posts, staff, shared, post: "The post held then.", person: "Whose it is.")
      + [
        table.names(
          "kind", .bytes(Buffer(found.kinds)), TextDictionary(processes.map(\.name)), .special,
          "What the formal process is about."),
        table.days("opened", found.opened, "The day on which it was opened."),
        table.days(
          "closed", found.closed, hasMissing: true,
          "The day on which it was closed; missing while it is open."),
      ]
    return table.entry(
      columns, person: "person_id", isPersonal: true, isSynthetic: true,
      span: .init(start: "opened", end: "closed"),
      relationships: [.init(column: "post_id", table: "staff", key: "post_id")],
      summary: "One row for each disciplinary or capability process; the people are invented.")
  }
}
