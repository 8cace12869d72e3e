import WidenLanguage

/// What an evaluator remembers of other tables, so that it is found out once.
final class Memory {
  /// Tables of a database whose rows have been fetched.
  var fetched: [String: Dataset.Entry] = [:]
  /// A column of a table.
  struct Place: Hashable {
    var table: String
    var column: String
  }

  /// An expression over the rows of a table.
  struct Question: Hashable {
    var table: String
    var expression: TypedExpression
  }

  var indices: [Place: KeyIndex] = [:]
  /// The values of expressions, with a missing row before the first.
  var results: [Question: Vector] = [:]
  var counts: [RelatedRows: RelatedCounts] = [:]
  /// Pointers whose matches have been told.
  var told: Set<String> = []
}

/// From the values of a table's key column to rows of that table.
struct KeyIndex: Sendable {
  let column: CodedColumn
  /// The first row with each code, counted from 1; 0 for none.
  let firstRow: CodedColumn
  /// How many values more than one row has.
  let duplicates: Int

  init(_ column: CodedColumn) {
    self.column = column
    var isTwice = Bitmap(count: column.cardinality, repeating: false)
    let rows = Buffer<UInt32>(count: column.cardinality) { target in
      switch column.codes {
      case .bytes(let codes): KeyIndex.fill(target, &isTwice, codes)
      case .shorts(let codes): KeyIndex.fill(target, &isTwice, codes)
      case .words(let codes): KeyIndex.fill(target, &isTwice, codes)
      }
    }
    firstRow = CodedColumn(
      codes: .words(rows), domain: .integer(minimum: 1), cardinality: column.codes.count + 1)
    duplicates = isTwice.setCount
  }

  private static func fill<Code: FixedWidthInteger & BitwiseCopyable>(
    _ target: UnsafeMutableBufferPointer<UInt32>, _ isTwice: inout Bitmap, _ codes: Buffer<Code>
  ) {
    for (row, code) in codes.elements.enumerated() where code != 0 {
      let code = Int(truncatingIfNeeded: code)
      if target[code] == 0 {
        target[code] = UInt32(truncatingIfNeeded: row + 1)
      } else {
        isTwice[code] = true
      }
    }
  }
}

/// How many rows of a table point to each value.
struct RelatedCounts: Sendable {
  var column: CodedColumn
  /// By code of the column; none for code 0.
  var rows: Vector
}
