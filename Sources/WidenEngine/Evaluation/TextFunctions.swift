import WidenLanguage

extension Evaluation {
  /// Where a text contains, starts with or ends with another.
  func textTest(_ kind: TextTest.Kind, _ value: Vector, _ pattern: Vector, rows: Int)
    throws(ExecutionError) -> Bitmap
  {
    if value.isMissingConstant || pattern.isMissingConstant {
      return Bitmap(count: rows, repeating: false)
    }
    let test: @Sendable (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool =
      switch kind {
      case .contains: { $0.contains($1) }
      case .startsWith: { $0.starts(with: $1) }
      case .endsWith: { $0.count >= $1.count && $0.suffix($1.count).elementsEqual($1) }
      }
    if case .constant(.text(let wanted)) = pattern {
      if kind == .contains, case .coded(let column) = value,
        let found = try identifiers(column, containing: wanted)
      {
        return found
      }
      return try testTexts(value, rows: rows) {
        TextReader(wanted)
      } _: { text, wanted in
        wanted.withBytes(1) { test(text, $0) }
      }
    }
    return try work.bits(rows) { block, flags in
      let (texts, patterns) = (TextRows(value), TextRows(pattern))
      for row in block {
        flags[row &- block.lowerBound] =
          texts.withBytes(row) { text in
            patterns.withBytes(row) { wanted in test(text, wanted) } ?? false
          } ?? false ? 1 : 0
      }
    }
  }

  /// The number of characters of each text.
  func length(_ value: Vector, rows: Int) throws(ExecutionError) -> Vector {
    guard case .coded(let column) = value else {
      guard case .constant(.text(let text)) = value else { return .constant(.missing) }
      return .constant(.integer(text.count))
    }
    let isByCode = column.cardinality <= rows + 1024
    let count = isByCode ? column.cardinality : rows
    let (values, validity) = try work.numbers(count, as: Int.self) { block, target, present in
      let reader = TextReader(column.domain)
      for index in 0..<block.count {
        let row = block.lowerBound + index
        let code = isByCode ? row : column.codes[row]
        present[index] = code == 0 ? 0 : 1
        target[index] = code == 0 ? 0 : reader.withBytes(code, characterCount)
      }
    }
    let table = Vector.integers(values, validity: validity)
    guard isByCode else { return table }
    return try work.gather(
      column.codes, mayBeZero: column.hasMissing,
      narrowed(table, as: .integer, rows: column.cardinality))
  }

  /// Another text for each text, once for each different one unless there are fewer rows.
  ///
  /// `operands` are what the change needs besides.
  func changeTexts(
    _ value: Vector, _ operands: [Vector], categories: [String]?, rows: Int,
    _ change: (UnsafeBufferPointer<UInt8>, [Value], inout [UInt8]) -> Void
  ) throws(ExecutionError) -> Vector {
    if value.isMissingConstant || operands.contains(where: \.isMissingConstant) {
      return .constant(.missing)
    }
    var column: CodedColumn?
    if case .coded(let coded) = value { column = coded }
    let isConstant = operands.allSatisfy { if case .constant = $0 { true } else { false } }
    let byCode = isConstant ? column.flatMap { $0.cardinality <= rows + 1024 ? $0 : nil } : nil
    let count = byCode?.cardinality ?? rows
    let source = TextRows(byCode.map { .coded($0.withOwnCodes) } ?? value)
    var texts = Interner()
    var codes = [UInt32](repeating: 0, count: count)
    var changed: [UInt8] = []
    var last: [UInt8] = []
    var lastCode = 0
    var arguments = operands.map { isConstant ? $0.value(at: 0, type: .integer) : .missing }
    for row in 0..<count {
      if row & 0xFFFF == 0 { try work.checkCancelled() }
      if !isConstant {
        arguments = operands.map { $0.value(at: row, type: .integer) }
        if arguments.contains(.missing) { continue }
      }
      changed.removeAll(keepingCapacity: true)
      let isPresent = source.withBytes(row) { text in change(text, arguments, &changed) } != nil
      guard isPresent else { continue }
      // Neighbours often have the same result, such as the same start.
      if lastCode == 0 || changed != last {
        lastCode = try changed.withUnsafeBufferPointer { (changed) throws(ExecutionError) in
          try texts.code(of: changed)
        }
        swap(&last, &changed)
      }
      codes[row] = UInt32(lastCode)
    }
    let table = try coded(codes, texts, categories: categories)
    guard let byCode else { return .coded(table) }
    return .coded(try work.gather(byCode.codes, mayBeZero: byCode.hasMissing, table))
  }

  /// Interned texts as a column, in display order.
  func coded(_ codes: [UInt32], _ texts: Interner, categories: [String]?) throws(ExecutionError)
    -> CodedColumn
  {
    let (dictionary, newCodes) = try texts.dictionary(categories: categories)
    let missing = Flag()
    let found = try work.codes(codes.count, cardinality: dictionary.count + 1) { block, target in
      for row in block {
        let code = newCodes[Int(codes[row])]
        if code == 0 { missing.set() }
        target[row &- block.lowerBound] = code
      }
    }
    return CodedColumn(
      codes: found, domain: .text(dictionary), cardinality: dictionary.count + 1,
      hasMissing: missing.isSet)
  }
}

/// Reads the texts of a vector row by row; for one thread.
struct TextRows {
  private let reader: TextReader?
  private let codes: Codes?

  init(_ vector: Vector) {
    switch vector {
    case .constant(.text(let text)):
      reader = TextReader(text)
      codes = nil
    case .coded(let column):
      reader = TextReader(column.domain)
      codes = column.codes
    case .constant, .integers, .decimals, .condition:
      reader = nil
      codes = nil
    }
  }

  /// What `body` makes of a row's text; nil when it is missing.
  func withBytes<Result>(_ row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    let code = codes?[row] ?? 1
    guard let reader, code > 0 else { return nil }
    return reader.withBytes(code, body)
  }
}

extension CodedColumn {
  /// One row for each code, in order.
  var withOwnCodes: CodedColumn {
    var column = self
    column.codes = .each(below: cardinality)
    column.hasMissing = true
    return column
  }
}
