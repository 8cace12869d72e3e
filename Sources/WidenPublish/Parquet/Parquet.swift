import WidenEngine
import WidenLanguage

/// Writes a result as Apache Parquet: whole numbers, numbers, truth values, days and text, any of
/// which may be missing.
///
/// Months and periods are text, as in CSV. A cell that is withheld is missing, and the column
/// `NAME_withheld` beside it, which is there only where some are, says of which rows. Pages are not
/// compressed; texts are written once in each group of rows.
func writeParquet(
  _ answer: Answer, _ context: ExportContext?, to sink: ([UInt8]) throws(PublishError) -> Void
) throws(PublishError) {
  let columns = storedColumns(of: answer).map(ParquetColumn.init)
  let rowCount = columns.isEmpty ? 0 : answer.table.rowCount
  var groups: [RowGroup] = []
  var offset = 4
  try sink(magic)
  for first in stride(from: 0, to: rowCount, by: RowGroup.most) {
    let rows = first..<min(rowCount, first + RowGroup.most)
    var group = RowGroup(rowCount: rows.count)
    for column in columns {
      let chunk = column.chunk(of: rows, at: offset)
      try sink(chunk.bytes)
      offset += chunk.bytes.count
      group.chunks.append(chunk.place)
    }
    groups.append(group)
  }
  let foot = footer(columns, groups, rowCount: rowCount, context)
  try sink(foot + littleEndian(UInt32(foot.count)) + magic)
}

private let magic = Array("PAR1".utf8)

/// Rows that are written together, column after column.
private struct RowGroup {
  /// Enough for texts to pay off that are written once, and few enough to fit into memory.
  static let most = 1 << 18

  var rowCount: Int
  var chunks: [ChunkPlace] = []
}

/// The end of the file, which says what stands where.
private func footer(
  _ columns: [ParquetColumn], _ groups: [RowGroup], rowCount: Int, _ context: ExportContext?
) -> [UInt8] {
  var thrift = CompactThrift()
  thrift.structure { file in
    file.integer(1, of: 32, 1)
    file.list(2, of: .structure, count: columns.count + 1) { list in
      list.structure {
        $0.text(4, "schema")
        $0.integer(5, of: 32, columns.count)
      }
      for column in columns { list.structure(column.writeSchema) }
    }
    file.integer(3, of: 64, rowCount)
    file.list(4, of: .structure, count: groups.count) { list in
      for group in groups {
        list.structure { write(group, columns, to: &$0) }
      }
    }
    if let context {
      let facts = [
        ("widen.query", context.query), ("widen.dataset", context.datasetName),
        ("widen.policy", context.policy), ("widen.time", context.time),
      ]
      file.list(5, of: .structure, count: facts.count) { list in
        for (key, value) in facts {
          list.structure {
            $0.text(1, key)
            $0.text(2, value)
          }
        }
      }
    }
    file.text(6, "widen version \(context?.version ?? "0")")
  }
  return thrift.bytes
}

private func write(
  _ group: RowGroup, _ columns: [ParquetColumn], to thrift: inout CompactThrift
) {
  thrift.list(1, of: .structure, count: columns.count) { list in
    for (column, place) in zip(columns, group.chunks) {
      list.structure { chunk in
        chunk.integer(2, of: 64, place.offset)
        chunk.structure(3) { column.writeMetadata(place, rowCount: group.rowCount, to: &$0) }
      }
    }
  }
  thrift.integer(2, of: 64, group.chunks.reduce(0) { $0 + $1.byteCount })
  thrift.integer(3, of: 64, group.rowCount)
}

/// The bytes of a number, the least first.
func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}
