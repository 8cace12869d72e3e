import WidenEngine
import WidenLanguage

/// What became of figures since they were written.
public struct MovedFigures: Hashable, Sendable {
  /// A figure that is another one now.
  public struct Figure: Hashable, Sendable {
    /// What its row is about: its labels, or its number.
    public var row: String
    /// The name of its column.
    public var column: String
    /// What it was; nil: there was no such row.
    public var was: String?
    /// What it is; nil: there is no such row any more.
    public var now: String?
    /// By how much it moved, where both are numbers.
    public var change: String?
  }

  /// In the order of the rows as they are now, and then those that have gone.
  public var figures: [Figure] = []
  /// What moved besides, a sentence each: columns, the order of the rows.
  public var sentences: [String] = []

  /// Whether everything is as it was, byte for byte.
  public let isSame: Bool

  /// Compares what was written with what is computed now.
  ///
  /// What a figure is now is told from `told`, which may withhold more of what moved.
  public init(
    from old: RecordedFigures, to new: RecordedFigures, telling told: RecordedFigures? = nil
  ) {
    isSame = old.hash == new.hash && old.columns == new.columns
    if isSame { return }
    compareColumns(old, new)
    guard let oldRows = old.rows, let newRows = new.rows else {
      compareHashes(old, new)
      return
    }
    let labels = old.columns.prefix(old.labels) == new.columns.prefix(new.labels) ? old.labels : 0
    let was = LabelledRows(oldRows, Array(old.columns.prefix(labels)))
    let now = LabelledRows(newRows, Array(new.columns.prefix(labels)))
    let withholding = told.map { ToldFigures($0, Array($0.columns.prefix(labels))) }
    let columns = new.columns.enumerated().dropFirst(labels).compactMap { index, name in
      old.columns.firstIndex(of: name).map { (name: name, old: $0, new: index) }
    }
    for (key, row) in now.rows {
      let before = was.places[key].map { oldRows[$0] }
      for column in columns {
        let cell = newRows[row][column.new]
        compare(
          before?[column.old], cell, at: now.name(of: key), column.name,
          telling: withholding?.cell(of: key, column.name) ?? cell)
      }
    }
    for (key, row) in was.rows where now.places[key] == nil {
      for column in columns {
        compare(oldRows[row][column.old], nil, at: was.name(of: key), column.name)
      }
    }
    if was.rows.count == now.rows.count, was.rows.map(\.key) != now.rows.map(\.key),
      was.rows.allSatisfy({ now.places[$0.key] != nil })
    {
      sentences.append("the rows are in another order")
    }
  }

  private mutating func compare(
    _ was: JSONValue?, _ now: JSONValue?, at row: String, _ column: String,
    telling told: JSONValue? = nil
  ) {
    if was == now { return }
    let now = told ?? now
    var texts = (was: was.map { shown($0) }, now: now.map { shown($0) })
    let short = (was: was.map { shown($0, digits: 6) }, now: now.map { shown($0, digits: 6) })
    if short.was != short.now { texts = short }
    figures.append(
      Figure(
        row: row, column: column, was: texts.was, now: texts.now, change: change(from: was, to: now)
      ))
  }

  private mutating func compareColumns(_ old: RecordedFigures, _ new: RecordedFigures) {
    let gone = old.columns.filter { !new.columns.contains($0) }
    let added = new.columns.filter { !old.columns.contains($0) }
    if !gone.isEmpty { sentences.append("there is no column \(list(gone)) any more") }
    if !added.isEmpty { sentences.append("\(list(added)) is a new column") }
    if gone.isEmpty, added.isEmpty, old.columns != new.columns {
      sentences.append("the columns are in another order")
    }
  }

  /// Where the manifest kept no cells, the columns that moved can be told.
  private mutating func compareHashes(_ old: RecordedFigures, _ new: RecordedFigures) {
    if old.rowCount != new.rowCount {
      sentences.append(
        "there were \(counted(old.rowCount, "row")), and there are \(grouped(new.rowCount))")
    }
    let moved = zip(new.columns, new.columnHashes).filter { name, hash in
      guard let place = old.columns.firstIndex(of: name), place < old.columnHashes.count else {
        return false
      }
      return old.columnHashes[place] != hash
    }
    if !moved.isEmpty { sentences.append("figures of \(list(moved.map(\.0))) moved") }
    sentences.append(
      "which, nothing tells: a manifest keeps up to \(grouped(RecordedFigures.mostCells)) cells, and"
        + " none about single people; longer results are read back from CSV, TSV, JSON and SQLite"
        + " files that stand as they were written")
  }
}

/// Rows by what they are about.
private struct LabelledRows {
  /// The labels of a row, and how many rows before it have the same.
  struct Key: Hashable {
    let labels: [JSONValue]
    let repeats: Int
  }

  private(set) var rows: [(key: Key, row: Int)] = []
  private(set) var places: [Key: Int] = [:]
  private let labels: [String]

  init(_ cells: [[JSONValue]], _ labels: [String]) {
    self.labels = labels
    var repeats: [[JSONValue]: Int] = [:]
    for (row, cells) in cells.enumerated() {
      let own = Array(cells.prefix(labels.count))
      let key = Key(labels: own, repeats: repeats[own, default: 0])
      repeats[own] = key.repeats + 1
      rows.append((key, row))
      places[key] = row
    }
  }

  func name(of key: Key) -> String {
    if key.labels.isEmpty { return "row \(key.repeats + 1)" }
    let name = zip(labels, key.labels).map { label, cell in
      switch cell {
      case .integer, .decimal, .null, .boolean: "\(label) \(shown(cell))"
      case .text, .array, .object: shown(cell)
      }
    }.joined(separator: ", ")
    return key.repeats == 0 ? name : "\(name) (\(key.repeats + 1))"
  }
}

/// Figures that may be told, by their row and column.
private struct ToldFigures {
  private let figures: RecordedFigures
  private let rows: LabelledRows

  init(_ figures: RecordedFigures, _ labels: [String]) {
    self.figures = figures
    rows = LabelledRows(figures.rows ?? [], labels)
  }

  /// A cell; what is not among them is withheld.
  func cell(of key: LabelledRows.Key, _ column: String) -> JSONValue {
    guard let row = rows.places[key], let place = figures.columns.firstIndex(of: column),
      let cells = figures.rows
    else { return .text(TableColumn.withheldMark) }
    return cells[row][place]
  }
}

/// A cell as it is shown: numbers in full, or with so many digits.
private func shown(_ cell: JSONValue, digits: Int? = nil) -> String {
  switch cell {
  case .null, .array, .object: "(missing)"
  case .boolean(let flag): flag ? "yes" : "no"
  case .integer(let number): String(number)
  case .decimal(let number): shortened(number, digits: digits)
  case .text(let text): text
  }
}

private func shortened(_ number: Double, digits: Int?) -> String {
  guard let digits else { return plainText(of: Value.decimal(number)) }
  let exact = DecimalDigits(number)
  return exact.rounded(toPlaces: max(1, digits - exact.magnitude)).text(places: 1)
}

private func change(from was: JSONValue?, to now: JSONValue?) -> String? {
  switch (was, now) {
  case (.integer(let was), .integer(let now)):
    let (difference, isTooLarge) = now.subtractingReportingOverflow(was)
    return isTooLarge ? nil : (difference > 0 ? "+" : "") + String(difference)
  case (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal):
    guard let was = number(was), let now = number(now) else { return nil }
    return (now > was ? "+" : "") + difference(now - was, beside: max(abs(was), abs(now)))
  case (nil, _), (_, nil), (.null, _), (.boolean, _), (.text, _), (.array, _), (.object, _),
    (_, .null), (_, .boolean), (_, .text), (_, .array), (_, .object):
    return nil
  }
}

/// A difference with twelve digits of its parts: its own last digits are noise.
private func difference(_ difference: Double, beside largest: Double) -> String {
  let places = max(1, 12 - DecimalDigits(largest).magnitude)
  let exact = DecimalDigits(difference).rounded(toPlaces: places)
  return exact.rounded(toPlaces: max(1, 6 - exact.magnitude)).text(places: 1)
}

private func number(_ cell: JSONValue?) -> Double? {
  switch cell {
  case .integer(let number): Double(number)
  case .decimal(let number): number
  case nil, .null, .boolean, .text, .array, .object: nil
  }
}
