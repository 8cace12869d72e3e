/// What is to be made of the cells of each column, once all of them have been scanned.
struct CellWishes: Sendable {
  /// What was declared, by column.
  let meanings: [Int: ColumnDeclaration.Meaning]
  /// Columns whose numbers are codes.
  let codeColumns: Set<Int>
  /// How dates are written, if that was declared.
  let dates: DateForm?
  /// What stands for zero among numbers.
  let zeros: [[UInt8]]
  /// Whether commas stand between thousands; where semicolons separate fields they may be points.
  let hasGroupedThousands: Bool

  init(_ options: LoadOptions, _ text: PreparedText, _ header: Header) throws(LoadError) {
    let name = shown(text.file.source.name, limit: 100)
    var meanings: [Int: ColumnDeclaration.Meaning] = [:]
    for declaration in options.columns {
      let index = try LoadError.column(declaration.column, of: header.names, in: name)
      if let first = meanings.updateValue(declaration.meaning, forKey: index),
        first != declaration.meaning
      {
        throw LoadError(
          "column \(shown(declaration.column)) is declared as \(first.rawValue) and as "
            + declaration.meaning.rawValue, hint: "leave one of the two out")
      }
    }
    for (index, name) in header.names.enumerated() where options.textColumns.contains(name) {
      meanings[index] = .text
    }
    self.meanings = meanings
    codeColumns = text.codeColumns
    dates = options.dates
    zeros = options.zeros.map { Array($0.utf8) }
    hasGroupedThousands = text.file.separator != .semicolon
  }

  /// Columns that are first read as text.
  var textColumns: Set<Int> { Set(meanings.keys) }

  /// Those of them whose values are then read as what they were declared to be.
  var declaredColumns: Set<Int> { Set(meanings.filter { $0.value != .text }.keys) }
}
