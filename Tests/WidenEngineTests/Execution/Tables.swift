import WidenEngine
import WidenLanguage

/// A table written as text: a line `name:kind …`, then a line for each row; `.` is missing.
///
/// Kinds: `text`, `category(a,b)`, `integer`, `wide` (whole numbers without codes), `decimal`,
/// `decimal2` (exact in two places), `date`, `month`, `boolean`, `id` (such as `S0012`).
func entry(_ name: String, _ text: String, isSynthetic: Bool = false) -> Dataset.Entry {
  let lines = text.split(separator: "\n").map { line in
    line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
  }
  var descriptions: [ColumnDescription] = []
  var columns: [TableColumn] = []
  for (index, head) in (lines.first ?? []).enumerated() {
    let parts = head.split(separator: ":").map(String.init)
    let cells = lines.dropFirst().map { $0[index] == "." ? nil : $0[index] }
    let (description, data) = column(parts[0], kind: parts[1], cells, table: name)
    descriptions.append(description)
    columns.append(TableColumn(description, data))
  }
  let rows = lines.count - 1
  return Dataset.Entry(
    description: TableDescription(
      name: name, columns: descriptions, rowCount: rows, isSynthetic: isSynthetic),
    table: Table(columns: columns, rowCount: rows))
}

private func column(_ name: String, kind: String, _ cells: [String?], table: String)
  -> (ColumnDescription, Column)
{
  var description = ColumnDescription(
    name: name, type: .text, origin: .init(table: table, column: name))
  func described(_ type: ValueType, _ data: Column) -> (ColumnDescription, Column) {
    description.type = type
    return (description, data)
  }
  if kind.hasPrefix("category(") {
    let categories = kind.dropFirst(9).dropLast().split(separator: ",").map(String.init)
    description.categories = categories
    return described(.category, .text(cells, categories: categories))
  }
  switch kind {
  case "integer": return described(.integer, .integers(cells.map { $0.flatMap { Int($0) } }))
  case "wide": return described(.integer, wide(cells.map { $0.flatMap { Int($0) } }))
  case "decimal": return described(.decimal, .decimals(cells.map { $0.flatMap { Double($0) } }))
  case "decimal2":
    let units = cells.map { $0.flatMap { Double($0) }.map { Int(($0 * 100).rounded()) } }
    return described(.decimal, .scaled(units, places: 2))
  case "date": return described(.date, .dates(cells.map { $0.flatMap(parsedDay) }))
  case "month":
    return described(
      .month, .months(cells.map { $0.flatMap { parsedDay($0 + "-01") }.map(Month.init(of:)) }))
  case "boolean": return described(.boolean, .booleans(cells.map { $0.map { $0 == "yes" } }))
  case "id":
    let numbers = cells.map { $0.flatMap { Int($0.dropFirst()) } }
    return described(
      .text,
      .identifiers(prefix: "S", digits: 4, numbers, isUnique: Set(cells).count == cells.count))
  default: return described(.text, .text(cells))
  }
}

/// Whole numbers without codes.
func wide(_ values: [Int?]) -> Column {
  .integers(
    Buffer(values.map { $0 ?? 0 }),
    validity: values.contains { $0 == nil } ? Bitmap(values.map { $0 != nil }) : nil)
}

/// `2014-04-01` as a day.
func parsedDay(_ text: String) -> Day? {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  return parts.count == 3 ? Day(year: parts[0], month: parts[1], day: parts[2]) : nil
}

/// A value as the tests write it: `.` for missing, at most six decimals.
func shown(_ value: Value) -> String {
  switch value {
  case .missing: return "."
  case .boolean(let flag): return flag ? "yes" : "no"
  case .integer(let number): return "\(number)"
  case .decimal(let number):
    let rounded = (number * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? "\(Int(rounded))" : "\(rounded)"
  case .text(let text): return text
  case .date(let day): return day.description
  case .month(let month): return month.description
  case .period(let period): return period.description
  }
}

/// A result as text: the names of its columns, then its rows.
func shown(_ answer: Answer) -> String {
  let visible = answer.table.columns.indices.filter {
    !answer.table.columns[$0].description.isHidden
  }
  var lines = [visible.map { answer.table.columns[$0].description.name }.joined(separator: " ")]
  for row in 0..<answer.table.rowCount {
    lines.append(visible.map { shown(answer.table[row, $0]) }.joined(separator: " "))
  }
  return lines.joined(separator: "\n")
}
