import WidenLanguage

extension ResourceReader {
  /// Makes sure that the primary key tells all rows apart.
  func checkKey(_ table: inout Table) throws(DatasetError) {
    guard !resource.primaryKey.isEmpty else { return }
    var columns: [Column] = []
    for name in resource.primaryKey {
      guard let column = table.column(named: name)?.data else {
        throw missingColumn(name, "primaryKey")
      }
      if let row = column.firstMissing() {
        throw CellProblem(
          row: row, message: "the row has no \(shown(name)), which is its key",
          hint: "fill in the cell, or take 'primaryKey' out of the description"
        ).error(path: path, options: options)
      }
      columns.append(column)
    }
    let found = columns.count == 1 ? columns[0].firstRepeated() : repeated(columns)
    if let (first, again) = found {
      let values = columns.map { shown(plainCell($0[again])) }.joined(separator: ", ")
      let names = resource.primaryKey.map { shown($0) }.joined(separator: ", ")
      throw CellProblem(
        row: again, otherRow: first,
        message: "\(values) stands twice in the key \(names)",
        hint: "take one of the rows out, or 'primaryKey' out of the description"
      ).error(path: path, options: options)
    }
    guard resource.primaryKey.count == 1,
      let index = table.columns.firstIndex(where: {
        $0.description.name == resource.primaryKey[0]
      }), case .coded(var coded) = table.columns[index].data
    else { return }
    coded.isUnique = true
    table.columns[index].data = .coded(coded)
  }

  /// What the binder will see of the table.
  func description(of table: Table) throws(DatasetError) -> TableDescription {
    let named = [
      ("widen:person", resource.person), ("widen:period", resource.span?.start),
      ("widen:period", resource.span?.end),
    ]
    for case (let property, let name?) in named where table.column(named: name) == nil {
      throw missingColumn(name, property)
    }
    for field in resource.fields ?? [] {
      if let mapping = field.mapping, table.column(named: mapping.name) != nil {
        throw field.place.error(
          "'widen:codes' gives the column \(shown(mapping.name)), which the file has itself",
          hint: "choose another name for it")
      }
    }
    return TableDescription(
      name: resource.table, columns: table.columns.map(\.description), rowCount: table.rowCount,
      key: resource.primaryKey.count == 1 ? resource.primaryKey[0] : nil, person: resource.person,
      isPersonal: resource.holdsPeople, isSynthetic: resource.isSynthetic, span: resource.span,
      summary: resource.summary)
  }

  private func missingColumn(_ name: String, _ property: String) -> DatasetError {
    (resource.place.member(property) ?? resource.place).error(
      "\(shown(resource.path, limit: 100)) has no column \(shown(name))",
      hint: "name a column of the file")
  }
}
