import WidenLanguage

/// Tables of a database as a package describes them.
extension ResourceDescription {
  /// A table of a database with what the package says of it and of its columns.
  func described(_ entry: Dataset.Entry, _ notes: inout [Answer.Note]) throws(DatasetError)
    -> Dataset.Entry
  {
    guard let source = entry.source else { return entry }
    var found = entry.description
    let names = found.columns.map(\.name)
    for field in fields ?? [] {
      guard let index = names.firstIndex(of: field.name) else {
        if match.allowsFewerColumns { continue }
        throw field.place.error(
          "\(shown(table, limit: 100)) has no column \(shown(field.name)) at \(source.name)",
          hint: nearest(field.name, in: names).map { "did you mean '\($0)'?" }
            ?? "take the field out, or add the column to the table")
      }
      field.apply(to: &found.columns[index])
    }
    let others = fields.map { fields in
      names.filter { name in !fields.contains { $0.name == name } }
    }
    if let others, !others.isEmpty {
      notes.append(
        .init(
          .note,
          "\(table): \(counted(others.count, "column")) not described: "
            + list(others.prefix(5).map { shown($0) })))
    }
    for case let name? in [person, span?.start, span?.end] where !names.contains(name) {
      throw place.error(
        "\(shown(table, limit: 100)) has no column \(shown(name)) at \(source.name)",
        hint: "name a column of the table")
    }
    found.name = table
    found.key = primaryKey.count == 1 ? primaryKey[0] : found.key
    found.person = person
    found.isPersonal = holdsPeople
    found.isSynthetic = isSynthetic
    found.span = span
    found.summary = summary ?? found.summary
    found.relationships = []
    return Dataset.Entry(description: found, source: source)
  }
}

extension FieldDescription {
  /// Says of a column of a database what the package says of it.
  ///
  /// Text may be described as something else that can be written as text; what a database knows to
  /// be numbers, dates or yes and no stays that.
  fileprivate func apply(to column: inout ColumnDescription) {
    switch (kind, column.type) {
    case (.integer, .text): column.type = .integer
    case (.number, .text), (.number, .integer): column.type = .decimal
    case (.date, .text): column.type = .date
    case (.yearmonth, .text): column.type = .month
    case (.year, .text): column.type = .integer
    case (.string, .integer): column.type = .text
    case (.any, _), (.integer, _), (.number, _), (.date, _), (.yearmonth, _), (.year, _),
      (.string, _), (.boolean, _), (.time, _), (.datetime, _), (.duration, _), (.object, _),
      (.array, _), (.list, _), (.geopoint, _), (.geojson, _):
      break
    }
    if let categories, column.type.isText {
      column.type = .category
      column.categories = categories
      column.isOrdered = isOrdered
    }
    column.mapping = mapping
    column.notRecorded = notRecorded
    column.sensitivity = sensitivity
    column.summary = summary ?? column.summary
  }
}

extension Dataset {
  /// What to say of the tables of a database that a dataset does not take: nobody knows whether they
  /// are about people.
  func leftOut(of dataset: Dataset) -> [Answer.Note] {
    let names = entries.map(\.description.name).filter { dataset.entry(named: $0) == nil }
    guard !names.isEmpty else { return [] }
    let shownNames = list(names.prefix(5).map { shown($0) })
    return [
      .init(
        .note,
        "\(counted(names.count, "table")) of the database not described and left out: \(shownNames)"
          + (names.count > 5 ? " and others" : ""))
    ]
  }
}
