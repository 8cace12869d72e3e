import WidenEngine
import WidenLanguage

/// A column as a typed file stores it: its values, or which of them are withheld.
struct StoredColumn {
  /// Unlike all others of the file, whatever its capitals.
  let name: String
  let type: ValueType
  private let data: Column
  private let withheld: Bitmap?
  /// Whether it says which rows are withheld, instead of holding values.
  private let isMask: Bool

  fileprivate init(_ column: TableColumn, name: String, isMask: Bool) {
    self.name = name
    type = isMask ? .boolean : column.description.type
    data = column.data
    withheld = column.withheld
    self.isMask = isMask
  }

  /// The value of a row; what is withheld is missing.
  func value(_ row: Int) -> Value {
    let isWithheld = withheld?[row] == true
    if isMask { return .boolean(isWithheld) }
    if isWithheld { return .missing }
    let value = data[row]
    if case .decimal(let number) = value, !number.isFinite { return .missing }
    return value
  }
}

/// The columns that a typed file stores of a result.
///
/// Behind a column of which some cells are withheld stands `NAME_withheld`, so that whoever reads the
/// file can tell them from cells without a value.
func storedColumns(of answer: Answer) -> [StoredColumn] {
  var known: Set<String> = []
  func unique(_ name: String) -> String {
    let name = name.isEmpty ? "column" : name
    var candidate = name
    var number = 2
    while !known.insert(candidate.lowercased()).inserted {
      candidate = "\(name)_\(number)"
      number += 1
    }
    return candidate
  }
  return dataColumns(of: answer).flatMap { column in
    let own = StoredColumn(column, name: unique(column.description.name), isMask: false)
    guard let withheld = column.withheld, withheld.setCount > 0 else { return [own] }
    let name = unique(column.description.name + "_withheld")
    return [own, StoredColumn(column, name: name, isMask: true)]
  }
}
