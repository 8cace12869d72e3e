import WidenEngine
import WidenLanguage

/// One column as bytes, ready to be written row by row.
///
/// A column of few distinct values renders each of them once; the rows then only copy bytes.
struct RenderedColumn {
  typealias Render = (Value, inout [UInt8]) -> Void

  private let data: Column
  private let render: Render
  /// The codes of the rows, when every code has been rendered.
  private let codes: Codes?
  /// Code `k` is bytes `offsets[k]..<offsets[k + 1]`.
  private let bytes: [UInt8]
  private let offsets: [Int]
  private let withheld: Bitmap?

  init(_ column: TableColumn, _ render: @escaping Render) {
    let data = column.data
    self.data = data
    withheld = column.withheld
    self.render = render
    guard case .coded(let coded) = data, coded.cardinality <= 65_536,
      coded.cardinality <= 2 * data.count + 16
    else {
      (codes, bytes, offsets) = (nil, [], [])
      return
    }
    var bytes: [UInt8] = []
    var offsets = [0]
    for code in 0..<coded.cardinality {
      render(coded.domain.value(of: code), &bytes)
      offsets.append(bytes.count)
    }
    (codes, self.bytes, self.offsets) = (coded.codes, bytes, offsets)
  }

  /// Adds the bytes of a row's cell.
  func append(row: Int, to output: inout [UInt8]) {
    if withheld?[row] == true {
      // Whatever stands behind the mark, a file never holds it.
      render(.text(TableColumn.withheldMark), &output)
    } else if let codes {
      let code = codes[row]
      output.append(contentsOf: bytes[offsets[code]..<offsets[code + 1]])
    } else {
      render(data[row], &output)
    }
  }
}
