public import WidenLanguage

/// Columns of equal length, each with its description.
///
/// A result is a table, too.
public struct Table: Sendable {
  /// The columns in the order in which they are shown, hidden ones among them.
  public var columns: [TableColumn]
  /// The length of every column; a table without columns can have rows, too.
  public var rowCount: Int
  /// Columns of a file, by index, that were passed over when it was read: only their names are known.
  public var unreadColumns: Set<Int> = []

  /// A table of these columns, which must all have `rowCount` rows.
  public init(columns: [TableColumn], rowCount: Int) {
    precondition(columns.allSatisfy { $0.data.count == rowCount }, "columns of equal length")
    self.columns = columns
    self.rowCount = rowCount
  }

  /// The value at a row and a column, both in range.
  public subscript(row: Int, column: Int) -> Value { columns[column].data[row] }

  /// The column with this name, whatever its capitals.
  public func column(named name: String) -> TableColumn? {
    columns.first { $0.description.name == name }
      ?? columns.first { $0.description.name.lowercased() == name.lowercased() }
  }
}

/// A column's description and its values.
public struct TableColumn: Sendable {
  /// What is known of the values: name, type, categories.
  public var description: ColumnDescription
  /// The values, in the order of the table's rows.
  public var data: Column
  /// The rows whose cell a disclosure policy withholds; nil: none.
  ///
  /// What may leave holds a missing value there. What an analyst looks at keeps its figure, and is
  /// marked.
  public var withheld: Bitmap?

  /// Values and what is known of them.
  public init(_ description: ColumnDescription, _ data: Column, withheld: Bitmap? = nil) {
    self.description = description
    self.data = data
    self.withheld = withheld
  }

  /// What stands in published tables for a figure that is confidential.
  ///
  /// Government Analysis Function, "Symbols in tables: definitions and help".
  public static let withheldMark = "[c]"
}
