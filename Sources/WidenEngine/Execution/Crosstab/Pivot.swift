import WidenLanguage
import WidenStatistics

/// Lays the figures of a cross-tabulation out as rows and columns.
struct Pivot {
  /// More columns than this nobody reads.
  static let mostColumns = 1000

  private let crosstab: CrosstabPlan
  private let cells: Figures
  private let byRow: Figures
  private let byColumn: Figures
  private let all: Figures
  /// The cells that no row of the input falls into, and that are withheld nevertheless.
  private let withheldEmpty: Set<CellPlace>
  /// What is done about figures of people; nil where nothing is.
  private let control: DisclosureControl?
  /// For each row and column the cell, or nil when no row of the input falls into it.
  private let cellAt: [[Int?]]

  init(
    _ crosstab: CrosstabPlan, cells: Figures, byRow: Figures, byColumn: Figures, all: Figures,
    withheldEmpty: Set<CellPlace>, control: DisclosureControl?
  ) {
    self.crosstab = crosstab
    self.withheldEmpty = withheldEmpty
    self.control = control
    self.cells = cells
    self.byRow = byRow
    self.byColumn = byColumn
    self.all = all
    var columnOf: [Value: Int] = [:]
    for column in 0..<byColumn.count { columnOf[byColumn.keys[0][column]] = column }
    var places = [[Int?]](
      repeating: [Int?](repeating: nil, count: byColumn.count), count: byRow.count)
    // Cells stand in the order of their rows, so that one walk finds every row.
    var row = 0
    for cell in 0..<cells.count {
      let value = cells.keys[0][cell]
      while row < byRow.count, byRow.keys[0][row] != value { row += 1 }
      guard row < byRow.count, let column = columnOf[cells.keys[1][cell]] else { continue }
      places[row][column] = cell
    }
    cellAt = places
  }

  /// The whole table.
  func relation(rowKey: ColumnDescription) -> Relation {
    let hasTotals = !crosstab.withoutTotals
    var names = UniqueNames(rowKey.name)
    let last = byColumn.count
    let shown = Array(0..<last) + (hasTotals ? [last] : [])
    let titles = shown.map { column in
      names.unique(
        column < last
          ? plainText(byColumn.keys[0][column])
          : total(among: byColumn.keys[0], crosstab.columns.categories))
    }
    let base = crosstab.percent == .row ? names.unique("N") : nil
    let hasParts = crosstab.percent != nil || crosstab.parts != nil
    let firstPart = 1 + shown.count + (base == nil ? 0 : 1)
    var columns = [keyColumn(rowKey)]
    for (index, column) in shown.enumerated() {
      var description = ColumnDescription(
        name: titles[index], type: hasParts ? .decimal : crosstab.value.type,
        format: hasParts ? .percentage : .plain)
      if hasParts {
        description.parts = .init(
          numerator: firstPart + 2 * index, denominator: firstPart + 2 * index + 1)
      }
      description.base = percentBase(column, rowKey)
      columns.append(
        made(
          description, rowIndices.map { figure(row: $0, column: column) },
          withheld: rowIndices.map { isFigureWithheld(row: $0, column: column) }))
    }
    if let base {
      columns.append(
        made(
          ColumnDescription(name: base, type: crosstab.value.type),
          rowIndices.map { value(\.values, row: $0, column: last) },
          withheld: rowIndices.map { isWithheld(row: $0, column: last) }))
    }
    if hasParts {
      for (index, column) in shown.enumerated() {
        columns += parts(of: titles[index], column, &names)
      }
    }
    var frame = Frame(columns: columns.map(\.data), rowCount: rowIndices.count)
    for (index, column) in columns.enumerated() { frame.withheld[index] = column.withheld }
    return Relation(frame: frame, columns: columns.map(\.description))
  }

  /// The rows to show; the one after the last stands for the total.
  private var rowIndices: Range<Int> { 0..<byRow.count + (crosstab.withoutTotals ? 0 : 1) }

  /// Whether the figure of a cell, or a count behind it, is withheld.
  private func isWithheld(row: Int, column: Int) -> Bool {
    switch (row < byRow.count, column < byColumn.count) {
    case (true, true):
      cellAt[row][column].map { cells.withheld?[$0] == true }
        ?? withheldEmpty.contains(CellPlace(row: row, column: column))
    case (true, false): byRow.withheld?[row] == true
    case (false, true): byColumn.withheld?[column] == true
    case (false, false): all.withheld?[0] == true
    }
  }

  /// Whether what a cell shows is withheld: a percentage is when any cell of its base is, for else
  /// 41 and 4 withheld would become 100 %.
  private func isFigureWithheld(row: Int, column: Int) -> Bool {
    if isWithheld(row: row, column: column) { return true }
    guard let percent = crosstab.percent, control?.policy.percentagesNeedWholeBase == true else {
      return false
    }
    switch percent {
    case .row: return anyWithheld(rows: [row], columns: 0...byColumn.count)
    case .column: return anyWithheld(rows: 0...byRow.count, columns: [column])
    case .total: return anyWithheld(rows: 0...byRow.count, columns: 0...byColumn.count)
    }
  }

  private func anyWithheld(rows: some Sequence<Int>, columns: some Sequence<Int>) -> Bool {
    rows.contains { row in columns.contains { isWithheld(row: row, column: $0) } }
  }

  private func made(
    _ description: ColumnDescription, _ values: [Value], withheld: [Bool] = []
  ) -> TableColumn {
    let isPublished = control?.mode == .publishing
    let values =
      isPublished && withheld.contains(true)
      ? zip(values, withheld).map { $1 ? .missing : $0 } : values
    var description = description
    if description.type == .integer, values.contains(where: \.isDecimal) {
      description.type = .decimal
    }
    return TableColumn(
      description,
      .values(values, type: description.type, categories: crosstab.value.categories),
      withheld: withheld.contains(true) ? Bitmap(withheld) : nil)
  }

  /// What a cell shows; a row or column after the last is the margin.
  private func figure(row: Int, column: Int) -> Value {
    guard crosstab.percent != nil else { return value(\.values, row: row, column: column) }
    guard let part = value(\.values, row: row, column: column).numericValue,
      let whole = whole(row: row, column: column).numericValue, whole != 0
    else { return .missing }
    return .decimal(part / whole)
  }

  /// What the percentage in a cell is of.
  private func whole(row: Int, column: Int) -> Value {
    switch crosstab.percent {
    case .row: value(\.values, row: row, column: byColumn.count)
    case .column: value(\.values, row: byRow.count, column: column)
    case .total, nil: value(\.values, row: byRow.count, column: byColumn.count)
    }
  }

  private func value(_ part: KeyPath<Figures, Column>, row: Int, column: Int) -> Value {
    switch (row < byRow.count, column < byColumn.count) {
    case (true, true): cellAt[row][column].map { cells[keyPath: part][$0] } ?? empty
    case (true, false): byRow[keyPath: part][row]
    case (false, true): byColumn[keyPath: part][column]
    case (false, false): all[keyPath: part][0]
    }
  }

  /// The figure of a cell that no row falls into: nothing counted is 0, all else is missing.
  private var empty: Value {
    guard case .column(let index) = crosstab.value.node,
      crosstab.aggregates.indices.contains(index)
    else { return .missing }
    switch crosstab.aggregates[index].kind {
    case .count, .distinct, .missing, .recorded: return .integer(0)
    case .sum, .mean, .median, .minimum, .maximum, .standardDeviation, .percentile, .correlation:
      return .missing
    }
  }

  /// The hidden numerators and denominators of a column.
  private func parts(of title: String, _ column: Int, _ names: inout UniqueNames) -> [TableColumn] {
    func hidden(_ suffix: String, _ values: [Value]) -> TableColumn {
      made(
        ColumnDescription(
          name: names.unique(title + suffix),
          type: crosstab.percent == nil ? .integer : crosstab.value.type, isHidden: true), values,
        withheld: rowIndices.map { isFigureWithheld(row: $0, column: column) })
    }
    if crosstab.percent != nil {
      return [
        hidden("_numerator", rowIndices.map { value(\.values, row: $0, column: column) }),
        hidden("_denominator", rowIndices.map { whole(row: $0, column: column) }),
      ]
    }
    return [
      hidden("_numerator", rowIndices.map { count(\.numerators, row: $0, column: column) }),
      hidden("_denominator", rowIndices.map { count(\.denominators, row: $0, column: column) }),
    ]
  }

  private func count(_ part: KeyPath<Figures, Column?>, row: Int, column: Int) -> Value {
    switch (row < byRow.count, column < byColumn.count) {
    case (true, true): cellAt[row][column].flatMap { cells[keyPath: part]?[$0] } ?? .integer(0)
    case (true, false): byRow[keyPath: part]?[row] ?? .missing
    case (false, true): byColumn[keyPath: part]?[column] ?? .missing
    case (false, false): all[keyPath: part]?[0] ?? .missing
    }
  }

  private func percentBase(_ column: Int, _ rowKey: ColumnDescription) -> String? {
    switch crosstab.percent {
    case nil: return nil
    case .row: return "within \(rowKey.name)"
    case .column, .total:
      let whole = whole(row: byRow.count, column: column)
      return whole.numericValue.map { "N = " + grouped($0) }
    }
  }

  /// The values of the row key, and `Total` after them, for which they become text.
  private func keyColumn(_ description: ColumnDescription) -> TableColumn {
    guard !crosstab.withoutTotals else { return TableColumn(description, byRow.keys[0]) }
    let values = (0..<byRow.count).map { row -> String? in
      let value = byRow.keys[0][row]
      return value == .missing ? nil : plainText(value)
    }
    let label = total(among: byRow.keys[0], description.categories)
    var described = description
    described.type = description.type == .category ? .category : .text
    described.categories = description.categories.map { $0 + [label] }
    let declared = description.categories ?? []
    let others = Set(declared)
    let order = declared + values.compactMap { $0 }.filter { !others.contains($0) } + [label]
    return TableColumn(described, .text(values + [label], categories: order))
  }

  /// What a margin is called: `Total`, unless a value is called so.
  private func total(among keys: Column, _ categories: [String]?) -> String {
    let isTaken =
      categories?.contains("Total") == true
      || (0..<keys.count).contains { keys[$0] == .text("Total") }
    return isTaken ? "Total (all)" : "Total"
  }
}

/// Gives each column a name of its own.
private struct UniqueNames {
  private var taken: Set<String>

  init(_ name: String) {
    taken = [name.lowercased()]
  }

  mutating func unique(_ name: String) -> String {
    var unique = name
    var number = 2
    while !taken.insert(unique.lowercased()).inserted {
      unique = "\(name)_\(number)"
      number += 1
    }
    return unique
  }
}

extension Value {
  fileprivate var isDecimal: Bool {
    if case .decimal = self { true } else { false }
  }
}
