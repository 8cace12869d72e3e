import WidenLanguage

extension Sample {
  /// Every column of `staff` as codes.
  struct Staff {
    let posts: StaffPosts
    let people: StaffPeople
    let terms: StaffTerms

    init(posts count: Int) {
      posts = StaffPosts(posts: count)
      people = StaffPeople(posts)
      terms = StaffTerms(posts, people)
    }
  }

  /// One row for each post, among them those that ended since April 2012.
  static func staffTable(_ staff: Staff, _ shared: SharedColumns) -> Dataset.Entry {
    let table = TableMaker("staff", rows: staff.posts.rows)
    let columns =
      postColumns(staff, shared, table) + personColumns(staff, table) + termColumns(staff, table)
    return table.entry(
      columns, key: "post_id", person: "person_id", isPersonal: true, isSynthetic: true,
      span: .init(start: "joined", end: "left"),
      relationships: [.init(column: "organisation", table: "organisations", key: "organisation")],
      summary:
        "One row for each post, those ended since April 2012 included; the people are invented.")
  }

  private static func postColumns(
    _ staff: Staff, _ shared: SharedColumns, _ table: TableMaker
  ) -> [TableColumn] {
    let posts = staff.posts
    let postCodes = Buffer<UInt32>.drawn(posts.rows) { codes, rows in
      for row in rows { codes[row] = UInt32(row + 1) }
    }
    return [
      table.identifier("post_id", .words(postCodes), shared.post, isUnique: true, "The post."),
      table.identifier(
        "person_id", .words(posts.person), shared.person, "Who holds it; one person may hold two."),
      table.names(
        "organisation", .bytes(posts.organisation), shared.organisations, type: .text, .quasi,
        "The organisation's code."),
      table.names(
        "borough", .bytes(staff.people.borough), shared.residences, .quasi, hasMissing: true,
        "The borough of residence."),
      table.names(
        "staff_group", .bytes(groups(posts)), shared.groups, .quasi, "The staff group."),
      table.names("role", .bytes(posts.role), shared.roles, .quasi, "The role."),
      table.names(
        "band", .bytes(posts.band), shared.bands, .quasi, isOrdered: true, hasMissing: true,
        "The Agenda for Change band; doctors have none."),
    ]
  }

  private static func personColumns(_ staff: Staff, _ table: TableMaker) -> [TableColumn] {
    let people = staff.people
    return [
      table.names(
        "ethnicity", .bytes(people.ethnicity), TextDictionary(ethnicities.map(String.init)),
        .special,
        notRecorded: ["Z"], hasMissing: true, "The NHS 16+1 ethnic category; Z is not stated."),
      table.names(
        "sex", .bytes(people.sex), TextDictionary(["Female", "Male"]), .quasi, "The sex."),
      table.numbers(
        "age", .bytes(staff.posts.age), .integer(minimum: 16), cardinality: 70, .quasi,
        hasMissing: false, "Age in years on 31 March 2016, the day of the extract."),
      table.names(
        "disability", .bytes(people.disability), TextDictionary(StaffPeople.disabilities), .special,
        notRecorded: ["Not declared"], hasMissing: true, "Whether a disability is declared."),
      table.numbers(
        "imd_quintile", .bytes(people.deprivation), .integer(minimum: 1), cardinality: 6, .quasi,
        hasMissing: true,
        "The deprivation quintile of the area of residence; 1 is the most deprived."),
    ]
  }

  private static func termColumns(_ staff: Staff, _ table: TableMaker) -> [TableColumn] {
    let limits = payLimits
    let lastLeaving = extractDay - firstLeavingDay + 2
    return [
      table.numbers(
        "fte", .bytes(staff.terms.fte), .decimal(minimum: 1, places: 2), cardinality: 101, nil,
        hasMissing: false, "The whole-time equivalent; 1 is full time."),
      table.numbers(
        "salary", .words(staff.terms.salary), .integer(minimum: limits.lowest),
        cardinality: limits.highest - limits.lowest + 2, .quasi, hasMissing: false,
        "Basic pay for full time in pounds a year, without London weighting."),
      table.numbers(
        "joined", .shorts(staff.posts.joined), .date(minimum: 1), cardinality: extractDay + 1,
        .quasi,
        hasMissing: false, "The first day in the post."),
      table.numbers(
        "left", .shorts(staff.posts.left), .date(minimum: firstLeavingDay),
        cardinality: lastLeaving,
        .quasi, hasMissing: true, "The day the post ended; missing while it is held."),
      table.names(
        "leaving_reason", .bytes(staff.terms.reason), TextDictionary(StaffTerms.reasons), nil,
        hasMissing: true, "Why the post ended."),
    ]
  }

  private static func groups(_ posts: StaffPosts) -> Buffer<UInt8> {
    let ofRole: [UInt8] = [0] + roles.map { UInt8($0.group.rawValue + 1) }
    let codes = posts.role.elements
    return Buffer(count: codes.count) { groups in
      for row in 0..<codes.count { groups[row] = ofRole[Int(codes[row])] }
    }
  }
}
