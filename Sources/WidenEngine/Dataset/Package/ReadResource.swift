import WidenLanguage

extension ResourceDescription {
  /// Reads what is said of one file; `missing` stands for missing values in the whole package.
  init(
    _ place: JSONPlace, isSynthetic: Bool, missing: Set<String>?,
    schema: (String, JSONPlace) throws(DatasetError) -> JSONPlace
  ) throws(DatasetError) {
    try place.checkObject()
    self.place = place
    path = try ResourceDescription.path(place)
    name = try place.member("name")?.text() ?? ResourceDescription.stem(path)
    table = tableName(name)
    try ResourceDescription.checkDialect(place)
    isPersonal = try place.member("widen:personal")?.flag()
    let ownSynthetic = try place.member("widen:synthetic")?.flag()
    self.isSynthetic = ownSynthetic ?? isSynthetic
    summary = try place.firstText(of: ["widen:summary", "description", "title"])
    if var description = place.member("schema") {
      if case .text(let file) = description.value { description = try schema(file, description) }
      try description.checkObject()
      let ofFile = try FieldDescription.missingValues(place) ?? missing
      let ofSchema = try FieldDescription.missingValues(description)
      try readFields(description, missing: ofSchema ?? ofFile)
      try readKeys(description)
    }
    person = try place.member("widen:person").map { member throws(DatasetError) in
      try knownField(member)
    }
    span = try span(place)
  }

  private mutating func readFields(
    _ schema: JSONPlace, missing: Set<String>?
  ) throws(DatasetError) {
    if let list = schema.member("fields") {
      var fields: [FieldDescription] = []
      for place in try list.items() {
        let field = try FieldDescription(place, missing: missing)
        if let first = fields.first(where: { $0.name == field.name }) {
          throw place.error(
            "the field \(shown(field.name)) is described twice, first at \(first.place.pointer)",
            hint: "describe each column once")
        }
        fields.append(field)
      }
      self.fields = fields
    }
    if let match = schema.member("fieldsMatch") {
      let words = try match.oneOrMoreTexts()
      guard words.count == 1, let found = Match(rawValue: words[0]) else {
        throw match.error(
          "it is not a way in which fields match",
          hint: "possible are \(Match.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      self.match = found
    }
  }

  private mutating func readKeys(_ schema: JSONPlace) throws(DatasetError) {
    if let key = schema.member("primaryKey") { primaryKey = try knownFields(key) }
    for place in try schema.member("foreignKeys")?.items() ?? [] {
      foreignKeys.append(try foreignKey(place))
    }
  }

  private func foreignKey(_ place: JSONPlace) throws(DatasetError) -> ForeignKey {
    try place.checkObject()
    guard let fields = place.member("fields"), let reference = place.member("reference"),
      let key = reference.member("fields")
    else {
      throw place.error(
        "a foreign key needs 'fields' and a 'reference' with 'fields'",
        hint: "such as {\"fields\": \"post_id\", \"reference\": {\"resource\": \"staff\", "
          + "\"fields\": \"post_id\"}}")
    }
    let own = try knownFields(fields)
    let other = try key.oneOrMoreTexts()
    guard own.count == other.count, !own.isEmpty else {
      throw place.error(
        "it has \(counted(own.count, "field")) and refers to \(grouped(other.count))",
        hint: "name as many fields on both sides")
    }
    return ForeignKey(
      fields: own, resource: try reference.member("resource")?.text() ?? "", key: other,
      place: place)
  }

  /// The columns that say from when until when a row holds.
  private func span(_ place: JSONPlace) throws(DatasetError) -> TableDescription.Span? {
    guard let member = place.member("widen:period") else { return nil }
    let columns = try member.items()
    guard columns.count == 2 else {
      throw member.error(
        "a period has a start and an end", hint: "name two columns: [\"joined\", \"left\"]")
    }
    for column in columns {
      let name = try knownField(column)
      guard let kind = fields?.first(where: { $0.name == name })?.kind else { continue }
      guard kind == .date || kind == .any else {
        throw column.error("\(shown(name)) is no date", hint: "declare the field's type as date")
      }
    }
    return TableDescription.Span(start: try columns[0].text(), end: try columns[1].text())
  }

  private func knownFields(_ place: JSONPlace) throws(DatasetError) -> [String] {
    guard case .array = place.value else { return [try knownField(place)] }
    return try place.items().map { item throws(DatasetError) in try knownField(item) }
  }

  /// The name of a field that is described.
  private func knownField(_ place: JSONPlace) throws(DatasetError) -> String {
    let name = try place.text()
    guard let names = fields?.map(\.name), !names.contains(name) else { return name }
    throw place.error(
      "there is no field \(shown(name)) in \(shown(table))",
      hint: nearest(name, in: names).map { "did you mean '\($0)'?" }
        ?? "name one of the fields of the same schema")
  }
}

extension ResourceDescription {
  /// A file below the folder of the package; anything else could be any file of the machine.
  private static func path(_ place: JSONPlace) throws(DatasetError) -> String {
    guard let member = place.member("path") else {
      let isInline = place.member("data") != nil
      throw place.error(
        isInline ? "rows inside of the description are not read" : "'path' is missing",
        hint: "put the rows into a CSV file and name it: \"path\": \"staff.csv\"")
    }
    let paths = try member.oneOrMoreTexts()
    guard paths.count == 1 else {
      throw member.error(
        "a table in \(counted(paths.count, "file")) is not read", hint: "put it into one CSV file")
    }
    let path = paths[0]
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.isEmpty, !path.hasPrefix("/"), !path.hasPrefix("~"), !parts.contains(".."),
      !path.contains("://"), !path.utf8.contains(0), !path.contains("\\")
    else {
      throw member.error(
        "\(shown(path, limit: 100)) is not a file below the folder of the package",
        hint: "name it as seen from there, such as \"staff.csv\" or \"data/staff.csv\"")
    }
    let ending = path.lowercased()
    guard ending.hasSuffix(".csv") || ending.hasSuffix(".tsv") || ending.hasSuffix(".tab") else {
      throw member.error(
        "\(shown(path, limit: 100)) is no CSV file", hint: "save the table as CSV, or take it out")
    }
    return path
  }

  private static func checkDialect(_ place: JSONPlace) throws(DatasetError) {
    if let encoding = place.member("encoding") {
      let name = try encoding.text().lowercased()
      guard ["utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii"].contains(name) else {
        throw encoding.error(
          "files in \(shown(name)) are not read", hint: "save the file as UTF-8")
      }
    }
    guard let dialect = place.member("dialect"), case .object = dialect.value else { return }
    if let delimiter = dialect.member("delimiter") {
      let isTabbed = try ResourceDescription.path(place).lowercased().hasSuffix(".csv") == false
      let wanted = isTabbed ? "\t" : ","
      guard try delimiter.text() == wanted else {
        throw delimiter.error(
          "only commas separate fields in a '.csv' file, and tabs in a '.tsv' file",
          hint: "save the file with commas")
      }
    }
    if let header = dialect.member("header"), try !header.flag() {
      throw header.error(
        "files without a header are not read", hint: "put the names of the columns into line 1")
    }
  }

  private static func stem(_ path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.split(separator: ".").first ?? file)
  }
}

/// A name that queries can hold without backticks: letters, digits and `_`.
private func tableName(_ name: String) -> String {
  let mapped = String(name.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
  return mapped.first.map { $0.isNumber ? "t_" + mapped : mapped } ?? "table"
}
