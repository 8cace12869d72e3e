import WidenLanguage

/// What a cell can be read as, and what all cells of a column are.
///
/// A column has a kind other than text only when every value in it has that kind:
/// - number: an optional minus, digits without superfluous leading zeros, and optionally a point and
///   further digits; nothing else, so neither `1e5` nor `1,000` nor `+7` nor `.5`;
/// - date: `2014-04-01`; month: `2014-04`; both only when the calendar has them;
/// - period: `FY2014/15`, `AY2014/15` or `2014-Q3`, one kind in a column;
/// - identifier: text of the same letters and the same number of digits, 5 to 8, such as `S0001234`;
///   a way of storing text, no type of its own.
///
/// The shorthand of published tables is missing among numbers, dates, months and periods, else text.
enum CellKind: Hashable {
  /// No value at all: only empty cells and shorthand.
  case blank
  case number
  case date
  case month
  case period(Period.Kind)
  case identifier(IdentifierShape)
  case text

  /// The kind of a cell that is not empty and no shorthand.
  init(_ cell: Cell) {
    if parseNumber(cell) != nil {
      self = .number
    } else if DateParser().parse(cell.start, cell.count) != .missing {
      self = .date
    } else if MonthParser().parse(cell.start, cell.count) != .missing {
      self = .month
    } else if let kind = Period.Kind.allCases.first(where: {
      PeriodParser(kind: $0).parse(cell.start, cell.count) != .missing
    }) {
      self = .period(kind)
    } else if let shape = IdentifierShape(cell) {
      self = .identifier(shape)
    } else {
      self = .text
    }
  }

  /// The kind of a column with cells of both kinds.
  func joined(_ other: CellKind) -> CellKind {
    if self == other || other == .blank { return self }
    return self == .blank ? other : .text
  }
}

extension Int {
  /// Stands for a missing value while cells are parsed; no cell is read as this number.
  static var missing: Int { .min }
}

/// The shorthand of published tables for a value that is not given.
enum Shorthand {
  /// In the order in which counts are reported.
  static let all = [
    "low", "[low]", "c", "[c]", "x", "[x]", "z", "[z]", "u", "[u]", "*", ":", ".", "..", "-", "na",
    "n/a", "NA", "N/A", "NULL", "null",
  ]

  /// The index in `all` of what a cell holds.
  static func index(_ cell: Cell) -> Int? {
    guard cell.count > 0, cell.count <= 5 else { return nil }
    return bytes.firstIndex { $0.elementsEqual(cell.bytes) }
  }

  private static let bytes = all.map { Array($0.utf8) }
}
