internal import WidenEngine
internal import WidenLanguage

/// What the binder is told of a dataset where its messages leave: how many rows about people hold a
/// value only roughly, never fewer than ten.
struct RoughCatalogue: Catalogue {
  var dataset: Dataset

  var tableNames: [String] { dataset.tableNames }

  func table(named name: String) -> TableDescription? {
    guard var description = dataset.table(named: name) else { return nil }
    if isAboutPeople(name) { description.rowCount = rough(description.rowCount) }
    return description
  }

  func values(of column: ColumnDescription.Origin) -> [ValueCount]? {
    let values = dataset.values(of: column)
    guard isAboutPeople(column.table) else { return values }
    return values?.map { ValueCount(value: $0.value, rows: rough($0.rows)) }
  }

  func recordedRows(of column: ColumnDescription.Origin) -> Int? {
    let rows = dataset.recordedRows(of: column)
    return isAboutPeople(column.table) ? rows.map(rough) : rows
  }

  private func isAboutPeople(_ table: String) -> Bool {
    dataset.table(named: table)?.isAboutPeople ?? false
  }

  /// Up to the next ten, so that none stays none and few do not show.
  private func rough(_ rows: Int) -> Int { (rows + 9) / 10 * 10 }
}
