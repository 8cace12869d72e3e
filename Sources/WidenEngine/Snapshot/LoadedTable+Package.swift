import WidenLanguage

extension OpenedPackage {
  /// A single file in the form of a package, since snapshots have one form.
  init(_ loaded: LoadedTable) {
    let description = TableDescription(
      name: OpenedPackage.fileTable, columns: loaded.table.columns.map(\.description),
      rowCount: loaded.table.rowCount)
    self.init(
      dataset: Dataset(
        name: "", entries: [Dataset.Entry(description: description, table: loaded.table)]),
      notes: [], reports: [OpenedPackage.fileTable: loaded.report])
  }

  /// What is kept of a file of which only some columns were read: that it was met.
  static var metOnce: OpenedPackage {
    OpenedPackage(dataset: Dataset(name: ""), notes: [], reports: [:])
  }

  /// The single file; nil when there is none.
  var loadedTable: LoadedTable? {
    guard let table = dataset.entry(named: OpenedPackage.fileTable)?.table,
      let report = reports[OpenedPackage.fileTable]
    else { return nil }
    return LoadedTable(table: table, report: report)
  }

  private static let fileTable = "file"
}
