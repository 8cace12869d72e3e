import WidenLanguage

/// The key columns of a join as codes that are equal when the values are; 0 is missing, or a value
/// that only the right side has.
struct CommonCodes {
  private static let mostTicked = 1 << 24

  var left: Codes
  var right: Codes
  /// What is added to the codes of the right side; those that leave the left side's are no keys.
  var shift = 0
  var cardinality: Int
  /// The right side's own codes are below it.
  var rightCardinality = 0
  /// Whether no two right rows are known to share a key.
  var isUnique = false

  /// Codes for one pair of key columns.
  init(_ left: Column, _ right: Column, in context: ExecutionContext) throws(ExecutionError) {
    guard case .coded(let leftColumn) = left, case .coded(let rightColumn) = right else {
      self = try CommonCodes(numbering: numberBits(left, right), in: context)
      return
    }
    let rows = left.count + rightColumn.codes.count
    if case .text = leftColumn.domain, case .identifier = rightColumn.domain,
      rightColumn.cardinality <= max(CommonCodes.mostTicked, 64 * rows)
    {
      // A dictionary's texts are turned into numbers rather than each number into text.
      self.left = try textsAsNumbers(leftColumn, to: rightColumn, in: context)
      self.right = rightColumn.codes
      cardinality = max(1, rightColumn.cardinality)
      rightCardinality = rightColumn.cardinality
      isUnique = rightColumn.isUnique
      return
    }
    if let shift = codeShift(from: rightColumn, to: leftColumn),
      leftColumn.cardinality <= max(CommonCodes.mostTicked, 64 * rows),
      rightColumn.cardinality + abs(shift) < Int(UInt32.max) / 2,
      leftColumn.cardinality < Int(UInt32.max) / 2
    {
      self.left = leftColumn.codes
      self.right = rightColumn.codes
      self.shift = shift
      cardinality = max(1, leftColumn.cardinality)
      rightCardinality = rightColumn.cardinality
      isUnique = rightColumn.isUnique
      return
    }
    let right = translated(rightColumn, to: leftColumn)
    // A bitmap of all codes is too large when nearly none of them occurs.
    if leftColumn.cardinality > max(CommonCodes.mostTicked, 64 * rows) {
      self = try CommonCodes(
        numbering: (present(leftColumn.codes), present(right)), in: context)
      return
    }
    self.left = leftColumn.codes
    self.right = right
    cardinality = max(1, leftColumn.cardinality)
  }

  /// Numbers the keys of both sides; nil stands for missing.
  private init(
    numbering keys: (left: [UInt64?], right: [UInt64?]), in context: ExecutionContext
  ) throws(ExecutionError) {
    var table = KeyTable(expecting: keys.left.count)
    let left = keys.left.map { key in
      key.map { table.number(of: $0, hash: KeyTable.hash($0)) + 1 } ?? 0
    }
    let right = keys.right.map { key in
      key.flatMap { table.knownNumber(of: $0, hash: KeyTable.hash($0)) }.map { $0 + 1 } ?? 0
    }
    cardinality = table.count + 1
    self.left = Codes(count: left.count, cardinality: cardinality) { left[$0] }
    self.right = Codes(count: right.count, cardinality: cardinality) { right[$0] }
    try context.checkCancelled()
  }

  /// Codes for two pairs of keys that must both be equal.
  init(_ first: CommonCodes, _ second: CommonCodes, in context: ExecutionContext)
    throws(ExecutionError)
  {
    func pairs(_ count: Int, _ a: (Int) -> Int, _ b: (Int) -> Int) -> [UInt64?] {
      (0..<count).map { row in
        let (x, y) = (a(row), b(row))
        return x == 0 || y == 0 ? nil : UInt64(x) << 32 | UInt64(y)
      }
    }
    self = try CommonCodes(
      numbering: (
        pairs(first.left.count, { first.left[$0] }, { second.left[$0] }),
        pairs(first.right.count, first.rightCode, second.rightCode)
      ), in: context)
  }
}

extension CommonCodes {
  /// The code of a right row as one of the left side's.
  private func rightCode(_ row: Int) -> Int {
    CodeShift(self).code(UInt32(truncatingIfNeeded: right[row]))
  }
}

/// The codes of a dictionary's texts as identifiers of another column; 0 where there is none.
private func textsAsNumbers(
  _ column: CodedColumn, to target: CodedColumn, in context: ExecutionContext
) throws(ExecutionError) -> Codes {
  guard case .text(let dictionary) = column.domain,
    case .identifier(let prefix, let digits, let minimum) = target.domain
  else { return translated(column, to: target) }
  let bytes = Array(prefix.utf8)
  let table = Buffer<UInt32>(count: max(1, column.cardinality)) { table in
    guard let start = table.baseAddress else { return }
    let codes = Shared(start)
    let chunk = 1 << 13
    parallel(
      workers: context.workers(forRows: 8 * dictionary.count),
      items: (dictionary.count + chunk - 1) / chunk
    ) { _, item in
      for index in item * chunk..<min(dictionary.count, (item + 1) * chunk) {
        let number = identifierNumber(dictionary.bytes(index), prefix: bytes, digits: digits)
        let difference = number.map { $0 - minimum } ?? -1
        let isKnown = difference >= 0 && difference < target.cardinality - 1
        codes.pointer[index + 1] = isKnown ? UInt32(truncatingIfNeeded: difference + 1) : 0
      }
    }
  }
  let work = Work(context)
  let numbers = CodedColumn(
    codes: .words(table), domain: .integer(minimum: 1), cardinality: target.cardinality)
  return try work.gather(column.codes, mayBeZero: true, numbers).codes
}

/// What is added to the codes of one column to get those of another, when that is all.
private func codeShift(from source: CodedColumn, to target: CodedColumn) -> Int? {
  // For texts a translation makes an index first.
  if case .text = target.domain { return nil }
  return CodeTranslation(from: source, to: target).offset
}

/// Codes as keys, nil for missing.
private func present(_ codes: Codes) -> [UInt64?] {
  (0..<codes.count).map { codes[$0] == 0 ? nil : UInt64(codes[$0]) }
}

/// The bits of numbers on both sides, alike for equal numbers of whatever kind.
private func numberBits(_ left: Column, _ right: Column) -> (left: [UInt64?], right: [UInt64?]) {
  if let left = wholeBits(left), let right = wholeBits(right) { return (left, right) }
  return (decimalBits(left), decimalBits(right))
}

private func wholeBits(_ column: Column) -> [UInt64?]? {
  switch column {
  case .coded(let coded):
    guard let units = coded.domain.units, units.places == 0 else { return nil }
    return (0..<column.count).map { row in
      let code = coded.codes[row]
      return code == 0 ? nil : orderedBits(units.minimum + (code - 1))
    }
  case .integers(let values, let validity):
    return (0..<column.count).map { validity?[$0] == false ? nil : orderedBits(values[$0]) }
  case .decimals: return nil
  }
}

private func decimalBits(_ column: Column) -> [UInt64?] {
  let numbers = Numbers(column)
  return (0..<column.count).map { row in
    numbers.units(ofRow: row).map { orderedBits($0 / numbers.power) }
  }
}

/// The codes of a column in the codes of another; 0 for values that the other cannot name.
private func translated(_ column: CodedColumn, to target: CodedColumn) -> Codes {
  if case .text(let own) = column.domain, case .text(let other) = target.domain, own === other {
    return column.codes
  }
  let translate = CodeTranslation(from: column, to: target)
  if let offset = translate.offset {
    if offset == 0, column.cardinality <= target.cardinality { return column.codes }
    return Codes(count: column.codes.count, cardinality: target.cardinality) { row in
      let code = column.codes[row]
      let moved = code &+ offset
      return code == 0 || moved < 1 || moved >= target.cardinality ? 0 : moved
    }
  }
  // A table of all codes is worth it unless most of them never occur.
  if column.cardinality <= max(1 << 16, column.codes.count) {
    let table = (0..<max(1, column.cardinality)).map { $0 == 0 ? 0 : translate.code($0) }
    return Codes(count: column.codes.count, cardinality: target.cardinality) {
      table[column.codes[$0]]
    }
  }
  return Codes(count: column.codes.count, cardinality: target.cardinality) { row in
    let code = column.codes[row]
    return code == 0 ? 0 : translate.code(code)
  }
}
