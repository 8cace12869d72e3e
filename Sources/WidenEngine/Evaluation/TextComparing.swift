import WidenLanguage

/// An order of texts in which only equal bytes are equal: that of categories, with all others after
/// them, or the natural one.
struct TextOrder: Sendable {
  private var ranks: Interner?

  init(_ categories: [String]?) throws(ExecutionError) {
    guard let categories else { return }
    var ranks = Interner(expecting: categories.count)
    for category in categories { _ = try ranks.code(of: category) }
    self.ranks = ranks
  }

  /// Negative, zero or positive as `left` comes before, with or after `right`.
  func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    if let ranks {
      let a = ranks.known(left)
      let b = ranks.known(right)
      if a != b { return (a == 0 ? .max : a) < (b == 0 ? .max : b) ? -1 : 1 }
      if a != 0 { return 0 }
    }
    return compareNaturally(left, right)
  }
}

extension Evaluation {
  func compareTexts(
    _ sign: ComparisonOperator, _ left: Vector, _ right: Vector, _ order: TextOrder, rows: Int
  ) throws(ExecutionError) -> Bitmap {
    if case .constant(.text(let wanted)) = right {
      if sign == .equal { return try textSet(left, [wanted], rows: rows) }
      return try testTexts(left, rows: rows) {
        TextReader(wanted)
      } _: { text, wanted in
        sign.holds(wanted.withBytes(1) { order.compare(text, $0) })
      }
    }
    if case .constant(.text(let wanted)) = left {
      return try testTexts(right, rows: rows) {
        TextReader(wanted)
      } _: { text, wanted in
        sign.holds(wanted.withBytes(1) { order.compare($0, text) })
      }
    }
    guard case .coded(let first) = left, case .coded(let second) = right else {
      return Bitmap(count: rows, repeating: false)
    }
    let (a, b) =
      sign == .equal ? try matched(first, second) : try ranked(first, second, order)
    return try compareNumbers(sign, .coded(a), .coded(b), rows: rows)
  }

  /// Where a text is one of these.
  func textSet(_ value: Vector, _ wanted: [String], rows: Int) throws(ExecutionError) -> Bitmap {
    if case .coded(let column) = value,
      case .identifier(let prefix, let digits, let minimum) = column.domain
    {
      var isWanted = Bitmap(count: column.cardinality, repeating: false)
      for text in wanted {
        let code = TextReader(text).withBytes(1) { bytes in
          identifierCode(
            of: bytes, prefix: prefix, digits: digits, minimum: minimum,
            cardinality: column.cardinality)
        }
        if code > 0 { isWanted[code] = true }
      }
      return try work.gatherBits(column.codes, isWanted)
    }
    if wanted.count == 1 {
      return try testTexts(value, rows: rows) {
        TextReader(wanted[0])
      } _: { text, wanted in
        wanted.withBytes(1) { text.isSame(as: $0) }
      }
    }
    var set = Interner(expecting: wanted.count)
    for text in wanted { _ = try set.code(of: text) }
    let known = set
    return try testTexts(value, rows: rows) {
      ()
    } _: { text, _ in
      known.known(text) != 0
    }
  }

  /// Where a test holds for a text; nowhere for missing.
  ///
  /// Each code is tested once, unless there are fewer rows. `prepare` makes what a thread needs
  /// besides.
  func testTexts<State>(
    _ value: Vector, rows: Int, _ prepare: @escaping @Sendable () -> State,
    _ test: @escaping @Sendable (UnsafeBufferPointer<UInt8>, State) -> Bool
  ) throws(ExecutionError) -> Bitmap {
    switch value {
    case .constant(.text(let text)):
      let state = prepare()
      let holds = TextReader(text).withBytes(1) { test($0, state) }
      return Bitmap(count: rows, repeating: holds)
    case .coded(let column):
      let isByCode = column.cardinality <= rows + 1024
      let found = try work.bits(isByCode ? column.cardinality : rows) { block, flags in
        let reader = TextReader(column.domain)
        let state = prepare()
        for row in block {
          let code = isByCode ? row : column.codes[row]
          flags[row &- block.lowerBound] =
            code > 0 && reader.withBytes(code) { test($0, state) } ? 1 : 0
        }
      }
      return isByCode ? try work.gatherBits(column.codes, found) : found
    case .constant, .integers, .decimals, .condition: return Bitmap(count: rows, repeating: false)
    }
  }

  /// The first column's codes as codes of the second, so that equal codes are equal texts.
  private func matched(_ first: CodedColumn, _ second: CodedColumn) throws(ExecutionError)
    -> (CodedColumn, CodedColumn)
  {
    let match = try CodeMatch(first, second, work)
    var own = try work.gather(first.codes, mayBeZero: first.hasMissing, match.table)
    var other = second
    own.domain = .integer(minimum: 1)
    other.domain = .integer(minimum: 1)
    return (own, other)
  }

  /// Both columns' codes as ranks in the order of all their texts.
  private func ranked(_ first: CodedColumn, _ second: CodedColumn, _ order: TextOrder)
    throws(ExecutionError) -> (CodedColumn, CodedColumn)
  {
    var texts = Interner(expecting: first.cardinality + second.cardinality)
    let a = try texts.codes(of: first, work)
    let b = try texts.codes(of: second, work)
    let (dictionary, _) = try texts.dictionary()
    // The interner's order is natural or none; this one may be another.
    let sorted = (0..<dictionary.count).sorted {
      order.compare(dictionary.bytes($0), dictionary.bytes($1)) < 0
    }
    var rankOfText = [Int](repeating: 0, count: dictionary.count + 1)
    for (rank, index) in sorted.enumerated() {
      rankOfText[texts.known(dictionary.bytes(index))] = rank + 1
    }
    let ranks = rankOfText
    func ranked(_ column: CodedColumn, _ codes: [Int]) throws(ExecutionError) -> CodedColumn {
      let table = CodedColumn(
        codes: Codes(count: codes.count, cardinality: ranks.count) { ranks[codes[$0]] },
        domain: .integer(minimum: 1), cardinality: ranks.count)
      return try work.gather(column.codes, mayBeZero: column.hasMissing, table)
    }
    return (try ranked(first, a), try ranked(second, b))
  }
}

extension Interner {
  /// The codes here of all texts of a column, by their codes there; new texts are added.
  mutating func codes(of column: CodedColumn, _ work: Work) throws(ExecutionError) -> [Int] {
    let reader = TextReader(column.domain)
    var codes = [Int](repeating: 0, count: column.cardinality)
    for code in 1..<max(1, column.cardinality) {
      if code & 0xFFFF == 0 { try work.checkCancelled() }
      codes[code] = try self.code(of: reader.bytes(code))
    }
    return codes
  }
}
