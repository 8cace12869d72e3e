import WidenLanguage

extension FieldDescription {
  /// Reads what is said of one column; `missing` stands for missing values in the whole table.
  init(_ place: JSONPlace, missing: Set<String>?) throws(DatasetError) {
    try place.checkObject()
    self.place = place
    guard let name = place.member("name") else {
      throw place.error("'name' is missing", hint: "a field has the name of its column")
    }
    self.name = try name.text()
    kind = .any
    let own = try FieldDescription.missingValues(place)
    self.missing = own ?? missing ?? []
    summary = try place.firstText(of: ["description", "title"])
    try readKind()
    try readCategories()
    try readConstraints()
    if let values = place.member("trueValues") { yes = Set(try values.texts()) }
    if let values = place.member("falseValues") { no = Set(try values.texts()) }
    if let sensitivity = place.member("widen:sensitivity") {
      let words = ["identifier", "special", "quasi"]
      self.sensitivity = .init(rawValue: try sensitivity.oneOf(words, "a sensitivity"))
    }
    notRecorded = try place.member("widen:notRecorded")?.texts() ?? []
    let isText = kind == .string || kind == .any
    if !notRecorded.isEmpty, !isText, let member = place.member("widen:notRecorded") {
      throw member.error(
        "only text has values that count as not recorded", hint: "list them in missingValues")
    }
    mapping = try place.member("widen:codes").map(FieldDescription.mapping)
  }

  /// `{"column": "ethnicity", "values": {"White: British": "A", …}}`.
  private static func mapping(_ place: JSONPlace) throws(DatasetError)
    -> ColumnDescription.CodeMapping
  {
    try place.checkObject()
    guard let name = place.member("column"), let values = place.member("values") else {
      throw place.error(
        "'column' or 'values' is missing",
        hint: #"write {"column": "ethnicity", "values": {"White: British": "A", …}}"#)
    }
    try values.checkObject()
    guard case .object(let members) = values.value, !members.isEmpty else {
      throw values.error("no value has a code", hint: "list each value with its code")
    }
    return ColumnDescription.CodeMapping(
      name: try name.text(),
      pairs: try members.map { member throws(DatasetError) in
        .init(value: member.name, code: try values.member(member.name)?.cell() ?? "")
      }.filter { !$0.code.isEmpty })
  }

  /// What stands for a missing value, said of a field, a table or a file; nil when nothing is said.
  static func missingValues(_ place: JSONPlace) throws(DatasetError) -> Set<String>? {
    guard let member = place.member("missingValues") else { return nil }
    var values: Set<String> = []
    for item in try member.items() {
      values.insert(try (item.member("value") ?? item).cell())
    }
    values.remove("")
    return values
  }

  private mutating func readKind() throws(DatasetError) {
    guard let type = place.member("type") else { return }
    let word = try type.oneOf(Kind.allCases.map(\.rawValue), "a type")
    kind = Kind(rawValue: word) ?? .any
    guard kind == .date, let format = place.member("format") else { return }
    let pattern = try format.text()
    if pattern == "default" || pattern == "%Y-%m-%d" { return }
    guard let read = DateDirectives(pattern) else {
      throw format.error(
        "dates written as \(shown(pattern)) are not read",
        hint: "widen reads 2014-04-01, and patterns of %d, %m, %b, %B, %y and %Y")
    }
    datePattern = read
  }

  private mutating func readCategories() throws(DatasetError) {
    isOrdered = try place.member("categoriesOrdered")?.flag() ?? false
    guard let list = place.member("categories") else {
      if isOrdered, let member = place.member("categoriesOrdered") {
        throw member.error("there are no categories to order", hint: "list them in 'categories'")
      }
      return
    }
    var values: [String] = []
    var seen: Set<String> = []
    for item in try list.items() {
      if case .object = item.value, item.member("value") == nil {
        throw item.error("'value' is missing", hint: "write {\"value\": …, \"label\": …}")
      }
      let value = try (item.member("value") ?? item).cell()
      if !seen.insert(value).inserted {
        throw item.error("\(shown(value)) is listed twice", hint: "list each category once")
      }
      if value.isEmpty {
        throw item.error("a category is empty", hint: "an empty cell is a missing value")
      }
      values.append(value)
    }
    switch kind {
    case .string, .any:
      kind = .string
      categories = values
    case .integer:
      // Whole numbers have an order of their own; the list still says which are allowed.
      constraints.allowed = values
    case .number, .boolean, .date, .year, .yearmonth, .time, .datetime, .duration, .object, .array,
      .list, .geopoint, .geojson:
      throw list.error(
        "a field of type \(kind.rawValue) has no categories", hint: "declare its type as string")
    }
  }

  private mutating func readConstraints() throws(DatasetError) {
    guard let member = place.member("constraints") else { return }
    try member.checkObject()
    constraints.isRequired = try member.member("required")?.flag() ?? false
    constraints.isUnique = try member.member("unique")?.flag() ?? false
    if let allowed = member.member("enum") {
      constraints.allowed = try allowed.items().map { item throws(DatasetError) in
        try item.cell()
      }
    }
  }
}
