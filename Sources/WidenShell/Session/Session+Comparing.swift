internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// `compare NAME to NAME`: the rows in which two tables of figures differ, with what moved.
  ///
  /// Rows belong together when all columns that are no numbers say the same in both.
  func compare(_ name: Name, to other: Name, _ run: Run) throws(Failure) -> Reply {
    if other.text.lowercased() == "previous", state.dataset.entry(named: "previous") == nil {
      throw .sentence(
        "there is no earlier result to compare with", hint: "run two queries, then compare them")
    }
    let now = try entry(name, run).table
    let before = try entry(other, run).table
    let comparison = try TableComparison(now, before, names: (name.text, other.text))
    var answer = Answer(table: comparison.moved)
    answer.notes = comparison.remarks.map { Answer.Note(.note, $0) }
    answer.isSynthetic = state.dataset.isSynthetic
    guard comparison.moved.rowCount > 0 else {
      return .text(comparison.remarks.map { $0 + "\n" }.joined())
    }
    return .answer(answer, diagnostics: [], isQuery: true, milliseconds: 0)
  }
}

/// What differs between two tables of figures.
private struct TableComparison {
  /// The rows that differ: their labels, and for each measure the value before, now, and the change.
  private(set) var moved: Table
  /// How many rows are the same, and which columns only one of the tables has.
  private(set) var remarks: [String] = []

  private struct Row {
    var now: Int?
    var before: Int?
  }

  /// - Throws: `Failure` when there is nothing to go by: no column in common, or rows alike.
  init(_ now: Table, _ before: Table, names: (now: String, before: String)) throws(Failure) {
    let shown = now.columns.filter { !$0.description.isHidden }
    let common = shown.filter { column in
      before.column(named: column.description.name)?.description.type.isNumber
        == column.description.type.isNumber
    }
    let labels = common.filter { !$0.description.type.isNumber }.map(\.description.name)
    let measures = common.filter { $0.description.type.isNumber }.map(\.description.name)
    guard !measures.isEmpty else {
      throw .sentence(
        "\(names.now) and \(names.before) have no column of numbers in common",
        hint: "compare results of the same query, such as last and previous")
    }
    let nowKeys = try keys(now, labels, names.now)
    let beforeKeys = try keys(before, labels, names.before)
    var rows: [Row] = []
    for row in 0..<now.rowCount {
      rows.append(Row(now: row, before: beforeKeys.index[nowKeys.texts[row]]))
    }
    for row in 0..<before.rowCount where nowKeys.index[beforeKeys.texts[row]] == nil {
      rows.append(Row(now: nil, before: row))
    }
    let differing = rows.filter { row in
      row.now == nil || row.before == nil
        || measures.contains {
          !isSame(value(now, $0, row.now), value(before, $0, row.before))
        }
    }
    moved = TableComparison.moved(differing, now, before, labels, measures)
    let same = rows.count - differing.count
    remarks.append(
      differing.isEmpty
        ? "no difference: \(counted(same, "row")) and \(counted(measures.count, "column"))"
          + " of numbers are the same"
        : same == 0
          ? "no row is the same" : "\(counted(same, "row")) \(same == 1 ? "is" : "are") the same")
    remark(rows.filter { $0.before == nil }.count, names.now)
    remark(rows.filter { $0.now == nil }.count, names.before)
    let others = shown.map(\.description.name).filter { name in
      !common.contains { $0.description.name == name }
    }
    if !others.isEmpty {
      remarks.append("not compared: \(others.map { visible($0) }.joined(separator: ", "))")
    }
  }

  /// Labels, and for each measure that moved its value before, now, and the change.
  private static func moved(
    _ rows: [Row], _ now: Table, _ before: Table, _ labels: [String], _ measures: [String]
  ) -> Table {
    var columns = labels.compactMap { name -> TableColumn? in
      guard let column = now.column(named: name) else { return nil }
      let values = rows.map { row in
        row.now == nil ? value(before, name, row.before) : value(now, name, row.now)
      }
      return made(column.description, values)
    }
    for name in measures {
      let old = rows.map { value(before, name, $0.before) }
      let new = rows.map { value(now, name, $0.now) }
      guard var description = now.column(named: name)?.description,
        zip(new, old).contains(where: { !isSame($0, $1) })
      else { continue }
      (description.parts, description.base) = (nil, nil)
      columns.append(made(description.renamed("\(name)_before"), old))
      columns.append(made(description, new))
      var change = description.renamed("\(name)_change")
      if description.format == .percentage { change.format = .points }
      columns.append(made(change, zip(new, old).map { difference($0, $1) }))
    }
    return Table(columns: columns, rowCount: rows.count)
  }

  private mutating func remark(_ rows: Int, _ name: String) {
    if rows > 0 { remarks.append("only in \(visible(name)): \(counted(rows, "row"))") }
  }
}

private func value(_ table: Table, _ name: String, _ row: Int?) -> Value {
  guard let row, let column = table.column(named: name) else { return .missing }
  return column.data[row]
}

/// A text for each row that tells it from the others, and where each stands.
private func keys(_ table: Table, _ labels: [String], _ name: String) throws(Failure)
  -> (texts: [String], index: [String: Int])
{
  let columns = labels.compactMap { table.column(named: $0) }
  var index: [String: Int] = [:]
  var texts: [String] = []
  for row in 0..<table.rowCount {
    let text = columns.map { plainText(of: $0.data[row]) }.joined(separator: "\u{1F}")
    guard index.updateValue(row, forKey: text) == nil else {
      throw .sentence(
        labels.isEmpty
          ? "\(name) has several rows and no labels to tell them apart"
          : "\(name) has several rows with the same \(labels.joined(separator: " and "))",
        hint: "compare counts or summaries, which have one row for each group")
    }
    texts.append(text)
  }
  return (texts, index)
}

private func made(_ description: ColumnDescription, _ values: [Value]) -> TableColumn {
  let type: ValueType =
    description.type == .integer && values.allSatisfy(\.isWhole) ? .integer : description.type
  var description = description
  description.type = type
  let categories = type.isText ? description.categories : nil
  return TableColumn(description, .values(values, type: type, categories: categories))
}

/// Two figures are the same when they differ by less than rounding can: results are recomputed.
private func isSame(_ one: Value, _ other: Value) -> Bool {
  if one == other { return true }
  guard let a = one.numericValue, let b = other.numericValue else { return false }
  return abs(a - b) <= 1e-12 * max(1, abs(a), abs(b))
}

private func difference(_ now: Value, _ before: Value) -> Value {
  if case .integer(let a) = now, case .integer(let b) = before {
    let (result, overflows) = a.subtractingReportingOverflow(b)
    return overflows ? .missing : .integer(result)
  }
  guard let a = now.numericValue, let b = before.numericValue else { return .missing }
  return .decimal(a - b)
}

extension ColumnDescription {
  fileprivate func renamed(_ name: String) -> ColumnDescription {
    var description = self
    description.name = name
    return description
  }
}

extension Value {
  fileprivate var isWhole: Bool {
    switch self {
    case .integer, .missing: true
    case .decimal, .boolean, .text, .date, .month, .period: false
    }
  }
}
