import WidenLanguage

extension Dataset {
  /// Turns the foreign keys of a package into relationships, and counts rows that point nowhere.
  mutating func connect(_ resources: [ResourceDescription]) throws(DatasetError) -> [Answer.Note] {
    var notes: [Answer.Note] = []
    for resource in resources {
      for foreign in resource.foreignKeys {
        let target = try target(of: foreign, from: resource, in: resources)
        guard foreign.fields.count == 1 else {
          let names = foreign.fields.map { shown($0) }.joined(separator: ", ")
          notes.append(
            .init(.note, "\(resource.table): the key of several columns \(names) is not followed"))
          continue
        }
        if let note = try connect(resource, foreign, to: target) { notes.append(note) }
      }
    }
    return notes
  }

  private func target(
    of foreign: ResourceDescription.ForeignKey, from resource: ResourceDescription,
    in resources: [ResourceDescription]
  ) throws(DatasetError) -> String {
    if foreign.resource.isEmpty { return resource.table }
    if let found = resources.first(where: { $0.name == foreign.resource }) { return found.table }
    throw foreign.place.error(
      "there is no resource \(shown(foreign.resource))",
      hint: nearest(foreign.resource, in: resources.map(\.name)).map { "did you mean '\($0)'?" }
        ?? "name one of the resources of the package")
  }

  /// Adds one relationship; the note says what is doubtful about it.
  private mutating func connect(
    _ resource: ResourceDescription, _ foreign: ResourceDescription.ForeignKey, to target: String
  ) throws(DatasetError) -> Answer.Note? {
    let (own, other) = (foreign.fields[0], foreign.key[0])
    guard var entry = entry(named: resource.table), let column = entry.table.column(named: own)
    else { throw foreign.place.error("there is no column \(shown(own))", hint: nil) }
    let targetColumns = self.entry(named: target)?.table.columns ?? []
    guard let key = targetColumns.first(where: { $0.description.name == other }) else {
      let near = nearest(other, in: targetColumns.map(\.description.name))
      throw foreign.place.error(
        "\(shown(target)) has no column \(shown(other))",
        hint: near.map { "did you mean '\($0)'?" } ?? "name the key of \(shown(target))")
    }
    let (type, keyType) = (column.description.type, key.description.type)
    guard type == keyType || type.isText && keyType.isText else {
      throw foreign.place.error(
        "\(shown(own)) is \(type.rawValue), but \(shown(other)) of \(shown(target)) is "
          + keyType.rawValue, hint: "declare both fields with the same type")
    }
    if let (first, _) = key.data.firstRepeated() {
      return .init(
        .warning,
        "\(resource.table).\(own) is not followed: \(shown(plainCell(key.data[first]))) stands "
          + "several times in \(target).\(other)")
    }
    entry.description.relationships.append(.init(column: own, table: target, key: other))
    add(entry)
    // Rows that are in a database are not looked through.
    if entry.source != nil || self.entry(named: target)?.source != nil { return nil }
    guard let (rows, example) = strays(column.data, among: key.data) else { return nil }
    return .init(
      .warning,
      "\(resource.table): \(counted(rows, "row")) with a \(own) that \(target) does not have, "
        + "such as \(shown(plainCell(example)))")
  }
}

/// How many rows hold a value that a key column has not, and the first such value.
private func strays(_ column: Column, among key: Column) -> (rows: Int, example: Value)? {
  var rows = 0
  var example = Value.missing
  let isStray = strayTest(column, among: key)
  for row in 0..<column.count where isStray(row) {
    if rows == 0 { example = column[row] }
    rows += 1
  }
  return rows == 0 ? nil : (rows, example)
}

private func strayTest(_ column: Column, among key: Column) -> (Int) -> Bool {
  guard case .coded(let own) = column else {
    let known = key.distinctValues
    return { column[$0] != .missing && !known.contains(column[$0]) }
  }
  if case .coded(let other) = key, let shift = own.domain.shift(to: other.domain) {
    // Both are numbers of one kind, so that codes differ by a constant.
    var isKnown = Bitmap(count: other.cardinality, repeating: false)
    for row in 0..<other.codes.count { isKnown[other.codes[row]] = true }
    return { row in
      let code = own.codes[row]
      guard code > 0 else { return false }
      let there = code + shift
      return there < 1 || there >= other.cardinality || !isKnown[there]
    }
  }
  let known = key.distinctValues
  let isStray = own.codes(where: { !known.contains($0) })
  return { isStray(own.codes[$0]) }
}

extension Domain {
  /// What is added to a code of this domain to get the other's code of the same value, when the two
  /// count in the same way.
  fileprivate func shift(to other: Domain) -> Int? {
    switch (self, other) {
    case (.integer(let own), .integer(let theirs)), (.date(let own), .date(let theirs)),
      (.month(let own), .month(let theirs)):
      own - theirs
    case (
      .identifier(let prefix, let digits, let own),
      .identifier(let otherPrefix, let otherDigits, let theirs)
    ):
      prefix == otherPrefix && digits == otherDigits ? own - theirs : nil
    case (.text, _), (.integer, _), (.decimal, _), (.boolean, _), (.date, _), (.month, _),
      (.period, _), (.identifier, _):
      nil
    }
  }
}
