import WidenLanguage

extension Sample {
  /// One row for each application of a year, as many as there are posts.
  static func applicationsTable(posts: Int, _ shared: SharedColumns) -> Dataset.Entry {
    let found = Applications(rows: posts)
    let table = TableMaker("applications", rows: posts)
    let columns = vacancyColumns(found, shared, table) + applicantColumns(found, table)
    return table.entry(
      columns, isPersonal: true, isSynthetic: true,
      relationships: [.init(column: "organisation", table: "organisations", key: "organisation")],
      summary: "One row for each application of FY2015/16; the people are invented.")
  }

  private static func vacancyColumns(
    _ found: Applications, _ shared: SharedColumns, _ table: TableMaker
  ) -> [TableColumn] {
    let vacancies = Int(found.vacancies.last ?? 0)
    return [
      table.numbers(
        "vacancy", .words(Buffer(found.vacancies)),
        .identifier(prefix: "V", digits: 7, minimum: 1), cardinality: vacancies + 1, nil,
        hasMissing: false, "The vacancy; several people apply for it."),
      table.names(
        "organisation", .bytes(Buffer(found.organisations)), shared.organisations, type: .text,
        .quasi, "The code of the organisation that recruits."),
      table.names(
        "band", .bytes(Buffer(found.bands)), shared.bands, .quasi, isOrdered: true,
        hasMissing: true, "The Agenda for Change band of the vacancy; doctors have none."),
    ]
  }

  private static func applicantColumns(
    _ found: Applications, _ table: TableMaker
  ) -> [TableColumn] {
    [
      table.names(
        "ethnicity", .bytes(Buffer(found.ethnicities)),
        TextDictionary(ethnicities.map(String.init)), .special, notRecorded: ["Z"],
        hasMissing: true, "The NHS 16+1 ethnic category; Z is not stated."),
      table.names(
        "sex", .bytes(Buffer(found.sexes)), TextDictionary(["Female", "Male"]), .quasi, "The sex."),
      table.names(
        "disability", .bytes(Buffer(found.disabilities)),
        TextDictionary(StaffPeople.disabilities), .special, notRecorded: ["Not declared"],
        hasMissing: true, "Whether a disability is declared."),
      table.flags("shortlisted", found.shortlisted, "Whether the applicant was shortlisted."),
      table.flags(
        "appointed", found.appointed, "Whether the applicant was appointed after shortlisting."),
    ]
  }
}
