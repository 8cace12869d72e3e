import WidenLanguage
import WidenStatistics

/// Who each row of a frame is about.
struct People: Sendable {
  /// What tells people apart; as long as the frame.
  var column: Column
  /// What its numbers are numbers of: two tables with the same identifiers share it.
  var kind: String
  /// The name of their column; nil where every row is somebody else.
  var name: String?

  /// People that are known from elsewhere.
  init(column: Column, kind: String, name: String?) {
    self.column = column
    self.kind = kind
    self.name = name
  }

  /// The people of a table's rows; nil when they are about nobody in particular.
  ///
  /// They are told apart by the column that the description names, else the only identifier, else
  /// the key, else every row is somebody else.
  init?(of entry: Dataset.Entry) throws(ExecutionError) {
    let description = entry.description
    guard description.isAboutPeople else { return nil }
    name = description.personColumn
    guard let name,
      let index = description.columns.firstIndex(where: { $0.name == name })
    else {
      kind = "rows of \(description.name)"
      let count = entry.table.rowCount
      column = .coded(
        CodedColumn(
          codes: Codes(count: count, cardinality: count + 1) { $0 + 1 },
          domain: .integer(minimum: 0), cardinality: count + 1, hasMissing: false, isUnique: true))
      return
    }
    try entry.table.requireRead(.some([index]))
    column = entry.table.columns[index].data
    switch column {
    case .coded(let coded):
      switch coded.domain {
      case .identifier(let prefix, _, _): kind = "\(prefix)…"
      case .integer, .text, .decimal, .boolean, .date, .month, .period:
        kind = "\(description.name).\(name)"
      }
    case .integers, .decimals: kind = "\(description.name).\(name)"
    }
  }

  /// The person of a row by number: the same in every table of the kind; nil where nobody is named.
  func number(ofRow row: Int) -> UInt32? {
    switch column {
    case .coded(let coded):
      let code = coded.codes[row]
      guard code > 0 else { return nil }
      guard case .identifier(_, _, let minimum) = coded.domain else {
        return UInt32(truncatingIfNeeded: code)
      }
      return UInt32(truncatingIfNeeded: minimum + code - 1)
    case .integers, .decimals:
      return UInt32(truncatingIfNeeded: row)
    }
  }

  /// These rows.
  func gathered(_ rows: RowList, isSubset: Bool, in context: ExecutionContext? = nil) -> People {
    var gathered = self
    gathered.column = column.gathered(rows, isSubset: isSubset, in: context)
    return gathered
  }
}

/// Which group each row is in, for what only disclosure control asks: who is behind a figure.
struct RowGroups {
  /// The group of each row that is in, else -1.
  private let groups: [Int32]
  let count: Int

  /// The groups by these keys, numbered as an aggregation by them orders its rows.
  init(_ keys: [GroupKey], of frame: Frame, in context: ExecutionContext) throws(ExecutionError) {
    let grouping = try Grouping(
      keys, rowCount: frame.rowCount, selection: frame.selection, isByRow: true, in: context)
    let rows = frame.selectedRows
    var occurs = [Bool](repeating: false, count: grouping.cellCount)
    var cells = [Int32](repeating: -1, count: frame.rowCount)
    for row in rows {
      let cell = keys.isEmpty ? 0 : grouping.cell(ofRow: Int(row))
      cells[Int(row)] = Int32(truncatingIfNeeded: cell)
      occurs[cell] = true
    }
    let found = try grouping.groups(
      occurring: occurs.indices.filter { occurs[$0] }, in: context)
    var numbers = [Int32](repeating: -1, count: grouping.cellCount)
    for (number, cell) in found.cells.enumerated() {
      numbers[cell] = Int32(truncatingIfNeeded: number)
    }
    count = found.cells.count
    groups = cells.map { $0 < 0 ? -1 : numbers[Int($0)] }
  }

  /// Each row that is in a group and for which a condition holds, and its group.
  func forEach(where condition: Bitmap?, _ body: (_ row: Int, _ group: Int) -> Void) {
    for (row, group) in groups.enumerated() where group >= 0 && condition?[row] != false {
      body(row, Int(group))
    }
  }

  /// The people behind each group, of the rows for which a condition holds.
  func sets(of people: People, where condition: Bitmap?) -> [RecordSet] {
    var numbers = [[UInt32]](repeating: [], count: count)
    forEach(where: condition) { row, group in
      if let number = people.number(ofRow: row) { numbers[group].append(number) }
    }
    return numbers.map { RecordSet($0) }
  }

  /// The first row of each group; nil where a group is about more than one person.
  func rowsOfSinglePeople(_ people: People) -> RowList? {
    var firsts = [UInt32](repeating: noRow, count: count)
    var persons = [UInt32?](repeating: nil, count: count)
    var isSingle = true
    forEach(where: nil) { row, group in
      let person = people.number(ofRow: row)
      if firsts[group] == noRow {
        firsts[group] = UInt32(truncatingIfNeeded: row)
        persons[group] = person
      } else if persons[group] != person {
        isSingle = false
      }
    }
    return isSingle ? RowList(firsts) : nil
  }

  /// What each person adds to the sum of each group.
  func contributions(of people: People, to values: Column, where condition: Bitmap?) -> [[Double]] {
    var sums = [[UInt32: Double]](repeating: [:], count: count)
    let numbers = Numbers(values)
    forEach(where: condition) { row, group in
      guard let value = numbers.units(ofRow: row), let number = people.number(ofRow: row) else {
        return
      }
      sums[group][number, default: 0] += value
    }
    return sums.map { Array($0.values) }
  }
}
