import WidenEngine
import WidenLanguage

/// A file of rows: what stands before the first, around every cell, and after the last.
///
/// Every format is one of these, and one loop writes them all.
struct RowLayout {
  var opening: [UInt8] = []
  var columns: [RenderedColumn] = []
  /// What stands before the cell of each column, the end of the cell before it included.
  var beforeCell: [[UInt8]] = []
  var afterRow: [UInt8] = [UInt8(ascii: "\n")]
  /// What stands between two rows besides.
  var betweenRows: [UInt8] = []
  var closing: [UInt8] = []

  /// The bytes that are gathered before they are handed on.
  private static let chunk = 1 << 16

  func write(
    rowCount: Int, to sink: ([UInt8]) throws(PublishError) -> Void
  ) throws(PublishError) {
    var output = opening
    output.reserveCapacity(RowLayout.chunk * 2)
    for row in 0..<rowCount {
      if row > 0 { output.append(contentsOf: betweenRows) }
      for index in columns.indices {
        output.append(contentsOf: beforeCell[index])
        columns[index].append(row: row, to: &output)
      }
      output.append(contentsOf: afterRow)
      if output.count >= RowLayout.chunk {
        try sink(output)
        output.removeAll(keepingCapacity: true)
      }
    }
    output.append(contentsOf: closing)
    if !output.isEmpty { try sink(output) }
  }
}

/// The columns that a data format holds: all, those hidden from pages too, unless the query chose.
func dataColumns(of answer: Answer) -> [TableColumn] {
  answer.table.columns.filter { !($0.description.isHidden && answer.columnsAreChosen) }
}
