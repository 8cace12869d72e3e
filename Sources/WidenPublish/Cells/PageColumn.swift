import WidenEngine
import WidenLanguage

/// One column as a page or a terminal shows it: what its cells read and on which side they stand.
struct PageColumn {
  let description: ColumnDescription
  /// Its index in the table.
  let index: Int
  /// Whether its cells stand on the right, so that decimal points stand above each other.
  let isNumber: Bool
  /// Its name, fit to be shown.
  let name: String
  /// What its percentages are of, fit to be shown.
  let base: String?
  private let data: Column
  private let withheld: Bitmap?
  /// The decimals of its plain numbers; nil when they have none.
  let places: Int?
  private let missing: String

  /// A column whose decimals suit the values of these rows.
  init(
    _ column: TableColumn, index: Int, rows: some Sequence<Int>, missing: String
  ) {
    description = column.description
    data = column.data
    withheld = column.withheld
    self.index = index
    self.missing = missing
    isNumber = column.description.type.isNumber
    name = visible(column.description.name, usesUnicode: true)
    base = column.description.base.map { visible($0, usesUnicode: true) }
    places = PageColumn.places(column, rows)
  }

  /// What the cell of a row reads; a figure that is shown but would be withheld carries the mark.
  func text(row: Int) -> String {
    let value = data[row]
    guard withheld?[row] == true else { return text(of: value) }
    let mark = TableColumn.withheldMark
    return value == .missing ? mark : text(of: value) + " " + mark
  }

  /// Whether a policy withholds the cell of a row.
  func isWithheld(row: Int) -> Bool { withheld?[row] == true }

  /// What a cell with this value reads.
  func text(of value: Value) -> String {
    if value == .missing { return missing }
    let text = pageText(of: value, description: description, places: places)
    return visible(text, usesUnicode: true)
  }

  /// Whether its whole numbers name something, as years do, rather than count it.
  var hasPlainDigits: Bool {
    for row in 0..<min(data.count, 100) {
      if case .integer(let number) = data[row] {
        return WidenPublish.hasPlainDigits(description, number)
      }
    }
    return false
  }

  private static func places(_ column: TableColumn, _ rows: some Sequence<Int>) -> Int? {
    guard column.description.type == .decimal, column.description.format == .plain else {
      return nil
    }
    var isExact = false
    if case .coded = column.data { isExact = true }
    return decimalPlaces(
      of: rows.lazy.compactMap { row in
        if case .decimal(let number) = column.data[row] { DecimalDigits(number) } else { nil }
      }, isExact: isExact)
  }
}

/// The columns that a page shows of a table, for these rows.
///
/// A missing value in a leading label reads `(missing)`: there it is a group like the others.
func pageColumns(
  of table: Table, rows: some Sequence<Int>, missing: String = "·",
  missingLabel: String = "(missing)"
) -> [PageColumn] {
  let shown = table.columns.indices.filter { !table.columns[$0].description.isHidden }
  let labels = labelCount(shown.map { table.columns[$0].description })
  let bases = baseColumns(of: table, shown)
  return shown.enumerated().flatMap { position, index in
    let own = PageColumn(
      table.columns[index], index: index, rows: rows,
      missing: position < labels ? missingLabel : missing)
    guard let base = bases[index] else { return [own] }
    var counts = table.columns[base]
    counts.description.name = "N"
    return [own, PageColumn(counts, index: base, rows: rows, missing: missing)]
  }
}

/// The denominators to show beside percentages whose header cannot name one number for all rows.
///
/// None when there are more than three: a cross-tabulation of rates would double its width. None
/// that stands in a column of the table already, as beside the percentages of a row.
private func baseColumns(of table: Table, _ shown: [Int]) -> [Int: Int] {
  var found: [Int: Int] = [:]
  for index in shown {
    let description = table.columns[index].description
    guard let parts = description.parts, description.base?.contains("N = ") != true,
      table.columns.indices.contains(parts.denominator)
    else { continue }
    found[index] = parts.denominator
  }
  guard found.count <= 3 else { return [:] }
  let counts = shown.filter {
    table.columns[$0].description.type.isNumber && table.columns[$0].description.parts == nil
  }
  return found.filter { _, base in
    !counts.contains { own in
      (0..<min(table.rowCount, 1000)).allSatisfy { table[$0, own] == table[$0, base] }
    }
  }
}

/// How many leading columns say what the numbers after them are about: all before the first number,
/// unless one of them tells persons apart, for then a row is a record and not a group.
func labelCount(_ columns: [ColumnDescription]) -> Int {
  let leading = columns.prefix { !$0.type.isNumber }
  if leading.count == columns.count { return 0 }
  return leading.contains { $0.sensitivity == .identifier } ? 0 : leading.count
}
