import WidenLanguage

extension Archive {
  /// A dataset, and what opening it had to say.
  mutating func package(_ package: inout OpenedPackage) throws(SnapshotDamage) {
    try text(&package.dataset.name)
    try flag(&package.dataset.isSynthetic)
    try text(&package.dataset.definitions)
    try list(&package.dataset.attribution)
    try optional(&package.dataset.policy)
    var entries = package.dataset.entries
    try list(&entries, blank: blankEntry) { archive, entry throws(SnapshotDamage) in
      try archive.entry(&entry)
    }
    if isReading { for entry in entries { package.dataset.add(entry) } }
    guard package.dataset.entries.count == entries.count else { throw SnapshotDamage() }
    try notes(&package.notes)
    var reports = package.reports.map { (table: $0.key, report: $0.value) }
      .sorted { $0.table < $1.table }
    try list(&reports, blank: (table: "", report: LoadReport(rows: 0, columns: []))) {
      archive, part throws(SnapshotDamage) in
      try archive.text(&part.table)
      try archive.report(&part.report)
    }
    for (table, report) in reports { package.reports[table] = report }
  }

  private mutating func entry(_ entry: inout Dataset.Entry) throws(SnapshotDamage) {
    var (columns, description) = (entry.table.columns, entry.description)
    var rowCount = entry.table.rowCount
    try number(&rowCount)
    try list(&columns, blank: blankTableColumn) { archive, column throws(SnapshotDamage) in
      try archive.columnDescription(&column.description)
      try archive.column(&column.data)
    }
    try tableDescription(&description)
    guard isReading else { return }
    guard rowCount >= 0, columns.allSatisfy({ $0.data.count == rowCount }) else {
      throw SnapshotDamage()
    }
    description.columns = columns.map(\.description)
    description.rowCount = rowCount
    entry = Dataset.Entry(
      description: description, table: Table(columns: columns, rowCount: rowCount))
  }

  /// All but the columns and the number of rows, which the table tells.
  private mutating func tableDescription(
    _ table: inout TableDescription
  ) throws(SnapshotDamage) {
    try text(&table.name)
    try optional(&table.key)
    try optional(&table.person)
    try flag(&table.isPersonal)
    try flag(&table.isSynthetic)
    try optional(&table.span, blank: .init(start: "", end: "")) {
      archive, span throws(SnapshotDamage) in
      try archive.text(&span.start)
      try archive.text(&span.end)
    }
    try list(&table.relationships, blank: .init(column: "", table: "", key: "")) {
      archive, relationship throws(SnapshotDamage) in
      try archive.text(&relationship.column)
      try archive.text(&relationship.table)
      try archive.text(&relationship.key)
    }
    // Only results are made of the rows of other tables.
    guard isReading || table.rows == nil else { throw SnapshotDamage() }
    try optional(&table.summary)
  }

  private mutating func columnDescription(
    _ column: inout ColumnDescription
  ) throws(SnapshotDamage) {
    try text(&column.name)
    try choice(&column.type)
    try optional(&column.categories, blank: []) { archive, categories throws(SnapshotDamage) in
      try archive.list(&categories)
    }
    try flag(&column.isOrdered)
    try list(&column.notRecorded)
    try optional(&column.sensitivity, blank: .quasi) {
      archive, sensitivity throws(SnapshotDamage) in try archive.choice(&sensitivity)
    }
    try optional(&column.origin, blank: .init(table: "", column: "")) {
      archive, origin throws(SnapshotDamage) in
      try archive.text(&origin.table)
      try archive.text(&origin.column)
    }
    try optional(&column.periodKind, blank: .quarter) { archive, kind throws(SnapshotDamage) in
      try archive.choice(&kind)
    }
    try choice(&column.format)
    // What a share was computed from and goes by, which no column of a file has.
    guard isReading || column.parts == nil && column.base == nil else { throw SnapshotDamage() }
    try flag(&column.isHidden)
    try optional(&column.mapping, blank: .init(name: "", pairs: [])) {
      archive, mapping throws(SnapshotDamage) in
      try archive.text(&mapping.name)
      try archive.list(&mapping.pairs, blank: .init(value: "", code: "")) {
        archive, pair throws(SnapshotDamage) in
        try archive.text(&pair.value)
        try archive.text(&pair.code)
      }
    }
    try optional(&column.summary)
  }

  private mutating func report(_ report: inout LoadReport) throws(SnapshotDamage) {
    try number(&report.rows)
    try list(&report.columns, blank: .init(name: "", type: .text)) {
      archive, column throws(SnapshotDamage) in
      try archive.text(&column.name)
      try archive.choice(&column.type)
      try archive.list(&column.missing, blank: ValueCount(value: "", rows: 0)) {
        archive, count throws(SnapshotDamage) in
        try archive.text(&count.value)
        try archive.number(&count.rows)
      }
      try archive.list(&column.oddities)
      try archive.list(&column.surprises)
    }
    try notes(&report.decisions)
  }

  private mutating func notes(_ notes: inout [Answer.Note]) throws(SnapshotDamage) {
    try list(&notes, blank: Answer.Note(.note, "")) { archive, note throws(SnapshotDamage) in
      try archive.choice(&note.kind)
      try archive.text(&note.text)
    }
  }
}

private var blankEntry: Dataset.Entry {
  Dataset.Entry(
    description: TableDescription(name: "", columns: [], rowCount: 0),
    table: Table(columns: [], rowCount: 0))
}

private var blankTableColumn: TableColumn {
  TableColumn(ColumnDescription(name: "", type: .boolean), .booleans([]))
}
