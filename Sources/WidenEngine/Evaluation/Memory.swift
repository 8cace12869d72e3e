import WidenLanguage

/// What an evaluator remembers of other tables, so that it is found out once.
final class Memory {
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
  var column: CodedColumn
  /// The first row with each code, counted from 1; 0 for none.
  var firstRow: [Int]
  /// How many values more than one row has.
  var duplicates: Int

  init(_ column: CodedColumn) {
    self.column = column
    firstRow = [Int](repeating: 0, count: column.cardinality)
    var isTwice = Bitmap(count: column.cardinality, repeating: false)
    for row in 0..<column.codes.count {
      let code = column.codes[row]
      if code == 0 { continue }
      if firstRow[code] == 0 {
        firstRow[code] = row + 1
      } else {
        isTwice[code] = true
      }
    }
    duplicates = isTwice.setCount
  }
}

/// How many rows of a table point to each value.
struct RelatedCounts: Sendable {
  var column: CodedColumn
  var rows: [Int]
}
