import WidenEngine
import WidenLanguage

/// A result as charts see it: columns that label rows, and columns that measure.
struct ChartSource {
  /// A column of numbers, with what was computed around it.
  struct Measure {
    /// The column itself.
    var column: PageColumn
    /// Its number in each row; nil where it is missing.
    var values: [Double?]
    /// The ends of its interval in each row, where the result has them.
    var lows: [Double?]?
    var highs: [Double?]?
    /// What each share or rate is of, where the result carries it.
    var denominators: [Double?]?

    /// The figure of a row as it is written beside what is drawn: `27.9 %`.
    func text(_ row: Int) -> String {
      column.isWithheld(row: row) ? TableColumn.withheldMark : column.text(row: row)
    }
  }

  /// The columns that say what a row is about, in their order.
  let labels: [PageColumn]
  /// What all rows are about: `ethnic_group BME`.
  let common: [String]
  /// The columns that can be drawn, in their order; ends of intervals are not among them.
  let measures: [Measure]
  /// Every numeric column by its name.
  let numbers: [String: [Double?]]
  let rowCount: Int
  private let flags: [String: [String]]

  init(_ answer: Answer, style: TableStyle) throws(ChartError) {
    let table = answer.table
    rowCount = table.rowCount
    let columns = pageColumns(of: table, rows: 0..<table.rowCount, missing: style.missing)
      .filter { $0.name != "N" }
    var labelled = columns.prefix { !$0.isNumber }.count
    let isYear = columns.first.map { $0.isNumber && $0.description.parts == nil } ?? false
    if labelled == 0, columns.count > 1, isYear { labelled = 1 }
    let leading = Array(columns.prefix(labelled))
    if leading.contains(where: { $0.description.sensitivity == .identifier }) {
      throw ChartError(
        "a chart shows groups, and these are single records",
        hint: "count or summarise before 'chart'")
    }
    // A label that says the same everywhere is said once, above the chart.
    let varying = leading.filter { column in
      let first = table.rowCount > 0 ? column.text(row: 0) : ""
      return (0..<table.rowCount).contains { column.text(row: $0) != first }
    }
    labels = varying.isEmpty ? Array(leading.suffix(1)) : varying
    let names = labels.map(\.name)
    common = leading.filter { table.rowCount > 0 && !names.contains($0.name) }
      .map { "\($0.name) \($0.text(row: 0))" }
    let rest = columns.dropFirst(labelled)
    var numbers: [String: [Double?]] = [:]
    var flags: [String: [String]] = [:]
    for column in rest {
      if column.isNumber {
        // What is withheld is not drawn: a length would tell it.
        numbers[column.name] = (0..<table.rowCount).map { row in
          column.isWithheld(row: row) ? nil : table[row, column.index].numericValue
        }
      } else {
        flags[column.name] = (0..<table.rowCount).map { column.text(row: $0) }
      }
    }
    self.numbers = numbers
    self.flags = flags
    let others = Set(rest.map(\.name))
    measures = rest.filter { $0.isNumber && !isEnd($0.name, among: others) }.map { column in
      let own = others.contains(column.name + "_low") ? column.name + "_" : ""
      let hasEnds = !own.isEmpty || column.name != "crude" && column.description.isComputed
      return Measure(
        column: column, values: numbers[column.name] ?? [],
        lows: hasEnds ? numbers[own + "low"] : nil, highs: hasEnds ? numbers[own + "high"] : nil,
        denominators: column.description.parts.map { parts in
          (0..<table.rowCount).map { table[$0, parts.denominator].numericValue }
        })
    }
    guard !measures.isEmpty, table.rowCount > 0 else {
      throw ChartError(
        table.rowCount == 0 ? "there are no rows to draw" : "there are no numbers to draw",
        hint: table.rowCount == 0 ? nil : "count or summarise before 'chart'")
    }
  }

  /// The text of a column that is no number, such as the flags of a funnel.
  func text(_ name: String) -> [String]? { flags[name] }

  /// What is drawn when one measure is: what has a benchmark, else the first share, rate or index of
  /// the kind that was computed last, else the first plain number.
  var chosen: Measure {
    if let benchmark = measures.firstIndex(where: { $0.column.name == "benchmark" }), benchmark > 0
    {
      return measures[benchmark - 1]
    }
    return chosenAlone
  }

  private var chosenAlone: Measure {
    let computed = measures.last {
      $0.column.description.isComputed && $0.column.name != "benchmark"
    }
    return alike(computed ?? measures[0])[0]
  }

  /// The measures of the kind of one, in their order; counts beside other numbers are by themselves.
  private func alike(_ measure: Measure) -> [Measure] {
    let format = measure.column.description.format
    let found = measures.filter {
      $0.column.description.format == format && $0.column.name != "benchmark"
    }
    return found.isEmpty ? [measure] : found
  }

  /// The line that names what could be drawn as well, when one measure is.
  var notDrawn: String? {
    let names = alike(chosen).map(\.column.name).filter { $0 != chosen.column.name }
    return names.isEmpty ? nil : "Not drawn: \(list(names))"
  }

  /// What a row is called, by all of its labels.
  func label(_ row: Int) -> String {
    labels.map { $0.text(row: row) }.joined(separator: ", ")
  }

  /// The label that says when, if there is one.
  var time: Int? {
    labels.firstIndex { $0.description.type.isTime || $0.isNumber }
  }
}

extension ColumnDescription {
  /// Whether its numbers are shares, rates or the like, and no counts, amounts or years.
  fileprivate var isComputed: Bool { format != .plain && format != .year }
}

/// Whether a column is an end of another's interval.
private func isEnd(_ name: String, among names: Set<String>) -> Bool {
  if name == "low" || name == "high" { return true }
  for ending in ["_low", "_high"] where name.hasSuffix(ending) {
    if names.contains(String(name.dropLast(ending.count))) { return true }
  }
  return false
}
