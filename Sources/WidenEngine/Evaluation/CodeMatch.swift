import WidenLanguage

/// For each code of one column the code of the same value in another: 0 for missing, and for values
/// that the other cannot hold.
struct CodeMatch {
  private enum Rule {
    /// Codes are numbered from another start.
    case shift(Int)
    case find((Int) -> Int)
  }

  /// By code of the first column.
  let table: CodedColumn
  /// Whether each code means the same in both columns.
  let isIdentity: Bool

  init(_ first: CodedColumn, _ second: CodedColumn, _ work: Work) throws(ExecutionError) {
    let limit = second.cardinality
    let codes: Codes
    switch try CodeMatch.rule(first, second, work) {
    case .shift(let shift):
      isIdentity = shift == 0 && first.cardinality == limit
      codes = try work.codes(first.cardinality, cardinality: limit) { block, codes in
        for row in block {
          let found = row &+ shift
          let isIn = row > 0 && found > 0 && found < limit
          codes[row &- block.lowerBound] = isIn ? found : 0
        }
      }
    case .find(let find):
      isIdentity = false
      codes = Codes(count: first.cardinality, cardinality: limit) { code in
        let found = code == 0 ? 0 : find(code)
        return found > 0 && found < limit ? found : 0
      }
    }
    table = CodedColumn(
      codes: codes, domain: .integer(minimum: 1), cardinality: max(1, limit))
  }

  private static func rule(_ first: CodedColumn, _ second: CodedColumn, _ work: Work)
    throws(ExecutionError) -> Rule
  {
    switch (first.domain, second.domain) {
    case (.text(let own), .text(let other)) where own === other: return .shift(0)
    case (
      .identifier(let prefix, let digits, let low),
      .identifier(let otherPrefix, let otherDigits, let other)
    ) where prefix == otherPrefix && digits == otherDigits:
      return .shift(low &- other)
    case (.text, .identifier(let prefix, let digits, let minimum)),
      (.identifier, .identifier(let prefix, let digits, let minimum)):
      let reader = TextReader(first.domain)
      return .find { code in
        reader.withBytes(code) {
          identifierCode(
            of: $0, prefix: prefix, digits: digits, minimum: minimum,
            cardinality: second.cardinality)
        }
      }
    case (.text, .text), (.identifier, .text):
      var texts = Interner(expecting: second.cardinality)
      let codes = try texts.codes(of: second, work)
      var codeOfText = [Int](repeating: 0, count: texts.count + 1)
      for code in stride(from: codes.count - 1, to: 0, by: -1) { codeOfText[codes[code]] = code }
      let known = texts
      let reader = TextReader(first.domain)
      let found = codeOfText
      return .find { code in found[reader.withBytes(code) { known.known($0) }] }
    case (.decimal, _), (_, .decimal):
      return .find { code in
        guard let number = first.domain.value(of: code).fraction else { return 0 }
        return second.domain.code(of: number)
      }
    case (.integer, _), (.boolean, _), (.date, _), (.month, _), (.period, _), (.text, _),
      (.identifier, _):
      guard first.domain.type == second.domain.type else { return .find { _ in 0 } }
      let shift = first.domain.base.subtractingReportingOverflow(second.domain.base)
      return shift.overflow ? .find { _ in 0 } : .shift(shift.partialValue)
    }
  }
}

extension Domain {
  /// The code of a number in a domain of numbers; possibly too large, and 0 when it has none.
  fileprivate func code(of number: Double) -> Int {
    switch self {
    case .integer: return Int(exactly: number).map { $0 &- base } ?? 0
    case .decimal(_, let places):
      let units = (number * Domain.powers[places]).rounded()
      guard units.magnitude < 4e15, units / Domain.powers[places] == number else { return 0 }
      return Int(units) &- base
    case .text, .boolean, .date, .month, .period, .identifier: return 0
    }
  }
}

extension Evaluation {
  /// Columns that can be matched by code: as they are when both are coded, else as text.
  func codedAlike(
    _ first: Vector, _ firstType: ValueType, rows firstRows: Int, _ second: Vector,
    _ secondType: ValueType, rows secondRows: Int
  ) throws(ExecutionError) -> (CodedColumn, CodedColumn) {
    let a = try narrowed(materialised(first, firstType, firstRows), as: firstType, rows: firstRows)
    let b = try narrowed(
      materialised(second, secondType, secondRows), as: secondType, rows: secondRows)
    if case .coded(let own) = a, case .coded(let other) = b { return (own, other) }
    return (
      try asText(a, firstType, rows: firstRows), try asText(b, secondType, rows: secondRows)
    )
  }

  /// The vector, a constant as a column.
  private func materialised(_ vector: Vector, _ type: ValueType, _ rows: Int)
    throws(ExecutionError) -> Vector
  {
    switch vector {
    case .constant, .condition:
      Vector(try column(vector, as: TypedExpression(.constant(.missing), type: type), rows: rows))
    case .coded, .integers, .decimals: vector
    }
  }

  /// Numbers too wide for codes as texts; whole fractions read like whole numbers.
  private func asText(_ vector: Vector, _ type: ValueType, rows: Int) throws(ExecutionError)
    -> CodedColumn
  {
    var texts = Interner(expecting: rows)
    var codes = [Int](repeating: 0, count: rows)
    for row in 0..<rows {
      if row & 0xFFFF == 0 { try work.checkCancelled() }
      let value = vector.value(at: row, type: type)
      if let number = value.fraction, number.magnitude < 4e15 {
        codes[row] = try texts.code(of: "\(number)")
      } else if let number = value.number {
        codes[row] = try texts.code(of: "\(number)")
      } else if let number = value.fraction {
        codes[row] = try texts.code(of: "\(number)")
      }
    }
    let (dictionary, newCodes) = try texts.dictionary()
    return CodedColumn(
      codes: Codes(count: rows, cardinality: dictionary.count + 1) { newCodes[codes[$0]] },
      domain: .text(dictionary), cardinality: dictionary.count + 1)
  }
}
