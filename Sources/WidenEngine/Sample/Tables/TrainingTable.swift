import WidenLanguage

extension Sample {
  /// One row for each training that somebody completed.
  static func trainingTable(_ staff: Staff, _ shared: SharedColumns) -> Dataset.Entry {
    let found = Trainings(staff)
    let table = TableMaker("training", rows: found.posts.count)
    let columns =
      table.posts(
        found.posts, staff, shared, post: "The post held then.", person: "Who was trained.")
      + [
        table.flags(
          "mandatory", found.mandatory,
          "Yes for the latest mandatory training, no for continuing development."),
        table.days("completed", found.completed, "The day on which it was completed."),
      ]
    return table.entry(
      columns, person: "person_id", isPersonal: true, isSynthetic: true,
      relationships: [.init(column: "post_id", table: "staff", key: "post_id")],
      summary: "One row for each training completed since April 2012; the people are invented.")
  }
}
