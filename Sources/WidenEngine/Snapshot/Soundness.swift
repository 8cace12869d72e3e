import WidenLanguage

extension OpenedPackage {
  /// Whether the engine can rely on everything that was read from a snapshot.
  ///
  /// A right checksum does not say who wrote it: whatever would lead a loop outside of its memory, or
  /// a number outside of its range, is looked for here, value by value.
  func isSound(threads: Int) -> Bool {
    let columns = dataset.entries.flatMap(\.table.columns)
    let isBroken = Flag()
    parallel(workers: threads, items: columns.count) { _, item in
      if !columns[item].isSound { isBroken.set() }
    }
    return !isBroken.isSet && dataset.entries.allSatisfy { isSound($0.description) }
      && reports.allSatisfy(isSound)
  }

  /// Whether everything that a table's description names exists.
  private func isSound(_ table: TableDescription) -> Bool {
    let names = table.columns.map { $0.name.lowercased() }
    guard !names.contains(""), Set(names).count == names.count else { return false }
    let named = [table.key, table.person, table.span?.start, table.span?.end]
    return named.allSatisfy { $0.map { table.column(named: $0) != nil } ?? true }
      && table.relationships.allSatisfy {
        table.column(named: $0.column) != nil
          && dataset.table(named: $0.table)?.column(named: $0.key) != nil
      }
  }

  /// Whether counts can be added up.
  private func isSound(_ table: String, _ report: LoadReport) -> Bool {
    guard let rows = dataset.table(named: table)?.rowCount, report.rows == rows else {
      return false
    }
    return report.columns.allSatisfy { column in
      column.missing.count <= Shorthand.all.count + 1
        && column.missing.allSatisfy { (0...rows).contains($0.rows) }
    }
  }
}

extension TableColumn {
  /// Whether the values are what the description says, and keep to what a column promises.
  fileprivate var isSound: Bool {
    let isText = description.type.isText
    switch data {
    case .integers(let values, let validity):
      return description.type == .integer && values.elements.allSatisfy { $0 != .missing }
        && validity.map { $0.count == values.count } ?? true
    case .decimals(let values, let validity):
      return description.type == .decimal && values.elements.allSatisfy(\.isFinite)
        && validity.map { $0.count == values.count } ?? true
    case .coded(let column):
      guard column.domain.type == description.type || column.domain.type.isText && isText,
        description.categories == nil || isText
      else { return false }
      return column.hasSoundCodes && column.domain.isSound(below: column.cardinality)
    }
  }
}

extension CodedColumn {
  /// Whether all codes are below the cardinality, missing only where that may be, and in the
  /// narrowest width.
  ///
  /// That no code of a unique column occurs twice is believed: nothing but an answer hangs on it.
  fileprivate var hasSoundCodes: Bool {
    switch codes {
    case .bytes(let codes): return areSound(codes, 1...256)
    case .shorts(let codes): return areSound(codes, 257...65_536)
    case .words(let codes): return areSound(codes, 65_537...Int(UInt32.max))
    }
  }

  private func areSound<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: Buffer<Code>, _ cardinalities: ClosedRange<Int>
  ) -> Bool {
    guard cardinalities.contains(cardinality) else { return false }
    if codes.count == 0 { return true }
    var (least, most) = (Code.max, Code.min)
    for code in codes.elements {
      least = min(least, code)
      most = max(most, code)
    }
    guard most < cardinality, hasMissing || least > 0 else { return false }
    return !isUnique || !hasMissing
  }
}

extension Domain {
  /// Whether every code below a cardinality means something, and no more is said than the widest
  /// that files can hold.
  fileprivate func isSound(below cardinality: Int) -> Bool {
    switch self {
    case .text(let dictionary):
      return cardinality == dictionary.count + 1 && dictionary.isSound
    case .boolean: return cardinality <= 3
    case .integer(let minimum): return Domain.spans(minimum, cardinality, Domain.numbers)
    case .decimal(let minimum, let places):
      return (1...4).contains(places) && Domain.spans(minimum, cardinality, Domain.numbers)
    case .date(let minimum): return Domain.spans(minimum, cardinality, -800_000...4_000_000)
    case .month(let minimum): return Domain.spans(minimum, cardinality, -12...120_011)
    case .period(_, let minimum): return Domain.spans(minimum, cardinality, -4...40_003)
    case .identifier(let prefix, let digits, let minimum):
      let isName = prefix.utf8.count <= 8 && prefix.utf8.allSatisfy { $0 > 32 && $0 < 127 }
      return isName && (1...9).contains(digits)
        && Domain.spans(minimum, cardinality, 0...999_999_999)
    }
  }

  /// The numbers that codes may stand for, clear of the ends of 64 bits; see `numberColumn`.
  private static let numbers = -(1 << 61)...1 << 61

  /// Whether the values of all codes lie in a range.
  private static func spans(_ minimum: Int, _ cardinality: Int, _ range: ClosedRange<Int>) -> Bool {
    let (most, overflow) = minimum.addingReportingOverflow(max(0, cardinality - 2))
    return !overflow && range.contains(minimum) && range.contains(most)
  }
}

extension TextDictionary {
  /// Whether each value ends where the next one starts, inside of the arena, and is UTF-8.
  fileprivate var isSound: Bool {
    var isRising = offsets.pointer[0] == 0
    for index in 0..<count {
      isRising = isRising && offsets.pointer[index] <= offsets.pointer[index + 1]
    }
    guard isRising, Int(offsets.pointer[count]) <= arena.count,
      UTF8Check.isValid(arena.pointer, Int(offsets.pointer[count]))
    else { return false }
    // No value starts in the middle of a character.
    return (0..<count).allSatisfy { index in
      let start = Int(offsets.pointer[index])
      return start == arena.count || arena.pointer[start] & 0xC0 != 0x80
    }
  }
}
